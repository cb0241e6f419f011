import ArgumentParser
import Tradewind

/// Calendar effects on the command line, such as `td1,easter8,cny`.
struct CalendarList {
  /// The terms that need no choice, in order.
  var terms: [any RegressionTerm] = []
  /// Whether trading days and Easter are to be tested.
  var isAutomatic = false
  /// Whether the windows of the Chinese New Year are to be chosen.
  var choosesNewYear = false
  /// Whether the leap year's factor is taken out beforehand.
  var hasLeapFactor = false

  /// Whether nothing was named.
  var isEmpty: Bool { terms.isEmpty && !isAutomatic && !choosesNewYear && !hasLeapFactor }

  init() {}

  init(parsing text: String) throws {
    for part in text.lowercased().split(separator: ",", omittingEmptySubsequences: false) {
      let name = part.filter { $0 != " " }
      guard add(name) else {
        let hint = closestName(to: name, in: Self.names).map { "did you mean '\($0)'?" }
        throw ValidationError(
          "there is no calendar effect '\(name)'; \(hint ?? "there are " + Self.names.joined(separator: ", "))"
        )
      }
    }
  }

  private static let names = [
    "td1", "td6", "stock1", "stock6", "leap", "leap-factor", "length", "easter", "easter15", "cny", "cny7/14",
    "auto",
  ]

  static let help = ArgumentHelp(
    "Calendar effects, with commas between them.",
    discussion: """
      td1 or td6: trading days; stock1 or stock6: of a stock at the month's end; leap: a coefficient for leap \
      years; leap-factor: their days, taken out beforehand; length: of the month; easter or easter15: days before \
      it; cny: Chinese New Year, with --arima its windows are chosen by AICc; cny7/14: days before and after its \
      week; auto: with --arima, trading days and Easter, each if AICc is for it.
      """,
    valueName: "list")

  private mutating func add(_ name: String) -> Bool {
    switch name {
    case "auto": isAutomatic = true
    case "td1": terms.append(TradingDays(.one))
    case "td6": terms.append(TradingDays(.six))
    case "stock1": terms.append(StockTradingDays(.one))
    case "stock6": terms.append(StockTradingDays(.six))
    case "leap": terms.append(LeapYear())
    case "leap-factor": hasLeapFactor = true
    case "length": terms.append(LengthOfMonth())
    case "easter": terms.append(Easter())
    case "cny": choosesNewYear = true
    default: return addWithDays(name)
    }
    return true
  }

  private mutating func addWithDays(_ name: String) -> Bool {
    if name.hasPrefix("easter"), let days = Int(name.dropFirst(6)), (1...25).contains(days) {
      terms.append(Easter(days: days))
      return true
    }
    guard name.hasPrefix("cny") else { return false }
    let days = name.dropFirst(3).split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard days.count == 2, let before = days[0], let after = days[1], (0...60).contains(before),
      (0...60).contains(after)
    else { return false }
    terms.append(ChineseNewYear(windows: HolidayWindowSearch.grid(before: [before], after: [after])[1]))
    return true
  }
}
