import Foundation
import SeriesTasks
import Tradewind

/// What the coefficients of (1,1,2)(1,0,1) are in a collection of series, and how much they differ: normal priors by maximum marginal likelihood.
///
///     ARIMAPriors TASKS.csv [ROUNDS]
///
/// The tasks are those of CombinationMembers; series with a value not above zero are left out. Each round of the EM algorithm fits every series with the
/// priors of the round before and takes the posterior as normal (Laplace): the new centre is the mean of the modes, the new variance the mean of squared
/// distances and posterior variances.
@main
enum ARIMAPriors {
  /// The partial autocorrelations of φ₁, θ₁, θ₂, Φ₁ and Θ₁ with their variances.
  typealias Posterior = [(mode: Double, variance: Double)]

  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let path = arguments.first else {
      print("ARIMAPriors TASKS.csv [ROUNDS]")
      exit(64)
    }
    let tasks = try SeriesTasks.read(path).filter { $0.values.allSatisfy { $0 > 0 } }
    var priors = [(0.2, 0.4), (0.3, 0.4), (0.1, 0.3), (0.8, 0.3), (0.6, 0.3)].map {
      ARIMAShrinkage.Prior(centre: $0.0, deviation: $0.1)
    }
    print("| round | series | φ₁ | θ₁ | θ₂ | Φ₁ | Θ₁ |\n|---|---|---|---|---|---|---|")
    for round in 1...(arguments.count > 1 ? Int(arguments[1]) ?? 10 : 10) {
      let current = priors
      let posteriors = await SeriesTasks.parallel(tasks) { posterior(of: $0, current) }.filter { !$0.isEmpty }
      priors = priors.indices.map { j in
        let n = Double(posteriors.count)
        let centre = posteriors.reduce(0) { $0 + $1[j].mode } / n
        let variance =
          posteriors.reduce(0) { sum, p in
            sum + (p[j].mode - centre) * (p[j].mode - centre) + p[j].variance
          } / n
        return ARIMAShrinkage.Prior(centre: centre, deviation: variance.squareRoot())
      }
      let cells = priors.map { String(format: "%.2f ± %.2f", $0.centre, $0.deviation) }
      print("| \(round) | \(posteriors.count) | \(cells.joined(separator: " | ")) |")
      fflush(nil)
    }
  }

  static func posterior(of series: TimeSeries, _ p: [ARIMAShrinkage.Prior]) -> Posterior {
    let shrinkage = ARIMAShrinkage(
      ar: .init(first: p[0]), ma: .init(first: p[1], further: p[2]), seasonalAR: .init(first: p[3]),
      seasonalMA: .init(first: p[4]))
    let model = ARIMA(
      ARIMAOrder(1, 1, 2, seasonal: (1, 0, 1)), transform: .log, shrinkage: shrinkage)
    guard let fit = try? model.fit(to: series), fit.variance > 0 else { return [] }
    let c = fit.coefficients
    // θ₁ = −r₁(1 − r₂) and θ₂ = −r₂.
    let second = -c[2].estimate
    let modes = [c[0].estimate, -c[1].estimate / (1 - second), second, c[3].estimate, -c[4].estimate]
    let scales = [1, 1 - second, 1, 1, 1]
    return modes.indices.map { j in
      // At the region's edge there is no curvature to go by.
      let variance = c[j].standardError * c[j].standardError / (scales[j] * scales[j])
      return (modes[j], variance.isFinite ? min(variance, p[j].deviation * p[j].deviation) : 0)
    }
  }
}
