import RealModule
import TestSupport
import Testing

@testable import TradewindNumerics

@Suite struct PolynomialRootTests {
  /// Coefficients from the constant term upwards of lead·Π(x − r), for roots closed under conjugation.
  static func expand(_ roots: [PolynomialRoot], lead: Double = 1) -> [Double] {
    var real = [lead]
    var imaginary = [0.0]
    for root in roots {
      var (nextReal, nextImaginary) = ([0] + real, [0] + imaginary)
      for k in real.indices {
        nextReal[k] -= root.real * real[k] - root.imaginary * imaginary[k]
        nextImaginary[k] -= root.real * imaginary[k] + root.imaginary * real[k]
      }
      (real, imaginary) = (nextReal, nextImaginary)
    }
    return real
  }

  private func expectReal(_ coefficients: [Double], _ expected: [Double], _ tolerance: Double) throws {
    let roots = try polynomialRoots(coefficients).sorted { $0.real < $1.real }
    try #require(roots.count == expected.count)
    for (root, value) in zip(roots, expected.sorted()) {
      #expect(isClose(root.real, value, relative: tolerance, absolute: value == 0 ? tolerance : 0))
      #expect(abs(root.imaginary) <= tolerance * max(1, abs(value)))
    }
  }

  @Test("degrees 0, 1 and 2 have their textbook roots")
  func lowDegrees() throws {
    #expect(try polynomialRoots([5]).isEmpty)
    try expectReal([-3, 2], [1.5], 1e-16)
    try expectReal([6, -5, 1], [2, 3], 1e-15)
    let pair = try polynomialRoots([5, -2, 1])
    #expect(pair.map(\.real).allSatisfy { isClose($0, 1, relative: 1e-15) })
    #expect(isClose(pair[0].imaginary, 2, relative: 1e-15) && isClose(pair[1].imaginary, -2, relative: 1e-15))
    #expect(isClose(pair[0].modulus, 5.0.squareRoot(), relative: 1e-15))
  }

  @Test("zeros at the high powers lower the degree, zeros in front are roots at exactly 0")
  func zeroCoefficients() throws {
    try expectReal([6, -5, 1, 0, 0], [2, 3], 1e-15)
    let roots = try polynomialRoots([0, 0, 6, -5, 1, 0])
    #expect(roots.count == 4)
    #expect(roots.count { $0.real == 0 && $0.imaginary == 0 } == 2)
    #expect(try polynomialRoots([0, 0, 7]).map(\.modulus) == [0, 0])
  }

  @Test("whole-number roots come back", arguments: 1...10)
  func wholeNumbers(_ n: Int) throws {
    let roots = (1...n).map(Double.init)
    let coefficients = Self.expand(roots.map { PolynomialRoot(real: $0, imaginary: 0) })
    // Wilkinson: the condition grows like 10^(n/2); at n = 10 about 1e7 times rounding.
    try expectReal(coefficients, roots, n < 6 ? 1e-12 : 1e-8)
  }

  @Test("the n-th roots of 1 lie on the unit circle at equal distances", arguments: [3, 8, 13, 40])
  func unity(_ n: Int) throws {
    var coefficients = [Double](repeating: 0, count: n + 1)
    (coefficients[0], coefficients[n]) = (-1, 1)
    let angles = try polynomialRoots(coefficients).map { root in
      #expect(isClose(root.modulus, 1, relative: 1e-13))
      return Double.atan2(y: root.imaginary, x: root.real)
    }
    let turns = angles.map { ($0 / (2 * .pi) * Double(n)).rounded() }
    #expect(Set(turns.map { ($0 + Double(n)).truncatingRemainder(dividingBy: Double(n)) }).count == n)
    for (angle, turn) in zip(angles, turns) {
      #expect(isClose(angle, turn * 2 * .pi / Double(n), absolute: 1e-12))
    }
  }

  @Test("a root of multiplicity m is good to the m-th root of rounding", arguments: [2, 3, 4])
  func multiple(_ m: Int) throws {
    let triple = [PolynomialRoot](repeating: PolynomialRoot(real: 1.5, imaginary: 0), count: m)
    let coefficients = Self.expand(triple + [PolynomialRoot(real: -4, imaginary: 0)])
    let roots = try polynomialRoots(coefficients)
    #expect(roots.count == m + 1)
    let near = roots.filter {
      Double.hypot($0.real - 1.5, $0.imaginary) < 20 * Double.pow(1e-16, 1 / Double(m))
    }
    #expect(near.count == m)
    // The centre of the cluster is much better.
    #expect(isClose(near.map(\.real).reduce(0, +) / Double(m), 1.5, relative: 1e-11))
  }

  @Test("multiplying the factors gives the polynomial back, whatever its scale", arguments: 0..<30)
  func factorsMultiplyBack(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let degree = 1 + seed % 15
    let lead = exp10(Double(seed % 5 - 2) * 6)
    let coefficients = generator.normals(degree).map { lead * $0 } + [lead]
    let roots = try polynomialRoots(coefficients)
    #expect(roots.count == degree)
    let back = Self.expand(roots, lead: lead)
    let size = norm(coefficients)
    for (a, b) in zip(back, coefficients) { #expect(isClose(a, b, absolute: 1e-12 * size), "seed \(seed)") }
    // Conjugate pairs stand together, positive imaginary part first.
    var k = 0
    while k < degree {
      guard roots[k].imaginary != 0 else {
        k += 1
        continue
      }
      try #require(k + 1 < degree)
      #expect(roots[k].imaginary > 0 && roots[k + 1].imaginary == -roots[k].imaginary)
      #expect(roots[k].real == roots[k + 1].real)
      k += 2
    }
  }

  @Test("roots far apart in size keep their digits")
  func farApart() throws {
    try expectReal(
      Self.expand([1e-6, 1, 1e6].map { PolynomialRoot(real: $0, imaginary: 0) }), [1e-6, 1, 1e6], 1e-9)
  }

  @Test("no polynomial, NaN and an overflowing quotient are typed errors")
  func errors() {
    #expect(throws: LinearAlgebraError.shape("the zero polynomial has every number as a root")) {
      try polynomialRoots([])
    }
    #expect(throws: LinearAlgebraError.self) { try polynomialRoots([0, 0]) }
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0)) { try polynomialRoots([1, .nan, 1]) }
    #expect(throws: LinearAlgebraError.notFinite(row: 0, column: 0)) {
      try polynomialRoots([1e300, 0, 1e-300])
    }
  }
}
