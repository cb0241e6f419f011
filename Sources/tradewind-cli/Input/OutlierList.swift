import ArgumentParser
import Tradewind

/// Outliers on the command line, such as `auto` or `AO2009-01,LS2008-11,TL2003-04..2003-06`.
struct OutlierList {
  /// Those given, in order.
  var terms: [any RegressionTerm] = []
  /// Whether others are to be searched.
  var isAutomatic = false

  /// Whether nothing was named.
  var isEmpty: Bool { terms.isEmpty && !isAutomatic }

  init() {}

  init(parsing text: String) throws {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let text = part.filter { $0 != " " }
      if text.lowercased() == "auto" {
        isAutomatic = true
      } else if let term = Self.term(text) {
        terms.append(term)
      } else {
        throw ValidationError(
          "'\(text)' is no outlier; expected AO, LS, TC or SO and a period such as LS2008-11, "
            + "TL or RP and a range such as TL2003-04..2003-06, or auto")
      }
    }
  }

  static let help = ArgumentHelp(
    "Outliers, with commas between them.",
    discussion: """
      AO2009-01: that month alone; LS2008-11: a new level from then on; TC2008-11: fading away; SO2005-02: that \
      season from then on; TL2003-04..2003-06: another level for that time; RP2008-09..2009-02: a ramp; auto: \
      with --arima, AO and LS are searched.
      """,
    valueName: "list")

  private static func term(_ text: String) -> (any RegressionTerm)? {
    if let outlier = try? Outlier(parsing: text) { return outlier }
    guard let range = try? PeriodRange(parsing: text.dropFirst(2)), range.count > 1 else { return nil }
    switch text.prefix(2).uppercased() {
    case "TL": return TemporaryShift(over: range)
    case "RP": return Ramp(over: range)
    default: return nil
    }
  }
}
