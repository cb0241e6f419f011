import Tradewind

/// Whether a value is a record, and since when: "the highest since March 2022", "the highest on record".
///
/// Values that are not known are not compared with; ``unknown`` counts them, because a record of a history with gaps
/// is one only of the periods with a figure.
public struct Record: Sendable, Equatable, Codable {
  public enum Kind: String, Sendable, Codable {
    case highest, lowest
  }

  public var kind: Kind
  /// The latest earlier period with a value that is at least as high (for the lowest: as low); nil if there is none, and the
  /// value is a record of all that is known.
  public var since: Period?
  /// The first period that was compared with.
  public var first: Period
  /// How many earlier known periods the value exceeds in a row: those after ``since``, or all.
  public var exceeded: Int
  /// How many periods between the first and the last have no known value.
  public var unknown: Int

  /// Whether nothing known equals or exceeds the value.
  public var isOnRecord: Bool { since == nil }

  /// The more telling of the two records of the last of some values: the one that exceeds more earlier periods.
  ///
  /// - Parameter values: Periods of one unit in the order of time, each once, with their values; NaN counts as unknown.
  /// - Returns: Nil if there is no earlier known value, the last one is unknown, or it exceeds no earlier one in a row.
  public init?(ofLast values: [(period: Period, value: Double)]) {
    guard let high = Record(.highest, ofLast: values), let low = Record(.lowest, ofLast: values) else {
      return nil
    }
    self = high.exceeded >= low.exceeded ? high : low
    if exceeded == 0 { return nil }
  }

  /// How far back the last value is the highest (lowest).
  ///
  /// - Returns: Nil if there is no earlier known value, or the last one is unknown.
  public init?(_ kind: Kind, ofLast values: [(period: Period, value: Double)]) {
    let known = values.filter { !$0.value.isNaN }
    guard known.count > 1, let last = known.last, let first = known.first, last.period == values.last?.period
    else { return nil }
    let earlier = known.dropLast()
    let stop = earlier.lastIndex { kind == .highest ? $0.value >= last.value : $0.value <= last.value }
    self.kind = kind
    self.first = first.period
    since = stop.map { known[$0].period }
    exceeded = earlier.count - (stop.map { $0 + 1 } ?? 0)
    unknown = last.period.ordinal - first.period.ordinal + 1 - known.count
  }

  /// The record of a series' value in one period among all before it; nil as in ``init(ofLast:)``.
  public init?(in series: TimeSeries, at period: Period) {
    guard let index = series.index(of: period) else { return nil }
    self.init(ofLast: (0...index).map { (series.period(at: $0), series.values[$0]) })
  }
}

/// A run of periods in which a value went the same way, ending with the last.
public struct Run: Sendable, Equatable, Codable {
  public enum Direction: String, Sendable, Codable {
    case rising, falling
  }

  public var direction: Direction
  /// How many changes in this direction follow each other.
  public var length: Int
  /// The first period of the run, whose value differs from the one before it.
  public var start: Period
  /// The last period of the latest earlier run in this direction that was as long; nil if this is the longest on record.
  public var asLongAs: Period?

  /// The run with which a series' known values end; growth rates in place of values give runs of growth.
  ///
  /// - Parameter signs: For each period whether it rose (positive) or fell (negative); 0 or NaN, as after a gap, ends a run.
  /// - Returns: Nil if the last period neither rose nor fell.
  public init?(endOf signs: TimeSeries) {
    func sign(_ i: Int) -> Int { signs.values[i] > 0 ? 1 : signs.values[i] < 0 ? -1 : 0 }
    guard signs.count > 0, sign(signs.count - 1) != 0 else { return nil }
    let wanted = sign(signs.count - 1)
    var i = signs.count
    while i > 0, sign(i - 1) == wanted { i -= 1 }
    direction = wanted > 0 ? .rising : .falling
    length = signs.count - i
    start = signs.period(at: i)
    asLongAs = nil
    var count = 0
    for j in 0..<i {
      count = sign(j) == wanted ? count + 1 : 0
      if count >= length { asLongAs = signs.period(at: j) }
    }
  }
}
