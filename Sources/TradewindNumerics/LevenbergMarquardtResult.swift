/// What ``levenbergMarquardt(from:residualCount:bounds:jacobian:tolerance:maximumIterations:residuals:)`` found.
package struct LevenbergMarquardtResult: Sendable {
  /// The point; `value` is ½‖r‖².
  package let optimum: OptimizationResult
  /// r at the point.
  package let residuals: [Double]
  /// J at the point, one row per residual: for standard errors. Zeros if the start had no finite residuals.
  package let jacobian: Matrix

  package var point: [Double] { optimum.point }
  package var sumOfSquares: Double { 2 * optimum.value }
  package var converged: Bool { optimum.converged }
}
