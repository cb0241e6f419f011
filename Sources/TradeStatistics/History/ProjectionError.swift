import Tradewind

/// Why a series cannot be projected.
public enum ProjectionError: Error, Sendable, Equatable {
  /// No fact names the series.
  case unknownSeries(String)
  /// There are facts, but none had ended by the month asked for.
  case nothingPublished(series: String, asOf: Period)
  /// No usable fact states a level: only growth rates, or shares of a series that is not known itself.
  case noLevel(series: String, facts: Int)
  /// Levels cover too few of the last 24 months.
  case tooFewMonths(series: String, covered: Int, needed: Int, missing: [Period])
  /// The value has no logarithm.
  case negative(series: String, period: Period, value: Double)
  /// The value is not finite.
  case notFinite(series: String, period: Period)
  /// A balance can change sign.
  case balance(series: String)
  /// The target ends before it begins to be unknown, or lies too far ahead.
  case targetOutOfRange(series: String, target: String, asOf: Period, longest: Int)
  /// No fact is about a part of the series in the grouping asked for.
  case noParts(series: String, grouping: String)
  /// The series is a price or an index, of which parts do not add up.
  case notAdditive(series: String, unit: String)
  /// So many figures contradict the others that none can be relied on.
  case contradictory(series: String, found: Int)
  /// The equations could not be solved; this should not happen.
  case numerical(series: String, reason: String)
}

extension ProjectionError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownSeries(let name): "there is no series '\(name)'"
    case .nothingPublished(let series, let asOf):
      "\(series): no figure is for a period that had ended by \(asOf)"
    case .noLevel(let series, let facts):
      "\(series): none of its \(facts) figures gives a level; growth rates and shares alone cannot be projected"
    case .tooFewMonths(let series, let covered, let needed, let missing):
      "\(series): published levels cover \(covered) of the last \(HistoryProjector.recentMonths) months, "
        + "at least \(needed) are needed; missing are " + Self.list(missing)
    case .negative(let series, let period, let value):
      "\(series): the value of \(period) is \(shortest(value)); a level must be zero or more"
    case .notFinite(let series, let period): "\(series): the value of \(period) is not a finite number"
    case .balance(let series): "\(series): a balance may be negative, and the model works with logarithms"
    case .targetOutOfRange(let series, let target, let asOf, let longest):
      "\(series): the target \(target) must end after \(asOf) and within \(longest) months of it"
    case .noParts(let series, let grouping):
      "\(series): no figure is about its parts by \(grouping)"
    case .notAdditive(let series, let unit):
      "\(series): figures in \(unit) do not add up over parts"
    case .contradictory(let series, let found):
      "\(series): at least \(found) of its figures contradict the others; an audit names them"
    case .numerical(let series, let reason): "\(series): the equations could not be solved (\(reason))"
    }
  }

  /// `2025-01, 2025-03..2025-05, …`
  private static func list(_ months: [Period]) -> String {
    var runs: [(first: Period, last: Period)] = []
    for month in months {
      if let last = runs.last, last.last.next == month {
        runs[runs.count - 1].last = month
      } else {
        runs.append((month, month))
      }
    }
    return runs.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)..\($0.last)" }.joined(
      separator: ", ")
  }
}
