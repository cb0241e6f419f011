import ArgumentParser
import Tradewind

/// Outliers on the command line, such as `auto` or `AO2009-01,LS2008-11,TL2003-04..2003-06`.
struct OutlierList: ExpressibleByArgument {
  /// Those given, in order.
  var terms: [any RegressionTerm] = []
  /// Whether others are to be searched.
  var isAutomatic = false

  init() {}

  init?(argument: String) {
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let text = part.filter { $0 != " " }
      if text.lowercased() == "auto" {
        isAutomatic = true
      } else if let term = Self.term(text) {
        terms.append(term)
      } else {
        return nil
      }
    }
  }

  static let help = """
    Outliers, with commas between them: AO2009-01 (that month alone), LS2008-11 (a new level from then on), TC2008-11 (fading away), \
    SO2005-02 (that season from then on), TL2003-04..2003-06 (a level for that time), RP2008-09..2009-02 (a ramp), and with --arima \
    auto, which searches for AO and LS.
    """

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
