import ArgumentParser
import Tradewind

/// A series file, the series wanted from it, and the length of their season: what every verb about series begins with.
struct SeriesInput: ParsableArguments {
  @Argument(help: ArgumentHelp("A series file (CSV), or - for standard input.", valueName: "file"))
  var file: String

  @OptionGroup var selection: SeriesSelection

  @Option(
    help: ArgumentHelp("Periods in a season; left out, a year of them.", valueName: "n"),
    transform: WholeNumber.season)
  var season: Int?

  /// The longest season that is taken apart or explained.
  static let longestSeason = 10_000

  /// Refuses a season that the verb cannot take.
  func checkSeason(most: Int = longestSeason) throws { try Self.checkSeason(season, most: most) }

  static func checkSeason(_ season: Int?, most: Int) throws {
    guard let season, !(1...most).contains(season) else { return }
    throw ValidationError("--season is a number of periods between 1 and \(most), not \(season)")
  }

  /// Reads the file and works on each wanted series; see ``SeriesSelection``.
  func results<Result>(
    doing activity: String, messages: Messages, _ work: (TimeSeries) throws -> Result
  ) throws -> [Result] {
    let (file, series) = try chosen()
    return try selection.results(
      for: series, named: \.name, in: file, doing: activity, messages: messages, work)
  }

  /// The same on several cores at once; nil for one job a core.
  func results<Value: Sendable>(
    doing activity: String, jobs: Int?, messages: Messages,
    _ work: @escaping @Sendable (TimeSeries) throws -> Value
  ) async throws -> [Value] {
    let (file, series) = try chosen()
    let progress = { @Sendable done in messages.progress(done, of: series.count, activity) }
    let results = try await ParallelMap(jobs: jobs).map(series.count, progress: progress) { index in
      Result { try work(series[index]) }
    }
    return try selection.results(
      of: zip(series, results).map { SeriesSelection.Outcome(name: $0.name, result: $1) }, in: file,
      messages: messages)
  }

  /// Reads the file: its name in messages, and the wanted series.
  func chosen() throws -> (file: String, series: [TimeSeries]) {
    let input = try InputFile(path: file)
    let series = try SeriesFile.parse(bytes: input.bytes, file: input.name, seasonalPeriod: season)
    return (input.name, try selection.chosen(from: series, named: \.name, in: input.name))
  }
}
