import TestSupport
import Testing

@testable import TradewindNumerics

@Suite struct QRFactorizationTests {
  @Test("Q'Q = I and QR = A for every size and scale", arguments: MatrixCase.fullRank + MatrixCase.deficient)
  func factorsMultiplyBack(_ sample: MatrixCase) throws {
    let a = sample.matrix
    let qr = try QRFactorization(a)
    let q = try qr.q()
    #expect(q.gram().distanceFromIdentity < 1e-14)
    #expect((q * qr.r).columnwiseError(from: a) < 5e-15)
    for j in 0..<qr.r.columns {
      for i in 0..<qr.r.rows where i > j { #expect(qr.r[i, j] == 0) }
    }
  }

  @Test("the residual is orthogonal to every column", arguments: MatrixCase.tall)
  func normalEquations(_ sample: MatrixCase) throws {
    let a = sample.matrix
    let y = sample.vector(sample.rows)
    let x = try QRFactorization(a).solve(y)
    let residual = zip(y, a * x).map { $0 - $1 }
    for j in 0..<a.columns {
      #expect(abs(dot(a.column(j), residual)) < 1e-13 * norm(a.column(j)) * norm(y), "column \(j)")
    }
  }

  @Test("an exact right-hand side gives its coefficients back", arguments: MatrixCase.tall)
  func recoversCoefficients(_ sample: MatrixCase) throws {
    let a = sample.matrix
    let truth = (0..<a.columns).map { Double($0 % 5) - 2.5 }
    let x = try QRFactorization(a).solve(a * truth)
    // Columns of size 1e-6 beside columns of size 1e6: the small ones' coefficients drown in the others' rounding.
    for j in 0..<a.columns {
      let scale = norm((0..<a.columns).map { truth[$0] * norm(a.column($0)) }) / norm(a.column(j))
      #expect(isClose(x[j], truth[j], absolute: 1e-11 * scale), "coefficient \(j)")
    }
  }

  @Test("Q and Q' undo each other, and Q' has the thin Q's products in front", arguments: MatrixCase.fullRank)
  func orthogonalMaps(_ sample: MatrixCase) throws {
    let qr = try QRFactorization(sample.matrix)
    let y = sample.vector(sample.rows)
    let mapped = try qr.applyQTransposed(y)
    #expect(isClose(norm(mapped), norm(y), relative: 1e-14))
    for (left, right) in zip(try qr.applyQ(mapped), y) {
      #expect(isClose(left, right, absolute: 1e-14 * norm(y)))
    }
    for (left, right) in zip(mapped, try qr.q().transposeTimes(y)) {
      #expect(isClose(left, right, absolute: 1e-14 * norm(y)))
    }
  }

  @Test(
    "leverages lie in 0...1, add up to the number of columns and ignore the scale", arguments: MatrixCase.tall
  )
  func leverages(_ sample: MatrixCase) throws {
    let leverages = try QRFactorization(sample.matrix).leverages()
    #expect(leverages.allSatisfy { $0 >= 0 && $0 <= 1 + 1e-14 })
    #expect(isClose(leverages.reduce(0, +), Double(sample.columns), relative: 1e-13))
  }

  @Test("the hat diagonal of a constant is 1/n, of a line has its textbook form")
  func leverageClosedForms() throws {
    let n = 9
    let ones = [Double](repeating: 1, count: n)
    let time = (0..<n).map(Double.init)
    for h in try QRFactorization(Matrix(columns: [ones])).leverages() {
      #expect(isClose(h, 1 / Double(n), relative: 1e-14))
    }
    // 1/n + (t − 4)²/60 for t = 0…8.
    for (t, h) in zip(time, try QRFactorization(Matrix(columns: [ones, time])).leverages()) {
      #expect(isClose(h, 1 / Double(n) + (t - 4) * (t - 4) / 60, relative: 1e-14))
    }
  }

  @Test("the inverse of A'A times A'A is I", arguments: MatrixCase.tall.filter { $0.spread == 0 })
  func inverseGram(_ sample: MatrixCase) throws {
    let a = sample.matrix
    let inverse = try QRFactorization(a).inverseGram()
    // cond(A)² bounds the loss; square random matrices have the large ones.
    let condition = try SingularValueDecomposition(a).conditionNumber
    #expect((inverse * a.gram()).distanceFromIdentity < 1e-14 * condition * condition + 1e-13)
    #expect(inverse == inverse.transposed())
  }

  @Test("a repeated column is named at its later place, whatever its unit")
  func dependentColumn() throws {
    var generator = SeededGenerator(seed: 5)
    let (first, second) = (generator.normals(8), generator.normals(8))
    let a = Matrix(columns: [first, second, first.map { $0 * 1e-9 + 0 }, generator.normals(8)])
    let qr = try QRFactorization(a)
    #expect(qr.firstDependentColumn == 2)
    #expect(throws: LinearAlgebraError.singular(index: 2)) { try qr.solve(generator.normals(8)) }
    #expect(throws: LinearAlgebraError.singular(index: 2)) { try qr.inverseGram() }
  }

  @Test("a wide system is refused by its shape")
  func wide() throws {
    let qr = try QRFactorization(Matrix(rows: 2, columns: 3, repeating: 1))
    #expect(throws: LinearAlgebraError.shape("3 unknowns need at least as many rows, not 2")) {
      try qr.solve([1, 2])
    }
    #expect(throws: LinearAlgebraError.self) { try qr.leverages() }
  }

  @Test("NaN and infinity are refused with their place", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(_ bad: Double) throws {
    var a = Matrix(rows: 4, columns: 3, repeating: 1)
    a[2, 1] = bad
    #expect(throws: LinearAlgebraError.notFinite(row: 2, column: 1)) { try QRFactorization(a) }
    #expect(throws: LinearAlgebraError.notFinite(row: 2, column: 1)) { try PivotedQRFactorization(a) }
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0)) {
      try QRFactorization(.identity(2)).solve([1, bad])
    }
  }

  @Test("matrices without rows or columns factorise", arguments: [(0, 0), (3, 0), (0, 2)])
  func empty(_ rows: Int, _ columns: Int) throws {
    let a = Matrix(rows: rows, columns: columns)
    let qr = try QRFactorization(a)
    #expect(try qr.q() * qr.r == a)
    let pivoted = try PivotedQRFactorization(a)
    #expect(pivoted.rank == 0)
    #expect(pivoted.dependentColumns == Array(0..<columns))
    #expect(try pivoted.solve([Double](repeating: 1, count: rows)) == [Double](repeating: 0, count: columns))
    if rows >= columns { #expect(try qr.solve([Double](repeating: 1, count: rows)).isEmpty) }
  }
}
