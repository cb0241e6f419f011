/// Several models fitted to one series, and their forecasts combined.
///
/// ```swift
/// let model = try Combination([ETS(), Theta(), AutoARIMA()], by: .median).fit(to: imports)
/// for member in model.members { print(member.fitted.name, member.weights[0]) }
/// let forecast = model.forecast(horizon: 3)
/// ```
///
/// Models err in different ways, so that a combination errs less than most of its members, and rarely much more than the best.
/// The ways to weigh them are at ``Weighting``; <doc:ChoosingAutomatically> has the evidence and says how the joint law arises.
///
/// A member that does not apply to a series (one that is too short, has gaps, or values below zero) is left out, and
/// ``FittedCombination/leftOut`` says why; what remains shares its weight in proportion. Where no member applies the first
/// one's error is thrown. A constant series is forecast as the members do it: as that constant.
///
/// References: J. M. Bates and C. W. J. Granger (1969), "The combination of forecasts", *OR* 20:451–468,
/// doi:10.1057/jors.1969.103; X. Wang, R. J. Hyndman, F. Li and Y. Kang (2023), "Forecast combinations: an over 50-year
/// review", *International Journal of Forecasting* 39:1518–1547, doi:10.1016/j.ijforecast.2022.11.005.
public struct Combination: Forecaster {
  /// How members are weighed.
  public enum Weighting: Sendable, Hashable {
    /// All alike.
    case equal
    /// The median of the members, step by step.
    case median
    /// The mean without so large a share of the members at each end of every step, 0 up to but not 0.5; rounded down to whole members.
    case trimmed(share: Double)
    /// These, one a member; of one row a step from the first on, or the last row for all further steps. Scaled to sum 1.
    case given([[Double]])
    /// exp(−AICc / 2) (Burnham and Anderson 2002, section 2.9). For members of one family, whose likelihoods compare; members
    /// without a likelihood are left out.
    case akaike
    /// 1 / mean squared error of a validation.
    case inverseError(Validation = Validation())
    /// The weights, none below zero and with sum 1, that make the squared errors of a validation smallest, drawn towards equal
    /// ones: by `shrinkage`, 0 (not at all) to 1 (equal).
    case stacked(Validation = Validation(), shrinkage: Double = 0.5)
    /// Those of least variance by the covariance of the validation's errors, shrunk towards a multiple of the unit matrix by
    /// `shrinkage`, 0 to 1; none below zero, with sum 1.
    case batesGranger(Validation = Validation(), shrinkage: Double = 0.5)
  }

  /// Which forecasts from within the series the weights are judged by: each member is fitted to what lies before each origin.
  public struct Validation: Sendable, Hashable, Codable {
    /// How many origins there are, at least 1.
    public var origins: Int
    /// How many steps are forecast from each, at least 1.
    public var horizon: Int
    /// How many periods lie between origins, at least 1.
    public var spacing: Int

    /// - Precondition: All are at least 1.
    public init(origins: Int = 3, horizon: Int = 12, spacing: Int = 6) {
      precondition(min(origins, horizon, spacing) >= 1, "Origins, horizon and spacing are at least 1.")
      (self.origins, self.horizon, self.spacing) = (origins, horizon, spacing)
    }
  }

  /// The members, in an order that decides nothing but the order of reports.
  public let members: [any Forecaster]
  /// How they are weighed.
  public let weighting: Weighting
  /// How wide the law is.
  let spread: Spread

  /// How wide a combination's law is, given its members'.
  enum Spread: Sendable, Hashable {
    /// As the weighted mean of the members' errors.
    case mean
    /// In each step the weighted geometric mean of the members' standard deviations, which no single one of them can blow up, together
    /// with how far they lie apart, widened by ``AutoTable/widening``; errors multiply where everything is above zero. A member counts
    /// as no further from their median than ``AutoTable/reach`` such deviations.
    case widened
  }

  /// - Parameters:
  ///   - members: The models, at least one (a precondition).
  ///   - weighting: How they are weighed.
  /// - Precondition: Given weights are not negative, and each row has one a member with a positive sum; shares lie in their ranges.
  public init(_ members: [any Forecaster], by weighting: Weighting = .equal) {
    self.init(members, by: weighting, spread: .mean)
  }

  init(_ members: [any Forecaster], by weighting: Weighting, spread: Spread) {
    precondition(!members.isEmpty, "A combination has at least one member.")
    switch weighting {
    case .trimmed(let share):
      precondition(share >= 0 && share < 0.5, "Less than half is trimmed at each end.")
    case .given(let rows):
      precondition(
        !rows.isEmpty
          && rows.allSatisfy { row in
            let sum = row.reduce(0, +)
            return row.count == members.count && row.allSatisfy { $0 >= 0 } && sum > 0 && sum.isFinite
          },
        "There is one weight a member, none below zero, not all zero, and their sum is finite.")
    case .stacked(_, let shrinkage), .batesGranger(_, let shrinkage):
      precondition((0...1).contains(shrinkage), "Shrinkage lies from 0 to 1.")
    case .equal, .median, .akaike, .inverseError: break
    }
    self.members = members
    self.weighting = weighting
    self.spread = spread
  }

  /// Such as `mean(ETS, DOTM)`.
  public var name: String { "\(weighting.name)(\(members.map(\.name).joined(separator: ", ")))" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedCombination {
    try series.checkForForecasting()
    var fits: [(place: Int, fitted: any FittedModel)] = []
    var leftOut: [FittedCombination.LeftOut] = []
    var first: ForecastError?
    for (place, member) in members.enumerated() {
      do throws(ForecastError) {
        let fitted = try member.fit(to: series)
        // A model may be fitted and yet have nothing to say of the future, as where a regressor ends.
        guard fitted.forecast(horizon: 1, levels: []).mean[0].isFinite else {
          throw .cannotFit(model: member.name, reason: "its forecast is not finite")
        }
        fits.append((place, fitted))
      } catch {
        first = first ?? error
        leftOut.append(.init(name: member.name, reason: error))
      }
    }
    guard !fits.isEmpty else { throw first ?? .noObservations(count: series.count) }
    var rows = try weights(of: fits, series)
    // Members without weight need not be kept.
    let kept = fits.indices.filter { m in rows.contains { $0[m] > 0 } }
    rows = rows.map { row in kept.map { row[$0] } }
    return FittedCombination(
      series: series, weighting: weighting, spread: spread, members: kept.map { fits[$0].fitted }, rows: rows,
      leftOut: leftOut)
  }

  /// Rows of weights over the members that were fitted, one row or one a step, each with sum 1.
  private func weights(
    of fits: [(place: Int, fitted: any FittedModel)], _ series: TimeSeries
  ) throws(ForecastError) -> [[Double]] {
    let equal = [[Double](repeating: 1 / Double(fits.count), count: fits.count)]
    let places = fits.map(\.place)
    switch weighting {
    case .equal, .median, .trimmed: return equal
    case .given(let rows):
      return rows.map { row in
        let chosen = places.map { row[$0] }
        let sum = chosen.reduce(0, +)
        return sum > 0 ? chosen.map { $0 / sum } : equal[0]
      }
    case .akaike:
      let criteria = fits.map { $0.fitted.informationCriteria?.aicc ?? .infinity }
      guard let least = criteria.min(), least.isFinite else { return equal }
      return [CombinationWeights.scaled(criteria.map { .exp(-0.5 * ($0 - least)) })]
    case .inverseError(let validation):
      let errors = validation.errors(of: places.map { members[$0] }, series)
      return errors.isEmpty ? equal : [CombinationWeights.inverseSquares(errors)]
    case .stacked(let validation, let shrinkage):
      let errors = validation.errors(of: places.map { members[$0] }, series)
      guard !errors.isEmpty else { return equal }
      let free = CombinationWeights.leastSquares(CombinationWeights.products(errors))
      return [zip(free, equal[0]).map { (1 - shrinkage) * $0 + shrinkage * $1 }]
    case .batesGranger(let validation, let shrinkage):
      let errors = validation.errors(of: places.map { members[$0] }, series)
      guard !errors.isEmpty else { return equal }
      let products = CombinationWeights.products(errors)
      return [CombinationWeights.leastSquares(CombinationWeights.shrunken(products, by: shrinkage))]
    }
  }
}

extension Combination.Weighting {
  /// The word for it in names.
  var name: String {
    switch self {
    case .equal: "mean"
    case .median: "median"
    case .trimmed: "trimmed mean"
    case .given: "weighted mean"
    case .akaike: "AICc-weighted mean"
    case .inverseError: "error-weighted mean"
    case .stacked: "stack"
    case .batesGranger: "least-variance mean"
    }
  }
}
