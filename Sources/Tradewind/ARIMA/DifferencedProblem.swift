import RealModule
import TradewindNumerics

/// A regression with ARMA errors: what differencing leaves of a problem.
struct DifferencedProblem: Sendable {
  let problem: RegARIMAProblem
  let series: [Double]
  /// The regressors' differences, one column after another.
  let design: [Double]
  let columnCount: Int

  init(_ problem: RegARIMAProblem) throws(ARIMAError) {
    guard problem.isComplete else { throw .missingValues(count: problem.values.count { $0.isNaN }) }
    if let bad = problem.values.firstNotFinite { throw .notFinite(index: bad, value: problem.values[bad]) }
    self.problem = problem
    series = problem.order.differenced(problem.values, period: problem.period)
    var differenced: [RegressionColumn] = []
    for column in problem.allColumns {
      if let bad = column.values.firstNotFinite {
        throw .regressorNotFinite(name: column.name, index: bad, value: column.values[bad])
      }
      let values = problem.order.differenced(column.values, period: problem.period)
      differenced.append(RegressionColumn(name: column.name, values: values))
    }
    design = differenced.flatMap(\.values)
    columnCount = differenced.count
    let needed =
      problem.lostObservations + problem.freeParameters.count + columnCount + 1
    guard problem.values.count >= needed else {
      throw .tooFewObservations(needed: needed, found: problem.values.count)
    }
    guard columnCount > 0 else { return }
    let check: RegressionDesign
    do throws(LinearAlgebraError) {
      check = try RegressionDesign(differenced, rows: Array(series.indices))
    } catch {
      throw .numerical("\(error)")
    }
    if let aliased = check.aliased.first { throw .collinear(aliased) }
  }

  /// The innovations over their scale of several columns under given polynomials, and Σ log F.
  ///
  /// - Parameter columns: One after another, each as long as ``series``; each comes back shorter by what the likelihood is
  ///   conditional on.
  /// - Returns: Σ log F; nil where the autoregressive part is not stationary.
  func whiten(_ columns: inout [Double], _ polynomials: ARMAPolynomials) -> Double? {
    let count = columns.count / max(1, series.count)
    if problem.likelihood != .exact { columns = autoregressed(columns, polynomials.ar) }
    guard var filter = problem.likelihood.filter(polynomials) else { return nil }
    filter.whiten(&columns, columns: count)
    return filter.logDeterminant
  }

  /// φ*(B) applied to each column, from the first value on that has all it needs.
  private func autoregressed(_ columns: [Double], _ ar: [Double]) -> [Double] {
    guard !ar.isEmpty else { return columns }
    let length = series.count
    var result: [Double] = []
    result.reserveCapacity(columns.count)
    for start in stride(from: 0, to: columns.count, by: length) {
      for t in min(ar.count, length)..<length {
        var value = columns[start + t]
        for i in ar.indices { value -= ar[i] * columns[start + t - 1 - i] }
        result.append(value)
      }
    }
    return result
  }

  /// The estimate with the ARMA parameters as given.
  func estimate(at parameters: [Double]) throws(ARIMAError) -> RegARIMAEstimate {
    let polynomials = ARMAPolynomials(parameters, order: problem.order, period: problem.period)
    var columns = design + series
    guard let logDeterminant = whiten(&columns, polynomials) else { throw .outsideRegion(.ar) }
    let m = columns.count / (columnCount + 1)
    guard m > columnCount else {
      throw .tooFewObservations(
        needed: problem.values.count + columnCount + 1 - m, found: problem.values.count)
    }
    var residuals = Array(columns[(columnCount * m)...])
    var beta: [Double] = []
    var gram = Matrix(rows: columnCount, columns: columnCount)
    if columnCount > 0 {
      do throws(LinearAlgebraError) {
        let x = Matrix(rows: m, columns: columnCount, elements: Array(columns[..<(columnCount * m)]))
        let qr = try QRFactorization(x)
        beta = try qr.solve(residuals)
        gram = try qr.inverseGram()
        for (j, b) in beta.enumerated() {
          for t in 0..<m { residuals[t] -= b * columns[j * m + t] }
        }
      } catch {
        throw .numerical("the regression cannot be solved: \(error)")
      }
    }
    let sum = residuals.reduce(0) { $0 + $1 * $1 }
    let variance = sum / Double(m)
    guard variance.isFinite, logDeterminant.isFinite else {
      throw .numerical("the likelihood is lost in rounding at \(parameters)")
    }
    return RegARIMAEstimate(
      parameters: parameters, beta: beta, betaGram: gram, variance: variance,
      logLikelihood: -0.5 * (Double(m) * (1 + Double.log(2 * .pi * variance)) + logDeterminant),
      residuals: residuals, effectiveObservations: m, evaluations: 1, hasConverged: true)
  }
}

extension ARIMALikelihood {
  /// The filter of the differenced series, or of what the autoregressive part leaves of it where the likelihood is
  /// conditional on the first values; nil where the autoregressive part is not stationary.
  func filter(_ polynomials: ARMAPolynomials) -> ARMAFilter? {
    switch self {
    case .exact: ARMAFilter(polynomials)
    case .exactMA: ARMAFilter(ARMAPolynomials(ar: [], ma: polynomials.ma))
    case .conditional: ARMAFilter(conditionalOnZero: polynomials.ma)
    }
  }
}

extension DifferencedProblem {
  /// Whether the regressors, by least squares, leave nothing of the series but rounding.
  var isDegenerate: Bool {
    let size = problem.values.reduce(0) { max($0, abs($1)) }
    let rounding = 1e-13 * size
    if series.allSatisfy({ abs($0) <= rounding }) { return true }
    guard columnCount > 0 else { return false }
    let x = Matrix(rows: series.count, columns: columnCount, elements: design)
    guard let qr = try? QRFactorization(x), let rotated = try? qr.applyQTransposed(series) else {
      return false
    }
    return rotated[columnCount...].allSatisfy { abs($0) <= rounding }
  }

  /// The estimate where nothing is left to explain.
  var degenerateEstimate: RegARIMAEstimate {
    let x = Matrix(rows: series.count, columns: columnCount, elements: design)
    let qr = try? QRFactorization(x)
    let beta = (try? qr?.solve(series)) ?? [Double](repeating: 0, count: columnCount)
    let gram = (try? qr?.inverseGram()) ?? Matrix(rows: columnCount, columns: columnCount)
    return RegARIMAEstimate(
      parameters: problem.order.held(by: problem.constraints).map { $0 ?? 0 }, beta: beta, betaGram: gram,
      variance: 0, logLikelihood: .infinity, residuals: [Double](repeating: 0, count: series.count),
      effectiveObservations: series.count, evaluations: 0, hasConverged: true)
  }
}

extension RegARIMAProblem {
  /// How many values differencing costs.
  var lostObservations: Int { order.lostObservations(period: period) }
}

/// The likelihood at given ARMA parameters, with the regression coefficients and the variance that maximise it there.
///
/// - Parameter parameters: φ, θ, Φ, Θ.
func evaluate(_ problem: RegARIMAProblem, at parameters: [Double]) throws(ARIMAError) -> RegARIMAEstimate {
  guard problem.isComplete else { return try evaluateWithGaps(problem, at: parameters) }
  return try DifferencedProblem(problem).estimate(at: parameters)
}
