import RealModule

/// A model with the figures by which two of them are compared.
struct JudgedModel: Sendable {
  var fit: AdjustmentFit
  var check: ResidualCheck
}

/// Where the choice of a model stands.
struct SelectionState: Sendable {
  /// The model at hand, and the one it is compared with: first the default model, then the one before.
  var current: JudgedModel
  var reference: JudgedModel
  /// The reference with its outliers, to go back to.
  var fallback: AdjustmentFit
  /// The confidence of the Ljung–Box test that is accepted; a little higher in each round.
  var acceptance: Double
  var loop = 1
  /// Outliers of the model last searched; a return to the default model leaves it.
  var outlierCount = 0
  var isDefault = false
  /// Whether differences and orders are chosen again with the outliers kept.
  var keepsOutliers = false
  /// The count of outliers the reference is compared by.
  var referenceOutlierCount = 0
  /// The figures of the reference, while its model has come back.
  var restored: ResidualCheck?
}

extension AdjustmentSearch {
  /// Chooses everything: scale, calendar, constant, outliers and ARIMA orders.
  mutating func run() throws(ARIMAError) -> AdjustmentFit {
    if let order = options.order { return try runFixed(order) }
    try chooseTransformation(defaultOrder)
    var fit = try fit(AdjustmentSpecification(order: defaultOrder), from: nil)
    if let exact = try exactModel(fit) { return exact }
    if period > 1, series.count - missing.count < Self.neededSeasons * period {
      steps.append(.simplified(defaultOrder, reason: "the series has less than three seasons"))
      return fit
    }
    fit = try testCalendar(fit)
    fit = try testConstant(fit, limit: 1.96)
    fit = try searchOutliers(fit)
    if let reduced = try dropInsignificant(fit, constantLimit: 1.96) { fit = reduced }
    let judged = JudgedModel(fit: fit, check: check(fit))
    steps.append(
      .defaultModel(
        fit.specification.order, ljungBox: judged.check.confidence, scale: judged.check.standardError))
    if options.acceptsDefault, judged.check.confidence < options.ljungBoxLimit { return fit }
    var state = SelectionState(
      current: judged, reference: judged, fallback: fit, acceptance: options.ljungBoxLimit)
    state.outlierCount = fit.specification.outliers.count
    state.referenceOutlierCount = state.outlierCount
    do throws(ARIMAError) {
      while true {
        try select(&state)
        if try finish(&state) { return state.current.fit }
      }
    } catch {
      // Of short series the orders chosen may have no estimate together with the regression.
      steps.append(.simplified(judged.fit.specification.order, reason: "\(error)"))
      return judged.fit
    }
  }

  /// Of fewer seasons one or none is left by differencing, and a calendar of six coefficients explains what it likes.
  private static let neededSeasons = 3

  /// Where differences and regressors leave nothing to explain, as of a constant or a line: the model with
  /// the fewest differences that a constant completes.
  private mutating func exactModel(_ current: AdjustmentFit) throws(ARIMAError) -> AdjustmentFit? {
    let size = base.reduce(0) { $1.isNaN ? $0 : max($0, abs($1)) }
    func isExact(_ fit: AdjustmentFit) -> Bool {
      fit.estimate.variance.squareRoot() <= 1e-12 * max(size, .leastNormalMagnitude)
    }
    guard isExact(current) else { return nil }
    for order in [ARIMAOrder(0, 0, 0), ARIMAOrder(0, 1, 0), ARIMAOrder(0, 0, 0, seasonal: (0, 1, 0))] {
      var specification = AdjustmentSpecification(order: order)
      specification.hasConstant = true
      if let simple = try? fit(specification, from: nil), isExact(simple) {
        steps.append(.simplified(order, reason: "nothing is left to explain"))
        return simple
      }
    }
    steps.append(.simplified(current.specification.order, reason: "nothing is left to explain"))
    return current
  }

  /// With orders that are given there is less to choose.
  private mutating func runFixed(_ order: ARIMAOrder) throws(ARIMAError) -> AdjustmentFit {
    try chooseTransformation(order)
    var specification = AdjustmentSpecification(order: order)
    specification.hasConstant = options.hasConstant
    let fit = try fit(specification, from: nil)
    return try searchOutliers(try testCalendar(fit))
  }

  /// Identifies a model and compares it with the one before, until its residuals pass or the rounds are used
  /// up.
  private mutating func select(_ state: inout SelectionState) throws(ARIMAError) {
    var action = NextAction.identify
    while true {
      switch action {
      case .identify:
        state.fallback = state.current.fit
        let skips = state.loop > 1 && state.outlierCount == 0
        let isNew = skips ? true : try identify(&state)
        if isNew { try searchAgain(&state) }
      case .searchOutliers:
        try searchAgain(&state)
      case .done:
        return
      }
      state.current.check = check(state.current.fit)
      action = state.loop <= 2 ? try compare(&state) : .done
    }
  }

  private mutating func searchAgain(_ state: inout SelectionState) throws(ARIMAError) {
    state.current.fit = try searchOutliers(state.current.fit)
    state.outlierCount = state.current.fit.specification.outliers.count
  }

  /// Differences, mean and orders of the series less the regression; then the calendar again.
  ///
  /// - Returns: Whether there is anything new: false where the default model was found once more.
  private mutating func identify(_ state: inout SelectionState) throws(ARIMAError) -> Bool {
    let before = state.current.fit
    let values = adjustedValues(before)
    let choice = try chooseDifferences(values)
    let order = try chooseOrders(values, choice)
    let isDefault = order == defaultOrder && choice.hasMean == state.reference.fit.specification.hasConstant
    state.isDefault = isDefault
    if state.loop == 1, isDefault { return false }
    var specification = before.specification
    specification.order = order
    specification.hasConstant = choice.hasMean
    if state.loop == 1, !state.keepsOutliers { specification.outliers = [] }
    state.current.fit = try testCalendar(try fit(specification, from: nil))
    return true
  }
}

/// What the comparison of two models leads to.
enum NextAction: Sendable {
  /// Take it.
  case done
  /// Choose differences and orders again.
  case identify
  /// Search for outliers with a lower critical value.
  case searchOutliers
}
