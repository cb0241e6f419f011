import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

private let airline = ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1))
private let gaps = [18, 51, 52, 89, 141]

/// Logarithms of the airline passengers, some months (from 1) left out.
private func passengers(missing: [Int] = []) throws -> [Double] {
  var values = try References.numbers("arima-missing/airline-passengers.csv", column: "value")
    .map { Double.log($0) }
  for month in missing { values[month - 1] = .nan }
  return values
}

private struct Reference {
  private let rows: [(case: String, what: String, index: Int, value: Double)]

  init(_ file: String) throws {
    rows = try References.rows("arima-missing/" + file).map { row in
      (
        row["case"] ?? "", row["what"] ?? "", Int(row["index"] ?? "") ?? 0,
        Double(row["value"] ?? "") ?? .nan
      )
    }
  }

  func values(_ what: String, case name: String = "") -> [Double] {
    rows.filter { $0.case == name && $0.what == what }.map(\.value)
  }

  func indices(_ what: String, case name: String = "") -> [Int] {
    rows.filter { $0.case == name && $0.what == what }.map(\.index)
  }
}

@Suite("Missing values: other programs")
struct StateSpaceReferenceTests {
  fileprivate struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var order: ARIMAOrder
    var hasStep = false
    var testDescription: String { name }
  }

  fileprivate static let cases = [
    Case(name: "airline", order: airline), Case(name: "airline-40-percent", order: airline),
    Case(name: "arma", order: ARIMAOrder(2, 1, 1, seasonal: (1, 1, 0))),
    Case(name: "airline-step", order: airline, hasStep: true),
  ]

  @Test("estimates and forecasts are R's up to its approximate start", arguments: cases)
  fileprivate func arima(which: Case) throws {
    let reference = try Reference("r-arima.csv")
    let missing = reference.indices("missing", case: which.name)
    let values = try passengers(missing: missing)
    var problem = RegARIMAProblem(values: values, order: which.order, period: 12)
    if which.hasStep {
      let step = values.indices.map { $0 >= 76 ? 1.0 : 0 }
      problem.columns = [RegressionColumn(name: "step", values: step)]
    }
    let coefficients = reference.values("coefficient", case: which.name)
    let parameters = Array(coefficients.prefix(which.order.coefficientCount))
    let logLikelihood = reference.values("loglik", case: which.name)[0]

    // At R's coefficients.
    let there = try evaluate(problem, at: parameters)
    #expect(there.effectiveObservations == Int(reference.values("nobs", case: which.name)[0]))
    #expect(isClose(there.logLikelihood, logLikelihood, absolute: 5e-3))
    #expect(isClose(there.variance, reference.values("variance", case: which.name)[0], relative: 1e-4))
    for (a, b) in zip(there.beta, coefficients[parameters.count...]) {
      #expect(isClose(a, b, relative: 1e-3))
    }

    // Our optimum is no worse, and the same.
    let best = try estimate(problem)
    #expect(best.logLikelihood >= there.logLikelihood - 1e-9)
    for (a, b) in zip(best.parameters, parameters) { #expect(isClose(a, b, absolute: 2e-4)) }

    let outlook = try problem.outlook(
      parameters: parameters, beta: there.beta,
      future: problem.columns.map { _ in [Double](repeating: 0, count: 12) }, horizon: 12)
    let deviations = reference.values("forecast-se", case: which.name)
    for (h, value) in reference.values("forecast", case: which.name).enumerated() {
      #expect(isClose(outlook.mean[h], value, absolute: 2e-5))
      let variance = outlook.errors[h].reduce(0) { $0 + $1 * $1 } * there.variance
      #expect(isClose(variance.squareRoot(), deviations[h], relative: 1e-3))
    }
  }

  @Test("at X-13's coefficients, missing months and forecasts are X-13's")
  func additiveOutliers() throws {
    let reference = try Reference("x13-ap-missing.csv")
    let problem = RegARIMAProblem(values: try passengers(missing: gaps), order: airline, period: 12)
    let parameters = reference.values("coefficient")
    let there = try evaluate(problem, at: parameters)
    let count = reference.values("nobs")[0]
    let sum = there.variance * Double(there.effectiveObservations)
    #expect(isClose(sum / count, reference.values("variance")[0], relative: 1e-9))

    // Its standard errors are by the variance over all 131 values.
    let variance = sum / count
    let fit = try StateSpaceFit(problem, parameters: parameters, beta: [])
    let months = try fit.interpolated()
    #expect(months.times.map { $0 + 1 } == gaps)
    let variances = months.variances(variance: variance, betaCovariance: nil)
    for (i, value) in reference.values("missing").enumerated() {
      #expect(isClose(months.means[i], value, relative: 1e-9))
      #expect(isClose(variances[i].squareRoot(), reference.values("missing-se")[i], relative: 1e-7))
    }
    let outlook = try fit.outlook(future: [], horizon: 24)
    for (h, value) in reference.values("forecast").enumerated() {
      #expect(isClose(outlook.mean[h], value, relative: 1e-9))
      let deviation = (outlook.errors[h].reduce(0) { $0 + $1 * $1 } * variance).squareRoot()
      #expect(isClose(deviation, reference.values("forecast-se")[h], relative: 1e-6))
    }
  }

  @Test("with an outlier on each missing month the complete series has X-13's estimate")
  func outlierColumns() throws {
    let reference = try Reference("x13-ap-missing.csv")
    var problem = RegARIMAProblem(values: try passengers(missing: gaps), order: airline, period: 12)
    for month in gaps {
      problem.values[month - 1] = 5
      let pulse = problem.values.indices.map { $0 == month - 1 ? 1.0 : 0 }
      problem.columns.append(RegressionColumn(name: "AO\(month)", values: pulse))
    }
    let best = try estimate(problem)
    for (a, b) in zip(best.parameters, reference.values("coefficient")) {
      #expect(isClose(a, b, absolute: 1e-5))
    }
    #expect(isClose(best.logLikelihood, reference.values("loglik")[0], absolute: 1e-7))

    // The exact likelihood has the months integrated out: their determinant is what lies between the two.
    let gapped = RegARIMAProblem(values: try passengers(missing: gaps), order: airline, period: 12)
    let exact = try evaluate(gapped, at: best.parameters)
    let determinant = try CholeskyFactorization(best.betaGram).logDeterminant
    let (n, m) = (131.0, 5.0)
    let sum = best.variance * n
    let fullTerm = -0.5 * n * (1 + Double.log(2 * .pi * sum / n))
    let gapTerm = -0.5 * (n - m) * (1 + Double.log(2 * .pi * sum / (n - m)))
    #expect(
      isClose(
        exact.logLikelihood, best.logLikelihood - fullTerm + gapTerm + 0.5 * determinant, absolute: 1e-8))
    // The optimum is therefore another one.
    let optimum = try estimate(gapped)
    #expect(optimum.logLikelihood > exact.logLikelihood + 0.01)
  }
}
