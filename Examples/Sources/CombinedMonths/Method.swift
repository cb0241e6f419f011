import Tradewind

/// A way of dealing with months of which only the total is known.
enum Method: String, CaseIterable {
  case full = "known (the full data)"
  case combined = "only their sum, as an observation of both"
  case evenly = "the sum split evenly beforehand"
  case shares = "the sum split by the shares of the years before"
  case interpolated = "the sum split by a line from December to March"
  case february = "the sum taken for February's, January missing"
  case missing = "left out as missing"
  case summed = "summed in all years: eleven periods a year"

  /// The total of the three months after a series of which every month is known.
  func quarter(after series: TimeSeries) throws -> Double {
    let last = series.end
    let runs = (last.year - 4...last.year).compactMap { year in
      try? PeriodRange(from: .month(year, 1), through: .month(year, 2))
    }
    var past = series
    switch self {
    case .full:
      return try total(CombinedMonthsExample.model(at: last).fit(to: series))
    case .combined:
      past = series.combining(runs)
      return try total(CombinedMonthsExample.model(at: last, combined: .januaryFebruary).fit(to: past))
    case .evenly:
      past = split(series, runs) { _ in 0.5 }
    case .shares:
      past = split(series, runs) { run in
        let shares = series.periods.filter { $0.month == 1 && $0 < runs[0].first }.map { january in
          let (first, second) = (series[january] ?? .nan, series[january.next] ?? .nan)
          return first / (first + second)
        }
        return shares.reduce(0, +) / Double(shares.count)
      }
    case .interpolated:
      past = split(series, runs) { run in
        guard let before = series[run.first.previous], let after = series[run.last.next] else { return 0.5 }
        return (2 * before + after) / (3 * (before + after))
      }
    case .february:
      past = series.combining(runs)
    case .missing:
      for run in runs { for month in run.periods { past.values[month.ordinal - past.start.ordinal] = .nan } }
    case .summed:
      return try summed(series)
    }
    return try total(CombinedMonthsExample.model(at: last).fit(to: past))
  }

  private func total(_ fit: FittedARIMA) -> Double {
    fit.forecast(horizon: 3, levels: []).median.reduce(0, +)
  }

  /// Each run's total shared out again: the first month's share as given.
  private func split(
    _ series: TimeSeries, _ runs: [PeriodRange], _ share: (PeriodRange) -> Double
  ) -> TimeSeries {
    var result = series
    for run in runs {
      let first = run.first.ordinal - series.start.ordinal
      let total = series.values[first] + series.values[first + 1]
      result.values[first] = share(run) * total
      result.values[first + 1] = total - result.values[first]
    }
    return result
  }

  /// January and February as one period in all years, so that a year has eleven; regressors are means of the two months.
  private func summed(_ series: TimeSeries) throws -> Double {
    let merge = { (values: [Double], start: Period, average: Bool) in
      var merged: [Double] = []
      for (t, value) in values.enumerated() {
        if start.advanced(by: t).month == 2, let last = merged.indices.last {
          merged[last] = (merged[last] + value) / (average ? 2 : 1)
        } else {
          merged.append(value)
        }
      }
      return merged
    }
    let last = series.end
    let frame = RegressionFrame(start: series.start, count: series.count + 3, seasonalPeriod: 12)
    let columns = try CombinedMonthsExample.model(at: last).regressors.flatMap { try $0.columns(in: frame) }
    let values = merge(series.values, series.start, false)
    // The periods' names no longer matter.
    let merged = TimeSeries(values, start: series.start, seasonalPeriod: 11)
    let terms = columns.map { column in
      UserColumn(column.name, values: merge(column.values, series.start, true), start: series.start)
    }
    let model = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log, regressors: terms)
    let ahead = (1...3).count { last.advanced(by: $0).month != 2 }
    return try model.fit(to: merged).forecast(horizon: ahead, levels: []).median.reduce(0, +)
  }
}
