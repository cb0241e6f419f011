import RealModule
import TestSupport
import Testing

@testable import TradewindNumerics

@Suite struct SpectralTests {
  @Test("U S V' = A with orthonormal U and V", arguments: MatrixCase.fullRank + MatrixCase.deficient)
  func singularValues(_ sample: MatrixCase) throws {
    let a = sample.matrix
    let svd = try SingularValueDecomposition(a)
    #expect(svd.u.gram().distanceFromIdentity < 1e-13)
    #expect(svd.vTransposed.transposed().gram().distanceFromIdentity < 1e-13)
    #expect(svd.singularValues == svd.singularValues.sorted(by: >))
    #expect(svd.singularValues.allSatisfy { $0 >= 0 })
    let back = svd.u * Matrix(diagonal: svd.singularValues) * svd.vTransposed
    #expect((back - a).largest <= 1e-14 * (svd.singularValues.first ?? 0))
    #expect(isClose(norm(svd.singularValues), norm(a.elements), relative: 1e-13))
    if sample.spread == 0 { #expect(svd.rank() == sample.rank) }
  }

  @Test("singular values of a diagonal matrix are its magnitudes, its condition their ratio")
  func diagonal() throws {
    let svd = try SingularValueDecomposition(Matrix(diagonal: [3, -7, 0.5]))
    #expect(svd.singularValues == [7, 3, 0.5])
    #expect(svd.conditionNumber == 14)
    #expect(try SingularValueDecomposition(Matrix(rows: 2, columns: 2)).conditionNumber == .infinity)
    #expect(try SingularValueDecomposition(Matrix(rows: 3, columns: 0)).rank() == 0)
    #expect(throws: LinearAlgebraError.notFinite(row: 0, column: 0)) {
      try SingularValueDecomposition(Matrix(rows: 1, columns: 1, repeating: .nan))
    }
  }

  @Test("V diag(λ) V' = A with orthonormal V and ascending λ", arguments: [1, 2, 3, 10, 40], [0, 12])
  func eigenvalues(_ n: Int, _ spread: Int) throws {
    for seed in 0..<3 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let m = Matrix.random(n, n, &generator)
      var a = m + m.transposed()
      for j in 0..<n { for i in 0..<n { a[i, j] *= exp10(Double(spread * (i + j)) / Double(2 * n)) } }
      let eigen = try SymmetricEigen(a)
      #expect(eigen.vectors.gram().distanceFromIdentity < 1e-13, "seed \(seed)")
      #expect(eigen.values == eigen.values.sorted())
      let back = (eigen.vectors * Matrix(diagonal: eigen.values)).timesTransposed(eigen.vectors)
      #expect((back - a).largest < 1e-13 * a.largest, "seed \(seed)")
      #expect(isClose(eigen.values.reduce(0, +), a.diagonal.reduce(0, +), absolute: 1e-13 * norm(a.elements)))
    }
  }

  @Test("the second-difference matrix has eigenvalues 2 − 2cos(kπ/(n+1))", arguments: [1, 5, 50])
  func toeplitz(_ n: Int) throws {
    var a = 2 * Matrix.identity(n)
    for i in 1..<max(1, n) { a[i, i - 1] = -1 }
    // Only the lower triangle is read: the upper one stays 0 here.
    for (k, value) in try SymmetricEigen(a).values.enumerated() {
      #expect(isClose(value, 2 - 2 * Double.cos(.pi * Double(k + 1) / Double(n + 1)), absolute: 1e-14))
    }
  }

  @Test("a matrix that is not square or not finite has no eigenvalues here")
  func errors() {
    #expect(throws: LinearAlgebraError.self) { try SymmetricEigen(Matrix(rows: 2, columns: 1)) }
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0)) {
      try SymmetricEigen(Matrix(rowVectors: [[1, 0], [.infinity, 1]]))
    }
  }
}
