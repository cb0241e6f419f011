import TestSupport
import Testing

@testable import TradewindNumerics

@Suite struct MatrixTests {
  @Test("elements stand column by column, however the matrix is given")
  func layout() {
    let a = Matrix(rowVectors: [[1, 2, 3], [4, 5, 6]])
    #expect(a.elements == [1, 4, 2, 5, 3, 6])
    #expect(a == Matrix(columns: [[1, 4], [2, 5], [3, 6]]))
    #expect(a == Matrix(rows: 2, columns: 3, elements: [1, 4, 2, 5, 3, 6]))
    #expect(a[1, 2] == 6 && a.row(1) == [4, 5, 6] && a.column(1) == [2, 5])
    #expect(a.diagonal == [1, 5] && a.transposed().row(2) == [3, 6])
    #expect(a.selectingColumns([2, 0]) == Matrix(columns: [[3, 6], [1, 4]]))
  }

  @Test(
    "products equal sums over indices",
    arguments: [(1, 1, 1), (3, 4, 2), (20, 7, 13), (2, 0, 3), (0, 2, 2), (5, 5, 0)])
  func products(_ m: Int, _ k: Int, _ n: Int) {
    var generator = SeededGenerator(seed: UInt64(m * 10_000 + k * 100 + n))
    let (a, b) = (Matrix.random(m, k, &generator), Matrix.random(k, n, &generator))
    let x = generator.normals(k)
    let product = a * b
    for i in 0..<m {
      for j in 0..<n {
        let expected = (0..<k).reduce(0) { $0 + a[i, $1] * b[$1, j] }
        #expect(isClose(product[i, j], expected, absolute: 1e-13))
      }
    }
    let close: ([Double], [Double]) -> Bool = { zip($0, $1).allSatisfy { isClose($0, $1, absolute: 1e-13) } }
    #expect(close((a * x), (0..<m).map { dot(a.row($0), x) }))
    #expect(close(a.transposed().transposeTimes(b).elements, product.elements))
    #expect(close(a.timesTransposed(b.transposed()).elements, product.elements))
    #expect(close(b.transposeTimes(x), b.transposed() * x))
    #expect(close(b.gram().elements, (b.transposed() * b).elements))
    #expect(b.gram() == b.gram().transposed())
    #expect(a + a == 2 * a && a - a == Matrix(rows: m, columns: k))
  }

  @Test("lengths neither overflow nor underflow, and NaN stays NaN")
  func lengths() {
    #expect(isClose(norm([3e200, 4e200]), 5e200, relative: 1e-15))
    #expect(isClose(norm([3e-200, 4e-200]), 5e-200, relative: 1e-15))
    #expect(norm([]) == 0 && norm([0, 0]) == 0 && norm([1, -.infinity]) == .infinity)
    #expect(norm([.infinity, .nan]).isNaN)
    #expect([1.0, 2, .infinity].firstNotFinite == 2 && [1.0, 1e308, 1e308].firstNotFinite == nil)
  }

  @Test("an error's text has its numbers in it")
  func errorTexts() {
    #expect(
      "\(LinearAlgebraError.rankDeficient(rank: 2, needed: 5))" == "the columns have rank 2 where 5 is needed"
    )
    #expect(
      "\(LinearAlgebraError.notFinite(row: 3, column: 1))" == "the element in row 3, column 1 is not finite")
    #expect("\(LinearAlgebraError.notPositiveDefinite(order: 4))".contains("order 4"))
  }
}
