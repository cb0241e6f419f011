import RealModule

/// What adjusts series by X-11. It keeps its arrays from one series to the next: use one for many series.
///
/// ```swift
/// var engine = X11Engine()
/// for series in panel { results.append(try engine.decompose(series, by: X11())) }
/// ```
///
/// The engine has no other memory: the result does not depend on what it adjusted before.
public struct X11Engine: Sendable {
  // What is being adjusted.
  var x11 = X11()
  var period = 12
  /// The season, from 0, of position 0.
  var phase = 0
  /// Positions of the observations within the extended series.
  var observed = 0..<0
  var count = 0
  /// The period of position 0.
  var start = Period.month(2000, 1)

  // Arrays over the extended series. Each table of X-11 is one of them at some point.
  /// As given, with its extension.
  var series: [Double] = []
  /// Table B1: the series, or its logs.
  var b1: [Double] = []
  /// The series without what is known of its extremes: B1, C1, D1.
  var modified: [Double] = []
  var trend: [Double] = []
  /// Seasonal-irregular values: factors or differences.
  var ratios: [Double] = []
  var seasonal: [Double] = []
  var adjusted: [Double] = []
  var irregular: [Double] = []
  var weights: [Double] = []
  /// What the extremes have too much: B20, C20.
  var extremes: [Double] = []
  /// Table D8.
  var unmodified: [Double] = []
  /// Table D9.
  var replacements: [Double] = []

  // Scratch.
  var level: [Double] = []
  var excluded: [Bool] = []
  var years: [Double] = []
  var smoothed: [Double] = []
  var hendersons: [HendersonFilter] = []

  /// Seasonal factors of the year after the last position.
  var seasonalNext: [Double] = []

  // What has been decided.
  var rule = ExtremeValueRule.movingFiveYears
  var filters: [X11SeasonalFilter] = []
  var choices = X11Choices(period: 12)
  var wanted: Set<X11Table> = []
  var tables: [X11Table: [Double]] = [:]

  /// An engine that has adjusted nothing yet.
  public init() {}

  /// Takes a series apart; see ``X11/decompose(_:backcasts:forecasts:tables:)``.
  public mutating func decompose(
    _ series: TimeSeries, by x11: X11, backcasts: [Double] = [], forecasts: [Double] = [],
    tables wanted: Set<X11Table> = []
  ) throws(X11Error) -> X11Decomposition {
    let extended =
      backcasts.isEmpty && forecasts.isEmpty
      ? series
      : TimeSeries(
        backcasts + series.values + forecasts, start: series.start.advanced(by: -backcasts.count),
        seasonalPeriod: series.seasonalPeriod, name: series.name)
    try X11Error.check(series, by: x11)
    if extended.count > series.count { try X11Error.checkValues(extended, by: x11) }
    let period = series.seasonalPeriod
    precondition(
      x11.seasonalFilters.count == 1 || x11.seasonalFilters.count == period,
      "there is one seasonal filter, or one for each of \(period) seasons, not \(x11.seasonalFilters.count)")
    prepare(extended, by: x11, first: backcasts.count, observations: series.count, wanted: wanted)
    try partB()
    try partC()
    try partD()
    return result(of: series)
  }

  private mutating func prepare(
    _ extended: TimeSeries, by x11: X11, first: Int, observations: Int, wanted: Set<X11Table>
  ) {
    self.x11 = x11
    self.wanted = wanted
    period = extended.seasonalPeriod
    start = extended.start
    phase = extended.season(at: 0) - 1
    observed = first..<(first + observations)
    series = extended.values
    tables.removeAll()
    filters = (0..<period).map { x11.filter(of: $0) }
    choices = X11Choices(period: period)
    seasonalNext = Array(repeating: 0, count: period)
    if count != series.count {
      count = series.count
      let blank = [Double](repeating: 0, count: count)
      (b1, modified, trend, ratios, seasonal) = (blank, blank, blank, blank, blank)
      (adjusted, irregular, weights, extremes) = (blank, blank, blank, blank)
      (unmodified, replacements, level, years, smoothed) = (blank, blank, blank, blank, blank)
      excluded = Array(repeating: false, count: count)
    }
    if x11.mode == .logAdditive {
      for i in 0..<count { b1[i] = Double.log(series[i]) }
    } else {
      for i in 0..<count { b1[i] = series[i] }
    }
    for i in 0..<count { modified[i] = b1[i] }
  }

  /// Keeps a table, if it was asked for: the observed part of `values`, NaN outside of `known`.
  func record(
    _ table: X11Table, _ values: [Double], known: Range<Int>? = nil, into tables: inout [X11Table: [Double]]
  ) {
    guard wanted.contains(table) else { return }
    tables[table] = observed.map { known?.contains($0) ?? true ? values[$0] : .nan }
  }
}
