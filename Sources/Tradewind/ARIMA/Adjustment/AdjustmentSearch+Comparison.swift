import RealModule

extension AdjustmentSearch {
  /// Compares a model with the one before it, and decides how to go on.
  ///
  /// The default model comes back where its residuals are clearly less correlated and not larger. Where the
  /// chosen model's residuals stay correlated, outliers are searched with a lower critical value and the
  /// orders chosen once more; after that a long autoregression is the last resort.
  mutating func compare(_ state: inout SelectionState) throws(ARIMAError) -> NextAction {
    if let reason = reasonForReference(state) {
      // The reference's figures stay as they were computed; only its estimates come back.
      state.current = JudgedModel(fit: state.fallback, check: state.current.check)
      let check = state.reference.check
      state.isDefault = true
      state.restored = check
      steps.append(.backToReference(state.fallback.specification.order, reason: reason))
    }
    let accepted = state.restored ?? state.current.check
    state.acceptance += state.loop == 1 ? 0.025 : 0.015
    let confidence = accepted.confidence
    let specification = state.current.fit.specification
    state.reference = JudgedModel(fit: state.current.fit, check: accepted)
    state.referenceOutlierCount = state.outlierCount
    state.restored = nil
    guard confidence > state.acceptance else { return .done }
    let searches = !options.outliers.kinds.isEmpty
    let old = criticalValue
    let canReduce = state.loop == 1 && searches && criticalValue > 2.8
    if canReduce {
      criticalValue = max(2.8, criticalValue * (1 - options.criticalValueReduction))
      steps.append(.criticalValueReduced(to: criticalValue, ljungBox: confidence))
    }
    state.loop += 1
    if (state.loop <= 2 && searches) || (state.loop == 2 && canReduce) {
      if state.isDefault {
        state.isDefault = false
        return .searchOutliers
      }
      state.keepsOutliers = true
      return .identify
    }
    try takeLastResort(&state, specification)
    if !searches || (state.loop == 2 && !canReduce) {
      state.loop = 3
    } else {
      criticalValue = old
      if state.outlierCount > 0 { state.current.fit = try withoutOutliers(state.current.fit) }
    }
    return .searchOutliers
  }

  /// Why the model before is the better one; nil where it is not, or is the same.
  private func reasonForReference(_ state: SelectionState) -> String? {
    let (new, old) = (state.current.fit.specification, state.reference.fit.specification)
    guard state.referenceOutlierCount <= state.outlierCount,
      new.order != old.order || new.hasConstant != old.hasConstant
    else { return nil }
    let (a, b) = (state.current.check, state.reference.check)
    let factor = options.residualScaleFactor
    let last = options.isSeasonallyAdjusted ? factor : 1
    if a.confidence < 0.95, b.confidence < 0.75, b.standardError < a.standardError {
      return "its residuals are smaller and uncorrelated"
    }
    if state.loop == 1, a.confidence >= 0.95, b.confidence < 0.95 {
      return "its residuals pass the Ljung–Box test"
    }
    if a.confidence < 0.95, b.confidence < 0.75, b.confidence < a.confidence,
      b.standardError < factor * a.standardError
    {
      return "its residuals are less correlated and hardly larger"
    }
    if a.confidence >= 0.95, b.confidence < 0.95, b.standardError < last * a.standardError {
      return "its residuals pass the Ljung–Box test and are no larger"
    }
    let first = state.current.fit.estimate.parameters
    let order = new.order
    if order.d == 0, order.seasonalD == 1, order.p == 1, first[0] >= 0.82, order.seasonalP == 0, order.q <= 1,
      order.seasonalQ == 1
    {
      return "the autoregressive coefficient is close to one"
    }
    if order.d == 1, order.seasonalD == 0, order.p == 0, order.seasonalP == 1, order.q == 1,
      order.seasonalQ <= 1,
      first[1] >= 0.65
    {
      return "the seasonal autoregressive coefficient is close to one"
    }
    return nil
  }

  /// (3,d,1) with the season's differences and a moving average, with fewer autoregressive coefficients where
  /// it cannot be estimated.
  private mutating func takeLastResort(
    _ state: inout SelectionState, _ specification: AdjustmentSpecification
  ) throws(ARIMAError) {
    var next = specification
    next.order.p = 3
    if next.order.seasonalD > 0 { next.order.seasonalP = 0 }
    next.order.q = options.allowsMixed ? 1 : 0
    if period > 1, options.maximumOrders.seasonal > 0, options.allowsMixed || next.order.seasonalP == 0 {
      next.order.seasonalQ = 1
    }
    while true {
      do throws(ARIMAError) {
        state.current.fit = try fit(next, from: nil)
        break
      } catch {
        guard next.order.p > 0 else { throw error }
        next.order.p -= 1
      }
    }
    steps.append(.lastResort(next.order))
  }
}
