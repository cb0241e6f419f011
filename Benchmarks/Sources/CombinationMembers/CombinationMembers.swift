import Foundation
import Measuring
import SeriesTasks
import Tradewind

/// Forecasts of many models for many stretches of series, in a file that `Combination/windows.py` reads.
///
///     CombinationMembers TASKS.csv FOLDER [MODEL…]
///
/// A line of the tasks is `name,start,season,value,value,…`, `start` the number of the first month from the year 0 on. For each
/// model a file `MODEL.f64` is written: for each task the means of 24 steps, then the lower and the upper end of the 95 %
/// intervals, as 72 doubles; NaN where the model does not apply.
@main
enum CombinationMembers {
  static let horizon = 24

  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else {
      print("CombinationMembers TASKS.csv FOLDER [MODEL…]")
      exit(64)
    }
    let tasks = try SeriesTasks.read(arguments[0])
    let named = arguments.dropFirst(2)
    let chosen =
      named.isEmpty ? members : members.filter { named.contains($0.name) } + named.compactMap(shrunken)
    for member in chosen {
      let begin = CPUTime.now
      let rows = await SeriesTasks.parallel(tasks, member.forecast)
      let flat = rows.flatMap(\.self)
      let data = flat.withUnsafeBytes { Data($0) }
      try data.write(to: URL(filePath: "\(arguments[1])/\(member.name).f64"))
      print(member.name, (CPUTime.now - begin) / Double(tasks.count) * 1000, "ms a task")
      fflush(nil)
    }
  }

  struct Member: Sendable {
    let name: String
    let forecast: @Sendable (TimeSeries) -> [Double]

    init(_ name: String, _ model: some Forecaster) {
      self.name = name
      forecast = { CombinationMembers.row(model, $0) }
    }

    init(_ name: String, _ forecast: @escaping @Sendable (TimeSeries) -> [Double]) {
      self.name = name
      self.forecast = forecast
    }
  }

  /// A shrunken ARIMA model with other priors: `priors:` and the centres and deviations of φ₁, θ₁, θ₂, Φ₁ and Θ₁ between commas.
  static func shrunken(_ name: String) -> Member? {
    let p = name.dropFirst(7).split(separator: ",").compactMap { Double($0) }
    guard name.hasPrefix("priors:"), p.count == 10 else { return nil }
    func prior(_ j: Int) -> ARIMAShrinkage.Prior { .init(centre: p[2 * j], deviation: p[2 * j + 1]) }
    let shrinkage = ARIMAShrinkage(
      ar: .init(first: prior(0)), ma: .init(first: prior(1), further: prior(2)),
      seasonalAR: .init(first: prior(3)), seasonalMA: .init(first: prior(4)))
    return Member(
      name, ARIMA(ARIMAOrder(1, 1, 2, seasonal: (1, 0, 1)), transform: .log, shrinkage: shrinkage))
  }

  static let missing = [Double](repeating: .nan, count: 3 * horizon)

  static func row(_ model: some Forecaster, _ series: TimeSeries) -> [Double] {
    guard let fit = try? model.fit(to: series) else { return missing }
    let forecast = fit.forecast(horizon: horizon, levels: [0.95], paths: 200)
    return forecast.median + forecast.intervals.map { $0[0].lower } + forecast.intervals.map { $0[0].upper }
  }

  /// The points, which need not be the median of a drawn law, with intervals from more draws.
  static func points(_ model: some Forecaster, _ series: TimeSeries) -> [Double] {
    guard let fit = try? model.fit(to: series) else { return missing }
    return row(fit.forecast(horizon: horizon, levels: [0.95], paths: 2000, seed: seed(series)))
  }

  /// In the place of steps the totals of the first 3, 6, 12 and 18, first with their 80 % and then with their 95 % intervals.
  static func totals(_ model: some Forecaster, _ series: TimeSeries) -> [Double] {
    guard let fit = try? model.fit(to: series) else { return missing }
    let forecast = fit.forecast(horizon: 18, levels: [0.8, 0.95], paths: 2000, seed: seed(series))
    var row = [Double](repeating: 0, count: 3 * horizon)
    for (place, months) in [3, 6, 12, 18].enumerated() {
      guard let total = forecast.total(ofSteps: 0..<months) else { return missing }
      for level in 0..<2 {
        row[4 * level + place] = total.median
        row[horizon + 4 * level + place] = total.intervals[level].lower
        row[2 * horizon + 4 * level + place] = total.intervals[level].upper
      }
    }
    return row
  }

  /// One for each series, so that what drawing errs by is another in each and averages out.
  private static func seed(_ series: TimeSeries) -> UInt64 {
    series.name.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
  }

  private static func row(_ forecast: Forecast) -> [Double] {
    forecast.mean + forecast.intervals.map { $0[0].lower } + forecast.intervals.map { $0[0].upper }
  }

  static let damped = ETS(
    .among(
      ETS.Form.all.filter {
        $0.trend == .additiveDamped && ($0.error == .multiplicative || $0.season != .multiplicative)
      }))
  static let trendless = ETS(
    .among(
      ETS.Form.all.filter {
        $0.trend == .none && ($0.error == .multiplicative || $0.season != .multiplicative)
      }))
  static let dampedLogarithm = ShrunkenSeason(
    Transformed(ETS(.form(ETS.Form(trend: .additiveDamped))), by: .log))
  static let trendingLogarithm = ShrunkenSeason(
    Transformed(ETS(.form(ETS.Form(trend: .additive))), by: .log))
  static let flatDampedPlain = ETS(.form(ETS.Form(trend: .additiveDamped)))
  static let flatDamped = ETS(
    .among([
      ETS.Form(error: .additive, trend: .additiveDamped),
      ETS.Form(error: .multiplicative, trend: .additiveDamped),
    ]))
  static let additive = ETS(
    .among(
      ETS.Form.all.filter {
        !$0.trend.isMultiplicativeForm && $0.error == .additive && $0.season != .multiplicative
      }))

  static let members: [Member] = [
    Member("auto", Auto()),
    Member("autofast", Auto(effort: .fast)),
    Member("autothorough", Auto(effort: .thorough)),
    Member("auto-totals") { totals(Auto(), $0) },
    Member("autofast-totals") { totals(Auto(effort: .fast), $0) },
    Member("autoplain") { series in
      row(Auto(), TimeSeries(series.values, start: .month(0, 1), name: series.name))
    },
    Member("ets", ETS()), Member("calibratedets", Calibrated(ETS())),
    Member("dot", Theta(.dynamicOptimized)),
    Member("theta", Theta(.standard)),
    Member("ces", CES()),
    Member("arima", AutoARIMA()),
    Member("arimalog", AutoARIMA(transform: .log)),
    Member("etslog", Transformed(additive, by: .log)),
    Member("etsdamped", damped),
    Member("etsml", ETS(initialStates: .estimated)),
    Member("stldot", SeasonallyAdjusted(Theta(.dynamicOptimized))),
    Member("stlets", SeasonallyAdjusted(ETS())),
    Member("mstldot", SeasonallyAdjusted(Theta(.dynamicOptimized), by: MSTL())),
    Member("stllogets", Transformed(SeasonallyAdjusted(additive), by: .log)),
    Member("snaive", SeasonalNaive()),
    Member("airlog", ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log)),
    Member(
      "airlogshrunken", ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log, shrinkage: .standard)
    ),
    Member("onelog", ARIMA(ARIMAOrder(0, 1, 1), transform: .log)),
    Member("onelogshrunken", ARIMA(ARIMAOrder(0, 1, 1), transform: .log, shrinkage: .standard)),
    Member("threelogshrunken", ARIMA(ARIMAOrder(1, 1, 2), transform: .log, shrinkage: .standard)),
    Member("drift", Drift()), Member("driftlog", Transformed(Drift(), by: .log)), Member("naive", Naive()),
    Member("etsdampedlog", Transformed(flatDampedPlain, by: .log)),
    Member("holtlog", Transformed(ETS(.form(ETS.Form(trend: .additive))), by: .log)),
    Member("arma", ARIMA(ARIMAOrder(1, 1, 2, seasonal: (1, 0, 1)), transform: .log)),
    Member("armashrunken", ARIMA.shrunken),
    Member("free-armashrunken", Linearized(ARIMA.shrunken)),
    Member("air", ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)))),
    Member("seasondot", ShrunkenSeason(Theta(.dynamicOptimized, adjustment: .none))),
    Member("seasonets", ShrunkenSeason(ETS())),
    Member("seasonarima", ShrunkenSeason(AutoARIMA(isSeasonal: false))),
    Member("seasonses", ShrunkenSeason(ETS(.form(ETS.Form(error: .additive))))),
    Member("seasondamped", ShrunkenSeason(flatDamped)),
    Member(
      "seasondampedlog", ShrunkenSeason(Transformed(ETS(.form(ETS.Form(trend: .additiveDamped))), by: .log))),
    Member("seasonarimalog", ShrunkenSeason(AutoARIMA(isSeasonal: false, transform: .log))),
    Member("seasontheta", ShrunkenSeason(Theta(.standard, adjustment: .none))),
    Member("seasonces", ShrunkenSeason(CES(.nonseasonal))),
    Member(
      "dampedlog",
      Transformed(
        ETS(
          .among(
            ETS.Form.all.filter {
              $0.trend == .additiveDamped && $0.error == .additive && $0.season != .multiplicative
            })), by: .log)),
    Member("etsnone", trendless),
    Member("ets-drawn") { points(ETS(uncertainty: ETSUncertainty(innovations: .bootstrap)), $0) },
    Member("ets-parameters") { points(ETS(uncertainty: ETSUncertainty(includesParameters: true)), $0) },
    Member("ets-parameters-drawn") {
      points(ETS(uncertainty: ETSUncertainty(includesParameters: true, innovations: .bootstrap)), $0)
    },
    Member("etsml-parameters") {
      points(ETS(initialStates: .estimated, uncertainty: ETSUncertainty(includesParameters: true)), $0)
    },
    Member("bagged-ets") { points(Bagged(ETS()), $0) },
    Member("bagged-ets-median") { points(Bagged(ETS(), centre: .median), $0) },
    Member("bagged-ets-drawn") { points(Bagged(ETS(), keepsEnd: false), $0) },
    Member("bagged-ets-drawn-median") { points(Bagged(ETS(), keepsEnd: false, centre: .median), $0) },
    Member("bagged-ets-100") { points(Bagged(ETS(), copies: 100), $0) },
    Member("bagged-etsml") { points(Bagged(ETS(initialStates: .estimated)), $0) },
    Member("bagged-etsml-drawn") { points(Bagged(ETS(initialStates: .estimated), keepsEnd: false), $0) },
    Member("bagged-autofast") { points(Bagged(Auto(effort: .fast), copies: 10), $0) },
    Member("ets-paths") { series in
      guard let fit = try? ETS().fit(to: series) else { return missing }
      let paths = fit.samplePaths(horizon: horizon, count: 2000, seed: seed(series))
      return row(
        Forecast(
          of: series, model: fit.name, mean: fit.forecast(horizon: horizon, levels: []).mean, paths: paths,
          levels: [0.95]))
    },
    Member("ets2") { aggregated($0, 2, ETS()) },
    Member("ets3") { aggregated($0, 3, ETS()) },
    Member("ets4") { aggregated($0, 4, ETS()) },
    Member("ets6") { aggregated($0, 6, ETS()) },
    Member("ets12") { aggregated($0, 12, ETS()) },
    Member("dot3") { aggregated($0, 3, Theta(.dynamicOptimized)) },
    Member("dot12") { aggregated($0, 12, Theta(.dynamicOptimized)) },
    Member("arima3") { aggregated($0, 3, AutoARIMA()) },
    Member("regarima", AutomaticRegARIMA()),
    Member("years-dampedlog", TemporallyReconciled(dampedLogarithm)),
    Member("years-holtlog", TemporallyReconciled(trendingLogarithm)),
    Member("years-etsdamped", TemporallyReconciled(damped)),
    Member("years-dot", TemporallyReconciled(ShrunkenSeason(Theta(.dynamicOptimized, adjustment: .none)))),
    Member("years-ces", TemporallyReconciled(CES())),
    Member("free-ets", Linearized(ETS())),
    Member("free-seasondampedlog", Linearized(dampedLogarithm)),
    Member("free-seasondot", Linearized(ShrunkenSeason(Theta(.dynamicOptimized, adjustment: .none)))),
    Member("free-arimalog", Linearized(AutoARIMA(transform: .log))),
    Member("free-etsdamped", Linearized(damped)),
    Member("free-airlog", Linearized(ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log))),
    Member("free-etsnone", Linearized(trendless)),
    Member("free-ces", Linearized(CES())),
  ]

  /// Forecasts of blocks of `size` months that end with the series, as means of each month of the block.
  static func aggregated(_ series: TimeSeries, _ size: Int, _ model: some Forecaster) -> [Double] {
    let blocks = series.count / size
    let first = series.count - blocks * size
    let values = (0..<blocks).map { b in
      series.values[first + b * size..<first + (b + 1) * size].reduce(0, +) / Double(size)
    }
    let coarse = TimeSeries(
      values, start: .month(2000, 1), seasonalPeriod: max(1, series.seasonalPeriod / size))
    let coarseRow = row(model, coarse)
    return (0..<3).flatMap { part in (0..<horizon).map { coarseRow[part * horizon + $0 / size] } }
  }
}

extension ETS.TrendComponent {
  var isMultiplicativeForm: Bool { self == .multiplicative || self == .multiplicativeDamped }
}
