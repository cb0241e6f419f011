/// One set of windows around a holiday, estimated.
public struct HolidayWindowCandidate: Sendable, Equatable {
  /// The effect of one window.
  public struct Coefficient: Sendable, Equatable {
    /// The effect of the whole window falling into one month.
    public let estimate: Double
    /// Its standard error by the variance of maximum likelihood, as in X-13.
    public let standardError: Double
    /// estimate / standard error.
    public var tStatistic: Double { estimate / standardError }
  }

  /// Days relative to the holiday, none for no effect.
  public let windows: [ClosedRange<Int>]
  /// The log-likelihood of the differenced series on the scale of the model.
  public let logLikelihood: Double
  /// Akaike's corrected criterion, with the Jacobian of the transformation.
  public let aicc: Double
  /// One a window.
  public let coefficients: [Coefficient]
}

extension HolidayWindowCandidate: CustomStringConvertible {
  /// Such as `-7...-1, 0...6`, or `no effect`.
  public var description: String {
    windows.isEmpty
      ? "no effect" : windows.map { "\($0.lowerBound)...\($0.upperBound)" }.joined(separator: ", ")
  }
}

/// The windows chosen by a ``HolidayWindowSearch``, and all that were compared.
public struct HolidayWindowChoice: Sendable {
  /// The holiday.
  public let holiday: Holiday
  /// The candidates that could be estimated, in the order of the search.
  public let candidates: [HolidayWindowCandidate]
  /// The candidates that could not.
  public let leftOut: [[ClosedRange<Int>]]
  /// The place of the best among ``candidates``.
  let bestIndex: Int
  /// The model with the best windows, fitted.
  public let fitted: FittedARIMA

  /// The candidate with the smallest AICc.
  public var best: HolidayWindowCandidate { candidates[bestIndex] }

  /// By how much AICc falls from no effect to the best; nil where no effect was not among the candidates.
  public var gain: Double? { candidates.first { $0.windows.isEmpty }.map { $0.aicc - best.aicc } }
}
