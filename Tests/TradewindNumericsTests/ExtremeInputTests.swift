import TestSupport
import Testing

@testable import TradewindNumerics

/// Finite numbers of every size: whatever comes out, it comes out, as a value or a typed error.
@Suite struct ExtremeInputTests {
  private static func wild(_ count: Int, _ generator: inout SeededGenerator) -> [Double] {
    (0..<count).map { _ in
      switch generator.next() % 8 {
      case 0: 0
      case 1: Double.greatestFiniteMagnitude
      case 2: -Double.leastNonzeroMagnitude
      default:
        // Any bit pattern that is a finite number.
        Double(
          sign: generator.next() % 2 == 0 ? .plus : .minus, exponent: Int(generator.next() % 2040) - 1020,
          significand: 1 + generator.nextUniform())
      }
    }
  }

  @Test("no finite matrix traps, hangs or stops a factorisation", arguments: 0..<20)
  func matrices(_ block: Int) throws {
    for seed in (50 * block)..<(50 * block + 50) {
      var generator = SeededGenerator(seed: UInt64(seed))
      let (m, n) = (Int(generator.next() % 7), Int(generator.next() % 7))
      let a = Matrix(rows: m, columns: n, elements: Self.wild(m * n, &generator))
      let b = Self.wild(m, &generator)
      _ = try? QRFactorization(a).solve(b)
      let pivoted = try PivotedQRFactorization(a)
      #expect(pivoted.rank + pivoted.dependentColumns.count == n, "seed \(seed)")
      _ = try pivoted.solve(b)
      _ = try? SingularValueDecomposition(a)
      _ = try? LeastSquares.minimumNorm(a, b)
      let square = Matrix(rows: m, columns: m, elements: Self.wild(m * m, &generator))
      _ = try? LeastSquares.generalised(a, b, errorFactor: square)
      let c = Matrix(rows: 2, columns: n, elements: Self.wild(2 * n, &generator))
      _ = try? LeastSquares.equalityConstrained(a, b, constraint: c, equals: [1, 2])
      _ = try? CholeskyFactorization(square).inverse()
      _ = try? SymmetricEigen(square)
    }
  }

  @Test("no finite polynomial traps or hangs", arguments: 0..<10)
  func polynomials(_ block: Int) {
    for seed in (100 * block)..<(100 * block + 100) {
      var generator = SeededGenerator(seed: UInt64(seed))
      let coefficients = Self.wild(Int(generator.next() % 12), &generator)
      if let roots = try? polynomialRoots(coefficients) { #expect(roots.count < max(1, coefficients.count)) }
    }
  }

  @Test("optimisers survive objectives of any size", arguments: 0..<50)
  func optimisers(_ seed: Int) {
    let random = SeededGenerator(seed: UInt64(seed))
    let f: ([Double]) -> Double = { x in
      // A different wild value at every point, the same each time: no structure at all.
      var generator = random.split(
        Int(bitPattern: UInt(truncatingIfNeeded: x[0].bitPattern ^ x[1].bitPattern)))
      return Self.wild(1, &generator)[0] * (generator.next() % 9 == 0 ? .nan : 1)
    }
    _ = minimizeNelderMead(from: [1, -1], steps: [1, 1], maximumEvaluations: 500, f)
    _ = minimizeQuasiNewton(from: [1, -1], bounds: [-1e300...1e300, -2...2], maximumIterations: 30, f)
    _ = minimizeBrent(in: -1e308...1e308, maximumEvaluations: 200) { f([$0, 0]) }
    _ = levenbergMarquardt(from: [1, -1], residualCount: 3, maximumIterations: 30) { x, r in
      for i in 0..<3 { r[i] = f([x[0] + Double(i), x[1]]) }
    }
  }
}
