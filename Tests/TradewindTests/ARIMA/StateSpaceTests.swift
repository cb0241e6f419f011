import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

/// A seeded series with trend, season and noise, and gaps.
private func series(_ count: Int, seed: UInt64, missing: [Int] = []) -> [Double] {
  var generator = SeededGenerator(seed: seed)
  var (level, values) = (100.0, [Double]())
  for t in 0..<count {
    level += 0.5 + generator.nextNormal()
    values.append(level + 8 * Double.sin(Double(t) * .pi / 2) + generator.nextNormal())
  }
  for t in missing { values[t] = .nan }
  return values
}

private struct Model: Sendable, CustomTestStringConvertible {
  var order: ARIMAOrder
  var parameters: [Double]
  var testDescription: String { "\(order)" }

  static let all = [
    Model(order: ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), parameters: [-0.4, -0.6]),
    Model(order: ARIMAOrder(2, 1, 1, seasonal: (1, 1, 1)), parameters: [0.5, -0.3, 0.4, 0.3, -0.5]),
    Model(order: ARIMAOrder(3, 0, 0), parameters: [0.5, 0.2, 0.1]),
    Model(order: ARIMAOrder(1, 0, 2, seasonal: (0, 0, 1)), parameters: [0.7, 0.3, -0.2, 0.4]),
    Model(order: ARIMAOrder(0, 2, 2), parameters: [-0.9, 0.3]),
    Model(order: ARIMAOrder(1, 0, 0, seasonal: (1, 1, 0)), parameters: [0.8, -0.4]),
    Model(order: ARIMAOrder(0, 1, 0), parameters: []),
  ]
}

private func column(_ name: String, _ count: Int, seed: UInt64) -> RegressionColumn {
  var generator = SeededGenerator(seed: seed)
  return RegressionColumn(name: name, values: generator.normals(count))
}

private func problem(
  _ model: Model, _ values: [Double], regressors: Int = 0, combined: [CombinedRun] = []
) -> RegARIMAProblem {
  var problem = RegARIMAProblem(
    values: values,
    columns: (0..<regressors).map { column("x\($0)", values.count, seed: 90 + UInt64($0)) },
    order: model.order, period: 4, hasConstant: regressors > 0)
  problem.combined = combined
  return problem
}

@Suite("State space form of ARIMA")
struct StateSpaceTests {
  @Test("without a gap the likelihood is that of the differenced series", arguments: Model.all)
  fileprivate func complete(model: Model) throws {
    for regressors in [0, 2] {
      let problem = problem(model, series(60, seed: 1), regressors: regressors)
      let fast = try evaluate(problem, at: model.parameters)
      var gaps = try StateSpaceProblem(problem)
      let slow = try gaps.estimate(at: model.parameters)
      #expect(isClose(slow.logLikelihood, fast.logLikelihood, absolute: 1e-9))
      #expect(isClose(slow.variance, fast.variance, relative: 1e-10))
      #expect(slow.effectiveObservations == fast.effectiveObservations)
      for (a, b) in zip(slow.beta, fast.beta) { #expect(isClose(a, b, relative: 1e-9)) }
      for (a, b) in zip(slow.residuals, fast.residuals) { #expect(isClose(a, b, absolute: 1e-9)) }
      for (a, b) in zip(slow.betaGram.elements, fast.betaGram.elements) {
        #expect(isClose(a, b, relative: 1e-9))
      }
    }
  }

  @Test("with gaps the likelihood is that of dense matrices", arguments: Model.all)
  fileprivate func gaps(model: Model) throws {
    let patterns: [[Int]] = [
      [20], [0], [2, 3], [1, 9, 10, 11, 30], [0, 1, 2, 3, 4, 5, 6, 7, 8], Array(12..<24), [38, 39],
      [0, 4, 8, 12, 16, 39], (0..<40).filter { $0 % 5 < 2 },
    ]
    for (index, missing) in patterns.enumerated() {
      for regressors in [0, 1] {
        let problem = problem(model, series(40, seed: 7, missing: missing), regressors: regressors)
        try compare(problem, model, "pattern \(index), \(regressors) regressors")
      }
    }
  }

  @Test("combined runs have the likelihood of dense matrices", arguments: Model.all)
  fileprivate func combined(model: Model) throws {
    let patterns: [[ClosedRange<Int>]] = [
      [20...21], [0...1], [1...3], [0...6], [3...5], [38...39], [10...12, 13...14], [12...23],
      [0...1, 4...5, 16...18, 33...34],
    ]
    for (index, ranges) in patterns.enumerated() {
      for missing in [[], [8, 9, 25]] {
        var values = series(40, seed: 11)
        let runs = ranges.map { range in
          CombinedRun(range: range, total: range.reduce(0) { $0 + values[$1] })
        }
        for t in ranges.flatMap({ Array($0) }) + missing { values[t] = .nan }
        for regressors in [0, 1] {
          let problem = problem(model, values, regressors: regressors, combined: runs)
          try compare(problem, model, "pattern \(index), \(regressors) regressors")
        }
      }
    }
  }

  private func compare(_ problem: RegARIMAProblem, _ model: Model, _ text: Comment) throws {
    let dense = try DenseARIMA(problem, at: model.parameters)
    let estimate = try evaluateWithGaps(problem, at: model.parameters)
    #expect(isClose(estimate.logLikelihood, dense.logLikelihood, absolute: 1e-8), text)
    #expect(isClose(estimate.variance, dense.variance, relative: 1e-9), text)
    for (a, b) in zip(estimate.beta, dense.beta) { #expect(isClose(a, b, relative: 1e-8), text) }
    let fit = try StateSpaceFit(problem, parameters: estimate.parameters, beta: estimate.beta)
    let law = try fit.interpolated()
    let variances = law.variances(variance: estimate.variance, betaCovariance: estimate.betaCovariance)
    #expect(law.times == problem.values.indices.filter { problem.values[$0].isNaN })
    for (i, t) in law.times.enumerated() {
      #expect(isClose(law.means[i], dense.values[t], relative: 1e-8), text)
      #expect(isClose(variances[i], dense.covariance[t, t], relative: 1e-7, absolute: 1e-11), text)
    }
    // The last values as a forecast: those of the shorter problem, under the longer one's regressors.
    guard let end = problem.values.lastIndex(where: { !$0.isNaN }), end < problem.values.count - 1,
      problem.combined.allSatisfy({ $0.range.upperBound <= end })
    else { return }
    var shorter = problem
    shorter.values = Array(problem.values[...end])
    shorter.columns = problem.columns.map {
      RegressionColumn(name: $0.name, values: Array($0.values[...end]))
    }
    let horizon = problem.values.count - end - 1
    let outlook = try StateSpaceFit(shorter, parameters: estimate.parameters, beta: estimate.beta).outlook(
      future: problem.columns.map { Array($0.values[(end + 1)...]) }, horizon: horizon)
    let errors = Matrix(
      rowVectors: outlook.errors.map { $0 + [Double](repeating: 0, count: horizon - $0.count) })
    var covariance = estimate.variance * (errors * errors.transposed())
    if !estimate.beta.isEmpty {
      let x = Matrix(rowVectors: outlook.regressors)
      covariance = covariance + x * estimate.betaCovariance * x.transposed()
    }
    for h in 0..<horizon {
      #expect(isClose(outlook.mean[h], dense.values[end + 1 + h], relative: 1e-8), text)
      for k in 0...h {
        #expect(isClose(covariance[h, k], dense.covariance[end + 1 + h, end + 1 + k], relative: 1e-7), text)
      }
    }
  }
}
