import RealModule
import TradewindNumerics

/// The search for the ARMA parameters of highest likelihood.
///
/// With m values, residuals vₜ/√Fₜ and determinant ∏F, the likelihood with the variance concentrated out falls as the sum of squares
/// of rₜ = vₜ/√Fₜ · (∏F)^(1/2m) grows, so that it is a non-linear least squares problem. Steps are those of Levenberg and
/// Marquardt, with the second-order term that J′J lacks built up from the gradients: Dennis, J. E., Gay, D. M. and Welsch, R. E. (1981),
/// "An adaptive nonlinear least-squares algorithm", *ACM TOMS* 7, 348–368, doi:10.1145/355958.355965.
struct RegARIMASearch {
  var objective: RegARIMAObjective
  /// The best point, and Σ r² there.
  private(set) var point: [Double]
  private(set) var value = Double.infinity
  private(set) var hasConverged = false
  /// Whether the search was given up, as the goal seemed out of reach.
  private(set) var isHopeless = false

  private let k: Int
  private var trial: [Double]
  private var step: [Double]
  private var gradient: [Double]
  private var oldGradient: [Double]
  /// J′J with the curvature of priors, and what is added for the residuals' curvature.
  private var normal: [Double]
  private var curvature: [Double]
  private var usesCurvature = true
  private var factor: [Double]
  private var work: [Double]
  private var damping = 0.01

  init(_ objective: RegARIMAObjective) {
    self.objective = objective
    k = objective.coordinates.count
    point = [Double](repeating: 0, count: k)
    trial = point
    step = point
    gradient = point
    oldGradient = point
    work = point
    normal = [Double](repeating: 0, count: k * k)
    curvature = normal
    factor = normal
  }

  /// Goes downhill from a point until the log-likelihood is expected to gain less than `tolerance`.
  ///
  /// - Parameters:
  ///   - goal: The Σ r² to come below.
  ///   - patience: After so many steps the search is given up where what the quadratic model promises, times the factor, does not
  ///     reach the goal.
  /// - Returns: Whether the likelihood is defined at the start.
  mutating func run(
    from start: [Double], tolerance: Double, steps: Int = 100, goal: Double = .infinity,
    patience: (steps: Int, factor: Double) = (3, 6)
  ) -> Bool {
    point = start
    hasConverged = false
    isHopeless = false
    damping = 0.01
    usesCurvature = true
    for i in curvature.indices { curvature[i] = 0 }
    guard objective.moveBase(to: point) else { return false }
    value = objective.value
    objective.normalEquations(&normal, &gradient)
    for taken in 0..<steps {
      var predicted = proposeStep()
      let gain = Double(objective.count) * predicted / value
      if !(gain > tolerance) {
        hasConverged = true
        return true
      }
      // The promise of a damped step is no promise of what lies behind it.
      if taken >= patience.steps, damping <= 0.01, value - 2 * patience.factor * predicted > goal {
        isHopeless = true
        return true
      }
      while true {
        for i in 0..<k { trial[i] = point[i] + step[i] }
        if objective.moveBase(to: trial, ifBelow: value) { break }
        damping = max(damping * 8, 1e-3)
        predicted = proposeStep()
        if !(Double(objective.count) * predicted / value > tolerance * 1e-3) || damping > 1e12 {
          // Nothing better within rounding.
          hasConverged = gain < 1e-6
          return true
        }
      }
      accept(predicted)
    }
    return true
  }

  /// Takes over the trial point; judges the model by what it had promised.
  private mutating func accept(_ predicted: Double) {
    let gained = 0.5 * (value - objective.value)
    let plain = reduction(curved: false)
    let curved = reduction(curved: true)
    usesCurvature = abs(gained - curved) <= 1.5 * abs(gained - plain)
    let ratio = gained / predicted
    if ratio > 0.75 {
      damping = damping < 1e-6 ? 0 : damping * 0.1
    } else if ratio < 0.25 {
      damping = max(damping * 4, 1e-3)
    }
    value = objective.value
    for i in 0..<k {
      point[i] = trial[i]
      oldGradient[i] = gradient[i]
    }
    // J₊′r₊ − J′r₊ of the last step, which the curvature is to explain.
    objective.gradientByOldDerivatives(&work)
    objective.normalEquations(&normal, &gradient)
    updateCurvature()
  }

  /// −(g′s + ½ s′Hs), what the quadratic model promises for half the sum of squares.
  private func reduction(curved: Bool) -> Double {
    var sum = 0.0
    for i in 0..<k {
      var row = gradient[i]
      for j in 0..<k { row += 0.5 * (normal[i * k + j] + (curved ? curvature[i * k + j] : 0)) * step[j] }
      sum -= row * step[i]
    }
    return sum
  }

  /// The update of Dennis, Gay and Welsch (1981), §3, with their sizing of the old matrix.
  private mutating func updateCurvature() {
    // y = g₊ − g; y♯ = J₊′r₊ − J′r₊, with the new gradient g₊ and the old derivatives' in `work`.
    var (sy, sSharp, sCs) = (0.0, 0.0, 0.0)
    for i in 0..<k {
      work[i] = gradient[i] - work[i] - objective.priorCurvature(i) * step[i]
      oldGradient[i] = gradient[i] - oldGradient[i]
      sy += step[i] * oldGradient[i]
      sSharp += step[i] * work[i]
      for j in 0..<k { sCs += step[i] * curvature[i * k + j] * step[j] }
    }
    guard sy > 0 else { return }
    let size = sCs == 0 ? 1 : min(1, abs(sSharp / sCs))
    for i in curvature.indices { curvature[i] *= size }
    // What of y♯ the sized matrix leaves unexplained.
    var residual = 0.0
    for i in 0..<k {
      for j in 0..<k { work[i] -= curvature[i * k + j] * step[j] }
    }
    for i in 0..<k { residual += work[i] * step[i] }
    for i in 0..<k {
      for j in 0..<k {
        curvature[i * k + j] +=
          (work[i] * oldGradient[j] + oldGradient[i] * work[j]) / sy
          - residual * oldGradient[i] * oldGradient[j] / (sy * sy)
      }
    }
  }

  /// The step of the damped model inside the box, in ``step``.
  ///
  /// - Returns: What the model promises for half the sum of squares.
  private mutating func proposeStep() -> Double {
    if usesCurvature, solve(curved: true) { return reduction(curved: true) }
    var extra = damping
    while !solve(curved: false, damping: extra) {
      extra = max(10 * extra, 1e-12)
      if extra > 1e12 { return 0 }
    }
    return reduction(curved: false)
  }

  private mutating func solve(curved: Bool, damping given: Double? = nil) -> Bool {
    let damping = given ?? self.damping
    // Coordinates at a bound that the step would leave are held there, one by one.
    for i in 0..<k { step[i] = .nan }
    for _ in 0...k {
      guard solveFree(curved: curved, damping: damping) else { return false }
      var worst: (index: Int, excess: Double)?
      for i in 0..<k where step[i].isNaN {
        let bound = objective.coordinates.bound(i)
        let excess = abs(point[i] + work[i]) - bound
        if excess > 0, excess > worst?.excess ?? 0 { worst = (i, excess) }
      }
      guard let worst else { break }
      let bound = objective.coordinates.bound(worst.index)
      step[worst.index] = (work[worst.index] > 0 ? bound : -bound) - point[worst.index]
    }
    for i in 0..<k where step[i].isNaN { step[i] = work[i] }
    return true
  }

  /// Solves for the coordinates whose step is still open, into ``work``; the others' steps are given.
  private mutating func solveFree(curved: Bool, damping: Double) -> Bool {
    for i in 0..<k {
      let isOpen = step[i].isNaN
      var right = isOpen ? -gradient[i] : step[i]
      for j in 0..<k {
        var element = normal[i * k + j] + (curved ? curvature[i * k + j] : 0)
        if i == j { element += damping * normal[i * k + i] }
        if isOpen, !step[j].isNaN { right -= element * step[j] }
        factor[i * k + j] = isOpen && step[j].isNaN ? element : i == j ? 1 : 0
      }
      work[i] = right
    }
    // Cholesky in place, then both triangles.
    for j in 0..<k {
      var diagonal = factor[j * k + j]
      let whole = diagonal
      for l in 0..<j { diagonal -= factor[j * k + l] * factor[j * k + l] }
      guard diagonal > 1e-14 * whole, diagonal.isFinite else { return false }
      let root = diagonal.squareRoot()
      factor[j * k + j] = root
      for i in (j + 1)..<max(k, j + 1) {
        var element = factor[i * k + j]
        for l in 0..<j { element -= factor[i * k + l] * factor[j * k + l] }
        factor[i * k + j] = element / root
      }
    }
    for i in 0..<k {
      for l in 0..<i { work[i] -= factor[i * k + l] * work[l] }
      work[i] /= factor[i * k + i]
    }
    for i in stride(from: k - 1, through: 0, by: -1) {
      for l in (i + 1)..<max(k, i + 1) { work[i] -= factor[l * k + i] * work[l] }
      work[i] /= factor[i * k + i]
    }
    return true
  }
}
