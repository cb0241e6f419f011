/// Complex exponential smoothing: one complex smoothing parameter instead of a choice between level and trend.
///
/// ```swift
/// let fitted = try CES().fit(to: imports)
/// print(fitted.name, fitted.forecast(horizon: 3).mean)  // CES(P) […]
/// ```
///
/// Forecasts scale with the data. They do not shift with them: the model's own equilibrium lies at zero unless α₁ = 1.
/// Missing values: the states move on as if the expectation had been observed. A constant series is forecast as it is, with
/// intervals of no width. Values may be negative.
///
/// Reference: I. Svetunkov, N. Kourentzes and J. K. Ord (2022), "Complex exponential smoothing", Naval Research Logistics
/// 69(8):1108–1123, doi:10.1002/nav.22074.
public struct CES: Forecaster, Hashable {
  /// How the season enters.
  public enum Seasonality: String, Sendable, Hashable, Codable, CaseIterable {
    /// Not at all.
    case nonseasonal
    /// The model runs on each season by itself, at the seasonal lag.
    case simple
    /// Additive seasonal states with a real smoothing parameter.
    case partial
    /// Seasonal states with a complex smoothing parameter of their own.
    case full

    /// The usual letter: N, S, P or F.
    public var letter: String {
      switch self {
      case .nonseasonal: "N"
      case .simple: "S"
      case .partial: "P"
      case .full: "F"
      }
    }

    /// How many smoothing parameters there are, all real.
    var parameters: Int {
      switch self {
      case .nonseasonal, .simple: 2
      case .partial: 3
      case .full: 4
      }
    }

    /// How many initial states, which the data determine as well.
    func states(period: Int) -> Int {
      switch self {
      case .nonseasonal: 2
      case .simple: 2 * period
      case .partial: 1 + period
      case .full: 2 + 2 * period
      }
    }

    /// One observation more than is estimated, and two seasons.
    func observationsNeeded(period: Int) -> Int {
      max(self == .nonseasonal ? 0 : 2 * period, states(period: period) + parameters + 1)
    }
  }

  /// The season, or nil to choose by the smallest AICc.
  public var seasonality: Seasonality?

  /// - Parameter seasonality: How the season enters; nil chooses among those that the series is long enough for.
  public init(_ seasonality: Seasonality? = nil) {
    self.seasonality = seasonality
  }

  public var name: String { seasonality.map { "CES(\($0.letter))" } ?? "CES" }

  /// Fits the model: smoothing parameters by least squares, initial states by backcasting.
  ///
  /// - Throws: ``ForecastError/tooShort(model:needed:found:)`` with fewer than 5 observations, or fewer than a given season
  ///   needs (for monthly data 27, 24 and 31 for simple, partial and full); ``ForecastError/notSeasonal(model:seasonalPeriod:)``
  ///   for a season asked for where the period is 1; ``ForecastError/cannotFit(model:reason:)`` if gaps hide a season whole or
  ///   the errors cannot be computed; ``ForecastError/noObservations(count:)`` and ``ForecastError/notFinite(period:value:)``
  ///   as every model.
  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedCES {
    try series.checkForForecasting()
    let (found, period) = (series.count - series.missingCount, series.seasonalPeriod)
    if let seasonality, seasonality != .nonseasonal, period == 1 {
      throw .notSeasonal(model: name, seasonalPeriod: period)
    }
    let needed = (seasonality ?? .nonseasonal).observationsNeeded(period: period)
    guard found >= needed else { throw .tooShort(model: name, needed: needed, found: found) }
    let candidate =
      if let seasonality { try Self.candidate(seasonality, of: series) } else {
        Self.best(of: series, found: found)
      }
    guard let candidate else {
      throw .cannotFit(model: name, reason: "its errors exceed the range of numbers")
    }
    return FittedCES(series, candidate)
  }

  /// A season with its search's result.
  struct Candidate {
    let problem: CESProblem
    let result: CESSearch.Result

    /// AICc; without errors nothing is better.
    var score: Double { FittedCES.criteria(problem, result.squares)?.aicc ?? -.infinity }

    /// Of equals that with fewer states.
    func isBetter(than other: Candidate) -> Bool {
      func states(_ problem: CESProblem) -> Int { problem.seasonality.states(period: problem.period) }
      return score < other.score || score == other.score && states(problem) < states(other.problem)
    }

    /// The sum of squares that would give another season the same AICc.
    func squares(for other: CES.Seasonality) -> Double {
      func penalty(_ seasonality: CES.Seasonality) -> Double {
        InformationCriteria(
          logLikelihood: 0, parameters: seasonality.parameters + 1, observations: problem.observed
        ).aicc
      }
      return result.squares * .exp((penalty(problem.seasonality) - penalty(other)) / Double(problem.observed))
    }
  }

  /// Nil if the search saw that the sum of squares will hardly come below `limit`. The full season starts where the partial
  /// one ended, which is a case of it.
  private static func candidate(
    _ seasonality: Seasonality, of series: TimeSeries, after partial: Candidate? = nil,
    below limit: Double = .infinity
  ) throws(ForecastError) -> Candidate? {
    var (problem, start) = (CESProblem?.none, CESSearch.Vector?.none)
    if seasonality == .full {
      let near: Candidate?
      if let partial { near = partial } else { near = try candidate(.partial, of: series) }
      // Where the partial season has no finite errors the full one has no start.
      guard let near else { return nil }
      problem = CESProblem(.full, asOf: near.problem)
      start = near.result.point + CESSearch.Vector(0, 0, 1, 0)
    }
    let posed: CESProblem
    if let problem { posed = problem } else { posed = try CESProblem(seasonality, series) }
    var search = CESSearch(posed)
    return search.run(from: start, below: limit).map { Candidate(problem: posed, result: $0) }
  }

  /// The smallest AICc among the seasons that the series is long enough for; of equals that with the fewest states.
  private static func best(of series: TimeSeries, found: Int) -> Candidate? {
    let period = series.seasonalPeriod
    let seasons = period == 1 ? [.nonseasonal] : [Seasonality.partial, .full, .nonseasonal, .simple]
    var best: Candidate?
    // What is likely to be good comes first, so that others may be given up early. A season that gaps hide is no candidate.
    for seasonality in seasons where found >= seasonality.observationsNeeded(period: period) {
      let limit = best?.squares(for: seasonality) ?? .infinity
      guard
        let new = try? candidate(
          seasonality, of: series, after: seasonality == .full ? best : nil, below: limit)
      else { continue }
      if best.map({ new.isBetter(than: $0) }) ?? true { best = new }
    }
    return best
  }
}
