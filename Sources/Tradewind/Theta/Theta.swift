/// The Theta method and its state space models: simple exponential smoothing with a part of the linear trend.
///
/// ```swift
/// let fitted = try Theta(.dynamicOptimized).fit(to: imports)
/// print(fitted.alpha, fitted.theta, fitted.forecast(horizon: 3).mean)
/// ```
///
/// A series is first freed of its season if a test finds one (``Adjustment/tested``), then smoothed, and the season is put
/// back on the forecasts. Forecasts scale with the data, and shift with them unless the season is multiplicative.
///
/// Missing values: the level is carried along the model's own expectation, the line is drawn through what was observed.
/// Leading missing values are left out. At least three observations are needed, more by the optimised models; a constant
/// series is forecast as it is, with intervals of no width; a straight line is continued at half its slope by the standard
/// method, and with a slope chosen by the fit by the optimised ones.
///
/// References: V. Assimakopoulos and K. Nikolopoulos (2000), "The theta model: a decomposition approach to forecasting",
/// International Journal of Forecasting 16:521–530, doi:10.1016/S0169-2070(00)00066-2; R. J. Hyndman and B. Billah (2003),
/// "Unmasking the Theta method", IJF 19:287–290, doi:10.1016/S0169-2070(01)00143-1; J. A. Fiorucci, T. R. Pellegrini,
/// F. Louzada, F. Petropoulos and A. B. Koehler (2016), "Models for optimising the theta method and their relationship to
/// state space models", IJF 32:1151–1161, doi:10.1016/j.ijforecast.2016.02.005.
public struct Theta: Forecaster, Hashable {
  /// Which of the models.
  public enum Variant: String, Sendable, Hashable, Codable, CaseIterable {
    /// The method of 2000 in the form of Hyndman & Billah: simple exponential smoothing, its forecasts given a drift of half
    /// the slope of the line through the series. Equal to `forecast::thetaf` of R.
    case standard
    /// θ estimated, the line through the whole series (OTM of Fiorucci et al.).
    case optimized
    /// θ = 2, the line through the past of each period (DSTM).
    case dynamicStandard
    /// θ estimated, the line through the past of each period (DOTM).
    case dynamicOptimized

    /// The usual abbreviation: `STM`, `OTM`, `DSTM`, `DOTM`.
    public var abbreviation: String {
      switch self {
      case .standard: "STM"
      case .optimized: "OTM"
      case .dynamicStandard: "DSTM"
      case .dynamicOptimized: "DOTM"
      }
    }

    /// Whether the line moves with each observation.
    var isDynamic: Bool { self == .dynamicStandard || self == .dynamicOptimized }

    /// Whether θ is estimated.
    var isOptimized: Bool { self == .optimized || self == .dynamicOptimized }

    /// What the search chooses: α, ℓ₀ and perhaps θ.
    var parameters: Int { isOptimized ? 3 : 2 }

    /// Observations whose errors do not count: the first three, as in Fiorucci et al.'s own program, since ℓ₀ and the
    /// dynamic line are arbitrary there. The standard method counts all.
    var warmUp: Int { self == .standard ? 0 : 3 }

    /// One error more than parameters, so that the variance is known.
    var observationsNeeded: Int { warmUp + parameters + 1 }
  }

  /// How the season is taken out before and put back after.
  public enum Adjustment: String, Sendable, Hashable, Codable, CaseIterable {
    /// Multiplicative where a test finds a season (see ``Theta/isSeasonal(_:)``), or additive if a value is not above zero or
    /// a factor is below 0.01; not at all where there is no season or gaps hide one.
    case tested
    /// Not at all.
    case none
    /// By differences from the trend.
    case additive
    /// By factors.
    case multiplicative
  }

  /// The model; nil chooses by the criterion described at ``fit(to:)``.
  public var variant: Variant?
  /// How the season is treated.
  public var adjustment: Adjustment

  /// - Parameters:
  ///   - variant: The model, or nil for an automatic choice among the four.
  ///   - adjustment: How the season is treated.
  public init(_ variant: Variant? = .dynamicOptimized, adjustment: Adjustment = .tested) {
    self.variant = variant
    self.adjustment = adjustment
  }

  public var name: String { variant?.abbreviation ?? "Theta" }

  /// Fits the model.
  ///
  /// α minimises the sum of squared one-step errors (after the first three observations, except by the standard method),
  /// ℓ₀ and 1 − 1/θ being solved for exactly at every α; 0.0001 ≤ α ≤ 0.9999 by the standard method, as in R, otherwise
  /// 0.1 ≤ α ≤ 0.99 and θ ≥ 1, as in the program of Fiorucci et al.
  ///
  /// The automatic choice takes the smallest AICc of the errors after the first three observations, with 2 parameters for
  /// STM and DSTM, 3 for DOTM, and 5 for OTM, whose line is estimated from the same errors' future. (statsforecast compares
  /// the mean squared errors alone.)
  ///
  /// - Throws: ``ForecastError/tooShort(model:needed:found:)`` with fewer than 3 (STM, automatic), 6 (DSTM) or 7 (OTM, DOTM)
  ///   observations; for an adjustment asked for that the series does not allow, ``ForecastError/notSeasonal(model:seasonalPeriod:)``,
  ///   ``ForecastError/notPositive(model:period:value:)``, ``ForecastError/tooShort(model:needed:found:)`` or
  ///   ``ForecastError/cannotFit(model:reason:)``; ``ForecastError/noObservations(count:)`` and
  ///   ``ForecastError/notFinite(period:value:)`` as every model.
  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedTheta {
    try series.checkForForecasting()
    let found = series.count - series.missingCount
    let needed = variant?.observationsNeeded ?? Variant.standard.observationsNeeded
    guard found >= needed else { throw .tooShort(model: name, needed: needed, found: found) }
    let season = try ThetaSeason(of: series, adjustment, model: name)
    let problem = ThetaProblem(season.removed(from: series.values))
    if let variant { return FittedTheta(series, season, problem, problem.estimate(variant)) }
    let candidates = Variant.allCases.filter { found >= $0.observationsNeeded }.map { problem.estimate($0) }
    // Exact fits have no criterion; the first of them is the simplest.
    var best = candidates[0]
    for candidate in candidates.dropFirst() where candidate.selectionScore < best.selectionScore {
      best = candidate
    }
    return FittedTheta(series, season, problem, best)
  }
}
