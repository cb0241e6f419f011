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
    let observed = series.values.filter { !$0.isNaN }
    guard let first = observed.first, observed.contains(where: { $0 != first }) else { return false }
    let share = 1 / Double(observed.count)
    let mean = observed.reduce(0) { $0 + $1 * share }
    // A missing value deviates by nothing, which leaves its pairs out. The largest deviation as unit avoids overflow.
    var deviations = series.values.map { $0.isNaN ? 0 : $0 - mean }
    let unit = deviations.reduce(0) { max($0, abs($1)) }
    guard unit > 0, unit.isFinite else { return false }
    for i in 0..<n { deviations[i] /= unit }
    let total = dot(deviations, deviations)
    var (sum, last) = (0.0, 0.0)
    for lag in 1...m {
      last = products(deviations.span, lag: lag) / total
      if lag < m { sum += last * last }
    }
    let variance = (1 + 2 * sum) / Double(observed.count)
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
    var found: SeasonalDecomposition?
    switch adjustment {
    case .none: found = nil
    case .additive: found = try Self.decompose(series, .additive, model: model)
    case .multiplicative: found = try Self.decompose(series, .multiplicative, model: model)
    case .tested: found = Self.tested(series)
    }
    mode = found?.mode
    figure = found.map { Array($0.seasonal.prefix(series.seasonalPeriod)) } ?? []
  }

  /// The decomposition that the test calls for.
  private static func tested(_ series: TimeSeries) -> SeasonalDecomposition? {
    guard Theta.isSeasonal(series) else { return nil }
    if let parts = try? ClassicalDecomposition(mode: .multiplicative).decompose(series),
      parts.seasonal.allSatisfy({ $0 >= 0.01 })
    {
      return parts
    }
    return try? ClassicalDecomposition(mode: .additive).decompose(series)
  }

  private static func decompose(
    _ series: TimeSeries, _ mode: DecompositionMode, model: String
  ) throws(ForecastError) -> SeasonalDecomposition {
    do throws(DecompositionError) {
      return try ClassicalDecomposition(mode: mode).decompose(series)
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
    case .additive: values.indices.map { values[$0] - figure[(start + $0) % figure.count] }
    case .multiplicative: values.indices.map { values[$0] / figure[(start + $0) % figure.count] }
    }
  }

  /// `values` with the season, where the first has the index `start`.
  func restored(to values: [Double], start: Int = 0) -> [Double] {
    switch mode {
    case nil: values
    case .additive: values.indices.map { values[$0] + figure[(start + $0) % figure.count] }
    case .multiplicative: values.indices.map { values[$0] * figure[(start + $0) % figure.count] }
    }
  }
}
