import RealModule
import TradewindNumerics

extension Theta {
  /// Whether the autocorrelation at the seasonal lag is larger than chance allows, at the two-sided level of 90 %.
  ///
  /// |r(m)| > z(0.95) √((1 + 2 Σ r(k)²) / n), k = 1 … m − 1: Bartlett's standard error of the last autocorrelation if the
  /// true ones vanish from m on. As in Assimakopoulos & Nikolopoulos (2000) and R's `thetaf`, more than two seasons are
  /// needed. Pairs with a missing value are left out of the sums; a constant series has no season.
  public static func isSeasonal(_ series: TimeSeries) -> Bool {
    let (m, n) = (series.seasonalPeriod, series.count)
    guard m > 1, n / 2 >= m, n > 2 * m else { return false }
    let values = series.values.span
    let count = Double(n - series.missingCount)
    // Shares of the mean, which cannot overflow.
    let share = 1 / count
    var mean = 0.0
    var (low, high) = (Double.infinity, -Double.infinity)
    for i in 0..<n where !values[i].isNaN {
      mean += values[i] * share
      (low, high) = (min(low, values[i]), max(high, values[i]))
    }
    // The largest deviation as unit avoids overflow.
    let unit = max(high - mean, mean - low)
    guard low < high, unit > 0, unit.isFinite else { return false }
    // A missing value deviates by nothing, which leaves its pairs out.
    let deviations = series.values.map { $0.isNaN ? 0 : ($0 - mean) / unit }
    let total = dot(deviations, deviations)
    var (squares, last) = (0.0, 0.0)
    for lag in 1...m {
      last = products(deviations.span, lag: lag) / total
      if lag < m { squares += last * last }
    }
    let variance = (1 + 2 * squares) / count
    return abs(last) > z95 * variance.squareRoot()
  }
}

/// The 95 % quantile of the standard normal law.
private let z95 = 1.644_853_626_951_472_7

/// Σ x(t) x(t + lag), in four partial sums.
private func products(_ x: Span<Double>, lag: Int) -> Double {
  let pairs = x.count - lag
  var sums = SIMD4<Double>.zero
  var i = 0
  while i + 4 <= pairs {
    let a = SIMD4<Double>(x[i], x[i + 1], x[i + 2], x[i + 3])
    let j = i + lag
    let b = SIMD4<Double>(x[j], x[j + 1], x[j + 2], x[j + 3])
    sums += a * b
    i += 4
  }
  var total = sums.sum()
  while i < pairs {
    total += x[i] * x[i + lag]
    i += 1
  }
  return total
}

/// The season that is taken out before smoothing and put back after.
struct ThetaSeason: Sendable {
  /// How it combines with the rest; nil if there is none.
  let mode: DecompositionMode?
  /// One value a season, from the series' first period on.
  let figure: [Double]

  init(of series: TimeSeries, _ adjustment: Theta.Adjustment, model: String) throws(ForecastError) {
    switch adjustment {
    case .none: (mode, figure) = (nil, [])
    case .additive: (mode, figure) = (.additive, try Self.figure(of: series, .additive, model: model))
    case .multiplicative:
      (mode, figure) = (.multiplicative, try Self.figure(of: series, .multiplicative, model: model))
    case .tested: (mode, figure) = Self.tested(series)
    }
  }

  /// The season that the test calls for.
  private static func tested(_ series: TimeSeries) -> (DecompositionMode?, [Double]) {
    guard Theta.isSeasonal(series) else { return (nil, []) }
    if let figure = try? ClassicalDecomposition(mode: .multiplicative).figure(of: series),
      figure.allSatisfy({ $0 >= 0.01 })
    {
      return (.multiplicative, figure)
    }
    guard let figure = try? ClassicalDecomposition(mode: .additive).figure(of: series) else {
      return (nil, [])
    }
    return (.additive, figure)
  }

  private static func figure(
    of series: TimeSeries, _ mode: DecompositionMode, model: String
  ) throws(ForecastError) -> [Double] {
    do throws(DecompositionError) {
      return try ClassicalDecomposition(mode: mode).figure(of: series)
    } catch {
      switch error {
      case .noObservations(let count): throw .noObservations(count: count)
      case .notSeasonal(let period): throw .notSeasonal(model: model, seasonalPeriod: period)
      case .tooShort(let needed, let found): throw .tooShort(model: model, needed: needed, found: found)
      case .notFinite(let period, let value): throw .notFinite(period: period, value: value)
      case .notPositive(let period, let value): throw .notPositive(model: model, period: period, value: value)
      case .seasonNeverObserved: throw .cannotFit(model: model, reason: error.description)
      }
    }
  }

  /// The factor at an index of the series, 1 if the season is not multiplicative.
  func factor(at index: Int) -> Double { mode == .multiplicative ? figure[index % figure.count] : 1 }

  /// `values` without the season, where the first has the index `start`.
  func removed(from values: [Double], start: Int = 0) -> [Double] {
    switch mode {
    case nil: values
    case .additive: combined(values, start) { $0 - $1 }
    case .multiplicative: combined(values, start) { $0 / $1 }
    }
  }

  /// `values` with the season, where the first has the index `start`.
  func restored(to values: [Double], start: Int = 0) -> [Double] {
    switch mode {
    case nil: values
    case .additive: combined(values, start) { $0 + $1 }
    case .multiplicative: combined(values, start) { $0 * $1 }
    }
  }

  @inline(__always)
  private func combined(
    _ values: [Double], _ start: Int, _ combine: (Double, Double) -> Double
  ) -> [Double] {
    var (result, slot) = (values, start % figure.count)
    for i in result.indices {
      result[i] = combine(result[i], figure[slot])
      slot = slot + 1 == figure.count ? 0 : slot + 1
    }
    return result
  }
}
