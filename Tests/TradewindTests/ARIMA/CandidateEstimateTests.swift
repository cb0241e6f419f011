import TestSupport
import Testing

@testable import Tradewind

/// The estimation of models within a search: quick, but no worse where it matters.
@Suite("Estimation of candidates")
struct CandidateEstimateTests {
  static func problem(_ order: ARIMAOrder, constant: Bool = false) throws -> RegARIMAProblem {
    let series = try #require(try m3Series().first { $0.name == "N2602" })
    return RegARIMAProblem(values: series.values, order: order, period: 12, hasConstant: constant)
  }

  static let orders = [
    ARIMAOrder(0, 1, 1, seasonal: (0, 0, 1)), ARIMAOrder(1, 1, 1), ARIMAOrder(2, 1, 0, seasonal: (1, 0, 0)),
    ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)),
  ]

  @Test("without a goal the likelihood is that of the full estimate")
  func likelihood() throws {
    var workspace = ARIMAWorkspace()
    for order in Self.orders {
      for constant in [false, order.seasonalD == 0] {
        let problem = try Self.problem(order, constant: constant)
        let full = try estimate(problem)
        let candidate = try problem.estimateCandidate(hint: nil, needed: -.infinity, using: &workspace)
        #expect(!candidate.isHopeless)
        #expect(isClose(candidate.logLikelihood, full.logLikelihood, absolute: 0.01), "\(order)")
        // The likelihood it says is that of its parameters.
        let there = try evaluate(problem, at: candidate.parameters)
        #expect(isClose(candidate.logLikelihood, there.logLikelihood, absolute: 1e-6), "\(order)")
      }
    }
  }

  @Test("a goal within reach is reached; one far beyond is given up, or missed")
  func goals() throws {
    var workspace = ARIMAWorkspace()
    for order in Self.orders {
      let problem = try Self.problem(order)
      let best = try estimate(problem).logLikelihood
      let reached = try problem.estimateCandidate(hint: nil, needed: best - 0.5, using: &workspace)
      #expect(!reached.isHopeless && reached.logLikelihood > best - 0.05, "\(order)")
      let missed = try problem.estimateCandidate(hint: nil, needed: best + 40, using: &workspace)
      #expect(missed.logLikelihood < best + 0.01, "\(order)")
    }
    let rich = try Self.problem(ARIMAOrder(2, 1, 2, seasonal: (1, 0, 1)))
    let given = try rich.estimateCandidate(hint: nil, needed: 0, using: &workspace)
    #expect(given.isHopeless)
  }

  @Test("a richer neighbour starts with the likelihood that was reached, a poorer one inside its region")
  func neighbours() throws {
    let small = ARIMAOrder(1, 1, 1, seasonal: (0, 0, 1))
    let large = ARIMAOrder(3, 1, 2, seasonal: (1, 0, 1))
    let parameters = [0.6, -0.4, 0.3]
    let start = neighbouringStart(parameters, from: small, to: large)
    #expect(start.count == large.coefficientCount)
    let (a, b) = (
      try evaluate(Self.problem(small), at: parameters), try evaluate(Self.problem(large), at: start)
    )
    #expect(isClose(a.logLikelihood, b.logLikelihood, absolute: 1e-8))
    #expect(
      zip(neighbouringStart(start, from: large, to: small), parameters).allSatisfy {
        isClose($0, $1, absolute: 1e-12)
      })
    // φ₁ alone would be 1.6, outside of the region; the first partial autocorrelation is φ₁/(1 − φ₂).
    let cut = neighbouringStart([1.6, -0.8], from: ARIMAOrder(2, 0, 0), to: ARIMAOrder(1, 0, 0))
    #expect(isClose(cut[0], 1.6 / 1.8, relative: 1e-12))
  }
}
