import ArgumentParser
import TradeReport
import Tradewind

/// What a total is of.
enum TotalUnit: String, ExpressibleByArgument, CaseIterable {
  case quarter, year

  var unit: Period.Unit { self == .quarter ? .quarter : .year }
}

/// Standard errors in per cent, such as `2,0.5`.
struct RevisionList {
  /// As parts, the newest month's first.
  let errors: [Double]

  init(parsing text: String) throws {
    var errors: [Double] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let percent = Double(part.filter { $0 != " " }), (0...100).contains(percent) else {
        throw ValidationError(
          "'\(part)' is no standard error; expected per cent between 0 and 100, such as 2,0.5")
      }
      errors.append(percent / 100)
    }
    self.errors = errors
  }
}

/// `--total`: the running quarter or year of each series.
extension ForecastVerb {
  func runTotals(over unit: Period.Unit, of series: [TimeSeries], in file: String) async throws {
    let usable = try input.selection.results(
      of: series.map { one in
        SeriesSelection.Outcome(name: one.name, result: Result { try checked(one, for: unit) })
      }, in: file, messages: output.messages)
    let nowcasters = model.map {
      Nowcaster(model: $0.forecaster(effort: effort.value), relativeRevisions: revisions?.errors ?? [])
    }
    let progress = { @Sendable [messages = output.messages] done in
      messages.progress(done, of: usable.count, "forecasting")
    }
    let results = try await ParallelMap(jobs: jobs).map(usable.count, progress: progress) {
      [levels = levels.levels, seed] index in
      nowcasters.map { nowcast(of: usable[index], by: $0, over: unit, levels: levels, seed: seed) }
    }
    let entries = results.enumerated().flatMap { index, outcomes in
      zip(model, outcomes).map { choice, outcome in
        outcome.map { NowcastText.Entry(series: usable[index], model: choice.name, nowcast: $0) }
      }
    }
    let nowcasts = try successes(of: entries, for: usable, in: file)
    let text = NowcastText(
      entries: nowcasts, levels: levels.levels, explains: explain,
      shape: input.selection.shape(models: model.count))
    summarize(nowcasts.map { ($0.model, $0.nowcast.explanation) })
    switch output.format {
    case .table: try output.write(text.table)
    case .csv: try output.write(text.csv)
    case .json: try output.write(try text.json)
    }
    try drawing.write { _ in nowcasts.map { .fan(FanChart(nowcast: $0.nowcast, of: $0.series)) } }
  }

  private struct NoParts: Error, CustomStringConvertible {
    let description: String
  }

  private func checked(_ series: TimeSeries, for unit: Period.Unit) throws -> TimeSeries {
    guard unit.months <= series.start.unit.months else { return series }
    throw NoParts(
      description:
        "the total of a \(unit) is that of shorter periods; the series has a value a \(series.start.unit)")
  }
}

/// One series by one model.
private func nowcast(
  of series: TimeSeries, by nowcaster: Nowcaster, over unit: Period.Unit, levels: [Double], seed: UInt64
) -> Result<Nowcast, ForecastError> {
  do throws(ForecastError) {
    return .success(try nowcaster.nowcast(of: series, unit: unit, levels: levels, seed: seed))
  } catch {
    return .failure(error)
  }
}
