/// A model whose intervals are made to hold their level, by its own past errors or by what was learned from many series.
///
/// ```swift
/// let forecast = try Calibrated(ETS(), by: .conformal()).fit(to: imports).forecast(horizon: 3)
/// ```
///
/// Points stay as the base model says. Each step's errors are stretched so that intervals hold their level, the dependence between the
/// steps stays, so that totals follow. <doc:CalibratingIntervals> compares the ways.
///
/// Missing values are left to the base model; what it refuses is refused. A constant series keeps intervals of no width.
public struct Calibrated<Base: Forecaster>: Forecaster {
  /// The model whose intervals are calibrated.
  public let base: Base
  /// How.
  public let method: CalibrationMethod

  public init(_ base: Base, by method: CalibrationMethod = .learned()) {
    self.base = base
    self.method = method
  }

  public var name: String { "calibrated \(base.name)" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedCalibrated<Base.Fitted> {
    let fitted = try base.fit(to: series)
    switch method {
    case .learned(let widening):
      return FittedCalibrated(
        base: fitted, widening: widening, scores: nil, basis: IntervalWidening.Basis(series))
    case .conformal(let plan, let rate):
      let result = plan.backtest.run(on: series, with: [base])
      var scores = Optional(ConformalScores(result)).flatMap { $0.fewest >= plan.fewest ? $0 : nil }
      if let rate { scores = scores?.adapted(rate: rate) }
      return FittedCalibrated(
        base: fitted, widening: .standard, scores: scores, basis: IntervalWidening.Basis(series))
    }
  }
}

/// Where the widths of intervals come from.
public enum CalibrationMethod: Sendable, Hashable {
  /// From a table learned from many series: costs nothing, and serves short series.
  case learned(IntervalWidening = .standard)
  /// From the series' own errors at origins of its past, scaled by the model's intervals there (``ConformalScores``); a series with too few
  /// origins takes the table. With an adaptation rate levels follow how often intervals held of late.
  case conformal(ConformalPlan = ConformalPlan(), adaptationRate: Double? = nil)
}

/// At which origins of the past a model's errors are collected.
public struct ConformalPlan: Sendable, Hashable {
  /// Steps that are scored, at least 1; those beyond take the last one's scores.
  public var horizon: Int
  /// How many origins at the most, at least 1.
  public var origins: Int
  /// At every so many origins the model is fitted anew, at least 1.
  public var refit: Int
  /// With fewer scores the table is taken, at least 1.
  public var fewest: Int

  /// - Precondition: All are at least 1.
  public init(horizon: Int = 18, origins: Int = 40, refit: Int = 6, fewest: Int = 12) {
    precondition(min(horizon, origins, refit, fewest) >= 1, "All counts are at least 1.")
    (self.horizon, self.origins, self.refit, self.fewest) = (horizon, origins, refit, fewest)
  }

  var backtest: Backtest {
    Backtest(
      horizon: horizon, origins: origins, refit: refit, levels: [ConformalScores.unitLevel], point: .median,
      paths: 500)
  }
}
