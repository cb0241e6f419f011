import TestSupport
import Testing

@testable import TradewindNumerics

@Suite struct PivotedQRFactorizationTests {
  static let samples = MatrixCase.fullRank + MatrixCase.deficient

  @Test("the rank is found whatever the columns' scales", arguments: samples)
  func rank(_ sample: MatrixCase) throws {
    let qr = try PivotedQRFactorization(sample.matrix)
    #expect(qr.rank == sample.rank)
    #expect(qr.dependentColumns.count == sample.columns - sample.rank)
    #expect((qr.dependentColumns + qr.independentColumns).sorted() == Array(0..<sample.columns))
  }

  @Test("Q'Q = I and QR = AP", arguments: samples)
  func factorsMultiplyBack(_ sample: MatrixCase) throws {
    let a = sample.matrix
    let qr = try PivotedQRFactorization(a)
    #expect(try qr.q().gram().distanceFromIdentity < 1e-14)
    #expect(try (qr.q() * qr.r).columnwiseError(from: a.selectingColumns(qr.permutation)) < 1e-14)
    // What lies below the rank is rounding.
    for j in 0..<a.columns {
      let length = norm(qr.r.column(j))
      for i in sample.rank..<max(sample.rank, qr.r.rows) { #expect(abs(qr.r[i, j]) <= 1e-13 * length) }
    }
  }

  @Test(
    "a column is dependent exactly if it adds nothing to those before it", arguments: MatrixCase.deficient)
  func dependentColumns(_ sample: MatrixCase) throws {
    let a = sample.matrix
    var rankBefore = 0
    for j in 0..<a.columns {
      let rank = try PivotedQRFactorization(a.selectingColumns(Array(0...j))).rank
      let dependent = try PivotedQRFactorization(a).dependentColumns.contains(j)
      #expect(dependent == (rank == rankBefore), "column \(j)")
      rankBefore = rank
    }
  }

  @Test("a constant with all twelve months blames the last month")
  func dummyTrap() throws {
    let n = 48
    var columns = [[Double](repeating: 1, count: n)]
    for month in 0..<12 { columns.append((0..<n).map { $0 % 12 == month ? 1 : 0 }) }
    columns.append((0..<n).map(Double.init))
    columns.append((0..<n).map { Double($0) * 1e9 + 5 })
    let qr = try PivotedQRFactorization(Matrix(columns: columns))
    #expect(qr.dependentColumns == [12, 14])
    #expect(qr.rank == 13)
  }

  @Test("the basic solution leaves an orthogonal residual and zeros at dependent columns", arguments: samples)
  func basicSolution(_ sample: MatrixCase) throws {
    let a = sample.matrix
    let y = sample.vector(sample.rows)
    let qr = try PivotedQRFactorization(a)
    let x = try qr.solve(y)
    for j in qr.dependentColumns { #expect(x[j] == 0) }
    let residual = zip(y, a * x).map { $0 - $1 }
    // Rounding enters as ε times the largest fitted part, which a nearly dependent column can make large.
    let scale = norm(y) + zip(x, 0..<a.columns).reduce(0) { $0 + abs($1.0) * norm(a.column($1.1)) }
    for j in 0..<a.columns {
      #expect(abs(dot(a.column(j), residual)) <= 1e-13 * norm(a.column(j)) * scale, "column \(j)")
    }
  }

  @Test("several right-hand sides are solved as each alone")
  func severalRightHandSides() throws {
    let sample = MatrixCase.deficient[9]
    let qr = try PivotedQRFactorization(sample.matrix)
    let columns = (1...3).map { sample.vector(sample.rows, stream: $0) }
    let together = try qr.solve(Matrix(columns: columns))
    for (j, column) in columns.enumerated() {
      for (a, b) in zip(together.column(j), try qr.solve(column)) { #expect(isClose(a, b, relative: 1e-12)) }
    }
  }

  @Test(
    "leverages add up to the rank, and the inverse of A'A is that of the independent columns",
    arguments: samples)
  func leveragesAndCovariance(_ sample: MatrixCase) throws {
    let a = sample.matrix
    let qr = try PivotedQRFactorization(a)
    #expect(isClose(try qr.leverages().reduce(0, +), Double(sample.rank), relative: 1e-13))
    guard sample.rank < sample.rows else { return }
    let expected = try QRFactorization(a.selectingColumns(qr.independentColumns)).inverseGram()
    let found = qr.inverseGram()
    #expect(found == found.transposed())
    for k in 0..<sample.rank {
      #expect(isClose(found[k, k], expected[k, k], relative: 1e-8), "column \(qr.independentColumns[k])")
    }
  }

  @Test("the tolerance decides what counts as dependent")
  func tolerance() throws {
    let a = Matrix(columns: [[1, 1, 1], [1, 1, 1 + 1e-6]])
    #expect(try PivotedQRFactorization(a).rank == 2)
    #expect(try PivotedQRFactorization(a, relativeTolerance: 1e-5).rank == 1)
    #expect(try PivotedQRFactorization(a, relativeTolerance: 1e-5).dependentColumns == [1])
  }

  @Test("huge and tiny columns neither overflow nor vanish")
  func extremeScales() throws {
    for scale in [1e307, 1e150, 1e-150, 1e-300] {
      let a = Matrix(columns: [[1, 1, 1, 1], [0, scale, 2 * scale, 3 * scale], [0, 1, 4, 9]])
      let qr = try PivotedQRFactorization(a)
      #expect(qr.rank == 3, "scale \(scale)")
      let x = try qr.solve([5, 7, 9, 11])
      #expect(isClose(x[0], 5, relative: 1e-12), "scale \(scale)")
      #expect(isClose(x[1] * scale, 2, relative: 1e-10), "scale \(scale)")
    }
    let zero = try PivotedQRFactorization(Matrix(columns: [[0, 0], [0, 0]]))
    #expect(zero.rank == 0 && zero.dependentColumns == [0, 1])
    #expect(try zero.solve([1, 2]) == [0, 0])
  }
}
