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

    init(_ forecaster: any Forecaster, _ first: Double, _ last: Double) {
      (self.forecaster, self.first, self.last) = (forecaster, first, last)
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
        Member(CES(), 0.5, 0.8),
      ]
    case .thorough: members(.standard) + [Member(AutomaticRegARIMA(), 10.0 / 3, 0)]
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

  /// One row a step, one weight a member.
  static func weights(_ members: [Member]) -> [[Double]] {
    (0..<steps).map { h in
      let way = Double(h) / Double(steps - 1)
      return members.map { (1 - way) * $0.first + way * $0.last }
    }
  }

  /// By how much the mean spread of the members is widened in a step (from 1): 1.02 + 0.10 log h, constant from step 36 on.
  ///
  /// Each member takes its own parameters and its own form as known, and the future errs more than the past that was fitted.
  static func widening(_ step: Int) -> Double { 1.02 + 0.10 * .log(Double(min(step, 36))) }
}
