/// Whether a series is seasonal, and so is to be adjusted.
///
/// Two tests are asked: the combined test of X-11, for a season that can be told from the rest, and QS of the series without the
/// effects of regressors, for correlation from year to year.
///
/// | combined test | QS below 1 % | QS not |
/// | --- | --- | --- |
/// | present | present | present |
/// | probably not present | doubtful | doubtful |
/// | not present | doubtful | absent |
///
/// X-13 prints the combined test and QS and adjusts in any case, and so does JDemetra+ unless its option `seasonal` is off. We
/// leave a series alone where the finding is ``Finding/absent``, unless ``SeasonalAdjustment/adjustsAnyway`` asks.
public struct SeasonalityVerdict: Sendable, Equatable {
  /// What was found.
  public enum Finding: String, Sendable, Hashable, Codable, CaseIterable {
    /// There is a season that can be estimated.
    case present
    /// The tests disagree, or the season moves so much that it can hardly be estimated.
    case doubtful
    /// There is none.
    case absent
  }

  /// What was found.
  public let finding: Finding
  /// The combined test of table D8.
  public let combined: IdentifiableSeasonality
  /// QS of the series without the effects of regressors; nil where it is not defined. Asked only where ``combined`` finds no
  /// season, else nil too.
  public let qs: HypothesisTest?

  init(combined: IdentifiableSeasonality, qs: @autoclosure () -> HypothesisTest?) {
    self.combined = combined
    switch combined {
    case .present: (finding, self.qs) = (.present, nil)
    case .probablyNotPresent: (finding, self.qs) = (.doubtful, nil)
    case .notPresent:
      let test = qs()
      self.qs = test
      finding = (test?.pValue ?? 1) < 0.01 ? .doubtful : .absent
    }
  }
}

extension SeasonalityVerdict: CustomStringConvertible {
  /// Such as `not seasonal: identifiable seasonality not present`.
  public var description: String {
    let words =
      switch finding {
      case .present: "seasonal"
      case .doubtful: "doubtfully seasonal"
      case .absent: "not seasonal"
      }
    return "\(words): \(combined)"
  }
}

extension IdentifiableSeasonality: CustomStringConvertible {
  /// X-13's words, in small letters: `identifiable seasonality present`, `… probably not present`, `… not present`.
  public var description: String {
    switch self {
    case .present: "identifiable seasonality present"
    case .probablyNotPresent: "identifiable seasonality probably not present"
    case .notPresent: "identifiable seasonality not present"
    }
  }
}
