import RealModule

/// Single values of a series that are off by so much that they are mistakes of whoever wrote them down, such as tonnes in the place of
/// kilograms: ``Auto`` forecasts the series with what was to be expected in their place.
///
/// Expected is, on the scale of logarithms, the median of the season around the value, and what other years' values of the same season
/// differ from theirs by: the median of two years before and two after, of which two at least must be known, since of two values that
/// differ nobody can say which is wrong. A gross error is more than ``leastRatio`` times off, and by more than
/// ``deviations`` robust standard deviations (1.4826 times the median of all such differences), also from the season before it alone and from that
/// after it: a step is news. The greatest is replaced first, and then looked for others, which it may have made look wrong.
///
/// Several in a row are none: they are news. So are the last ``open`` values, of which nobody can say whether they last. Nothing is a mistake where there
/// is more than one in two seasons, or where more than half of the values are just what is expected, as with small counts.
///
/// Lesser outliers stay: what was an accident and what was news is not known, see ``Linearized``. Of the 1,428 monthly series of the M3 competition
/// two have such a value, of 311 official series and three of trade none.
struct GrossErrors {
  /// A value and how many times it is what was expected.
  struct Finding: Sendable, Equatable, CustomStringConvertible {
    let period: Period
    let ratio: Double

    /// Such as `2020-11 is 1000 times what its neighbours let expect`.
    var description: String {
      let times = ratio >= 1 ? ratio : 1 / ratio
      let whole = times < 1e9 ? Int(times.rounded()) : 1_000_000_000
      let size = ratio >= 1 ? "\(whole) times" : "1/\(whole) of"
      let bound = times < 1e9 ? "" : ratio >= 1 ? "more than " : "less than "
      return "\(period) is \(bound)\(size) what its neighbours let expect"
    }
  }

  /// In the order of the series; never empty.
  let findings: [Finding]
  /// The series with what was expected in their place.
  let corrected: TimeSeries

  static let leastRatio = 4.0
  static let deviations = 15.0
  static let open = 2

  /// What is found in a series; nil if that is nothing, or it is shorter than three seasons, or not above zero throughout.
  init?(in series: TimeSeries) {
    let (season, count) = (series.seasonalPeriod, series.count)
    guard season > 1, count >= 3 * season, series.values.allSatisfy({ $0 > 0 || $0.isNaN }) else {
      return nil
    }
    var logs = series.values.map { Double.log($0) }
    var found: Set<Int> = []
    while true {
      let (levels, figures) = Self.levelsAndFigures(logs, season)
      let errors = logs.indices.map { logs[$0] - levels[$0] - figures[$0] }
      let usual = median(errors.lazy.filter { !$0.isNaN }.map { abs($0) })
      guard usual > 0 else { return nil }
      let limit = max(.log(Self.leastRatio), Self.deviations * 1.4826 * usual)
      func isOff(_ t: Int) -> Bool { logs.indices.contains(t) && abs(errors[t]) > limit }
      func isOff(_ t: Int, from side: Range<Int>) -> Bool {
        let side = side.clamped(to: logs.indices)
        // Of less than half a season no level is known.
        guard 2 * side.count >= season else { return true }
        return !(abs(logs[t] - figures[t] - median(logs[side].filter { !$0.isNaN })) <= limit)
      }
      let places = (0..<count - Self.open).filter { t in
        isOff(t) && !isOff(t - 1) && !isOff(t + 1) && isOff(t, from: t - season..<t)
          && isOff(t, from: t + 1..<t + 1 + season)
      }
      guard let worst = places.max(by: { abs(errors[$0]) < abs(errors[$1]) }), found.insert(worst).inserted
      else { break }
      guard found.count <= max(1, count / (2 * season)) else { return nil }
      logs[worst] -= errors[worst]
    }
    guard !found.isEmpty else { return nil }
    let places = found.sorted()
    findings = places.map { t in
      Finding(period: series.start.advanced(by: t), ratio: series.values[t] / .exp(logs[t]))
    }
    var corrected = series
    for t in places { corrected.values[t] = .exp(logs[t]) }
    self.corrected = corrected
  }

  /// The level around each value, and what other years let expect of its season's difference from it.
  private static func levelsAndFigures(_ logs: [Double], _ season: Int) -> (
    levels: [Double], figures: [Double]
  ) {
    let levels = logs.indices.map { t in
      // At the ends of the series too a whole season, of which the median is a level.
      let first = min(max(t - season / 2, 0), logs.count - season)
      return median(logs[first..<first + season].filter { !$0.isNaN })
    }
    let figures = logs.indices.map { t in
      let years = [-2, -1, 1, 2].map { t + $0 * season }.filter(logs.indices.contains)
      let others = years.map { logs[$0] - levels[$0] }.filter { !$0.isNaN }
      return others.count > 1 ? median(others) : .nan
    }
    return (levels, figures)
  }
}
