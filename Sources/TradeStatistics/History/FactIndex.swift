import Tradewind

/// The facts of one file by series, and the histories of wholes that shares were traced back to, so that a whole with
/// many parts is fitted once and not for each of them.
package final class FactIndex {
  /// All facts, in the order of the file.
  package let facts: [Fact]
  /// The names of all series.
  let names: Set<String>
  private let bySeries: [String: [Fact]]
  private var wholes: [Whole: FittedHistory?] = [:]

  private struct Whole: Hashable {
    var series: String
    var asOf: Period
    var projector: HistoryProjector.Settings
  }

  package init(_ facts: [Fact]) {
    self.facts = facts
    bySeries = Dictionary(grouping: facts, by: \.series)
    names = Set(bySeries.keys)
  }

  /// The facts of one series, in the order of the file.
  func facts(of series: String) -> [Fact] { bySeries[series] ?? [] }

  /// The history of a whole as of a month, nil if it cannot be fitted.
  func whole(_ series: String, asOf: Period, by projector: HistoryProjector) -> FittedHistory? {
    let key = Whole(series: series, asOf: asOf, projector: projector.settings)
    if let known = wholes[key] { return known }
    let history = try? projector.fit(series, from: self, asOf: asOf, target: .months(1))
    wholes[key] = .some(history)
    return history
  }
}

extension HistoryProjector {
  /// What a fitted history depends on beside the facts.
  struct Settings: Hashable {
    var historyLimit: Int
  }

  var settings: Settings { Settings(historyLimit: historyLimit) }
}
