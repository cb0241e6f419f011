/// How trend T, season S and irregular I combine to what is observed.
///
/// | | X-13 `mode` | observed | adjusted | the series must be |
/// | --- | --- | --- | --- | --- |
/// | ``multiplicative`` | `mult` | T · S · I | y / S | above zero |
/// | ``additive`` | `add` | T + S + I | y − S | any |
/// | ``logAdditive`` | `logadd` | exp(T + S + I) | y / S | above zero |
/// | ``pseudoAdditive`` | `pseudoadd` | T · (S + I − 1) | y − T · (S − 1) | zero or above |
public enum X11Mode: String, Sendable, Hashable, Codable, CaseIterable {
  /// Season and irregular are factors about 1, found by division.
  case multiplicative
  /// Season and irregular are in the unit of the series.
  case additive
  /// Additive in logs. Season and irregular come back as factors; the trend is corrected for the bias of
  /// taking logs.
  case logAdditive
  /// Season and irregular are factors about 1 that add up: for series that stay above zero but come close to
  /// it in the same season of every year.
  case pseudoAdditive
}

extension X11Mode {
  /// Whether components are taken off by division inside the procedure. A log-additive one subtracts logs.
  var usesRatios: Bool { self == .multiplicative || self == .pseudoAdditive }

  /// Whether season and irregular come out as factors about 1.
  var givesFactors: Bool { self != .additive }
}
