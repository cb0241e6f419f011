/// What the law of an ``ETS`` forecast takes into account beyond normal innovations at the parameters found.
///
/// <doc:ETSModels> says what either is worth.
public struct ETSUncertainty: Sendable, Hashable, Codable {
  /// Where innovations to come are drawn from.
  public enum Innovations: String, Sendable, Hashable, Codable, CaseIterable {
    /// The normal law.
    case normal
    /// The residuals of the fit less their mean, with equal probability, spread as the variance says.
    case bootstrap
  }

  /// Whether smoothing parameters and initial states are uncertain.
  ///
  /// They then have a normal law around their estimate, with the curvature of −log L and of the penalties there (Laplace's approximation, with that of
  /// Gauss and Newton for the curvature), cut off where the parameters may not lie: an estimate on a bound has one side only. Each path has
  /// its own draw of them, runs through the data to its own states, and goes on from there. What is held fixed or given stays so; ``ETS/InitialStates/heuristic``
  /// states count as known. The form and the innovations' variance count as known too.
  public var includesParameters: Bool
  /// Where innovations to come are drawn from.
  public var innovations: Innovations

  /// - Parameters:
  ///   - includesParameters: Whether smoothing parameters and initial states are uncertain; intervals are then drawn.
  ///   - innovations: Where innovations to come are drawn from; intervals are drawn unless they are normal.
  public init(includesParameters: Bool = false, innovations: Innovations = .normal) {
    self.includesParameters = includesParameters
    self.innovations = innovations
  }
}
