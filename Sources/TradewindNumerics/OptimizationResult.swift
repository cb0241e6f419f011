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

/// A box, one range per coordinate, and what optimisers need of it.
struct Box {
  let lower: [Double]
  let upper: [Double]

  /// No bounds at all if `ranges` is nil.
  init(_ ranges: [ClosedRange<Double>]?, count: Int) {
    precondition(ranges.map { $0.count == count } ?? true, "bounds are one range per coordinate")
    lower = ranges?.map(\.lowerBound) ?? [Double](repeating: -.infinity, count: count)
    upper = ranges?.map(\.upperBound) ?? [Double](repeating: .infinity, count: count)
  }

  func clamp(_ value: Double, _ i: Int) -> Double { min(max(value, lower[i]), upper[i]) }

  func clamp(_ point: [Double]) -> [Double] { point.indices.map { clamp(point[$0], $0) } }
}

/// Two points beside x for a numerical derivative, x + a and x + b, and the weights of
/// f′ ≈ wa·(f(x+a) − f(x)) + wb·(f(x+b) − f(x)), exact for quadratics.
///
/// The points lie on both sides of x, or on its inner side at a bound. The step is ∛ε·max(|x|, 10⁻³), which balances
/// truncation against rounding for a second-order formula (Dennis, J. E. and Schnabel, R. B. (1983), *Numerical Methods
/// for Unconstrained Optimization and Nonlinear Equations*, §5.6; doi:10.1137/1.9781611971200). The floor keeps the step
/// of a parameter near 0 useful for parameters of unit size, and is small enough for those of size 10⁻³.
struct DifferenceStencil {
  let a: Double
  let b: Double

  init(at x: Double, lower: Double, upper: Double) {
    let step = min(6.055_454_452_393_343e-6 * max(abs(x), 1e-3), (upper - lower) / 4)
    // The difference that is really taken, after rounding of x + step.
    if x + step <= upper && x - step >= lower {
      a = (x + step) - x
      b = (x - step) - x
    } else {
      let inward = x + step <= upper ? step : -step
      a = (x + inward) - x
      b = (x + 2 * inward) - x
    }
  }

  /// The derivative from the function's changes at the two points; from one of them where the other is not finite, 0
  /// where both are not.
  func derivative(_ changeA: Double, _ changeB: Double) -> Double {
    guard a != 0, b != 0, a != b else { return 0 }
    switch (changeA.isFinite, changeB.isFinite) {
    case (true, true): return changeA / a * (b / (b - a)) - changeB / b * (a / (b - a))
    case (true, false): return changeA / a
    case (false, true): return changeB / b
    case (false, false): return 0
    }
  }
}
