import RealModule

extension AdjustmentSearch {
  /// The last checks of a chosen model: insignificant calendar terms, unit roots, too many differences, a
  /// mean left in the residuals, and coefficients that are not needed.
  ///
  /// - Returns: false where the model has to be chosen again with a lower critical value of outliers.
  mutating func finish(_ state: inout SelectionState) throws(ARIMAError) -> Bool {
    // The mean left in the residuals is that of the last model compared, not of one that changes below.
    var residualMean = state.current.check.meanT
    var fit = state.current.fit
    if let reduced = try dropInsignificant(fit, constantLimit: options.significanceLimit) {
      fit = reduced
      state.loop = max(state.loop, 3)
    }
    let chosenWithMean = fit.specification.hasConstant
    if let changed = try differenceUnitRoots(fit, &state) {
      fit = changed
      residualMean = check(fit).meanT
    }
    if let changed = try undoOverdifferencing(fit, &state) {
      fit = changed
      residualMean = check(fit).meanT
    }
    // X-13 asks for a mean above zero only.
    if !chosenWithMean, !fit.specification.hasConstant, residualMean > 2.5, options.checksConstant {
      var specification = fit.specification
      specification.hasConstant = true
      fit = try self.fit(specification, from: fit.estimate.parameters)
      steps.append(.constant(t: residualMean, limit: 2.5, isKept: true))
    }
    while let (order, parameters, dropped) = shortened(fit) {
      var specification = fit.specification
      specification.order = order
      fit = try self.fit(specification, from: parameters)
      steps.append(.coefficientDropped(order))
      if dropped > 1, !options.outliers.kinds.isEmpty, state.loop <= 2, criticalValue > 2.8 {
        criticalValue = max(2.8, criticalValue * (1 - options.criticalValueReduction))
        steps.append(.criticalValueReduced(to: criticalValue, ljungBox: state.current.check.confidence))
        state.loop += 1
        state.keepsOutliers = true
        state.current.fit = fit
        return false
      }
    }
    state.current.fit = fit
    return true
  }

  /// Another difference in place of an autoregressive coefficient with a root near one.
  private mutating func differenceUnitRoots(
    _ fit: AdjustmentFit, _ state: inout SelectionState
  ) throws(ARIMAError) -> AdjustmentFit? {
    let order = fit.specification.order
    let roots = UnitRootCount(fit.estimate.parameters, order: order, limit: options.finalUnitRootLimit)
    var next = fit.specification
    if roots.regular > 0, order.d <= 2 {
      next.order.p -= 1
      next.order.d += 1
    }
    if roots.seasonal > 0, order.seasonalD <= 1 {
      next.order.seasonalP -= 1
      next.order.seasonalD += 1
    }
    guard next != fit.specification else { return nil }
    steps.append(.unitRoot(next.order))
    if state.outlierCount > 0 { next.outliers = [] }
    var changed = try self.fit(next, from: nil)
    if next.hasConstant { changed = try testConstant(changed, limit: 1.6) }
    changed = try searchOutliers(changed)
    state.outlierCount = changed.specification.outliers.count
    return changed
  }

  /// A moving average with a root at one undoes a difference: both go, and a constant takes their place.
  private mutating func undoOverdifferencing(
    _ fit: AdjustmentFit, _ state: inout SelectionState
  ) throws(ARIMAError) -> AdjustmentFit? {
    let order = fit.specification.order
    guard order.d > 0, order.q > 0 else { return nil }
    let sum = fit.estimate.parameters[order.p..<order.p + order.q].reduce(0, +)
    guard abs(sum + 1) < 0.001 else { return nil }
    var next = fit.specification
    next.order.d -= 1
    next.order.q -= 1
    next.hasConstant = true
    if state.outlierCount > 0 { next.outliers = [] }
    steps.append(.overdifferenced(next.order))
    var changed = try searchOutliers(try self.fit(next, from: nil))
    changed = try testConstant(changed, limit: 1.6)
    state.outlierCount = changed.specification.outliers.count
    return changed
  }

  /// The model with one coefficient less, if a last one is small and insignificant, and the coefficients
  /// left; nil where all stay.
  ///
  /// Of several the least significant goes. A polynomial with a root near the unit circle keeps its order,
  /// and so do all then.
  private func shortened(_ fit: AdjustmentFit) -> (order: ARIMAOrder, parameters: [Double], candidates: Int)?
  {
    let order = fit.specification.order
    guard order.coefficientCount > 1 else { return nil }
    let parameters = fit.estimate.parameters
    if polynomialsNearUnitCircle(parameters, order: order).contains(true) { return nil }
    guard
      let tValues = adjustmentTValues(
        fit.regressionResiduals(completed(fit), period: period), parameters: parameters, order: order,
        period: period)
    else { return nil }
    let small = series.count <= 150 ? 0.15 : 0.1
    // In X-13's order: φ, Φ, θ, Θ.
    let kinds: [ARIMAConstraints.Kind] = [.ar, .seasonalAR, .ma, .seasonalMA]
    let starts: [ARIMAConstraints.Kind: Int] = [
      .ar: 0, .ma: order.p, .seasonalAR: order.p + order.q,
      .seasonalMA: order.p + order.q + order.seasonalP,
    ]
    var candidates: [ARIMAConstraints.Kind] = []
    var least = Double.infinity
    for kind in kinds where order.count(kind) > 0 {
      let index = (starts[kind] ?? 0) + order.count(kind) - 1
      let t = abs(tValues[index])
      guard t < options.significanceLimit, abs(parameters[index]) < small else { continue }
      // One less significant than those before displaces them; otherwise it is counted, and the first goes.
      if t < least {
        least = t
        candidates = [kind]
      } else {
        candidates.append(kind)
      }
    }
    guard let kind = candidates.first else { return nil }
    let index = (starts[kind] ?? 0) + order.count(kind) - 1
    var next = order
    switch kind {
    case .ar: next.p -= 1
    case .ma: next.q -= 1
    case .seasonalAR: next.seasonalP -= 1
    case .seasonalMA: next.seasonalQ -= 1
    }
    var left = parameters
    left.remove(at: index)
    return (next, left, candidates.count)
  }
}
