import RealModule
import TestSupport
import Testing

@testable import TradewindNumerics

@Suite struct LevenbergMarquardtTests {
  private func fit(
    _ problem: CertifiedProblem, _ data: CertifiedProblem.Data, from start: [Double],
    bounds: [ClosedRange<Double>]? = nil
  ) -> LevenbergMarquardtResult {
    levenbergMarquardt(
      from: start, residualCount: data.y.count, bounds: bounds, tolerance: 1e-10, maximumIterations: 3000
    ) { b, r in
      for i in 0..<data.x.count { r[i] = data.y[i] - problem.model(b, data.x[i]) }
    }
  }

  /// The two starts from which the path leads into a plain where the model is flat, for this method as for others.
  private static let hopeless: Set<String> = ["BoxBOD 0", "MGH10 0"]

  @Test("certified parameters are found from NIST's starts", arguments: CertifiedProblem.all, [0, 1])
  func certified(_ problem: CertifiedProblem, _ start: Int) throws {
    if Self.hopeless.contains("\(problem.name) \(start)") { return }
    let data = try problem.data()
    let fit = fit(problem, data, from: data.starts[start])
    #expect(fit.converged)
    // Eleven digits are certified. Three nearly parallel exponentials, which fit to 10⁻⁸, cost Lanczos3 one more.
    let tolerance = problem.name == "Lanczos3" ? 1e-6 : 1e-7
    #expect(isClose(fit.sumOfSquares, data.sumOfSquares, relative: 1e-10))
    for (found, certified) in zip(fit.point, data.parameters) {
      #expect(isClose(found, certified, relative: tolerance))
    }
  }

  @Test("standard deviations from the Jacobian are the certified ones", arguments: CertifiedProblem.all)
  func standardDeviations(_ problem: CertifiedProblem) throws {
    let data = try problem.data()
    let fit = fit(problem, data, from: data.starts[1])
    let variance = fit.sumOfSquares / Double(data.y.count - data.parameters.count)
    let covariance = try QRFactorization(fit.jacobian).inverseGram()
    for (j, certified) in data.deviations.enumerated() {
      #expect(isClose((variance * covariance[j, j]).squareRoot(), certified, relative: 1e-5))
    }
  }

  @Test("a bound that holds leaves the best of the other parameters")
  func activeBound() throws {
    let problem = try #require(CertifiedProblem.all.first { $0.name == "Misra1a" })
    let data = try problem.data()
    // The free optimum has b1 = 238.9; held at 200, the rest is a minimisation in one variable.
    let fit = fit(problem, data, from: [100, 0.001], bounds: [0...200, 0...1])
    #expect(fit.point[0] == 200)
    let line = minimizeBrent(in: 0.0001...0.01, tolerance: 1e-14) { b2 in
      zip(data.x, data.y).reduce(0) { sum, pair in
        let residual = pair.1 - 200 * (1 - Double.exp(-b2 * pair.0))
        return sum + residual * residual
      }
    }
    #expect(isClose(fit.point[1], line.point[0], relative: 1e-7))
    #expect(fit.sumOfSquares <= line.value * (1 + 1e-14))
  }

  @Test("an exact Jacobian and differences reach the same point")
  func exactJacobian() {
    let times = (0..<30).map { Double($0) / 10 }
    let truth = [2.0, 0.7]
    let y = times.map { truth[0] * Double.exp(-truth[1] * $0) + 0.01 * Double.sin(17 * $0) }
    let residuals: ResidualFunction = { b, r in
      for i in 0..<r.count { r[i] = b[0] * Double.exp(-b[1] * times[i]) - y[i] }
    }
    let jacobian: ResidualFunction = { b, j in
      for i in 0..<times.count {
        let e = Double.exp(-b[1] * times[i])
        j[i] = e
        j[i + times.count] = -times[i] * b[0] * e
      }
    }
    let exact = levenbergMarquardt(
      from: [1, 0], residualCount: 30, jacobian: jacobian, tolerance: 1e-12, residuals: residuals)
    let numerical = levenbergMarquardt(
      from: [1, 0], residualCount: 30, tolerance: 1e-12, residuals: residuals)
    #expect(exact.converged && numerical.converged)
    #expect(exact.optimum.evaluations < numerical.optimum.evaluations)
    for (a, b) in zip(exact.point, numerical.point) { #expect(isClose(a, b, relative: 1e-8)) }
    #expect(exact.jacobian.columnwiseError(from: numerical.jacobian) < 1e-8)
  }

  @Test("residuals that are not defined everywhere are stepped back from")
  func undefinedPlaces() {
    // log of a negative number is NaN; the root is at e.
    let fit = levenbergMarquardt(from: [0.05], residualCount: 1, tolerance: 1e-12) { x, r in
      r[0] = Double.log(x[0]) - 1
    }
    #expect(fit.converged && isClose(fit.point[0], 2.718_281_828_459_045, relative: 1e-10))
  }

  @Test("fewer residuals than parameters, none of either, and parameters without effect are all right")
  func degenerateSizes() {
    let wide = levenbergMarquardt(from: [1, 1, 1], residualCount: 1) { x, r in r[0] = x[0] + 2 * x[1] - 9 }
    #expect(wide.converged && wide.sumOfSquares < 1e-12)
    #expect(wide.point[2] == 1)
    let none = levenbergMarquardt(from: [], residualCount: 2) { _, r in r[0] = 3 }
    #expect(none.converged && none.sumOfSquares == 9)
    let empty = levenbergMarquardt(from: [4], residualCount: 0) { _, _ in }
    #expect(empty.converged && empty.point == [4])
  }
}
