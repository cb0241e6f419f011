/// What a least-squares problem gave.
package struct LeastSquaresSolution: Sendable, Equatable {
  /// One value per column of the design.
  package let solution: [Double]
  /// The numerical rank of the design, by the rule of the function that solved.
  package let rank: Int
  /// b − Ax, one value per row; for ``LeastSquares/generalised(_:_:errorFactor:)`` the errors u, one per column of B.
  package let residual: [Double]

  /// ‖residual‖².
  package var residualSumOfSquares: Double { dot(residual, residual) }

  init(solution: [Double], rank: Int, residual: [Double]) {
    self.solution = solution
    self.rank = rank
    self.residual = residual
  }

  init(_ a: Matrix, _ b: [Double], solution: [Double], rank: Int) {
    self.init(solution: solution, rank: rank, residual: zip(b, a * solution).map { $0 - $1 })
  }
}
