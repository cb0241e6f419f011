/// Why a series cannot be adjusted by X-11.
public enum X11Error: Error, Sendable, Equatable {
  /// The series holds no observation at all: it is empty, or every value is missing.
  case noObservations(count: Int)
  /// X-11 is defined for months (12) and quarters (4).
  case unsupportedPeriod(seasonalPeriod: Int)
  /// Three whole years are needed; `needed` and `found` count periods.
  case tooShort(needed: Int, found: Int)
  /// A gap. X-11 has no way to bridge one; a model with ARIMA errors has.
  case missing(period: Period, count: Int)
  /// A value is infinite.
  case notFinite(period: Period, value: Double)
  /// The largest value of the series is below 1e-60 or above 1e60 in magnitude: its fourth power would vanish or overflow. Another unit helps.
  case outOfRange(period: Period, value: Double)
  /// A value that this mode cannot take: zero or below (pseudo-additive: below zero).
  case notPositive(period: Period, value: Double, mode: X11Mode)
  /// The trend filter is longer than the series.
  case trendTooLong(length: Int, found: Int)
  /// A trend that factors refer to is zero or below: the first trend of a pseudo-additive adjustment, or a
  /// Henderson trend that is nowhere above zero. (Where it is above zero somewhere, X-11 fills in neighbours.)
  case trendNotPositive(table: X11Table, period: Period)
  /// A pseudo-additive adjustment met a seasonal factor of zero at an end of the series.
  case zeroSeasonalFactor(period: Period)
}

extension X11Error: CustomStringConvertible {
  /// One sentence with the numbers in it, such as `35 periods are too few: X-11 needs three years, 36`.
  public var description: String {
    switch self {
    case .noObservations(let count):
      count == 0 ? "the series is empty" : "all \(count) values are missing"
    case .unsupportedPeriod(let seasonalPeriod):
      "X-11 adjusts months and quarters, a seasonal period of 12 or 4; this one is \(seasonalPeriod)"
    case .tooShort(let needed, let found):
      "\(found) \(found == 1 ? "period is" : "periods are") too few: X-11 needs three years, \(needed)"
    case .missing(let period, let count):
      "the value of \(period) is missing\(count > 1 ? ", with \(count - 1) more" : ""): X-11 alone bridges no gap"
    case .notFinite(let period, let value):
      "the value of \(period) is \(value)"
    case .outOfRange(let period, let value):
      "the largest value, that of \(period), is \(value); choose a unit in which it lies between 1e-60 and 1e60"
    case .notPositive(let period, let value, let mode):
      mode == .pseudoAdditive
        ? "the value of \(period) is \(value); a pseudo-additive adjustment needs values of zero or above"
        : "the value of \(period) is \(value); \(mode == .multiplicative ? "a multiplicative" : "a log-additive")"
          + " adjustment needs values above zero"
    case .trendTooLong(let length, let found):
      "a trend filter of \(length) terms is longer than the series of \(found)"
    case .trendNotPositive(let table, let period):
      "the trend of table \(table.name) is not above zero in \(period)"
    case .zeroSeasonalFactor(let period):
      "the first seasonal factor of \(period) is zero, so that a pseudo-additive adjustment cannot divide by it"
    }
  }
}

extension X11Error {
  /// Throws where X-11 cannot adjust the series.
  static func check(_ series: TimeSeries, by x11: X11) throws(X11Error) {
    guard series.count > series.missingCount else { throw .noObservations(count: series.count) }
    let period = series.seasonalPeriod
    guard period == 12 || period == 4 else { throw .unsupportedPeriod(seasonalPeriod: period) }
    guard series.count >= 3 * period else { throw .tooShort(needed: 3 * period, found: series.count) }
    if case .terms(let length) = x11.trendFilter, length > series.count {
      throw .trendTooLong(length: length, found: series.count)
    }
    try checkValues(series, by: x11)
    try checkRange(series)
  }

  /// Throws where powers of the values would overflow, or vanish all of them.
  static func checkRange(_ series: TimeSeries) throws(X11Error) {
    if let extreme = series.largestOutOfRange() {
      throw .outOfRange(period: extreme.period, value: extreme.value)
    }
  }

  /// Throws where a value cannot be adjusted.
  static func checkValues(_ series: TimeSeries, by x11: X11) throws(X11Error) {
    if let gap = series.values.firstIndex(where: \.isNaN) {
      throw .missing(period: series.period(at: gap), count: series.missingCount)
    }
    for (i, value) in series.values.enumerated() {
      guard value.isFinite else { throw .notFinite(period: series.period(at: i), value: value) }
      let isAllowed =
        switch x11.mode {
        case .additive: true
        case .pseudoAdditive: value >= 0
        case .multiplicative, .logAdditive: value > 0
        }
      guard isAllowed else {
        throw .notPositive(period: series.period(at: i), value: value, mode: x11.mode)
      }
    }
  }
}
