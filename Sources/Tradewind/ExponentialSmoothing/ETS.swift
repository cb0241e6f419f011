/// Exponential smoothing in state space form: thirty models of error, trend and season, or an automatic choice.
///
/// A level, a slope and a season are carried from period to period, each corrected by a part (α, β, γ) of what the
/// one-step forecast missed. The equations and the evidence are in <doc:ETSModels>.
///
/// ```swift
/// let model = try ETS().fit(to: imports)
/// print(model.form)                             // such as ETS(M,Ad,M)
/// let forecast = model.forecast(horizon: 3)
/// print(forecast.mean, forecast.total(over: .quarter))
/// ```
///
/// Missing values carry the states forward, and the likelihood is of what was observed. Values may be of any size;
/// multiplicative components need them above zero, and automatic choice leaves such components out where they are not.
///
/// Hyndman, R. J., Koehler, A. B., Ord, J. K. and Snyder, R. D. (2008), *Forecasting with Exponential Smoothing*, Springer,
/// doi:10.1007/978-3-540-71918-2.
public struct ETS: Forecaster {
  /// Which model is fitted.
  public enum Choice: Sendable, Hashable {
    /// The best by ``ETS/criterion`` of all forms that the series allows, without multiplicative trends and without
    /// additive errors beside a multiplicative season, as R chooses.
    case automatic
    /// The best of these, as far as the series allows them.
    case among([Form])
    /// This form.
    case form(Form)
  }

  /// What automatic choice minimises.
  public enum Criterion: Sendable, Hashable, Codable { case aic, aicc, bic }

  /// Where the smoothing parameters may lie.
  public enum Region: Sendable, Hashable, Codable {
    /// 10⁻⁴ ≤ α ≤ 0.9999, 0 < β < α, 0 < γ < 1 − α, 0.8 ≤ φ ≤ 0.98, so that the equations are weighted averages.
    case usual
    /// Wherever the weights of past observations die out (for the additive model of the same trend and season): α may
    /// pass 1, and β may pass α. 0.8 ≤ φ ≤ 0.98.
    case admissible
  }

  /// What the parameters make best.
  public enum Objective: Sendable, Hashable, Codable {
    /// The likelihood with normal errors.
    case likelihood
    /// The mean of the squared one-step errors (y − f)², also where the error is multiplicative.
    case meanSquaredError
    /// The mean of the absolute one-step errors |y − f|.
    case meanAbsoluteError
    /// The mean, over 1 … `horizon` steps ahead, of the mean squared errors of so many steps (R's AMSE, with 3). Slower: its
    /// derivatives are differences.
    case averageMeanSquaredError(horizon: Int)
  }

  /// Where the initial states come from.
  public enum InitialStates: Sendable, Hashable {
    /// Estimated with the parameters, held near the heuristic ones by a penalty. The default.
    case penalised
    /// Estimated with the parameters, freely: maximum likelihood, from four starts.
    case estimated
    /// From a classical decomposition and a line through the first observations.
    case heuristic
    /// These.
    case given(State)
  }

  /// Level, slope and seasons at one point in time.
  public struct State: Sendable, Hashable, Codable {
    public var level: Double
    /// The slope added each period, or the growth factor of a multiplicative trend; nil without trend.
    public var slope: Double?
    /// One value a season, that of the next period first; empty without season.
    public var seasonal: [Double]

    public init(level: Double, slope: Double? = nil, seasonal: [Double] = []) {
      self.level = level
      self.slope = slope
      self.seasonal = seasonal
    }
  }

  /// Smoothing parameters; nil where a model has none, or, before fitting, where it is to be estimated.
  public struct Parameters: Sendable, Hashable, Codable {
    /// The level's part of an error.
    public var alpha: Double?
    /// The slope's part of an error.
    public var beta: Double?
    /// The season's part of an error.
    public var gamma: Double?
    /// What is left of the slope after each period.
    public var phi: Double?

    public init(alpha: Double? = nil, beta: Double? = nil, gamma: Double? = nil, phi: Double? = nil) {
      self.alpha = alpha
      self.beta = beta
      self.gamma = gamma
      self.phi = phi
    }
  }

  /// The longest season modelled: every day of a leap year.
  public static let longestSeason = 366

  public var choice: Choice
  public var criterion: Criterion
  public var region: Region
  public var objective: Objective
  public var initialStates: InitialStates
  /// How the penalised estimate is held.
  public var shrinkage: Shrinkage
  /// Parameters that are not to be estimated, each in 0…2.
  public var fixed: Parameters
  /// What the law of forecasts takes into account beyond normal innovations.
  public var uncertainty: ETSUncertainty

  /// - Parameters:
  ///   - choice: The model, or how it is chosen.
  ///   - criterion: What automatic choice minimises.
  ///   - region: Where the smoothing parameters may lie.
  ///   - objective: What the parameters make best. Choice among several forms always compares likelihoods.
  ///   - initialStates: Where the initial states come from.
  ///   - shrinkage: How the penalised estimate is held; without effect on the others.
  ///   - fixed: Parameters that are not to be estimated.
  ///   - uncertainty: What the law of forecasts takes into account beyond normal innovations.
  /// - Precondition: Fixed parameters lie in 0…2, and φ in 0…1; errors are averaged over 1 to 366 steps.
  public init(
    _ choice: Choice = .automatic, criterion: Criterion = .aicc, region: Region = .usual,
    objective: Objective = .likelihood, initialStates: InitialStates = .penalised,
    shrinkage: Shrinkage = .standard, fixed: Parameters = Parameters(),
    uncertainty: ETSUncertainty = ETSUncertainty()
  ) {
    for value in [fixed.alpha, fixed.beta, fixed.gamma] {
      precondition(value.map { (0...2).contains($0) } ?? true, "A smoothing parameter lies from 0 to 2.")
    }
    precondition(fixed.phi.map { (0...1).contains($0) } ?? true, "The damping φ lies from 0 to 1.")
    if case .averageMeanSquaredError(let horizon) = objective {
      precondition((1...366).contains(horizon), "Errors are averaged over 1 to 366 steps.")
    }
    self.choice = choice
    self.criterion = criterion
    self.region = region
    self.objective = objective
    self.initialStates = initialStates
    self.shrinkage = shrinkage
    self.fixed = fixed
    self.uncertainty = uncertainty
  }

  /// The given form's name, or `ETS`.
  public var name: String {
    if case .form(let form) = choice { return form.description }
    return "ETS"
  }
}
