import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("ARMA polynomials, coordinates and filters")
struct ARMAFilterTests {
  static let cases: [(ARIMAOrder, [Double])] = [
    (ARIMAOrder(0, 0, 0), []), (ARIMAOrder(1, 0, 0), [0.95]), (ARIMAOrder(0, 0, 1), [-0.9]),
    (ARIMAOrder(2, 0, 1), [0.5, 0.3, 0.4]), (ARIMAOrder(1, 0, 3), [-0.6, 0.3, -0.2, 0.5]),
    (ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), [-0.4, -0.56]),
    (ARIMAOrder(1, 0, 1, seasonal: (1, 0, 1)), [0.7, -0.3, 0.6, -0.2]),
    (ARIMAOrder(2, 1, 0, seasonal: (0, 1, 1)), [-0.3, 0.2, -0.7]),
  ]

  @Test("the polynomials multiply out")
  func products() {
    let order = ARIMAOrder(1, 0, 1, seasonal: (1, 0, 1))
    let result = ARMAPolynomials([0.5, 0.25, 0.4, 0.3], order: order, period: 4)
    #expect(result.ar == [0.5, 0, 0, 0.4, -0.2])
    #expect(result.ma == [0.25, 0, 0, 0.3, 0.075])
    // (1 − ½B)⁻¹ (1 + ¼B) = 1 + ¾B + ⅜B² + …
    let plain = ARMAPolynomials(ar: [0.5], ma: [0.25])
    #expect(plain.psiWeights(4) == [1, 0.75, 0.375, 0.1875])
    #expect(plain.psiWeights(3, differencing: [1, -1]) == [1, 1.75, 2.125])
  }

  @Test(
    "the constant's column has differences of one",
    arguments: [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)])
  func constantColumn(differences: (Int, Int)) {
    let order = ARIMAOrder(0, differences.0, 0, seasonal: (0, differences.1, 0))
    let column = order.constantColumn(count: 40, period: 12)
    let differenced = order.differenced(column, period: 12)
    #expect(differenced.count == 40 - order.lostObservations(period: 12))
    #expect(differenced.allSatisfy { abs($0 - 1) < 1e-9 })
    let polynomial = order.differencing(period: 12)
    #expect(zip(applied(polynomial, to: column), differenced).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test("any point of the box is a stationary and invertible model, and comes back from its coefficients")
  func coordinates() {
    var generator = SeededGenerator(seed: 5)
    let order = ARIMAOrder(4, 0, 3, seasonal: (2, 0, 1))
    let coordinates = ARMACoordinates(order: order, constraints: .none)
    for _ in 0..<50 {
      let point = (0..<coordinates.count).map { _ in 1.9 * generator.nextUniform() - 0.95 }
      let parameters = coordinates.parameters(at: point)
      for (a, b) in zip(coordinates.point(of: parameters), point) { #expect(abs(a - b) < 1e-8) }
      let ar = try? polynomialRoots([1] + parameters[..<4].map { -$0 })
      #expect(ar.map { $0.allSatisfy { $0.modulus > 1 } } ?? false)
      let ma = try? polynomialRoots([1] + parameters[4..<7])
      #expect(ma.map { $0.allSatisfy { $0.modulus > 1 } } ?? false)
    }
  }

  @Test("coefficients outside of the region are drawn inside; held ones stay")
  func drawnInside() {
    let free = ARMACoordinates(order: ARIMAOrder(2, 0, 1), constraints: .none)
    var parameters = [0.0, 0, 0]
    #expect(free.parameters(at: free.point(of: [1.8, 0.5, 3]), into: &parameters))
    let held = ARMACoordinates(
      order: ARIMAOrder(3, 0, 0),
      constraints: ARIMAConstraints.missing(.ar, lags: [1]).holding(.ar, lags: [2], at: 0.2))
    #expect(held.free == [2])
    #expect(held.parameters(at: [0.3]) == [0, 0.2, 0.3])
    var outside = [0.0, 0, 0]
    #expect(!held.parameters(at: [0.9], into: &outside))
    #expect(
      ARMACoordinates(order: ARIMAOrder(1, 0, 0), constraints: .none.holding(.ar, lags: [1], at: 1.1)).outside
        == .ar)
  }

  @Test("the likelihood is that of the dense covariance matrix", arguments: cases.indices)
  func dense(index: Int) throws {
    let (order, parameters) = Self.cases[index]
    let problem = RegARIMAProblem(
      values: Array(OddSeries.regular(60).prefix(50)), order: order, period: 12,
      hasConstant: order.d + order.seasonalD < 2)
    let fast = try evaluate(problem, at: parameters)
    let slow = try DenseARIMA(problem, at: parameters)
    #expect(isClose(fast.logLikelihood, slow.logLikelihood, relative: 1e-10))
    #expect(isClose(fast.variance, slow.variance, relative: 1e-9))
    for (a, b) in zip(fast.beta, slow.beta) { #expect(isClose(a, b, relative: 1e-8)) }
  }

  @Test("eight parameter sets at once give what each gives alone", arguments: cases.indices)
  func lanes(index: Int) throws {
    let (order, parameters) = Self.cases[index]
    let series = order.differenced(OddSeries.regular(70), period: 12)
    let polynomials = ARMAPolynomials(parameters, order: order, period: 12)
    var lanes = ARMALaneFilter(p: polynomials.ar.count, q: polynomials.ma.count, count: series.count)
    for lane in 0..<8 {
      let scaled = parameters.map { $0 * Double(lane) / 7 }
      lanes.set(ARMAPolynomials(scaled, order: order, period: 12), lane: lane)
    }
    lanes.run(series)
    for lane in 0..<8 {
      var alone = try #require(ARMAFilter(lanes.polynomials(lane: lane)))
      // A second column, so that columns are seen not to disturb each other.
      var whitened = series + series.map { 1 - $0 }
      alone.whiten(&whitened, columns: 2)
      #expect(isClose(lanes.logDeterminant[lane], alone.logDeterminant, relative: 1e-12, absolute: 1e-12))
      for t in series.indices {
        #expect(isClose(lanes.residuals[t][lane], whitened[t], relative: 1e-10, absolute: 1e-9))
      }
    }
  }

  @Test("an explosive set is not defined, and disturbs no other")
  func explosive() {
    var lanes = ARMALaneFilter(p: 1, q: 0, count: 20)
    for lane in 0..<8 { lanes.set(ARMAPolynomials(ar: [lane == 3 ? 1.2 : 0.5], ma: []), lane: lane) }
    lanes.run(Array(OddSeries.regular(20)))
    #expect(lanes.sumOfSquares[3].isNaN)
    #expect(lanes.sumOfSquares[2] == lanes.sumOfSquares[4] && lanes.sumOfSquares[2].isFinite)
    #expect(ARMAFilter(ARMAPolynomials(ar: [1.2], ma: [])) == nil)
  }
}
