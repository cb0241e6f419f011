import RealModule

/// A ``Combination`` fitted to a series.
///
/// **The joint law.** Each member's errors are written by what each step brings that is new (the Cholesky factor of their
/// covariance), and what is new is taken as the same for all members: they look at one future. The combination's errors are then
/// the weighted mean of the members' factors, a normal law. A step's interval is about as wide as the mean of the members'
/// intervals, and not narrower: members that agree do not make a future more certain. Draws, intervals and totals come from this law.
/// ``Auto``'s is wider and has Student's tails; <doc:ChoosingAutomatically> says why.
public struct FittedCombination: FittedModel {
  /// A member and its part.
  public struct Member: Sendable {
    /// The member, fitted.
    public let fitted: any FittedModel
    /// Its weight in step 1, 2, …; the last holds for all further steps. Nominal for a median.
    public let weights: [Double]
  }

  /// A member that has no part, and the reason.
  public struct LeftOut: Sendable, Equatable {
    public let name: String
    public let reason: ForecastError
  }

  public let series: TimeSeries
  /// What takes part, in the order of ``Combination/members``.
  public let members: [Member]
  /// What does not.
  public let leftOut: [LeftOut]
  /// How the members are weighed.
  public let weighting: Combination.Weighting
  private let spread: Combination.Spread

  init(
    series: TimeSeries, weighting: Combination.Weighting, spread: Combination.Spread,
    members: [any FittedModel],
    rows: [[Double]], leftOut: [LeftOut]
  ) {
    self.init(
      series: series, weighting: weighting, spread: spread,
      members: members.enumerated().map { m, fitted in Member(fitted: fitted, weights: rows.map { $0[m] }) },
      leftOut: leftOut)
  }

  private init(
    series: TimeSeries, weighting: Combination.Weighting, spread: Combination.Spread, members: [Member],
    leftOut: [LeftOut]
  ) {
    (self.series, self.weighting, self.spread) = (series, weighting, spread)
    (self.members, self.leftOut) = (members, leftOut)
  }

  public var name: String {
    guard members.count > 1 else { return members.first?.fitted.name ?? "" }
    return "\(weighting.name)(\(members.map(\.fitted.name).joined(separator: ", ")))"
  }

  /// The members' one-step forecasts combined as those of the first step are.
  public var fittedValues: [Double] {
    let columns = members.map(\.fitted.fittedValues)
    return series.values.indices.map { t in
      let present = columns.indices.filter { columns[$0][t].isFinite }
      return combined(present.map { columns[$0][t] }, present, step: 0)
    }
  }

  /// None: a combination has no likelihood.
  public var informationCriteria: InformationCriteria? { nil }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    let outlook = law(request)
    guard !request.levels.isEmpty else {
      return Forecast(of: series, model: name, mean: outlook.centre, joint: .pointsOnly, levels: [])
    }
    guard let logarithms = logarithms(outlook) else {
      return Forecast(
        of: series, model: name, mean: outlook.centre, joint: joint(outlook), levels: request.levels)
    }
    var forecast = Forecast(
      of: series, model: name, mean: logarithms.centre, joint: joint(logarithms), levels: request.levels)
    forecast.mean = outlook.centre
    forecast.median = outlook.centre
    // Where nothing varies, rounding must not leave the point outside.
    forecast.intervals = zip(forecast.intervals, outlook.centre).map { step, centre in
      step.map {
        PredictionInterval(
          level: $0.level, lower: min(.exp($0.lower), centre), upper: max(.exp($0.upper), centre))
      }
    }
    forecast.joint = .paths(paths(outlook, count: request.paths, seed: request.seed))
    return forecast
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    paths(law(ForecastRequest(horizon: horizon, seed: seed)), count: count, seed: seed)
  }

  private func paths(_ outlook: InnovationOutlook, count: Int, seed: UInt64) -> SamplePaths {
    guard let logarithms = logarithms(outlook) else {
      return SamplePaths(mean: outlook.centre, law: joint(outlook), count: count, seed: seed)
    }
    return SamplePaths(mean: logarithms.centre, law: joint(logarithms), count: count, seed: seed)
      .mapped { .exp($1) }
  }

  /// The law of an outlook's errors: normal, and Student's where it is widened.
  private func joint(_ outlook: InnovationOutlook) -> JointLaw {
    let normal = JointLaw.normal(factor: outlook.factor)
    return spread == .mean
      ? normal : .student(normal, degreesOfFreedom: AutoTable.widening.degreesOfFreedom)
  }

  /// The law of the logarithms where errors multiply, with 95 % intervals as wide as those of errors that add; nil where
  /// they do: a step or an observation is not above zero.
  private func logarithms(_ outlook: InnovationOutlook) -> InnovationOutlook? {
    guard spread == .widened, outlook.centre.allSatisfy({ $0 > 0 }),
      series.values.allSatisfy({ $0 > 0 || $0.isNaN })
    else { return nil }
    var result = InnovationOutlook(centre: outlook.centre.map { .log($0) }, factor: outlook.factor)
    for h in result.factor.indices {
      let reach = AutoTable.reach95
      result.widen(h, to: .asinh(reach * outlook.deviation(h) / outlook.centre[h]) / reach)
    }
    return result
  }

  /// Every member takes in the observations; the weights stay.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedCombination {
    var later: [Member] = []
    for member in members {
      later.append(Member(fitted: try member.fitted.later(values), weights: member.weights))
    }
    return FittedCombination(
      series: try series.appending(values), weighting: weighting, spread: spread, members: later,
      leftOut: leftOut)
  }

  /// The law of the steps with errors that add; without a factor for points only.
  private func law(_ request: ForecastRequest) -> InnovationOutlook {
    let needsFactor = !request.levels.isEmpty
    // Points that are bounded by the spread need it whether or not somebody asks for intervals.
    let request =
      needsFactor || spread == .mean
      ? request
      : ForecastRequest(
        horizon: request.horizon, levels: [0.95], paths: request.paths, seed: request.seed)
    let outlooks = members.map { said(by: $0.fitted, request) }
    // A member that leaves the range of numbers leaves the combination.
    let present = outlooks.indices.filter { outlooks[$0] != nil }
    let finite = outlooks.compactMap(\.self)
    var centre = (0..<request.horizon).map { h in combined(finite.map { $0.centre[h] }, present, step: h) }
    guard !request.levels.isEmpty else { return InnovationOutlook(centre: centre, factor: []) }
    let factor = (0..<request.horizon).map { h -> [Double] in
      let shares = shares(present, step: h)
      return (0...h).map { i in zip(shares, finite).reduce(0) { $0 + $1.0 * $1.1.factor[h][i] } }
    }
    guard spread == .widened else { return InnovationOutlook(centre: centre, factor: factor) }
    let basis = IntervalWidening.Basis(series)
    let largest = AutoTable.largestScale(series)
    var deviations: [Double] = []
    for h in 0..<request.horizon {
      let shares = shares(present, step: h)
      let own = geometricMean(finite.map { $0.deviation(h) }, shares)
      let middle = weightedMedian(finite.map { $0.centre[h] }, shares)
      let reach = own * AutoTable.reach
      let points = finite.map { min(max($0.centre[h], middle - reach), middle + reach) }
      centre[h] = zip(shares, points).reduce(0) { $0 + $1.0 * $1.1 }
      let between = zip(shares, points).reduce(0) { sum, part in
        sum + part.0 * (part.1 - centre[h]) * (part.1 - centre[h])
      }
      let deviation = (own * own + between).squareRoot()
      let scale = deviation * AutoTable.widening.factor(step: h, deviation: deviation, basis)
      deviations.append(min(scale, largest))
    }
    var outlook = InnovationOutlook(centre: centre, factor: needsFactor ? factor : [])
    for h in outlook.factor.indices { outlook.widen(h, to: deviations[h]) }
    return outlook
  }

  /// What a member says; nil where it is not finite. Its points are the means that it gives alone, but for ``Auto``, whose members are weighed as medians.
  private func said(by member: any FittedModel, _ request: ForecastRequest) -> InnovationOutlook? {
    guard var outlook = InnovationOutlook(of: member, request) else { return nil }
    guard spread == .mean else { return outlook }
    outlook.centre = member.forecast(ForecastRequest(horizon: request.horizon, levels: [])).mean
    return outlook.centre.allSatisfy(\.isFinite) ? outlook : nil
  }

  /// The smallest value up to which half of the weight lies; NaN for none.
  private func weightedMedian(_ values: [Double], _ weights: [Double]) -> Double {
    var below = 0.0
    for (value, weight) in zip(values, weights).sorted(by: { $0.0 < $1.0 }) {
      below += weight
      if below >= 0.5 { return value }
    }
    return values.max() ?? .nan
  }

  /// exp Σ w log s over the s above zero, whose weights are scaled up; 0 if there are none.
  private func geometricMean(_ deviations: [Double], _ shares: [Double]) -> Double {
    let positive = zip(deviations, shares).filter { $0.0 > 0 && $0.1 > 0 }
    let sum = positive.reduce(0) { $0 + $1.1 }
    return sum > 0 ? .exp(positive.reduce(0) { $0 + $1.1 / sum * .log($1.0) }) : 0
  }

  /// The weights of some members in a step, with sum 1.
  private func shares(_ present: [Int], step: Int) -> [Double] {
    CombinationWeights.scaled(
      present.map { members[$0].weights[min(step, members[$0].weights.count - 1)] })
  }

  /// What `values` of the members `present` come to; NaN for none.
  private func combined(_ values: [Double], _ present: [Int], step: Int) -> Double {
    guard !values.isEmpty else { return .nan }
    switch weighting {
    case .median: return median(values)
    case .trimmed(let share):
      let cut = Int(share * Double(values.count))
      let kept = values.sorted()[cut..<values.count - cut]
      return kept.reduce(0, +) / Double(kept.count)
    default: return zip(shares(present, step: step), values).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}

extension FittedModel {
  /// ``FittedModel/updated(with:)`` of whatever model this is.
  func later(_ values: [Double]) throws(ForecastError) -> any FittedModel { try updated(with: values) }
}
