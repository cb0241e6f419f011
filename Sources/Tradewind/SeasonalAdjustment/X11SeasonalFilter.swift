/// The moving average that turns the detrended values of one season of the year into its seasonal factors.
///
/// A 3 × k average is a mean of three of k consecutive years' means, so it spans k + 2 years. The longer, the
/// less the season may change.
public enum X11SeasonalFilter: String, Sendable, Hashable, Codable, CaseIterable {
  /// Chosen by the ratio of irregular to seasonal movements (the global moving seasonality ratio): 3 × 3, 3 × 5
  /// or 3 × 9 for the final factors, ``x11Default`` before that. X-13: `msr`.
  case automatic = "msr"
  /// 3 × 3 for the first estimate of each part, 3 × 5 for the second. X-13: `x11default`.
  case x11Default = "x11default"
  /// Three years, equal weights. X-13: `s3x1`.
  case s3x1
  /// Five years. X-13: `s3x3`.
  case s3x3
  /// Seven years. X-13: `s3x5`.
  case s3x5
  /// Eleven years. X-13: `s3x9`.
  case s3x9
  /// Seventeen years; ``stable`` where a season has fewer than 20 values. X-13: `s3x15`.
  case s3x15
  /// The mean of all years: a season that does not change. X-13: `stable`.
  case stable

  /// Which of the two estimates of a part is being made.
  enum Stage { case first, second }

  /// The filter to apply at a stage; the automatic one stands for X-11's default until its choice is made.
  func resolved(at stage: Stage) -> X11SeasonalFilter {
    switch self {
    case .automatic, .x11Default: stage == .first ? .s3x3 : .s3x5
    default: self
    }
  }
}
