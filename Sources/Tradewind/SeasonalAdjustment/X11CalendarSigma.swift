/// Which standard deviation an irregular value is measured against.
public enum X11CalendarSigma: Sendable, Hashable {
  /// The five calendar years about the value's year: X-11's rule. X-13: `calendarsigma=none`.
  case movingFiveYears
  /// All values of the same season of the year. X-13: `calendarsigma=all`.
  case bySeason
  /// ``bySeason`` where Cochran's test finds that the seasons' variances differ (5 %), ``movingFiveYears``
  /// otherwise. X-13: `calendarsigma=signif`.
  case bySeasonIfSignificant
  /// Two groups of seasons, each with its own standard deviation: the seasons named here (1 is January or the
  /// first quarter) and all others. X-13: `calendarsigma=select` with `sigmavec`.
  case byGroup(Set<Int>)
}

/// The rule in force for one pass: Cochran's test has been decided.
enum ExtremeValueRule: Equatable {
  case movingFiveYears
  case bySeason
  case byGroup(Set<Int>)
}

extension X11CalendarSigma {
  /// With these rules X-13 replaces the extremes of table D8 by step B9's rule once more, instead of taking the
  /// values that part D has found for them.
  var replacesFinally: Bool {
    switch self {
    case .bySeason, .byGroup: true
    case .movingFiveYears, .bySeasonIfSignificant: false
    }
  }
}
