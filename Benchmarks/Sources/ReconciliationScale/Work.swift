import Foundation
import Measuring
import Tradewind

/// What is timed, each on twelve months ahead.
enum Work: String, CaseIterable {
  /// The hierarchy alone, from its edges or groups.
  case hierarchy
  case structural = "wls-structural"
  case variances = "wls-variance"
  case ols
  /// About one bottom node in ten has a base forecast below zero, and none may stay there.
  case nonNegativeStructural = "wls-structural, not below zero"
  case nonNegativeVariances = "wls-variance, not below zero"
  /// From 60 months of each bottom series to coherent forecasts with 80 % and 95 % intervals.
  case seasonalNaive = "snaive, end to end"
  case theta = "theta, end to end"
  /// With 200 draws a series, for this law has no closed form.
  case logTheta = "log of theta, 200 draws, end to end"
  /// With all covariances, where there is room for them.
  case shrunk = "theta by mint-shrink, end to end"

  static let header = """
    | hierarchy | what | nodes | CPU s | elapsed s | peak MB | incoherence | twice |
    |---|---|---|---|---|---|---|---|
    """

  /// Whether it is measured: covariances of all nodes only where they are kept, and draws, which take the time, in one shape alone.
  func isMeasured(_ shape: Shape, _ bottoms: Int) -> Bool {
    switch self {
    case .shrunk: bottoms + bottoms / 20 + 10 <= Reconciliation.mostFull
    case .logTheta: shape == .tree
    default: true
    }
  }

  func row(_ shape: Shape, _ bottoms: Int) async throws -> String {
    var result = Outcome()
    let watch = Stopwatch()
    let hierarchy = try shape.hierarchy(bottoms)
    let built = watch.read()
    switch self {
    case .hierarchy: result.time = built
    case .structural: result = try reconciled(hierarchy, .structural)
    case .variances: result = try reconciled(hierarchy, .variances)
    case .ols: result = try reconciled(hierarchy, .ols)
    case .nonNegativeStructural: result = try reconciled(hierarchy, .structural, keepsNonNegative: true)
    case .nonNegativeVariances: result = try reconciled(hierarchy, .variances, keepsNonNegative: true)
    case .seasonalNaive: result = try await forecast(hierarchy, SeasonalNaive())
    case .theta: result = try await forecast(hierarchy, Theta(.standard))
    case .logTheta:
      result = try await forecast(hierarchy, Transformed(Theta(.standard), by: .log), paths: 200)
    case .shrunk: result = try await forecast(hierarchy, Theta(.standard), by: .minTShrunk)
    }
    let cells = [
      String(format: "%.2f", result.time.cpu), String(format: "%.2f", result.time.elapsed),
      String(format: "%.0f", PeakMemory.megabytes),
      result.incoherence.map { String(format: "%.1e", $0) } ?? "",
      result.twice.map { String(format: "%.1e", $0) } ?? "",
    ]
    return "| \(shape.rawValue) | \(rawValue) | \(hierarchy.count) | " + cells.joined(separator: " | ") + " |"
  }

  private struct Outcome {
    var time = (cpu: 0.0, elapsed: 0.0)
    /// The largest distance of a sum from its parts, beside the sum.
    var incoherence: Double?
    /// The largest change by a second reconciliation, beside the largest value of the bottom nodes.
    var twice: Double?
  }

  private struct Stopwatch {
    private let cpu = CPUTime.now
    private let start = ContinuousClock.now

    func read() -> (cpu: Double, elapsed: Double) {
      (CPUTime.now - cpu, (ContinuousClock.now - start) / .seconds(1))
    }
  }

  // MARK: Reconciliation alone

  private func reconciled(
    _ hierarchy: Hierarchy, _ method: ReconciliationMethod, keepsNonNegative: Bool = false
  ) throws -> Outcome {
    var drawn = Drawn(hierarchy, seed: 7)
    let base = (0..<ReconciliationScale.horizon).map { _ in drawn.base(withNegative: keepsNonNegative) }
    let past = Reconciliation.Past(residuals: method == .variances ? drawn.residuals() : [])
    var outcome = Outcome()
    let watch = Stopwatch()
    let reconciliation = try Reconciliation(hierarchy, method, past: past, keepsNonNegative: keepsNonNegative)
    let coherent = try base.map { try reconciliation.reconcile($0) }
    outcome.time = watch.read()
    try check(coherent, reconciliation, into: &outcome)
    return outcome
  }

  private func check(
    _ coherent: [[Double]], _ reconciliation: Reconciliation, into outcome: inout Outcome
  ) throws {
    let hierarchy = reconciliation.hierarchy
    var (incoherence, twice) = (0.0, 0.0)
    for values in coherent {
      for (node, row) in hierarchy.sums.enumerated() {
        let sum = row.reduce(0) { $0 + $1.weight * values[hierarchy.sums.count + $1.bottom] }
        incoherence = max(incoherence, abs(values[node] - sum) / abs(sum))
      }
      let again = try reconciliation.reconcile(values)
      let scale = values[hierarchy.sums.count...].reduce(0) { max($0, abs($1)) }
      for (once, other) in zip(values[hierarchy.sums.count...], again[hierarchy.sums.count...]) {
        twice = max(twice, abs(once - other) / scale)
      }
    }
    (outcome.incoherence, outcome.twice) = (incoherence, twice)
  }

  // MARK: From series to coherent forecasts

  private func forecast(
    _ hierarchy: Hierarchy, _ model: some Forecaster, by method: ReconciliationMethod = .variances,
    paths: Int = 5000
  ) async throws -> Outcome {
    var drawn = Drawn(hierarchy, seed: 7)
    let series = drawn.series(count: 60)
    var outcome = Outcome()
    let watch = Stopwatch()
    let result = try await HierarchyForecaster(hierarchy, method).forecast(
      series, with: model, ForecastRequest(horizon: ReconciliationScale.horizon, paths: paths))
    outcome.time = watch.read()
    let coherent = (0..<ReconciliationScale.horizon).map { h in result.forecasts.map { $0.mean[h] } }
    let reconciliation = try Reconciliation(
      hierarchy, .variances, past: Reconciliation.Past(residuals: drawn.residuals()))
    try check(coherent, reconciliation, into: &outcome)
    return outcome
  }
}
