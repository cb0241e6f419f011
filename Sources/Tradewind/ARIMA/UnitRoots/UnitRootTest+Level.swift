import RealModule
import TradewindNumerics

extension UnitRootTest {
  /// The test of Kwiatkowski, Phillips, Schmidt and Shin, whose null hypothesis is that no difference is needed.
  ///
  /// The statistic is n⁻² Σ Sₜ² / s²(l), with the partial sums S of the residuals from a level (or a line) and their
  /// long-run variance s², whose l autocovariances have Bartlett's weights 1 − k/(l + 1).
  ///
  /// - Parameters:
  ///   - series: The series; at least 2 observations that are not all equal.
  ///   - deterministic: What the series is stationary about.
  ///   - lags: l, at least 0; nil for ⌊3 √n / 13⌋, as R's `ndiffs` takes.
  ///   - significance: In 0.01…0.1 (a precondition); between the four values of the table along straight lines.
  public static func kpss(
    _ series: TimeSeries, about deterministic: Deterministic = .level, lags: Int? = nil,
    significance: Double = 0.05
  ) -> UnitRootTest? {
    kpss(observed(series.values), about: deterministic, lags: lags, significance: significance)
  }

  /// The augmented Dickey–Fuller test, whose null hypothesis is that a difference is needed: the t-value of the level in
  /// the regression of the change on it, a constant (and a line), and earlier changes.
  ///
  /// The critical values are MacKinnon's for the number of observations; R's `ur.df` rounds them to a coarser table.
  ///
  /// - Parameters:
  ///   - series: The series; at least three observations more than the regression's coefficients.
  ///   - deterministic: A constant, or a constant and a line.
  ///   - lags: How many earlier changes, at least 0 (a precondition).
  ///   - significance: In 0.01…0.1 (a precondition); between 1, 5 and 10 % along straight lines.
  public static func augmentedDickeyFuller(
    _ series: TimeSeries, about deterministic: Deterministic = .level, lags: Int = 1,
    significance: Double = 0.05
  ) -> UnitRootTest? {
    augmentedDickeyFuller(
      observed(series.values), about: deterministic, lags: lags, significance: significance)
  }

  /// The Z(τ) test of Phillips and Perron, whose null hypothesis is that a difference is needed: the t-value of the
  /// Dickey–Fuller regression without lags, corrected by the residuals' long-run variance.
  ///
  /// - Parameters:
  ///   - series: The series; at least 6 observations that are not all equal.
  ///   - deterministic: A constant, or a constant and a line.
  ///   - lags: Autocovariances in the long-run variance, at least 0; nil for ⌊4 (n/100)^¼⌋ with n changes.
  ///   - significance: In 0.01…0.1 (a precondition); between 1, 5 and 10 % along straight lines.
  public static func phillipsPerron(
    _ series: TimeSeries, about deterministic: Deterministic = .level, lags: Int? = nil,
    significance: Double = 0.05
  ) -> UnitRootTest? {
    phillipsPerron(observed(series.values), about: deterministic, lags: lags, significance: significance)
  }

  // MARK: On plain arrays without missing values

  static func observed(_ values: [Double]) -> [Double] { values.filter { !$0.isNaN } }

  static func kpss(
    _ x: [Double], about deterministic: Deterministic, lags: Int?, significance: Double
  ) -> UnitRootTest? {
    precondition((0.01...0.1).contains(significance), "The significance lies from 0.01 to 0.1.")
    let n = x.count
    guard n >= 2 else { return nil }
    let residuals = deterministic == .level ? deviations(x) : lineResiduals(x)
    let lags = min(max(lags ?? Int(3 * Double(n).squareRoot() / 13), 0), n - 1)
    let variance = longRunVariance(residuals, lags: lags)
    var (partial, sum) = (0.0, 0.0)
    for e in residuals {
      partial += e
      sum += partial * partial
    }
    let statistic = sum / (Double(n) * Double(n)) / variance
    guard statistic.isFinite else { return nil }
    // Their Table 1, upper tail areas of 10, 5, 2.5 and 1 %.
    let table = deterministic == .level ? [0.347, 0.463, 0.574, 0.739] : [0.119, 0.146, 0.176, 0.216]
    let critical = interpolated(significance, at: [0.1, 0.05, 0.025, 0.01], table)
    return UnitRootTest(
      .kpss, statistic: statistic, criticalValue: critical, significance: significance, lags: lags,
      asksForDifference: statistic > critical)
  }

  static func augmentedDickeyFuller(
    _ x: [Double], about deterministic: Deterministic, lags: Int, significance: Double
  ) -> UnitRootTest? {
    precondition(lags >= 0, "A regression has no negative number of lags.")
    let change = zip(x.dropFirst(), x).map { $0 - $1 }
    let rows = change.count - lags
    guard rows > 0 else { return nil }
    let scale = x.reduce(0) { max($0, abs($1)) }
    guard scale > 0 else { return nil }
    var columns = [(0..<rows).map { x[lags + $0] / scale }, [Double](repeating: 1, count: rows)]
    if deterministic == .trend { columns.append((0..<rows).map { Double($0 + 1) / Double(rows) }) }
    for k in 0..<lags { columns.append((0..<rows).map { change[lags + $0 - k - 1] / scale }) }
    let response = change[lags...].map { $0 / scale }
    guard let fit = OrdinaryLeastSquares(columns: columns, response), let statistic = fit.tValue(0) else {
      return nil
    }
    let critical = dickeyFuller(change.count, deterministic, significance)
    return UnitRootTest(
      .augmentedDickeyFuller, statistic: statistic, criticalValue: critical, significance: significance,
      lags: lags, asksForDifference: statistic > critical)
  }

  static func phillipsPerron(
    _ x: [Double], about deterministic: Deterministic, lags: Int?, significance: Double
  ) -> UnitRootTest? {
    let n = x.count - 1
    guard n >= 5 else { return nil }
    let scale = x.reduce(0) { max($0, abs($1)) }
    guard scale > 0 else { return nil }
    let y = x.dropFirst().map { $0 / scale }
    var columns = [x.dropLast().map { $0 / scale }, [Double](repeating: 1, count: n)]
    if deterministic == .trend { columns.append((1...n).map { Double($0) / Double(n) - 0.5 }) }
    guard let fit = OrdinaryLeastSquares(columns: columns, y), let deviation = fit.standardError(0) else {
      return nil
    }
    let lags = min(max(lags ?? Int(4 * Double.pow(Double(n) / 100, 0.25)), 0), n - 1)
    let short = fit.residuals.reduce(0) { $0 + $1 * $1 } / Double(n)
    let long = longRunVariance(fit.residuals, lags: lags)
    let size = Double(n)
    let spread: Double
    if deterministic == .level {
      spread = deviations(y).reduce(0) { $0 + $1 * $1 } / (size * size)
    } else {
      // M of Phillips and Perron's Z statistics: the determinant of the regressors' moments, in units of n. Its value does not depend on the
      // level, its digits do.
      let y = deviations(y)
      let square = y.reduce(0) { $0 + $1 * $1 } / (size * size)
      let weighted =
        y.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
        / (size * size * size.squareRoot())
      let total = y.reduce(0, +) / (size * size.squareRoot())
      spread =
        (1 - 1 / (size * size)) * square - 12 * weighted * weighted + 12 * (1 + 1 / size) * weighted * total
        - (4 + 6 / size + 2 / (size * size)) * total * total
    }
    let t = (fit.coefficients[0] - 1) / deviation
    let statistic =
      (short / long).squareRoot() * t - 0.5 * (long - short) / long * (long / spread).squareRoot()
    guard statistic.isFinite else { return nil }
    let critical = dickeyFuller(n, deterministic, significance)
    return UnitRootTest(
      .phillipsPerron, statistic: statistic, criticalValue: critical, significance: significance, lags: lags,
      asksForDifference: statistic > critical)
  }

  /// Quantiles of the Dickey–Fuller t with n changes: MacKinnon, J. G. (1991), "Critical values for cointegration tests",
  /// in Engle and Granger (eds), *Long-Run Economic Relationships*, Table 1, β∞ + β₁/n + β₂/n².
  private static func dickeyFuller(
    _ n: Int, _ deterministic: Deterministic, _ significance: Double
  ) -> Double {
    precondition((0.01...0.1).contains(significance), "The significance lies from 0.01 to 0.1.")
    let surface =
      deterministic == .level
      ? [(-3.4335, -5.999, -29.25), (-2.8621, -2.738, -8.36), (-2.5671, -1.438, -4.48)]
      : [(-3.9638, -8.353, -47.44), (-3.4126, -4.039, -17.83), (-3.1279, -2.418, -7.58)]
    let size = Double(n)
    return interpolated(
      significance, at: [0.01, 0.05, 0.1], surface.map { $0 + $1 / size + $2 / (size * size) })
  }

  /// The value at `p` on the line through neighbouring points; `points` rise or fall and enclose `p`.
  private static func interpolated(_ p: Double, at points: [Double], _ values: [Double]) -> Double {
    for i in 1..<points.count where (p - points[i - 1]) * (p - points[i]) <= 0 {
      let share = (p - points[i - 1]) / (points[i] - points[i - 1])
      return values[i - 1] + share * (values[i] - values[i - 1])
    }
    return values[values.count - 1]
  }

  /// Σ eₜ²/n and twice the autocovariances of lags 1…l with Bartlett's weights.
  private static func longRunVariance(_ e: [Double], lags: Int) -> Double {
    let n = e.count
    var total = e.reduce(0) { $0 + $1 * $1 }
    for k in 0..<lags {
      var sum = 0.0
      for t in (k + 1)..<n { sum += e[t] * e[t - k - 1] }
      total += 2 * (1 - Double(k + 1) / Double(lags + 1)) * sum
    }
    return total / Double(n)
  }

  private static func deviations(_ x: [Double]) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count)
    return x.map { $0 - mean }
  }

  /// Residuals from the least-squares line.
  private static func lineResiduals(_ x: [Double]) -> [Double] {
    let centre = Double(x.count - 1) / 2
    var (product, square) = (0.0, 0.0)
    let level = deviations(x)
    for (t, value) in level.enumerated() {
      product += (Double(t) - centre) * value
      square += (Double(t) - centre) * (Double(t) - centre)
    }
    return level.enumerated().map { $1 - product / square * (Double($0) - centre) }
  }
}

/// A small regression whose columns are all estimable.
struct OrdinaryLeastSquares {
  let coefficients: [Double]
  let residuals: [Double]
  private let inverseGram: Matrix

  /// Nil if the columns depend on each other, or there are not more rows than columns.
  init?(columns: [[Double]], _ response: [Double]) {
    guard response.count > columns.count, !columns.isEmpty else { return nil }
    let design = Matrix(columns: columns)
    guard let qr = try? QRFactorization(design), let coefficients = try? qr.solve(response),
      let inverseGram = try? qr.inverseGram()
    else { return nil }
    self.coefficients = coefficients
    self.inverseGram = inverseGram
    residuals = zip(response, design * coefficients).map { $0 - $1 }
  }

  var sumOfSquares: Double { residuals.reduce(0) { $0 + $1 * $1 } }

  /// The standard error of a coefficient; nil where nothing is left over to estimate it from.
  func standardError(_ j: Int) -> Double? {
    let variance =
      sumOfSquares / Double(residuals.count - coefficients.count) * inverseGram[j, j]
    return variance > 0 ? variance.squareRoot() : nil
  }

  func tValue(_ j: Int) -> Double? { standardError(j).map { coefficients[j] / $0 } }
}
