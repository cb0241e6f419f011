/// Where a minimisation ended, and why.
package struct OptimizationResult: Sendable, Equatable {
  /// Why a minimisation ended.
  package enum End: Sendable, Equatable {
    /// The stated tolerance was met.
    case tolerance
    /// No smaller value could be found near the point: the objective is flat to rounding there, or not smooth.
    case noFurtherDescent
    /// The given number of iterations or evaluations was used up.
    case limit
    /// The objective was NaN or infinite at the start and wherever else it was tried.
    case noFiniteValue
  }

  /// The best point seen, inside the bounds.
  package let point: [Double]
  /// The objective there; +∞ if no finite value was ever seen.
  package let value: Double
  package let iterations: Int
  /// Calls of the objective, those for numerical derivatives included.
  package let evaluations: Int
  package let end: End

  /// True for `tolerance` and `noFurtherDescent`.
  package var converged: Bool { end == .tolerance || end == .noFurtherDescent }
}

/// NaN and both infinities as +∞: a point that an optimiser leaves again, never a trap or a "minimum".
func orInfinity(_ value: Double) -> Double { value.isFinite ? value : .infinity }
