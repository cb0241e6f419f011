/// What a published figure says about a series over a period.
public enum Measure: String, Sendable, Hashable, Codable, CaseIterable {
  /// The quantity or value itself, in the series' unit. Sums over months for a longer period (a price averages).
  case level
  /// The change on the period of the same length just before, as a fraction: −0.205 is down 20.5 %.
  case monthOnMonth = "mom"
  /// The change on the same period one year before, as a fraction.
  case yearOnYear = "yoy"
  /// The change on the same period one year before, in the series' unit.
  case changeFromPriorYear = "change_from_prior_year"
  /// The part of the parent series, as a fraction between 0 and 1.
  case share

  /// Whether values of this measure are pure numbers rather than amounts in a unit.
  public var isFraction: Bool {
    switch self {
    case .monthOnMonth, .yearOnYear, .share: true
    case .level, .changeFromPriorYear: false
    }
  }
}
