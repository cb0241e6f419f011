import TestSupport
import Testing

@testable import TradewindNumerics

@Suite struct LeastSquaresTests {
  @Test("A'(Ax − y) = 0, and the result says rank and residual", arguments: MatrixCase.tall)
  func normalEquations(_ sample: MatrixCase) throws {
    let a = sample.matrix
    let y = sample.vector(sample.rows)
    let fit = try LeastSquares.solve(a, y)
    #expect(fit.rank == sample.columns)
    for j in 0..<a.columns {
      #expect(abs(dot(a.column(j), fit.residual)) < 1e-13 * norm(a.column(j)) * norm(y), "column \(j)")
    }
    let fitted = a * fit.solution
    for i in y.indices { #expect(fit.residual[i] == y[i] - fitted[i]) }
    #expect(isClose(fit.residualSumOfSquares, dot(fit.residual, fit.residual), relative: 1e-15))
  }

  @Test("dependent columns are a typed error with the rank", arguments: MatrixCase.deficient)
  func deficient(_ sample: MatrixCase) throws {
    #expect(throws: LinearAlgebraError.rankDeficient(rank: sample.rank, needed: sample.columns)) {
      try LeastSquares.solve(sample.matrix, sample.vector(sample.rows))
    }
  }

  /// Scales over 1e12 make the singular values of a deficient matrix run into rounding: the rank is then not defined.
  static let minimumNormCases = MatrixCase.fullRank + MatrixCase.deficient.filter { $0.spread == 0 }

  @Test(
    "the minimum-norm solution has an orthogonal residual and lies in the row space",
    arguments: minimumNormCases)
  func minimumNorm(_ sample: MatrixCase) throws {
    let a = sample.matrix
    let y = sample.vector(sample.rows)
    let fit = try LeastSquares.minimumNorm(a, y, relativeTolerance: 1e-15)
    let svd = try SingularValueDecomposition(a)
    if sample.spread == 0 { #expect(fit.rank == sample.rank) }
    let largest = svd.singularValues.first ?? 0
    for g in a.transposeTimes(fit.residual) {
      #expect(abs(g) <= 1e-13 * largest * (norm(y) + largest * norm(fit.solution)))
    }
    guard sample.spread == 0 else { return }
    // x = A⁺A x, and x = A⁺ y by the decomposition.
    let size = max(norm(fit.solution), 1e-300)
    for (left, right) in zip(svd.solve(a * fit.solution), fit.solution) {
      #expect(isClose(left, right, absolute: 1e-11 * size))
    }
    for (left, right) in zip(svd.solve(y), fit.solution) {
      #expect(isClose(left, right, absolute: 1e-11 * size))
    }
    // No other solution is shorter.
    let basic = try PivotedQRFactorization(a).solve(y)
    #expect(norm(fit.solution) <= norm(basic) * (1 + 1e-12))
    #expect(
      isClose(
        norm(fit.residual), norm(zip(y, a * basic).map { $0 - $1 }), relative: 1e-11,
        absolute: 1e-12 * norm(y)))
  }

  struct Constrained: CustomTestStringConvertible, Sendable {
    let seed: UInt64
    let rows, unknowns, constraints: Int
    let spread: Double
    var testDescription: String {
      "seed \(seed), \(rows) x \(unknowns) with \(constraints) constraints, 1e\(Int(spread))"
    }

    static let all: [Constrained] = [
      (1, 1, 0), (1, 1, 1), (0, 2, 2), (5, 3, 0), (10, 4, 1), (10, 4, 4), (40, 12, 3), (6, 8, 3),
      (30, 20, 19), (2, 5, 3),
    ].enumerated().flatMap { index, size in
      [0.0, 12].map {
        Constrained(
          seed: UInt64(500 + index), rows: size.0, unknowns: size.1, constraints: size.2, spread: $0)
      }
    }

    var data: MatrixCase {
      MatrixCase(seed: seed, rows: rows, columns: unknowns, rank: min(rows, unknowns), spread: spread)
    }
    /// The constraints' columns share the data's units.
    var constraint: Matrix {
      MatrixCase(
        seed: seed + 50, rows: constraints, columns: unknowns, rank: min(constraints, unknowns),
        spread: spread
      ).matrix
    }
  }

  @Test("constraints hold, and the rest agrees with elimination", arguments: Constrained.all)
  func equalityConstrained(_ problem: Constrained) throws {
    let (a, c) = (problem.data.matrix, problem.constraint)
    let (b, d) = (problem.data.vector(problem.rows), problem.data.vector(problem.constraints, stream: 2))
    let fit = try LeastSquares.equalityConstrained(a, b, constraint: c, equals: d)
    // Everything in units of each column, in which the problem is well conditioned.
    let scaled = fit.solution.enumerated().map { $1 * max(norm(a.column($0)), norm(c.column($0))) }
    for (left, right) in zip(c * fit.solution, d) {
      #expect(isClose(left, right, absolute: 1e-13 * (norm(scaled) + norm(d))))
    }
    // Elimination: the full Q of C′ = QR splits x into the part that C fixes and a free part.
    let scales = (0..<problem.unknowns).map { max(norm(a.column($0)), norm(c.column($0))) }
    let (a1, c1) = (a.dividingColumns(by: scales), c.dividingColumns(by: scales))
    let qr = try QRFactorization(c1.transposed())
    let p = problem.constraints
    var fixed = Matrix(rows: problem.unknowns, columns: 1)
    if p > 0 {
      let w = try QRFactorization(qr.r.transposed()).solve(d)
      for i in 0..<p { fixed[i, 0] = w[i] }
    }
    let particular = try qr.applyQ(fixed.elements)
    let rotated = try qr.applyQTransposed(a1.transposed()).transposed()
    let freeDesign = rotated.selectingColumns(Array(p..<problem.unknowns))
    let free = try QRFactorization(freeDesign).solve(zip(b, a1 * particular).map { $0 - $1 })
    let x = try qr.applyQ((fixed.elements[..<p] + free))
    for (j, value) in fit.solution.enumerated() {
      #expect(isClose(value * scales[j], x[j], absolute: 1e-9 * norm(x)), "unknown \(j)")
    }
    for (r, expected) in zip(fit.residual, zip(b, a * fit.solution).map { $0 - $1 }) {
      #expect(r == expected)
    }
  }

  @Test("what constraints leave open, contradict or repeat is a typed error")
  func constraintErrors() throws {
    let a = Matrix(rowVectors: [[1, 0, 0], [0, 1, 0], [1, 1, 0]])
    // The third unknown occurs nowhere.
    #expect(throws: LinearAlgebraError.rankDeficient(rank: 2, needed: 3)) {
      try LeastSquares.equalityConstrained(
        a, [1, 2, 3], constraint: Matrix(rowVectors: [[1, 1, 0]]), equals: [1])
    }
    let repeated = Matrix(rowVectors: [[1, 1, 1], [2, 2, 2]])
    #expect(throws: LinearAlgebraError.rankDeficient(rank: 1, needed: 2)) {
      try LeastSquares.equalityConstrained(a, [1, 2, 3], constraint: repeated, equals: [1, 2])
    }
    #expect(throws: LinearAlgebraError.self) {
      try LeastSquares.equalityConstrained(
        Matrix(rows: 1, columns: 1, repeating: 1), [1], constraint: Matrix(rows: 2, columns: 1, repeating: 1),
        equals: [1, 1])
    }
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0)) {
      try LeastSquares.equalityConstrained(a, [1, .nan, 3], constraint: .identity(3), equals: [1, 1, 1])
    }
    // A constraint fixes the third unknown: the units of constraint and data do not matter.
    for unit in [1e-9, 1, 1e9] {
      let fit = try LeastSquares.equalityConstrained(
        a, [1, 2, 3], constraint: Matrix(rowVectors: [[0, 0, unit]]), equals: [4 * unit])
      for (x, expected) in zip(fit.solution, [1.0, 2, 4]) { #expect(isClose(x, expected, relative: 1e-13)) }
    }
  }

  @Test("generalised least squares agrees with whitening by Cholesky", arguments: MatrixCase.tall)
  func generalised(_ sample: MatrixCase) throws {
    let a = sample.matrix
    let y = sample.vector(sample.rows)
    let l = try CholeskyFactorization(CholeskyTests.positiveDefinite(Int(sample.seed), sample.rows))
    let fit = try LeastSquares.generalised(a, y, errorFactor: l.lower)
    let whitened = try LeastSquares.solve(l.solveLower(a), l.solveLower(y))
    let sizes = (0..<a.columns).map { norm(a.column($0)) }
    let size = norm(zip(whitened.solution, sizes).map(*))
    for (j, (x, expected)) in zip(fit.solution, whitened.solution).enumerated() {
      #expect(isClose(x * sizes[j], expected * sizes[j], absolute: 1e-10 * size), "coefficient \(j)")
    }
    for (u, expected) in zip(fit.residual, whitened.residual) {
      #expect(isClose(u, expected, absolute: 1e-10 * norm(l.solveLower(y))))
    }
    // y = Ax + Bu.
    let back = zip(a * fit.solution, l.lower * fit.residual).map { $0 + $1 }
    for (left, right) in zip(back, y) { #expect(isClose(left, right, absolute: 1e-12 * (norm(y) + size))) }
  }

  @Test("an equation without error is met exactly, errors over 1e12 are weighed right")
  func heteroscedastic() throws {
    // Two readings of a level with deviations 1 and 1e6, and one exact relation x₁ = 2x₀.
    let a = Matrix(rowVectors: [[1, 0], [1, 0], [-2, 1]])
    let b = Matrix(rowVectors: [[1, 0], [0, 1e6], [0, 0]])
    let fit = try LeastSquares.generalised(a, [10, 20, 0], errorFactor: b)
    let weights = [1.0, 1e-12]
    let level = (10 * weights[0] + 20 * weights[1]) / (weights[0] + weights[1])
    #expect(isClose(fit.solution[0], level, relative: 1e-14))
    #expect(isClose(fit.solution[1], 2 * level, relative: 1e-14))
    // Two exact equations that say different things of one unknown.
    #expect(throws: LinearAlgebraError.rankDeficient(rank: 1, needed: 2)) {
      try LeastSquares.generalised(
        Matrix(rowVectors: [[1], [1]]), [1, 2], errorFactor: Matrix(rows: 2, columns: 1))
    }
    #expect(throws: LinearAlgebraError.rankDeficient(rank: 1, needed: 2)) {
      try LeastSquares.generalised(
        Matrix(rows: 3, columns: 2, repeating: 1), [1, 2, 3], errorFactor: .identity(3))
    }
    #expect(throws: LinearAlgebraError.self) {
      try LeastSquares.generalised(Matrix(rows: 1, columns: 2, repeating: 1), [1], errorFactor: .identity(1))
    }
  }

  @Test("a straight line through exact points has its intercept and slope")
  func line() throws {
    let a = Matrix(columns: [[1, 1, 1, 1], [0, 1, 2, 3]])
    let fit = try LeastSquares.solve(a, [5, 7, 9, 11])
    #expect(isClose(fit.solution[0], 5, relative: 1e-14) && isClose(fit.solution[1], 2, relative: 1e-14))
    #expect(fit.residualSumOfSquares < 1e-27)
  }

  @Test("problems without rows or unknowns have answers or typed errors")
  func empty() throws {
    #expect(try LeastSquares.solve(Matrix(rows: 3, columns: 0), [1, 2, 3]).residual == [1, 2, 3])
    #expect(throws: LinearAlgebraError.rankDeficient(rank: 0, needed: 2)) {
      try LeastSquares.solve(Matrix(rows: 0, columns: 2), [])
    }
    #expect(try LeastSquares.minimumNorm(Matrix(rows: 0, columns: 2), []).solution == [0, 0])
    #expect(try LeastSquares.minimumNorm(Matrix(rows: 2, columns: 0), [1, 2]).residual == [1, 2])
    let none = Matrix(rows: 0, columns: 0)
    #expect(try LeastSquares.equalityConstrained(none, [], constraint: none, equals: []).solution.isEmpty)
    #expect(try LeastSquares.generalised(none, [], errorFactor: none).solution.isEmpty)
    let exact = try LeastSquares.generalised(.identity(2), [3, 4], errorFactor: Matrix(rows: 2, columns: 0))
    #expect(exact.solution == [3, 4])
  }
}
