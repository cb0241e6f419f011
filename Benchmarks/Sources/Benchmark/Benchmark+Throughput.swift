import Foundation
import Measuring
import Tradewind

extension Benchmark {
  /// Seconds for all series of a file: reading them, and each model with 18 points and two intervals, with one job and with one a core.
  static func throughput(_ path: String) async throws {
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    let (panel, reading) = try CPUTime.measure { try SeriesFile.parse(bytes: bytes, file: path) }
    print("\n\(panel.count) series, \(panel.reduce(0) { $0 + $1.count }) observations\n")
    print("| what | jobs | elapsed s | CPU s | failed |\n|---|---|---|---|---|")
    print("| reading | 1 | – | \(rounded(reading)) | 0 |")
    let request = ForecastRequest(horizon: 18)
    for (name, model) in models {
      for forecaster in [PanelForecaster(jobs: 1), PanelForecaster()] {
        let (clock, begin) = (ContinuousClock(), CPUTime.now)
        var outcomes: [[Result<Forecast, ForecastError>]] = []
        let elapsed = try await clock.measure {
          outcomes = try await forecaster.forecast(panel, with: [model], request)
        }
        let failed = outcomes.joined().count { if case .failure = $0 { true } else { false } }
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        print(
          "| \(name) | \(forecaster.jobs) | \(rounded(seconds)) | \(rounded(CPUTime.now - begin)) | \(failed) |"
        )
      }
    }
  }

  private static func rounded(_ seconds: Double) -> Double { (seconds * 1e4).rounded() / 1e4 }
}
