import TradewindNumerics

/// Where the paths of a fitted ETS begin, and what drives them.
struct ETSFuture {
  /// What a fit keeps for it, if the law is not that of normal innovations alone.
  struct Source: Sendable {
    let options: ETS
    /// How many periods the model was fitted to.
    let count: Int
  }

  private let fitted: FittedETS
  private let deviation: Double
  private var posterior: ETSPosterior?
  /// Of the posterior's states.
  private var (unit, origin) = (1.0, 0.0)
  /// Residuals about their mean with the fit's variance; empty for normal innovations.
  private let pool: [Double]

  init(_ fitted: FittedETS) {
    self.fitted = fitted
    deviation = fitted.variance.squareRoot()
    guard let source = fitted.source else {
      pool = []
      return
    }
    pool = source.options.uncertainty.innovations == .bootstrap ? Self.pool(fitted, source.count) : []
    guard source.options.uncertainty.includesParameters, fitted.variance > 0 else { return }
    let task = ETSTask(series: fitted.series.prefix(source.count), options: source.options)
    let scaled = task.scaled(for: fitted.form)
    (posterior, unit, origin) = (task.posterior(of: fitted), scaled.unit, scaled.origin)
  }

  private static func pool(_ fitted: FittedETS, _ count: Int) -> [Double] {
    let errors = (0..<count).compactMap { t -> Double? in
      let (y, f) = (fitted.series.values[t], fitted.fittedValues[t])
      return y.isNaN ? nil : fitted.form.error == .multiplicative ? (y - f) / f : y - f
    }
    let mean = errors.reduce(0, +) / Double(max(1, errors.count))
    let spread = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, errors.count))
    let factor = spread > 0 ? (fitted.variance / spread).squareRoot() : 0
    return errors.map { ($0 - mean) * factor }
  }

  /// An innovation: of y − f, or of y/f − 1.
  func innovation(using generator: inout SeededGenerator) -> Double {
    guard !pool.isEmpty else { return deviation * generator.nextNormal() }
    return pool[min(Int(generator.nextUniform() * Double(pool.count)), pool.count - 1)]
  }

  /// The states from which a path goes on: those after the last period, of the estimate or of parameters drawn for this path.
  mutating func start(using generator: inout SeededGenerator) -> ETSRecursion {
    for _ in 0..<20 {
      guard let (parameters, state) = posterior?.draw(using: &generator) else { break }
      var recursion = ETSRecursion(
        form: fitted.form, parameters: parameters,
        state: state.changed(fitted.form, factor: unit, shift: origin))
      if isAdmissible(parameters), run(&recursion) { return recursion }
    }
    // No law, or draws that leave what the form is defined for again and again.
    return fitted.recursion
  }

  /// Runs through the series; whether all points were what the form is defined for.
  private func run(_ recursion: inout ETSRecursion) -> Bool {
    let isPositive = fitted.form.needsPositiveValues
    for y in fitted.series.values {
      if isPositive, !(recursion.expected > 0) { return false }
      recursion.step(y)
    }
    return recursion.expected.isFinite && !(isPositive && recursion.expected <= 0)
  }

  private func isAdmissible(_ p: ETS.Parameters) -> Bool {
    fitted.source?.options.region != .admissible
      || isStable(
        form: fitted.form, alpha: p.alpha ?? 0, beta: p.beta ?? 0, gamma: p.gamma ?? 0, phi: p.phi ?? 1,
        period: fitted.series.seasonalPeriod)
  }
}
