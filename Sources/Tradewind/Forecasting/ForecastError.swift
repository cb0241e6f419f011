/// Why a model cannot be fitted to a series.
public enum ForecastError: Error, Sendable, Equatable {
  /// The series is empty or every value is missing.
  case noObservations(count: Int)
  /// The model needs more observations.
  case tooShort(model: String, needed: Int, found: Int)
  /// An observation is infinite.
  case notFinite(period: Period, value: Double)
  /// The largest value is below 1e-60 or above 1e60 in magnitude: powers of the values would vanish or overflow. Another unit helps.
  case outOfRange(period: Period, value: Double)
  /// The model needs values above zero.
  case notPositive(model: String, period: Period, value: Double)
  /// The model needs values of zero or more.
  case negative(model: String, period: Period, value: Double)
  /// The model needs a season, and the seasonal period is 1 or longer than the model allows.
  case notSeasonal(model: String, seasonalPeriod: Int)
  /// The model cannot deal with gaps.
  case missingValues(model: String, count: Int)
  /// No parameters could be found; the text says why.
  case cannotFit(model: String, reason: String)
}

extension ForecastError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noObservations(let count): count == 0 ? "the series is empty" : "all \(count) values are missing"
    case .tooShort(let model, let needed, let found):
      "\(model) needs \(needed) observations, there \(found == 1 ? "is" : "are") \(found)"
    case .notFinite(let period, let value): "the value of \(period) is \(value)"
    case .outOfRange(let period, let value):
      "the largest value, that of \(period), is \(value); choose a unit in which it lies between 1e-60 and 1e60"
    case .notPositive(let model, let period, let value):
      "\(model) needs values above zero; the value of \(period) is \(value)"
    case .negative(let model, let period, let value):
      "\(model) needs values of zero or more; the value of \(period) is \(value)"
    case .notSeasonal(let model, let seasonalPeriod):
      "\(model) does not apply to a seasonal period of \(seasonalPeriod)"
    case .missingValues(let model, let count):
      "\(model) needs every period; \(count) \(count == 1 ? "is" : "are") missing"
    case .cannotFit(let model, let reason): "\(model) cannot be fitted: \(reason)"
    }
  }
}

extension TimeSeries {
  /// Checks what every model needs: one observation at least, none infinite, and numbers whose powers are numbers too.
  func checkForForecasting() throws(ForecastError) {
    for (i, value) in values.enumerated() where value.isInfinite {
      throw .notFinite(period: period(at: i), value: value)
    }
    if missingCount == count { throw .noObservations(count: count) }
    if let extreme = largestOutOfRange() { throw .outOfRange(period: extreme.period, value: extreme.value) }
  }

  /// The value of largest magnitude, if its fourth power would overflow or vanish; nil if it would not, if all are zero, or if it is infinite.
  func largestOutOfRange() -> (period: Period, value: Double)? {
    var largest: (index: Int, value: Double)?
    for (i, value) in values.enumerated() where abs(value) > abs(largest?.value ?? 0) { largest = (i, value) }
    guard let largest, largest.value.isFinite, !(1e-60...1e60).contains(abs(largest.value)) else {
      return nil
    }
    return (period(at: largest.index), largest.value)
  }

  /// Checks that every observation is above zero.
  func checkPositive(model: String) throws(ForecastError) {
    for (i, value) in values.enumerated() where value <= 0 {
      throw .notPositive(model: model, period: period(at: i), value: value)
    }
  }

  /// The series with values of the following periods, none infinite.
  func appending(_ more: [Double]) throws(ForecastError) -> TimeSeries {
    for (i, value) in more.enumerated() where value.isInfinite {
      throw .notFinite(period: period(at: count + i), value: value)
    }
    return TimeSeries(values + more, start: start, seasonalPeriod: seasonalPeriod, name: name)
  }
}
