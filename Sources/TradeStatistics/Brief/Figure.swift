import Tradewind

/// A number of a brief, with where it comes from and how precise it is.
public struct Figure: Sendable, Equatable, Codable {
  /// The number, in ``unit``; a fraction for growth and shares.
  public var value: Double
  /// `t`, `usd`, `usd_per_t`, …; `fraction` for growth and shares; empty for a pure number.
  public var unit: String
  /// How far rounding of what was published can have moved the number, to first order and at worst; 0 or more.
  public var halfWidth: Double
  /// Bounds of the 95 % interval, where the number rests on estimated months; otherwise nil.
  public var interval: PredictionInterval?
  public var origin: Origin

  /// Where a number comes from.
  public indirect enum Origin: Sendable, Equatable, Codable {
    /// A source states it.
    case published(Statement)
    /// It follows from others by a formula; the inputs are named as in it.
    case computed(formula: String, inputs: [Input])
    /// It was read off a history rebuilt from facts.
    case reconstructed(series: String, period: PeriodRange)
  }

  /// The fact behind a published number.
  public struct Statement: Sendable, Equatable, Codable {
    public var series: String
    public var period: PeriodRange
    public var measure: Measure
    /// The line in the file; 0 for a number of a series.
    public var line: Int
    public var source: String
    public var url: String
  }

  /// One number that went into a formula.
  public struct Input: Sendable, Equatable, Codable {
    public var name: String
    public var figure: Figure
  }

  /// The statement, if a source states the number.
  public var statement: Statement? {
    if case .published(let statement) = origin { statement } else { nil }
  }

  /// Whether the number depends on months that were estimated.
  public var isEstimated: Bool { interval != nil }
}

extension Figure {
  /// What a fact says, times `factor` into `unit`.
  init(_ fact: Fact, factor: Double = 1, unit: String? = nil) {
    self.init(
      value: fact.value * factor, unit: unit ?? fact.unit, halfWidth: fact.halfWidth * factor, interval: nil,
      origin: .published(
        Statement(
          series: fact.series, period: fact.period, measure: fact.measure, line: fact.line,
          source: fact.source.title, url: fact.source.url)))
  }

  /// A number in the place of a fact's: what it would be by others.
  package init(_ value: Double, like fact: Fact) {
    self.init(fact)
    self.value = value
  }

  /// What a formula gives for some figures.
  ///
  /// The rounding of each input is carried through on its own and the effects are added, the worst case to first order;
  /// intervals are carried through likewise and added in squares, as of independent errors. Nil if the value is not finite.
  init?(
    _ formula: String, unit: String, _ inputs: [(name: String, figure: Figure)],
    _ function: ([Double]) -> Double
  ) {
    let values = inputs.map(\.figure.value)
    let value = function(values)
    guard value.isFinite else { return nil }
    func moved(_ i: Int, to x: Double) -> Double {
      var changed = values
      changed[i] = x
      let result = function(changed) - value
      return result.isFinite ? result : 0
    }
    var halfWidth = 0.0
    var (below, above, level) = (0.0, 0.0, 0.0)
    for (i, input) in inputs.enumerated() {
      let half = input.figure.halfWidth
      if half > 0 {
        halfWidth += max(abs(moved(i, to: values[i] + half)), abs(moved(i, to: values[i] - half)))
      }
      guard let interval = input.figure.interval else { continue }
      let ends = [moved(i, to: interval.lower), moved(i, to: interval.upper)]
      let (low, high) = (min(ends[0], ends[1], 0), max(ends[0], ends[1], 0))
      below += low * low
      above += high * high
      level = interval.level
    }
    let interval =
      level == 0
      ? nil
      : PredictionInterval(
        level: level, lower: value - below.squareRoot(), upper: value + above.squareRoot())
    self.init(
      value: value, unit: unit, halfWidth: halfWidth, interval: interval,
      origin: .computed(formula: formula, inputs: inputs.map { Input(name: $0.name, figure: $0.figure) }))
  }

  /// The sum of some figures in one unit; rounding adds up, intervals add in squares. Nil if it is not finite.
  init?(sum formula: String, unit: String, _ inputs: [(name: String, figure: Figure)]) {
    let value = inputs.reduce(0) { $0 + $1.figure.value }
    guard value.isFinite else { return nil }
    var (below, above, level) = (0.0, 0.0, 0.0)
    for (_, figure) in inputs {
      guard let interval = figure.interval else { continue }
      let (low, high) = (figure.value - interval.lower, interval.upper - figure.value)
      below += low * low
      above += high * high
      level = interval.level
    }
    self.init(
      value: value, unit: unit, halfWidth: inputs.reduce(0) { $0 + $1.figure.halfWidth },
      interval: level == 0
        ? nil
        : PredictionInterval(
          level: level, lower: value - below.squareRoot(), upper: value + above.squareRoot()),
      origin: .computed(formula: formula, inputs: inputs.map { Input(name: $0.name, figure: $0.figure) }))
  }

  /// An estimate read off a history; without an interval where it is as sure as rounding allows.
  init(
    _ estimate: ReconstructedHistory.Estimate, unit: String, series: String, period: PeriodRange,
    sureWithin tolerance: Double
  ) {
    let half = (estimate.upper - estimate.lower) / 2
    let isSure = half <= tolerance
    self.init(
      value: estimate.median, unit: unit, halfWidth: isSure ? half : 0,
      interval: isSure
        ? nil : PredictionInterval(level: 0.95, lower: estimate.lower, upper: estimate.upper),
      origin: .reconstructed(series: series, period: period))
  }
}
