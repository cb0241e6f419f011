/// Writes the residuals, or the Jacobian column by column, at a point into a buffer that the optimiser owns and reuses.
/// A NaN or infinity in it means "not defined here": the optimiser steps back.
package typealias ResidualFunction = (_ point: Span<Double>, _ result: inout MutableSpan<Double>) -> Void

/// A local minimum of ½‖r(x)‖² inside a box, from the residual vector r: the method of choice where the objective is a sum
/// of squares, as one Jacobian tells about all curvature that matters near a good fit.
///
/// Marquardt's damped step, computed by QR without forming J′J and with the scaling of Moré, J. J. (1978), "The
/// Levenberg–Marquardt algorithm: implementation and theory", *Lecture Notes in Mathematics* 630, 105–116,
/// doi:10.1007/BFb0067700; the damping parameter follows Nielsen, H. B. (1999), *Damping Parameter in Marquardt's Method*,
/// IMM-REP-1999-05. A coordinate at a bound that the gradient presses it against is left out of the step; the others' step
/// is cut off at the box and judged after that.
///
/// Fewer residuals than parameters are allowed. No parameters, or no residuals, end at once at the start.
///
/// - Parameters:
///   - from: the start, moved inside the bounds; the residuals there should be finite.
///   - residualCount: the length of r.
///   - bounds: one range per coordinate, or nil. A coordinate whose range is a single value stays fixed.
///   - jacobian: writes ∂rᵢ/∂xⱼ at `i + j * residualCount`; differences of second order if nil (two evaluations a coordinate).
///   - tolerance: ends when r is orthogonal to every free column of J (cosine at most `tolerance`), or a step is at most
///     `tolerance` of the point in scaled length, or lowers ‖r‖² by less than tolerance² of it, by model and in fact.
///   - maximumIterations: steps tried, accepted or not.
///   - residuals: writes r.
package func levenbergMarquardt(
  from: [Double], residualCount: Int, bounds: [ClosedRange<Double>]? = nil,
  jacobian: ResidualFunction? = nil, tolerance: Double = 1e-8, maximumIterations: Int = 1000,
  residuals: ResidualFunction
) -> LevenbergMarquardtResult {
  precondition(from.allSatisfy(\.isFinite), "a search starts at a finite point")
  precondition(residualCount >= 0, "a vector has no negative size")
  precondition(tolerance > 0 && maximumIterations > 0, "tolerance and iterations are positive")
  return withoutActuallyEscaping(residuals) { residuals in
    var search = MarquardtSearch(
      start: from, residualCount: residualCount, box: Box(bounds, count: from.count), residuals: residuals,
      exactJacobian: jacobian)
    return search.run(tolerance: tolerance, maximumIterations: maximumIterations)
  }
}

private struct MarquardtSearch {
  let box: Box
  let residuals: ResidualFunction
  let exactJacobian: ResidualFunction?

  // x, r, J: where the search stands. `trial…`: where it may go.
  var x: [Double]
  var r: [Double]
  var jacobian: Matrix
  var trialPoint: [Double]
  var trialResiduals: [Double]
  /// Scales Dⱼ: the largest length that column j of J has had.
  var scales: [Double]
  var evaluations = 0
  var step: DampedStep

  init(
    start: [Double], residualCount: Int, box: Box, residuals: @escaping ResidualFunction,
    exactJacobian: ResidualFunction?
  ) {
    self.box = box
    self.residuals = residuals
    self.exactJacobian = exactJacobian
    x = box.clamp(start)
    trialPoint = x
    r = [Double](repeating: 0, count: residualCount)
    trialResiduals = r
    jacobian = Matrix(rows: residualCount, columns: start.count)
    scales = [Double](repeating: 0, count: start.count)
    step = DampedStep(rows: residualCount, columns: start.count)
  }

  mutating func run(tolerance: Double, maximumIterations: Int) -> LevenbergMarquardtResult {
    evaluations = 1
    call(residuals, x, &r)
    var value = halfSquare(r)
    guard value.isFinite else { return result(value, 0, .noFiniteValue) }
    guard updateJacobian() else { return result(value, 0, .noFiniteValue) }
    // Nielsen's start and factors; μ is relative to the scales, so it needs no unit.
    var (mu, growth) = (1e-3, 2.0)
    var free = freeCoordinates()
    step.factorise(jacobian, free, r)
    for iteration in 0..<maximumIterations {
      if isStationary(free, tolerance) { return result(value, iteration, .tolerance) }
      guard let delta = step.solve(scales, free, mu) else {
        return result(value, iteration, .noFurtherDescent)
      }
      for i in x.indices { trialPoint[i] = box.clamp(x[i] + delta[i], i) }
      let (length, predicted) = judgeTrial()
      if trialPoint == x || length <= Double.ulpOfOne * scaledNorm(x) {
        return result(value, iteration, .noFurtherDescent)
      }
      evaluations += 1
      call(residuals, trialPoint, &trialResiduals)
      let trialValue = halfSquare(trialResiduals)
      let actual = value - trialValue
      guard actual > 0, predicted > 0 else {
        if max(abs(actual), abs(predicted)) <= tolerance * tolerance * value {
          return result(value, iteration + 1, .tolerance)
        }
        mu *= growth
        growth *= 2
        continue
      }
      swap(&x, &trialPoint)
      swap(&r, &trialResiduals)
      let small = max(actual, predicted) <= tolerance * tolerance * value
      value = trialValue
      let ratio = 2 * min(actual / predicted, 1e6) - 1
      mu *= max(1.0 / 3, 1 - ratio * ratio * ratio)
      growth = 2
      let short = length <= tolerance * scaledNorm(x)
      guard updateJacobian() else { return result(value, iteration + 1, .noFurtherDescent) }
      if small || short { return result(value, iteration + 1, .tolerance) }
      free = freeCoordinates()
      step.factorise(jacobian, free, r)
    }
    return result(value, maximumIterations, .limit)
  }

  private func result(
    _ value: Double, _ iterations: Int, _ end: OptimizationResult.End
  ) -> LevenbergMarquardtResult {
    LevenbergMarquardtResult(
      optimum: OptimizationResult(
        point: x, value: value, iterations: iterations, evaluations: evaluations, end: end),
      residuals: r, jacobian: jacobian)
  }

  private func halfSquare(_ r: [Double]) -> Double { orInfinity(0.5 * dot(r, r)) }

  private func call(_ function: ResidualFunction, _ point: [Double], _ output: inout [Double]) {
    var span = output.mutableSpan
    function(point.span, &span)
  }

  /// J at x, and the scales; false if it is not finite.
  private mutating func updateJacobian() -> Bool {
    if let exactJacobian {
      call(exactJacobian, x, &jacobian.elements)
    } else {
      differentiate()
    }
    guard jacobian.elements.firstNotFinite == nil else { return false }
    for j in x.indices { scales[j] = max(scales[j], columnNorm(j)) }
    return true
  }

  private func columnNorm(_ j: Int) -> Double {
    norm(jacobian.elements.span.extracting((j * r.count)..<((j + 1) * r.count)))
  }

  /// The Jacobian by differences of second order. Leaves the trial buffers changed.
  private mutating func differentiate() {
    var second = trialResiduals
    trialPoint = x
    for j in x.indices where box.lower[j] < box.upper[j] {
      let stencil = DifferenceStencil(at: x[j], lower: box.lower[j], upper: box.upper[j])
      trialPoint[j] = x[j] + stencil.a
      call(residuals, trialPoint, &trialResiduals)
      trialPoint[j] = x[j] + stencil.b
      call(residuals, trialPoint, &second)
      trialPoint[j] = x[j]
      evaluations += 2
      for i in r.indices {
        jacobian.elements[i + j * r.count] = stencil.derivative(trialResiduals[i] - r[i], second[i] - r[i])
      }
    }
  }

  private func gradient(_ j: Int) -> Double {
    dot(jacobian.elements.span.extracting((j * r.count)..<((j + 1) * r.count)), r.span)
  }

  /// The coordinates that are not held by a bound.
  private func freeCoordinates() -> [Int] {
    x.indices.filter { j in
      let g = gradient(j)
      return box.lower[j] < box.upper[j] && !(x[j] <= box.lower[j] && g >= 0)
        && !(x[j] >= box.upper[j] && g <= 0)
    }
  }

  /// Whether r makes a right angle, to `tolerance`, with every free column.
  private func isStationary(_ free: [Int], _ tolerance: Double) -> Bool {
    let length = norm(r)
    return length == 0 || free.allSatisfy { abs(gradient($0)) <= tolerance * columnNorm($0) * length }
  }

  /// ‖D·point‖.
  private func scaledNorm(_ point: [Double]) -> Double {
    norm(point.indices.map { scales[$0] * point[$0] })
  }

  /// The scaled length of the step to the trial point, and the decrease of ½‖r‖² that the linear model promises there.
  private func judgeTrial() -> (length: Double, predicted: Double) {
    let delta = x.indices.map { trialPoint[$0] - x[$0] }
    let change = jacobian * delta
    return (scaledNorm(delta), -dot(change, r) - 0.5 * dot(change, change))
  }
}
