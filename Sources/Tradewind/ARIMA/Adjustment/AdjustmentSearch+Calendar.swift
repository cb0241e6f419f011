import RealModule

extension AdjustmentSearch {
  /// The default model of the search: the airline model, or (0,1,1) without a season.
  var defaultOrder: ARIMAOrder {
    period > 1 ? ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)) : ARIMAOrder(0, 1, 1)
  }

  /// Logarithms or not, by the AICc of two models without calendar terms on the scale of the series.
  mutating func chooseTransformation(_ order: ARIMAOrder) throws(ARIMAError) {
    let isPositive = series.values.allSatisfy { $0.isNaN || $0 > 0 }
    switch options.transformation {
    case .logarithm:
      transform(logarithm: true)
    case .none:
      transform(logarithm: false)
    case .automatic:
      guard isPositive else {
        transform(logarithm: false)
        steps.append(.levelsNotPositive)
        break
      }
      let specification = AdjustmentSpecification(order: order)
      transform(logarithm: false)
      let level = try? fit(specification, from: nil)
      transform(logarithm: true)
      let logarithm = try? fit(specification, from: nil)
      let levelAICc = level?.aicc ?? .infinity
      let logAICc = (logarithm?.aicc ?? .infinity) + jacobianTerm(order)
      let isLog = logAICc + options.transformationDifference < levelAICc
      transform(logarithm: isLog)
      steps.append(.transformation(levelAICc: levelAICc, logAICc: logAICc, isLogarithm: isLog))
    }
    if isLogarithmic, hasCalendar {
      priorLogarithms = PriorFactor.leapYear.values(in: frame).map { Double.log($0) }
    }
  }

  /// What the logarithms add to −2 log L: ∂ log y/∂y = 1/y for the values that the likelihood is of.
  func jacobianTerm(_ order: ARIMAOrder) -> Double {
    guard isLogarithmic else { return 0 }
    let lost = order.lostObservations(period: period)
    return 2 * base.filter { !$0.isNaN }.dropFirst(lost).reduce(0, +)
  }

  /// Trading days: none, six or one contrast, by AICc.
  ///
  /// Each model's search has its own starts: with a strong calendar the errors are others without it, and a
  /// search from there could end in a lower maximum.
  mutating func testTradingDays(_ current: AdjustmentFit) throws(ARIMAError) -> AdjustmentFit {
    guard options.testsTradingDays, hasCalendar else { return current }
    var best = current
    var results: [TradingDays.Contrasts?: Double] = [:]
    var plain = current
    plain.specification.tradingDays = nil
    if current.specification.tradingDays != nil {
      plain = try fit(plain.specification, from: nil)
    }
    results[nil] = plain.aicc
    var chosen: AdjustmentFit?
    // A month's six contrasts first, then the one; X-13 does not test the one beside the quarter's six either
    // way.
    for contrasts in [TradingDays.Contrasts.six, .one] {
      var specification = plain.specification
      specification.tradingDays = contrasts
      let candidate =
        current.specification == specification
        ? current : try? fit(specification, from: nil)
      guard let candidate else { continue }
      results[contrasts] = candidate.aicc
      if candidate.aicc - (chosen?.aicc ?? .infinity) <= options.calendarDifference { chosen = candidate }
    }
    best = plain
    if let chosen, plain.aicc - chosen.aicc > options.calendarDifference { best = chosen }
    steps.append(
      .tradingDays(
        without: plain.aicc, six: results[.six], one: results[.one], chosen: best.specification.tradingDays))
    return best
  }

  /// Easter: none or one of the windows, by AICc.
  mutating func testEaster(_ current: AdjustmentFit) throws(ARIMAError) -> AdjustmentFit {
    guard !options.easterWindows.isEmpty, hasCalendar else { return current }
    var plain = current
    plain.specification.easter = nil
    if current.specification.easter != nil {
      plain = try fit(plain.specification, from: nil)
    }
    var results: [SelectionStep.Window] = []
    var chosen: AdjustmentFit?
    for days in options.easterWindows {
      var specification = plain.specification
      specification.easter = days
      let candidate =
        current.specification == specification
        ? current : try? fit(specification, from: nil)
      guard let candidate else { continue }
      results.append(SelectionStep.Window(days: days, aicc: candidate.aicc))
      if chosen == nil || (chosen?.aicc ?? .infinity) - candidate.aicc > options.calendarDifference {
        chosen = candidate
      }
    }
    var best = plain
    if let chosen, plain.aicc - chosen.aicc > options.calendarDifference { best = chosen }
    steps.append(.easter(without: plain.aicc, windows: results, chosen: best.specification.easter))
    return best
  }

  /// Both calendar tests, one after the other.
  mutating func testCalendar(_ current: AdjustmentFit) throws(ARIMAError) -> AdjustmentFit {
    try testEaster(try testTradingDays(current))
  }

  /// A constant, if its t-statistic reaches `limit`.
  ///
  /// A model that cannot be estimated with a constant has none.
  mutating func testConstant(_ current: AdjustmentFit, limit: Double) throws(ARIMAError) -> AdjustmentFit {
    guard options.checksConstant else { return current }
    var specification = current.specification
    specification.hasConstant = true
    let with =
      current.specification.hasConstant ? current : try? fit(specification, from: current.estimate.parameters)
    let t = with?.tValue(0) ?? 0
    steps.append(.constant(t: t, limit: limit, isKept: abs(t) >= limit))
    if let with, abs(t) >= limit { return with }
    guard current.specification.hasConstant else { return current }
    specification.hasConstant = false
    return try fit(specification, from: current.estimate.parameters)
  }

  /// Takes out calendar terms and a constant that are not significant.
  ///
  /// - Returns: nil where nothing changed.
  mutating func dropInsignificant(
    _ current: AdjustmentFit, constantLimit: Double
  ) throws(ARIMAError) -> AdjustmentFit? {
    var specification = current.specification
    if specification.tradingDays != nil, options.testsTradingDays {
      let own = current.tValues { $0 == .tradingDays || $0 == .leapYear }
      let derived = current.derivedTValue(.tradingDays)
      let largest = (own + [derived]).map { abs($0) }.max() ?? 0
      if largest < 1.96 {
        specification.tradingDays = nil
        steps.append(.dropped(.tradingDays, t: largest))
      }
    }
    if specification.easter != nil, let t = current.tValues({ $0 == .easter }).first, abs(t) < 1.96 {
      specification.easter = nil
      steps.append(.dropped(.easter, t: t))
    }
    if specification.hasConstant, options.checksConstant, let t = current.tValues({ $0 == .constant }).first,
      abs(t) < constantLimit
    {
      specification.hasConstant = false
      steps.append(.dropped(.constant, t: t))
    }
    guard specification != current.specification else { return nil }
    return try fit(specification, from: current.estimate.parameters)
  }
}
