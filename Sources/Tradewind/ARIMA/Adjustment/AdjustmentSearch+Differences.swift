import RealModule

/// How often a series is to be differenced, and whether the differences have a mean.
struct DifferencingChoice: Sendable, Equatable {
  var regular = 0
  var seasonal = 0
  var hasMean = false
}

extension AdjustmentSearch {
  /// The orders of differencing, by roots near one of autoregressions fitted in rounds.
  ///
  /// The first round fits AR(2) with a seasonal AR(1) and counts the roots within 1/0.96 of the unit circle;
  /// the following ones fit an ARMA(1,1) with a seasonal ARMA(1,1) to what the differences leave and take
  /// another difference where the autoregressive coefficient is near one and does not cancel with the
  /// moving-average one.
  ///
  /// - Parameter values: The series less the regression.
  mutating func chooseDifferences(_ values: [Double]) throws(ARIMAError) -> DifferencingChoice {
    var rounds = DifferencingRounds(
      period: period, limits: options.maximumDifferences, secondLimit: options.secondUnitRootLimit,
      cancellation: cancellation)
    var order = ARIMAOrder(period == 2 ? 1 : 2, 0, 0, seasonal: (period > 1 ? 1 : 0, 0, 0))
    while true {
      if rounds.round > 1 {
        order = ARIMAOrder(
          1, rounds.regular, 1, seasonal: period > 1 ? (1, rounds.seasonal, 1) : (0, 0, 0))
      }
      let differences = order.differenced(values, period: period)
      let mean = differences.reduce(0, +) / Double(max(1, differences.count))
      let centred = differences.map { $0 - mean }
      var parameters = hannanRissanen(centred, order: order, period: period)
      if rounds.round == 1, let start = parameters {
        let count = UnitRootCount(start, order: order, limit: options.firstUnitRootLimit)
        rounds.count = count
        let seasonal = period > 1 ? start[order.p] : 0
        if !count.isStationary, order.p > 1 || abs(start[0]) > 1.02 { parameters = nil }
        if abs(seasonal) > 1.02 { parameters = nil }
      }
      if rounds.needsLikelihood || parameters == nil {
        let found = try estimatePlain(values, order, tolerance: 1e-3).parameters
        if rounds.round == 1 {
          rounds.count = UnitRootCount(found, order: order, limit: options.firstUnitRootLimit)
        }
        parameters = found
      }
      guard let parameters else { break }
      if !rounds.advance(parameters) { break }
    }
    cancellation = rounds.cancellation
    var choice = DifferencingChoice(regular: rounds.regular, seasonal: rounds.seasonal)
    choice.hasMean = options.checksConstant ? try hasMean(values, order, choice) : false
    steps.append(.differences(choice.regular, seasonal: choice.seasonal, hasMean: choice.hasMean))
    return choice
  }

  /// Whether the mean of the differences is significant.
  private mutating func hasMean(
    _ values: [Double], _ order: ARIMAOrder, _ choice: DifferencingChoice
  ) throws(ARIMAError) -> Bool {
    let n = values.count
    if choice.regular + choice.seasonal == 0 {
      let mean = values.reduce(0, +) / Double(n)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      guard squares > 0 else { return mean != 0 }
      let t = mean / (squares / Double(n) / Double(n)).squareRoot()
      return abs(t) >= (n <= 80 ? 1.96 : n <= 200 ? 2 : 2.55)
    }
    let limit = n <= 80 ? 1.96 : n <= 155 ? 1.98 : n <= 230 ? 2.1 : n <= 350 ? 2.3 : 2.5
    guard let found = try? estimatePlain(values, order, hasConstant: true, tolerance: 1e-3) else {
      return false
    }
    let error = (found.variance * found.betaGram[0, 0]).squareRoot()
    return error > 0 && abs(found.beta[0] / error) >= limit
  }
}

/// The bookkeeping of the rounds of ``AdjustmentSearch/chooseDifferences(_:)``.
///
/// Limits are those of Gómez and Maravall's TRAMO as X-13 has them; coefficients of the moving average are
/// compared in the sign 1 − θB.
private struct DifferencingRounds {
  let period: Int
  let limits: AutomaticRegARIMA.Orders
  let secondLimit: Double
  var cancellation: Double
  var round = 1
  var regular = 0
  var seasonal = 0
  var count: UnitRootCount?
  /// The last coefficients were beyond the unit circle: estimate again by maximum likelihood.
  private var isExplosive = false
  private var largestRegular = 0.0
  private var largestSeasonal = 0.0

  init(period: Int, limits: AutomaticRegARIMA.Orders, secondLimit: Double, cancellation: Double) {
    self.period = period
    self.limits = limits
    self.secondLimit = secondLimit
    self.cancellation = cancellation
  }

  /// Whether regressions will not do in this round.
  var needsLikelihood: Bool { isExplosive || (regular == 0 && seasonal == 0 && round > 2) }

  /// Takes the coefficients of a round in; false when the search is over.
  mutating func advance(_ parameters: [Double]) -> Bool {
    var taken = 0
    isExplosive = false
    if round == 1 {
      regular += count?.regular ?? 0
      seasonal += count?.seasonal ?? 0
      largestRegular = count?.largestRegular ?? -999
      largestSeasonal = count?.largestSeasonal ?? -999
    } else {
      taken = difference(parameters)
    }
    round += 1
    if regular == 3 { (regular, taken) = (2, 0) }
    if seasonal == 2 { (seasonal, taken) = (1, 0) }
    if regular > limits.regular {
      regular = limits.regular
      return false
    }
    if seasonal > limits.seasonal {
      seasonal = limits.seasonal
      return false
    }
    return (taken >= 1 && round <= 7) || round == 2
  }

  /// One more difference where the coefficients call for it; how many reasons there were.
  private mutating func difference(_ parameters: [Double]) -> Int {
    let isSeasonal = period > 1
    let (ar, ma) = (parameters[0], -parameters[1])
    let (seasonalAR, seasonalMA) = isSeasonal ? (parameters[2], -parameters[3]) : (0, 0)
    var taken = 0
    var nearness = 1.005 - secondLimit
    cancellation -= 0.002
    if secondLimit >= 0.869 { nearness += secondLimit - 0.869 }
    if abs(1 - ar) <= nearness {
      if ar > 1.02 {
        (isExplosive, taken) = (true, 1)
      } else if abs(ar - ma) > cancellation {
        taken += 1
        regular += 1
      }
    } else if abs(ar) > 1.12 {
      (isExplosive, taken) = (true, 1)
    }
    if isSeasonal {
      if abs(1 - seasonalAR) <= 0.19 {
        if seasonalAR > 1.02 {
          (isExplosive, taken) = (true, 1)
        } else if abs(seasonalAR - seasonalMA) > cancellation, seasonal == 0 {
          taken += 1
          seasonal += 1
          if isExplosive {
            isExplosive = false
            taken -= 1
          }
        }
      } else if abs(seasonalAR) > 1.12 {
        (isExplosive, taken) = (true, 1)
      }
    }
    let cancels = abs(ar - ma) <= cancellation || (isSeasonal && abs(seasonalAR - seasonalMA) <= cancellation)
    if cancels, round == 2, regular == 0, seasonal == 0, largestRegular >= 0.9 || largestSeasonal >= 0.9 {
      takeLarger(&taken)
    }
    let near = { (limit: Double) in isSeasonal && abs(1 - seasonalAR) <= limit }
    let strong = abs(1 - ar) <= 0.15 || near(0.16)
    let weaker = abs(1 - ar) <= 0.16 || near(0.17)
    if round == 2, regular == 0, seasonal == 0,
      (strong && (largestRegular >= 0.9 || largestSeasonal >= 0.88))
        || (weaker && (largestRegular >= 0.91 || largestSeasonal >= 0.89))
    {
      takeLarger(&taken)
    }
    if regular == 0, seasonal == 0, abs(1 - ar) <= 0.15 || near(0.25) {
      if isSeasonal {
        (largestRegular, largestSeasonal) = (ar, seasonalAR)
        if largestRegular > largestSeasonal { regular += 1 } else { seasonal += 1 }
      } else {
        regular += 1
      }
    }
    // One at a time: two at once may be one too many.
    if taken == 2 {
      regular -= 1
      seasonal -= 1
      if largestRegular > largestSeasonal { regular += 1 } else { seasonal += 1 }
    }
    return taken
  }

  private mutating func takeLarger(_ taken: inout Int) {
    if isExplosive, taken == 1 {
      isExplosive = false
      taken = 0
    }
    taken += 1
    if largestRegular > largestSeasonal { regular += 1 } else { seasonal += 1 }
  }
}
