import RealModule

/// The members of ``Auto``, their weights by step, and how much their intervals are widened.
///
/// The numbers are those of `Benchmarks/Combination/choose.py`, which says how they were found: on forecasts from within the
/// training spans of a collection of monthly series and on windows of trade series.
enum AutoTable {
  /// A model with its weight in the first step and in the 18th; between them the weight is linear, from there on constant.
  struct Member: Sendable {
    let forecaster: any Forecaster
    let first, last: Double
    /// Whether half of the weight goes to the same model of the series without outliers.
    let isHalved: Bool

    init(_ forecaster: any Forecaster, _ first: Double, _ last: Double, isHalved: Bool = true) {
      (self.forecaster, self.first, self.last, self.isHalved) = (forecaster, first, last, isHalved)
    }
  }

  /// The step at which the weights arrive at their last value.
  static let steps = 18

  static func members(_ effort: Auto.Effort) -> [Member] {
    switch effort {
    case .fast:
      [
        Member(dampedLogarithm, 1.5, 2.5), Member(theta, 2, 2), Member(dampedETS, 1, 1.5),
        Member(airline, 2.5, 1), Member(trendless, 1.5, 1), Member(CES(), 0.5, 0.8),
      ]
    case .standard:
      [
        Member(dampedLogarithm, 1.5, 2.5), Member(theta, 1.5, 2),
        Member(AutoARIMA(transform: .log), 3.5, 0.5),
        Member(dampedETS, 1, 1.5), Member(airline, 0.7, 0.7), Member(trendless, 1.3, 1),
        Member(CES(), 0.5, 0.8), Member(TemporallyReconciled(dampedLogarithm), 0, 1.5, isHalved: false),
        Member(TemporallyReconciled(trendingLogarithm), 0, 1.5, isHalved: false),
        Member(AutomaticRegARIMA(), 10.0 / 3, 0, isHalved: false),
      ]
    case .thorough: members(.standard) + [Member(TemporallyReconciled(dampedETS), 0, 2, isHalved: false)]
    }
  }

  /// What takes the place of models of logarithms where a value is not above zero, with the sum of their weights.
  static let unbounded = [
    Member(
      ShrunkenSeason(ETS(.among(ETS.Form.all.filter { $0.trend == .additiveDamped && !$0.isSeasonal }))), 1.5,
      2.5),
    Member(theta, 1.5, 2), Member(AutoARIMA(), 4.2, 1.2), Member(dampedETS, 1, 1.5),
    Member(trendless, 1.3, 1),
    Member(CES(), 0.5, 0.8),
  ]

  /// A damped trend of the logarithms, the season shrunk.
  private static let dampedLogarithm = ShrunkenSeason(
    Transformed(ETS(.form(ETS.Form(trend: .additiveDamped))), by: .log))
  /// A trend of the logarithms that goes on, the season shrunk.
  private static let trendingLogarithm = ShrunkenSeason(
    Transformed(ETS(.form(ETS.Form(trend: .additive))), by: .log))
  /// Theta, the season shrunk.
  private static let theta = ShrunkenSeason(Theta(.dynamicOptimized, adjustment: .none))
  /// The airline model of the logarithms.
  private static let airline = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log)
  /// Exponential smoothing with a damped trend.
  private static let dampedETS = ETS(.among(usual.filter { $0.trend == .additiveDamped }))
  /// Exponential smoothing without a trend.
  private static let trendless = ETS(.among(usual.filter { $0.trend == .none }))
  /// The forms of automatic choice.
  private static let usual = ETS.Form.all.filter {
    !$0.trend.isMultiplicative && ($0.error == .multiplicative || $0.season != .multiplicative)
  }

  /// Models and weights by step for a series, with those of the series without outliers if there are any: one row a step, one weight a model.
  static func models(
    _ members: [Member], without linearization: Linearization?
  ) -> (forecasters: [any Forecaster], weights: [[Double]]) {
    var (forecasters, parts): ([any Forecaster], [Member]) = (members.map(\.forecaster), members)
    if let linearization {
      let halved = members.filter(\.isHalved)
      forecasters += halved.map { Linearized($0.forecaster, by: linearization) }
      func half(_ member: Member) -> Member { Member(member.forecaster, member.first / 2, member.last / 2) }
      parts = members.map { $0.isHalved ? half($0) : $0 } + halved.map(half)
    }
    let weights = (0..<steps).map { h in
      let way = Double(h) / Double(steps - 1)
      return parts.map { (1 - way) * $0.first + way * $0.last }
    }
    return (forecasters, weights)
  }

  /// By how much the spread of the members is widened in a step (from 1): 1.05 + 0.035 log h, constant from step 36 on.
  ///
  /// Each member takes its own parameters and its own form as known, and the future errs more than the past that was fitted.
  static func widening(_ step: Int) -> Double { 1.05 + 0.035 * .log(Double(min(step, 36))) }

  /// How many standard deviations from the members' median a member may be in a step; what is further off counts as being there.
  static let reach = 2.0
}
