import RealModule
import TradewindNumerics

/// The members of ``Auto``, their weights by step, and how much their intervals are widened.
///
/// The numbers are those of `Benchmarks/Combination/choose.py`, which says how they were found: on forecasts from within the
/// training spans of a collection of monthly series, on windows of trade series and on stretches of official statistics.
/// Its rows `auto` are what is shipped; in `standard` and `fast` there are no models of the last years. Those of ``short`` were
/// fitted to the same series cut short, and rounded; `short.py` judges them.
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
        Member(dampedLogarithm, 3, 2), Member(airline, 2.5, 0.8), Member(ARIMA.shrunken, 2.5, 1.5),
        Member(theta, 1, 1.5),
        Member(TemporallyReconciled(dampedLogarithm), 0, 2.5, isHalved: false),
        Member(TemporallyReconciled(trendingLogarithm), 0, 1, isHalved: false),
        Member(TemporallyReconciled(dampedETS), 0.5, 1.5, isHalved: false),
      ]
    case .standard:
      [
        Member(dampedLogarithm, 2.5, 1.2), Member(airline, 1.5, 0.6), Member(ARIMA.shrunken, 2.2, 1.6),
        Member(AutoARIMA(), 0.8, 0.3, isHalved: false),
        Member(AutomaticRegARIMA(), 1.1, 0.3, isHalved: false), Member(theta, 0.5, 1.2),
        Member(trendless, 0.6, 0.6), Member(CES(), 0.4, 0.4),
        Member(TemporallyReconciled(dampedLogarithm), 0, 2.5, isHalved: false),
        Member(TemporallyReconciled(trendingLogarithm), 0, 1.2, isHalved: false),
        Member(TemporallyReconciled(dampedETS), 0.4, 1.2, isHalved: false),
      ]
    case .thorough:
      members(.standard) + [
        Member(TemporallyReconciled(CES()), 0, 1.2, isHalved: false),
        Member(TemporallyReconciled(theta), 0, 1.2, isHalved: false),
      ]
    }
  }

  /// The members where a value is not above zero, without models of logarithms, at any effort.
  static let unbounded = [
    Member(
      ShrunkenSeason(ETS(.among(usual.filter { $0.trend == .additiveDamped && !$0.isSeasonal }))), 3, 1.2),
    Member(ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1))), 1.2, 0.4), Member(AutoARIMA(), 1.6, 0.8),
    Member(theta, 2, 2), Member(trendless, 0.4, 0.4), Member(CES(), 0.4, 0.8),
    Member(TemporallyReconciled(dampedETS), 0.4, 3, isHalved: false),
  ]

  /// The members where there is no season, as with yearly sums, at any effort: models of few parameters. `other_periods.py` judges them.
  static let seasonless = [
    Member(dampedLogarithm, 2, 2), Member(ARIMA(ARIMAOrder(0, 1, 1), transform: .log), 1, 1),
    Member(CES(), 1, 1), Member(Transformed(Drift(), by: .log), 1, 1, isHalved: false),
    Member(Naive(), 1, 1, isHalved: false),
  ]

  /// The same where a value is not above zero.
  static let seasonlessUnbounded = [
    Member(dampedETS, 2, 2), Member(ARIMA(ARIMAOrder(0, 1, 1)), 1, 1), Member(CES(), 1, 1),
    Member(Drift(), 1, 1, isHalved: false), Member(Naive(), 1, 1, isHalved: false),
  ]

  /// The members where hardly a season has been seen twice: models that know beforehand what seasons and coefficients are like.
  ///
  /// Of two seasons or less these alone take part; from there to ``longEnough`` seasons half of the weight and less, see ``shortShare(_:)``.
  static let short = [
    Member(ARIMA.shrunken, 6.5, 5.5), Member(shrunkenAirline, 2, 0.5), Member(SeasonalNaive(), 0.7, 3.3),
    Member(trendless, 0.5, 0.5),
  ]

  /// The same where a value is not above zero.
  static let shortUnbounded = [
    Member(ARIMA(ARIMA.shrunken.order, shrinkage: .standard), 6.5, 5.5), Member(SeasonalNaive(), 0.7, 3.3),
    Member(trendless, 2.5, 1),
  ]

  /// So many seasons from which on the members of short series have no part.
  static let longEnough = 5.0

  /// So many observations from which on they never have more than half of the weights, however long the season.
  static let enough = 36

  /// The share of the weights that ``short`` has, by the observations known: all up to two seasons, where other models see no season; a half
  /// just beyond, falling to nothing at ``longEnough`` seasons. Without a season none.
  static func shortShare(_ series: TimeSeries) -> Double {
    let (season, known) = (Double(series.seasonalPeriod), series.count - series.missingCount)
    let seasons = Double(known) / season
    guard season > 1 else { return 0 }
    if seasons <= 2 && known < enough { return 1 }
    return 0.5 * min(1, max(0, longEnough - seasons) / (longEnough - 2))
  }

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
  /// The same with coefficients near those of many series.
  private static let shrunkenAirline = ARIMA(
    ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log, shrinkage: .standard)
  /// Exponential smoothing with a damped trend.
  private static let dampedETS = ETS(.among(usual.filter { $0.trend == .additiveDamped }))
  /// Exponential smoothing without a trend.
  private static let trendless = ETS(.among(usual.filter { $0.trend == .none }))
  /// The forms of automatic choice.
  private static let usual = ETS.Form.all.filter {
    !$0.trend.isMultiplicative && ($0.error == .multiplicative || $0.season != .multiplicative)
  }

  /// In seasons, how much of a series is seen by the models that look at its last years alone, and from which length on there are such models.
  static let recent = (seasons: 10, needed: 12)

  /// Models and weights by step for a series: one row a step, one weight a model.
  ///
  /// A series without a season is forecast by other models. A short series is also, or only, forecast by models for short ones. Of a long series half of each weight goes to the same model of the last years; where outliers were found, half of that of most models to the same model
  /// without them.
  static func models(
    _ effort: Auto.Effort, for series: TimeSeries, without linearization: Linearization?
  ) -> (forecasters: [any Forecaster], weights: [[Double]]) {
    func scaled(_ member: Member, _ share: Double, _ forecaster: any Forecaster) -> Member {
      Member(forecaster, share * member.first, share * member.last, isHalved: member.isHalved)
    }
    func half(_ member: Member, _ forecaster: any Forecaster) -> Member { scaled(member, 0.5, forecaster) }
    let isPositive = series.values.allSatisfy { $0 > 0 || $0.isNaN }
    let (season, share) = (series.seasonalPeriod, shortShare(series))
    var parts: [Member] = []
    if season == 1 {
      parts = isPositive ? seasonless : seasonlessUnbounded
    } else if share < 1 {
      parts = (isPositive ? members(effort) : unbounded).map { scaled($0, 1 - share, $0.forecaster) }
    }
    if share > 0 { parts += (isPositive ? short : shortUnbounded).map { scaled($0, share, $0.forecaster) } }
    let last = season > 1 ? series.suffix(recent.seasons * season) : series
    // Not where most of the last years is unknown.
    if season > 1, series.count / season >= recent.needed, 2 * last.missingCount <= last.count {
      parts = parts.map { half($0, $0.forecaster) }
      parts += parts.map {
        Member(
          Recent($0.forecaster, periods: last.count), $0.first, $0.last, isHalved: $0.isHalved)
      }
    }
    if let linearization {
      parts = parts.map { $0.isHalved ? half($0, $0.forecaster) : $0 }
      parts += parts.filter(\.isHalved).map {
        Member(Linearized($0.forecaster, by: linearization), $0.first, $0.last)
      }
    }
    let weights = (0..<steps).map { h in
      let way = Double(h) / Double(steps - 1)
      return parts.map { (1 - way) * $0.first + way * $0.last }
    }
    return (parts.map(\.forecaster), weights)
  }

  /// By how much the spread of the members is widened, and drawn towards the size of a yearly difference.
  ///
  /// Each member takes its own parameters and its own form as known, and the future errs more than the past that was fitted, now and
  /// then by much more.
  static let widening = IntervalWidening(
    level: -0.47, growth: 0.33, shortness: 0.4, blend: 0.34, degreesOfFreedom: 6)

  /// How many scales the 95 % interval of the widened law reaches to either side.
  static let reach95 = StudentT(degreesOfFreedom: widening.degreesOfFreedom).quantile(0.975)

  /// The largest scale of errors: of two seasons or less the 95 % interval reaches at most six times as far to either side as the values differ from
  /// each other in the mean (Gini's mean difference), and covers 95 % so too. A variance estimated from some few values can be any.
  static func largestScale(_ series: TimeSeries) -> Double {
    guard shortShare(series) == 1 else { return .infinity }
    let values = series.values.filter { !$0.isNaN }
    guard values.count > 1 else { return .infinity }
    let sum = values.reduce(0) { sum, a in values.reduce(sum) { $0 + abs(a - $1) } }
    return 6 * sum / Double(values.count * (values.count - 1)) / reach95
  }

  /// How many standard deviations from the members' median a member may be in a step; what is further off counts as being there.
  static let reach = 2.0
}
