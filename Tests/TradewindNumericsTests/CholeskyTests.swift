import RealModule
import TestSupport
import Testing

@testable import TradewindNumerics

@Suite struct CholeskyTests {
  /// D(MM′ + I)D with D over `spread` decades.
  static func positiveDefinite(_ seed: Int, _ n: Int, spread: Double = 0) -> Matrix {
    var generator = SeededGenerator(seed: UInt64(seed))
    let m = Matrix.random(n, n, &generator)
    var a = m.timesTransposed(m) + .identity(n)
    let scales = (0..<n).map { exp10(spread * (Double(($0 * 5) % n) / Double(n) - 0.5)) }
    for j in 0..<n { for i in 0..<n { a[i, j] *= scales[i] * scales[j] } }
    return a
  }

  @Test("a factor for draws is Cholesky's where there is one; what is known otherwise has a zero column")
  func drawingFactor() throws {
    let a = Self.positiveDefinite(1, 6)
    let factor = DrawingFactor(a)
    #expect(factor.lower == (try CholeskyFactorization(a)).lower)
    let z = [0.3, -1, 2, 0.5, 0.1, -0.7]
    #expect(factor.multiply(z) == (try CholeskyFactorization(a)).multiplyLower(z))
    // Of rank two: the third and fourth are sums of the first two, the fifth is known.
    var generator = SeededGenerator(seed: 5)
    let m = Matrix.random(2, 2, &generator)
    let rows = [[1.0, 0], [0, 1], [1, 1], [2, -1], [0, 0]]
    let b = Matrix(columns: (0..<2).map { c in rows.map { $0[0] * m[0, c] + $0[1] * m[1, c] } })
    var singular = b.timesTransposed(b)
    singular[2, 2] -= 1e-17
    let rank = DrawingFactor(singular)
    let back = rank.lower.timesTransposed(rank.lower)
    for i in 0..<5 {
      for j in 0..<5 { #expect(isClose(back[i, j], singular[i, j], absolute: 1e-7)) }
    }
    #expect((2..<5).allSatisfy { abs(rank.lower[$0, $0]) < 1e-7 })
  }

  @Test("LL' = A for every size and scale", arguments: [1, 2, 5, 20, 60], [0.0, 12])
  func factorsMultiplyBack(_ n: Int, _ spread: Double) throws {
    for seed in 0..<4 {
      let a = Self.positiveDefinite(seed, n, spread: spread)
      let l = try CholeskyFactorization(a).lower
      let back = l.timesTransposed(l)
      for i in 0..<n {
        for j in 0..<n {
          // |A − LL′| ≤ c·n·ε·√(aᵢᵢaⱼⱼ): componentwise, so scales do not matter (Higham 2002, theorem 10.5).
          let bound = 1e-15 * Double(n) * (a[i, i] * a[j, j]).squareRoot()
          #expect(abs(back[i, j] - a[i, j]) <= bound, "seed \(seed), (\(i), \(j))")
          if j > i { #expect(l[i, j] == 0) }
        }
      }
    }
  }

  @Test("solving, the two halves of solving, and the inverse agree", arguments: [1, 2, 5, 20, 60])
  func solving(_ n: Int) throws {
    for seed in 0..<4 {
      let a = Self.positiveDefinite(seed, n)
      let cholesky = try CholeskyFactorization(a)
      var generator = SeededGenerator(seed: UInt64(1000 + seed))
      let b = generator.normals(n)
      let x = cholesky.solve(b)
      let size = norm(a.elements) * norm(x) + norm(b)
      for (left, right) in zip(a * x, b) { #expect(isClose(left, right, absolute: 1e-14 * size)) }
      for (left, right) in zip(cholesky.solve(Matrix(columns: [b, b])).column(1), x) {
        #expect(isClose(left, right, absolute: 1e-12 * norm(x)))
      }
      for (left, right) in zip(cholesky.multiplyLower(cholesky.solveLower(b)), b) {
        #expect(isClose(left, right, absolute: 1e-13 * norm(b)))
      }
      #expect(
        cholesky.solveLower(Matrix(columns: [b])).columnwiseError(
          from: Matrix(columns: [cholesky.solveLower(b)])) < 1e-13)
      let inverse = cholesky.inverse()
      #expect(inverse == inverse.transposed())
      #expect((inverse * a).distanceFromIdentity < 1e-11)
      #expect(inverse.diagonal == cholesky.inverseDiagonal)
      // x'A⁻¹x as a length after whitening.
      let whitened = cholesky.solveLower(b)
      #expect(isClose(dot(whitened, whitened), dot(b, x), relative: 1e-11))
    }
  }

  @Test("the log-determinant is the sum of the eigenvalues' logs, and does not overflow")
  func logDeterminant() throws {
    let a = Self.positiveDefinite(3, 15)
    let eigen = try SymmetricEigen(a)
    #expect(
      isClose(
        try CholeskyFactorization(a).logDeterminant, eigen.values.reduce(0) { $0 + Double.log($1) },
        relative: 1e-13))
    let huge = try CholeskyFactorization(1e300 * .identity(5))
    #expect(isClose(huge.logDeterminant, 1500 * Double.log(10), relative: 1e-14))
  }

  @Test("a matrix that is not positive definite names its first bad minor")
  func notPositiveDefinite() throws {
    var a = Matrix.identity(5)
    a[2, 2] = -1
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 3)) { try CholeskyFactorization(a) }
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 1)) {
      try CholeskyFactorization(Matrix(rows: 2, columns: 2))
    }
    a[2, 2] = .nan
    #expect(throws: LinearAlgebraError.notFinite(row: 2, column: 2)) { try CholeskyFactorization(a) }
    #expect(throws: LinearAlgebraError.self) { try CholeskyFactorization(Matrix(rows: 2, columns: 3)) }
  }

  @Test("order 0 is positive definite with determinant 1")
  func empty() throws {
    let cholesky = try CholeskyFactorization(Matrix(rows: 0, columns: 0))
    #expect(cholesky.logDeterminant == 0 && cholesky.solve([]).isEmpty && cholesky.inverse().rows == 0)
    #expect(cholesky.solve(Matrix(rows: 0, columns: 2)).columns == 2)
    let banded = try BandedCholeskyFactorization(lowerBand: Matrix(rows: 2, columns: 0))
    #expect(banded.solve([]).isEmpty && banded.logDeterminant == 0)
    #expect(try SymmetricEigen(Matrix(rows: 0, columns: 0)).values.isEmpty)
  }

  @Test(
    "a band is factorised as the full matrix", arguments: [(1, 0), (4, 1), (9, 3), (30, 5), (6, 5), (3, 7)])
  func banded(_ n: Int, _ bandwidth: Int) throws {
    var generator = SeededGenerator(seed: UInt64(n * 100 + bandwidth))
    var full = Matrix(rows: n, columns: n)
    var band = Matrix(rows: bandwidth + 1, columns: n, repeating: .nan)  // outside places are not read
    for j in 0..<n {
      for d in 0...bandwidth where j + d < n {
        let value = d == 0 ? 2 * Double(bandwidth) + 1 : generator.nextUniform() - 0.5
        band[d, j] = value
        full[j + d, j] = value
        full[j, j + d] = value
      }
    }
    let (dense, banded) = (try CholeskyFactorization(full), try BandedCholeskyFactorization(lowerBand: band))
    let b = generator.normals(n)
    for (x, y) in [
      (banded.solve(b), dense.solve(b)), (banded.solveLower(b), dense.solveLower(b)),
      (banded.solveLowerTransposed(b), dense.solveLowerTransposed(b)),
      (banded.solve(Matrix(columns: [b, b])).column(1), dense.solve(b)),
    ] {
      for (left, right) in zip(x, y) { #expect(isClose(left, right, absolute: 1e-13 * (1 + norm(b)))) }
    }
    #expect(isClose(banded.logDeterminant, dense.logDeterminant, relative: 1e-13, absolute: 1e-13))
  }

  @Test("the second-difference matrix has determinant n + 1; turned negative it is refused at its minor")
  func secondDifferences() throws {
    for n in [1, 2, 10, 500] {
      var band = Matrix(rows: 2, columns: n)
      for j in 0..<n { (band[0, j], band[1, j]) = (2, -1) }
      let determinant = Double.exp(try BandedCholeskyFactorization(lowerBand: band).logDeterminant)
      #expect(isClose(determinant, Double(n + 1), relative: 1e-12))
      band[0, n / 2] = -1
      #expect(throws: LinearAlgebraError.notPositiveDefinite(order: n / 2 + 1)) {
        try BandedCholeskyFactorization(lowerBand: band)
      }
    }
  }
}
