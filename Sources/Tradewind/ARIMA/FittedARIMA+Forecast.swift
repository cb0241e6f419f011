import RealModule
import TradewindNumerics

extension FittedARIMA {
  /// Forecasts of the coming periods.
  ///
  /// The law of all steps is normal on the scale of the model, with the uncertainty that ``ARIMA/uncertainty`` asks for. A model of
  /// logarithms gives the mean exp(m + s²/2) of the log-normal law, its median exp(m), the exponentials of the interval's ends, and
  /// draws for totals. Where a regressor has no value in the horizon, forecasts are NaN; ``checkRegressors(horizon:)`` says why.
  public func forecast(_ request: ForecastRequest) -> Forecast {
    let law = normalLaw(request.horizon)
    if model.uncertainty.innovations == .bootstrap, !request.levels.isEmpty {
      let paths = samplePaths(horizon: request.horizon, count: request.paths, seed: request.seed)
      return Forecast(of: series, model: name, mean: means(law), paths: paths, levels: request.levels)
    }
    var base = Forecast(
      of: series, model: name, mean: law.mean, joint: .normal(factor: law.factor), levels: request.levels)
    guard !model.isIdentity else { return base }
    let n = series.count
    if model.transform == .log, !request.levels.isEmpty {
      base.joint = .paths(samplePaths(horizon: request.horizon, count: request.paths, seed: request.seed))
    }
    base.mean = means(law)
    base.median = model.untransformed(law.mean, from: n, series)
    base.intervals = base.intervals.enumerated().map { h, step in
      step.map {
        let ends = model.untransformed([$0.lower, $0.upper], at: n + h, series)
        return PredictionInterval(level: $0.level, lower: ends[0], upper: ends[1])
      }
    }
    return base
  }

  /// Draws of the coming periods.
  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    precondition(horizon >= 1 && count >= 1, "There is at least one path of one period.")
    let law = normalLaw(horizon)
    let paths =
      model.uncertainty.innovations == .normal
      ? SamplePaths(mean: law.mean, law: .normal(factor: law.factor), count: count, seed: seed)
      : bootstrapped(law, count: count, seed: seed)
    if model.isIdentity { return paths }
    let n = series.count
    return paths.mapped { model.untransformed([$1], at: n + $0, series)[0] }
  }

  /// Means on the series' own scale.
  private func means(_ law: NormalLaw) -> [Double] {
    let shifted =
      model.transform == .log
      ? zip(law.mean, law.factor).map { $0 + 0.5 * $1.reduce(0) { $0 + $1 * $1 } } : law.mean
    return model.untransformed(shifted, from: series.count, series)
  }

  /// Innovations drawn from the residuals; the coefficients' errors stay normal.
  private func bootstrapped(_ law: NormalLaw, count: Int, seed: UInt64) -> SamplePaths {
    var generator = SeededGenerator(seed: seed)
    let residuals = estimate.residuals
    let mean = residuals.reduce(0, +) / Double(max(1, residuals.count))
    let spread = residuals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, residuals.count))
    let scale = spread > 0 ? 1 / spread.squareRoot() : 0
    var values: [Double] = []
    values.reserveCapacity(law.mean.count * count)
    for _ in 0..<count {
      var z = generator.normals(law.shared)
      for _ in law.mean {
        let place = Int(generator.nextUniform() * Double(residuals.count))
        z.append(residuals.isEmpty ? 0 : (residuals[min(place, residuals.count - 1)] - mean) * scale)
      }
      for (centre, row) in zip(law.mean, law.factor) {
        values.append(row.indices.reduce(centre) { $0 + row[$1] * z[$1] })
      }
    }
    return SamplePaths(values: values, horizon: law.mean.count)
  }
}

// MARK: - The law on the scale of the model

extension FittedARIMA {
  /// Means and errors of the coming values on the scale of the model.
  struct NormalLaw {
    var mean: [Double]
    /// The error of step h is Σ factor[h][i] zᵢ.
    var factor: [[Double]]
    /// How many of the zᵢ come first and are the coefficients' errors.
    var shared: Int
  }

  func normalLaw(_ horizon: Int) -> NormalLaw {
    let unknown = NormalLaw(
      mean: [Double](repeating: .nan, count: horizon), factor: [[Double]](repeating: [.nan], count: horizon),
      shared: 1)
    guard let outlook = outlook(horizon, estimate.parameters) else { return unknown }
    let deviation = variance.squareRoot()
    var factor = outlook.errors.map { $0.map { $0 * deviation } }
    var shared = 0
    if model.uncertainty.includesRegression, !estimate.beta.isEmpty {
      prepend(outlook.regressors, covariance: regressionCovariance, to: &factor, count: &shared)
    }
    if model.uncertainty.includesCoefficients, !problem.freeParameters.isEmpty {
      prepend(slopes(horizon), covariance: coefficientCovariance, to: &factor, count: &shared)
    }
    return NormalLaw(mean: outlook.mean, factor: factor, shared: shared)
  }

  /// Adds errors x′b with b of a covariance: their coordinates come before the others.
  private func prepend(
    _ rows: [[Double]], covariance: Matrix, to factor: inout [[Double]], count: inout Int
  ) {
    let kept = (0..<covariance.rows).filter { covariance[$0, $0] > 0 }
    var part = Matrix(rows: kept.count, columns: kept.count)
    for (a, i) in kept.enumerated() { for (b, j) in kept.enumerated() { part[a, b] = covariance[i, j] } }
    guard !kept.isEmpty, let cholesky = try? CholeskyFactorization(part) else { return }
    for h in factor.indices {
      let x = kept.map { rows[h][$0] }
      factor[h] = cholesky.lower.transposeTimes(x) + factor[h]
    }
    count += kept.count
  }

  /// How each step's mean depends on φ, θ, Φ, Θ, by central differences; 0 where a neighbour lies outside of the region.
  private func slopes(_ horizon: Int) -> [[Double]] {
    var rows = [[Double]](repeating: [], count: horizon)
    for j in estimate.parameters.indices {
      let step = 1e-5
      var (above, below) = (estimate.parameters, estimate.parameters)
      above[j] += step
      below[j] -= step
      let ends = (outlook(horizon, above), outlook(horizon, below))
      for h in 0..<horizon {
        rows[h].append(((ends.0?.mean[h] ?? 0) - (ends.1?.mean[h] ?? 0)) / (2 * step))
      }
    }
    return rows
  }

  /// The outlook over the horizon; steps without regressors are NaN.
  private func outlook(_ horizon: Int, _ parameters: [Double]) -> ARIMAOutlook? {
    guard let whole = try? model.problem(for: series) else { return nil }
    let future = whole.columns.isEmpty ? [] : model.future(of: series, horizon: horizon)
    return try? whole.outlook(parameters: parameters, beta: estimate.beta, future: future, horizon: horizon)
  }

  /// Checks that every regressor has a value in each of the coming periods.
  ///
  /// - Throws: ``ForecastError/cannotFit(model:reason:)`` with the first that has none.
  public func checkRegressors(horizon: Int) throws(ForecastError) {
    let frame = RegressionFrame(
      start: series.start, count: series.count + horizon, seasonalPeriod: series.seasonalPeriod)
    do throws(ARIMAError) {
      for column in try model.columns(in: frame) {
        for t in series.count..<frame.count where !column.values[t].isFinite {
          throw ARIMAError.regressorNotFinite(name: column.name, index: t, value: column.values[t])
        }
      }
    } catch {
      throw error.forecastError(model: name)
    }
  }
}
