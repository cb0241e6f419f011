import Foundation
import Measuring
import Tradewind

/// How the penalties of the default ETS were chosen: forecasts of 18 months with each setting, of series drawn by
/// ``Population`` and of rolling windows of trade series.
///
///     swift run --package-path Benchmarks -c release ETSDefault COUNT SEED TRADE.csv…
///
/// Prints a Markdown table: sMAPE and MASE, and for each the mean difference from the first setting over its standard error.
@main
enum ETSDefault {
  static let horizon = 18

  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count > 1, let count = Int(arguments[0]), count > 1, let seed = UInt64(arguments[1])
    else {
      print("ETSDefault COUNT SEED TRADE.csv…")
      exit(64)
    }
    var population = Population(seed: seed)
    let drawn = (0..<count).map { population.next("\($0)", horizon: horizon) }
    let trade = try arguments.dropFirst(2).flatMap { try windows(of: $0) }
    print("\(drawn.count) drawn series, \(trade.count) windows of trade series\n")
    print(
      "| setting | drawn: sMAPE | ± | MASE | ± | trade: sMAPE | MASE | coverage | ms |\n|---|---|---|---|---|---|---|---|---|"
    )
    var first: [Score] = []
    for (name, model) in settings {
      let (results, seconds) = CPUTime.measure { drawn.map { Score(of: model, $0.train, $0.test) } }
      if first.isEmpty { first = results }
      let others = trade.map { Score(of: model, $0.train, $0.test) }
      let cells = [
        mean(results.map(\.smape)), paired(results, first, \.smape), mean(results.map(\.mase)),
        paired(results, first, \.mase), mean(others.map(\.smape)), mean(others.map(\.mase)),
        mean((results).map(\.cover)), 1000 * seconds / Double(drawn.count),
      ]
      print("| \(name) | " + cells.map { String(format: "%.3f", $0) }.joined(separator: " | ") + " |")
      fflush(nil)
    }
  }

  /// Windows of 48, 72 and 115 months, each starting five months after the one before.
  private static func windows(of path: String) throws -> [(train: TimeSeries, test: [Double])] {
    let all = try SeriesFile.parse(bytes: Array(Data(contentsOf: URL(filePath: path))), file: path)
    return all.flatMap { series in
      [48, 72, 115].flatMap { length in
        stride(from: 0, through: series.count - length - horizon, by: 5).map { first in
          let part = series.suffix(series.count - first)
          return (part.prefix(length), Array(part.values[length..<length + horizon]))
        }
      }
    }
  }

  struct Score {
    var smape, mase, cover: Double

    init(of model: ETS, _ train: TimeSeries, _ test: [Double]) {
      let values = train.values
      let scale = mean((12..<values.count).map { abs(values[$0] - values[$0 - 12]) })
      let forecast = (try? model.fit(to: train))?.forecast(horizon: test.count, levels: [0.95])
      let points = forecast?.mean ?? []
      smape = mean(zip(test, points).map { 200 * abs($0 - $1) / (abs($0) + abs($1)) })
      mase = mean(zip(test, points).map { abs($0 - $1) / scale })
      cover = mean(
        zip(test, forecast?.intervals ?? []).map { $1[0].lower <= $0 && $0 <= $1[0].upper ? 100 : 0 })
    }
  }

  static func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

  /// The mean difference over its standard error.
  private static func paired(_ a: [Score], _ b: [Score], _ measure: KeyPath<Score, Double>) -> Double {
    let differences = zip(a, b).map { $0[keyPath: measure] - $1[keyPath: measure] }
    let centre = mean(differences)
    let variance = mean(differences.map { ($0 - centre) * ($0 - centre) })
    return variance == 0 ? 0 : centre / (variance / Double(differences.count)).squareRoot()
  }

  /// The standard setting, settings of one thing differently, maximum likelihood, and what the default was before it had priors
  /// of the smoothing parameters.
  static let settings: [(String, ETS)] = {
    typealias Prior = ETS.Shrinkage.Prior
    func changed(_ change: (inout ETS.Shrinkage) -> Void) -> ETS {
      var shrinkage = ETS.Shrinkage.standard
      change(&shrinkage)
      return ETS(shrinkage: shrinkage)
    }
    return [
      ("standard", ETS()),
      ("maximum likelihood", ETS(initialStates: .estimated)),
      ("no priors of parameters", changed { ($0.alpha, $0.beta) = (nil, nil) }),
      ("no prior of α", changed { $0.alpha = nil }),
      ("α 0.3 ± 0.3", changed { $0.alpha = Prior(centre: 0.3, deviation: 0.3) }),
      ("α 0.5 ± 0.2", changed { $0.alpha = Prior(centre: 0.5, deviation: 0.2) }),
      ("no prior of β", changed { $0.beta = nil }),
      ("β / α 0 ± 0.03", changed { $0.beta?.deviation = 0.03 }),
      ("β / α 0 ± 0.05", changed { $0.beta?.deviation = 0.05 }),
      ("β / α 0 ± 0.1", changed { $0.beta?.deviation = 0.1 }),
      ("β / α 0 ± 0.2", changed { $0.beta?.deviation = 0.2 }),
      ("γ / (1 − α) 0 ± 0.1", changed { $0.gamma = Prior(centre: 0, deviation: 0.1) }),
      ("φ 0.95 ± 0.05", changed { $0.phi = Prior(centre: 0.95, deviation: 0.05) }),
      ("φ 0.9 ± 0.05", changed { $0.phi = Prior(centre: 0.9, deviation: 0.05) }),
      ("slope 10", changed { $0.slope = 10 }),
      ("slope 100", changed { $0.slope = 100 }),
      ("slope 30 at half", changed { $0.slopeShare = 0.5 }),
      ("slope 30 at three quarters", changed { $0.slopeShare = 0.75 }),
      ("slope 100 at three quarters", changed { ($0.slope, $0.slopeShare) = (100, 0.75) }),
      ("slope 30 at none", changed { $0.slopeShare = 0 }),
      ("season 1", changed { $0.season = 1 }),
      ("season 4", changed { $0.season = 4 }),
      ("season 8", changed { $0.season = 8 }),
      ("penalties count in the choice", changed { $0.countsInChoice = true }),
      ("BIC", ETS(criterion: .bic)),
    ]
  }()
}
