import Foundation
import Measuring
import Tradewind

/// Fits one model to series one by one and prints a JSON line for each, as the peers' runners beside
/// `Comparisons/compare.py` do:
///
///     ComparisonRunner SERIES.csv MODEL HORIZON
///
/// CPU seconds, each the median of some repeats: `fit`, then `points` (points only) and `intervals` (with the 95 %
/// interval) of the forecast alone.
@main
enum ComparisonRunner {
  static let repeats = 5

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 3, let path = arguments.first, let horizon = arguments.last.flatMap({ Int($0) }),
      (1...1200).contains(horizon)
    else { throw Usage(message: "ComparisonRunner SERIES.csv MODEL HORIZON") }
    let name = arguments[arguments.startIndex + 1]
    let series = try SeriesFile.parse(bytes: Array(Data(contentsOf: URL(filePath: path))), file: path)
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let model = try models(named: name)
    if let first = series.first { _ = try measured(model(first), on: first, horizon: horizon) }
    for one in series {
      let line = try encoder.encode(measured(model(one), on: one, horizon: horizon))
      print(String(decoding: line, as: UTF8.self))
    }
  }

  struct Usage: Error {
    let message: String
  }

  private struct Line: Encodable {
    let series, fitted: String
    let fit, points, intervals: Double
    let mean, lower, upper: [Double]
    let logLikelihood, aicc: Double?
  }

  /// The model that goes by a name, perhaps another for each series.
  private static func models(named name: String) throws -> (TimeSeries) throws -> any Forecaster {
    if name.hasPrefix("ets-as:") { return try etsModels(listedIn: String(name.dropFirst(7))) }
    guard let model = known[name] else { throw Usage(message: "there is no model '\(name)'") }
    return { _ in model }
  }

  private static let known: [String: any Forecaster] = [
    "ets": ETS(),
    "ets-ml": ETS(initialStates: .estimated),
    "dot": Theta(.dynamicOptimized),
    "theta": Theta(.standard),
    "ces": CES(),
    "arima": AutoARIMA(),
    "snaive": SeasonalNaive(),
  ]

  /// ETS by maximum likelihood, for each series of the form that a file names in lines of series, tab and form.
  private static func etsModels(listedIn path: String) throws -> (TimeSeries) throws -> any Forecaster {
    var forms: [String: ETS.Form] = [:]
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let parts = line.split(separator: "\t")
      guard parts.count == 2, let form = ETS.Form(parts[1]) else { throw Usage(message: "\(path): \(line)") }
      forms[String(parts[0])] = form
    }
    return { series in
      guard let form = forms[series.name] else {
        throw Usage(message: "\(path) has no form of \(series.name)")
      }
      return ETS(.form(form), initialStates: .estimated)
    }
  }

  private static func measured(
    _ model: some Forecaster, on series: TimeSeries, horizon: Int
  ) throws -> Line {
    var times = (fit: [Double](), points: [Double](), intervals: [Double]())
    var last: (fitted: any FittedModel, points: Forecast, intervals: Forecast)?
    for _ in 0..<repeats {
      let (fitted, fit) = try CPUTime.measure { try model.fit(to: series) }
      let (points, pointsTime) = CPUTime.measure { fitted.forecast(horizon: horizon, levels: []) }
      let (intervals, intervalsTime) = CPUTime.measure { fitted.forecast(horizon: horizon, levels: [0.95]) }
      times.fit.append(fit)
      times.points.append(pointsTime)
      times.intervals.append(intervalsTime)
      last = (fitted, points, intervals)
    }
    guard let last else { throw Usage(message: "nothing was repeated") }
    return Line(
      series: series.name, fitted: last.fitted.name, fit: median(times.fit), points: median(times.points),
      intervals: median(times.intervals), mean: last.points.mean,
      lower: last.intervals.intervals.map { $0[0].lower },
      upper: last.intervals.intervals.map { $0[0].upper },
      logLikelihood: last.fitted.informationCriteria?.logLikelihood,
      aicc: last.fitted.informationCriteria?.aicc)
  }
}
