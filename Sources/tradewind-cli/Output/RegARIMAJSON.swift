import Tradewind

/// A fitted regression with ARIMA errors with the names it has in JSON.
struct RegARIMAJSON: Encodable {
  struct Window: Encodable {
    let windows: [[Int]]
    let aicc: Double
  }

  struct Interpolated: Encodable {
    let period: String
    let estimate, standardError: Double
    let intervals: [PredictionInterval]
    let isCombined: Bool
  }

  struct Lag: Encodable {
    let lag: Int
    let autocorrelation, standardError, partialAutocorrelation: Double
    let ljungBox, boxPierce: RegressionJSON.Test?
  }

  struct Peak: Encodable {
    let kind: String
    let frequency, stars: Double
    let isSignificant: Bool
  }

  struct Residuals: Encodable {
    let correlogram: [Lag]
    let durbinWatson, skewness, kurtosis, gearysA: Double
    let doornikHansen, jarqueBera: RegressionJSON.Test
    let qs, friedman: RegressionJSON.Test?
    let spectrumPeaks: [Peak]

    init(_ diagnostics: ResidualDiagnostics) {
      correlogram = diagnostics.correlogram().map {
        Lag(
          lag: $0.lag, autocorrelation: $0.autocorrelation, standardError: $0.standardError,
          partialAutocorrelation: $0.partialAutocorrelation,
          ljungBox: $0.ljungBox.map(RegressionJSON.Test.init),
          boxPierce: $0.boxPierce.map(RegressionJSON.Test.init))
      }
      durbinWatson = diagnostics.durbinWatson
      (skewness, kurtosis) = (diagnostics.skewness.value, diagnostics.kurtosis.value)
      gearysA = diagnostics.geary.value
      doornikHansen = RegressionJSON.Test(diagnostics.normality)
      jarqueBera = RegressionJSON.Test(diagnostics.jarqueBera)
      qs = diagnostics.qs.map(RegressionJSON.Test.init)
      friedman = diagnostics.friedman.map(RegressionJSON.Test.init)
      spectrumPeaks = (diagnostics.spectrum?.peaks ?? []).map {
        Peak(
          kind: $0.kind.rawValue, frequency: $0.frequency, stars: $0.stars, isSignificant: $0.isSignificant)
      }
    }
  }

  let series, model, transform: String
  let prior: String?
  let observations, missing, effectiveObservations: Int
  let steps: [String]
  let regression, derived, arma: [RegressionJSON.Coefficient]
  let sigma: Double
  let logLikelihood, aic, aicc, bic: Double?
  let groups: [RegressionJSON.Group]
  let windows: [Window]
  let residuals: Residuals
  let interpolated: [Interpolated]
  let forecasts: [RegressionJSON.Prediction]

  init(_ entry: RegARIMAText.Entry) {
    let fit = entry.fit
    series = fit.series.name
    model = "ARIMA\(fit.model.order.text(period: fit.series.seasonalPeriod))"
    transform = fit.model.transform.rawValue
    prior = fit.model.prior?.rawValue
    (observations, missing) = (fit.series.count - fit.series.missingCount, fit.series.missingCount)
    effectiveObservations = fit.informationCriteria?.observations ?? 0
    steps = entry.steps
    regression = fit.regression.map { RegressionJSON.Coefficient($0) }
    derived = fit.derivedCoefficients.map { RegressionJSON.Coefficient($0) }
    arma = fit.coefficients.map { RegressionJSON.Coefficient($0) }
    sigma = fit.variance.squareRoot()
    let criteria = fit.informationCriteria
    logLikelihood = criteria?.logLikelihood
    (aic, aicc, bic) = (criteria?.aic, criteria?.aicc, criteria?.bic)
    groups = fit.groupTests.map { RegressionJSON.Group($0) }
    windows = (entry.windows?.candidates ?? []).map {
      Window(windows: $0.windows.map { [$0.lowerBound, $0.upperBound] }, aicc: $0.aicc)
    }
    residuals = Residuals(fit.residualDiagnostics)
    interpolated = entry.interpolated.map {
      Interpolated(
        period: "\($0.period)", estimate: $0.estimate, standardError: $0.standardError,
        intervals: $0.intervals,
        isCombined: $0.isCombined)
    }
    forecasts =
      entry.forecast.map { forecast in
        forecast.periods.enumerated().map { step, period in
          RegressionJSON.Prediction(
            period: "\(period)", mean: forecast.mean[step], median: forecast.median[step],
            intervals: forecast.intervals[step])
        }
      } ?? []
  }
}
