/// Months of which only the total was published, such as January and February of China's customs statistics since 2020.
///
/// In the series the months of such a run are missing (NaN, an empty field or a gap in a file) but for the last, which holds the sum of all
/// of them:
///
/// ```swift
/// // 2024-12, 2025-01, 2025-02, 2025-03: January is missing, February is the sum of both.
/// let imports = TimeSeries([231, .nan, 369, 212], start: .month(2024, 12))
/// let model = ARIMA(
///   ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log, combined: .januaryFebruary)
/// ```
///
/// The model takes the sum as what it is, one observation of all months together; see ``FittedARIMA/interpolated(levels:)`` for
/// what it makes of the single months. A run whose months are all missing is a gap like any other. One that begins before the series or ends
/// after it is none: the value of a February with which a series begins is February's own.
public struct CombinedMonths: Sendable, Hashable {
  enum Rule: Sendable, Hashable {
    case eachYear(ClosedRange<Int>)
    case runs([PeriodRange])
  }

  let rule: Rule

  /// In each year these months (1…12, two at least: preconditions), where all but the last are missing and the last is not. In years that
  /// have a value for each month there is no run, and where only some of the earlier months are missing there is none either.
  public init(eachYear months: ClosedRange<Int>) {
    precondition(
      months.lowerBound >= 1 && months.upperBound <= 12 && months.count >= 2,
      "A run has two months at least, from 1 to 12.")
    rule = .eachYear(months)
  }

  /// These runs of periods, of any unit; those that do not lie wholly within a series are left out.
  ///
  /// A fit throws where two of them overlap, or where a period other than a run's last has a value.
  public init(_ runs: [PeriodRange]) {
    rule = .runs(runs.sorted { $0.first < $1.first })
  }

  /// January and February of each year in which January is missing and February is not.
  public static let januaryFebruary = CombinedMonths(eachYear: 1...2)

  /// Reads two English names of months, such as `january-february`, in any case; nil for anything else, a first month
  /// that does not come before the second included.
  public init?(parsing text: String) {
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november", "december",
    ]
    let numbers = text.lowercased().split(separator: "-", omittingEmptySubsequences: false).map { word in
      names.firstIndex { $0 == word }
    }
    guard numbers.count == 2, let first = numbers[0], let last = numbers[1], first < last else { return nil }
    self.init(eachYear: first + 1...last + 1)
  }

  /// The runs in a series, as indices, in order.
  func ranges(in series: TimeSeries) throws(ARIMAError) -> [ClosedRange<Int>] {
    switch rule {
    case .eachYear(let months):
      guard series.start.unit == .month else {
        throw .regression(
          .wrongUnit(term: "a run of combined months", needed: .month, found: series.start.unit))
      }
      return series.values.indices.compactMap { last in
        guard series.period(at: last).month == months.upperBound, !series.values[last].isNaN else {
          return nil
        }
        let first = last - months.count + 1
        guard first >= 0, series.values[first..<last].allSatisfy(\.isNaN) else { return nil }
        return first...last
      }
    case .runs(let runs):
      for (earlier, later) in zip(runs, runs.dropFirst()) where earlier.last >= later.first {
        throw .overlappingRuns(earlier, later)
      }
      var ranges: [ClosedRange<Int>] = []
      for run in runs where run.count > 1 {
        guard let first = series.index(of: run.first), let last = series.index(of: run.last),
          !series.values[last].isNaN
        else { continue }
        if let known = (first..<last).first(where: { !series.values[$0].isNaN }) {
          throw .knownWithinRun(period: series.period(at: known), run: run)
        }
        ranges.append(first...last)
      }
      return ranges
    }
  }
}

extension TimeSeries {
  /// The series as if of each run only the total were known: its periods missing but for the last, which holds their sum.
  /// Runs that do not lie wholly within the series, and those with a missing value, are left as they are.
  ///
  /// ```swift
  /// let year = TimeSeries([3, 4, 5], start: .month(2024, 1))
  /// let run = try PeriodRange(from: .month(2024, 1), through: .month(2024, 2))
  /// print(year.combining([run]).values)  // [nan, 7.0, 5.0]
  /// ```
  public func combining(_ runs: [PeriodRange]) -> TimeSeries {
    var result = self
    for run in runs {
      guard let first = index(of: run.first), let last = index(of: run.last) else { continue }
      let sum = values[first...last].reduce(0, +)
      guard !sum.isNaN else { continue }
      for t in first..<last { result.values[t] = .nan }
      result.values[last] = sum
    }
    return result
  }
}
