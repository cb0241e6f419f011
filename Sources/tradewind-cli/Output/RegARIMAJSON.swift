import Tradewind

/// A fitted regression with ARIMA errors with the names it has in JSON.
struct RegARIMAJSON: Encodable {
  struct Coefficient: Encodable {
    let name: String
    let estimate, standardError, t, p: Double
  }

  struct Group: Encodable {
    let title: String
    let coefficients: [String]
    let f, chiSquare: RegressionJSON.Test
  }

  struct Window: Encodable {
    let windows: [[Int]]
    let aicc: Double
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
  let regression, derived, arma: [Coefficient]
  let sigma: Double
  let logLikelihood, aic, aicc, bic: Double?
  let groups: [Group]
  let windows: [Window]
  let residuals: Residuals
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
    let coefficient = { (c: RegressionCoefficient) in
      Coefficient(
        name: c.name, estimate: c.estimate, standardError: c.standardError, t: c.tStatistic, p: c.pValue)
    }
    regression = fit.regression.map(coefficient)
    derived = fit.derivedCoefficients.map(coefficient)
    arma = fit.coefficients.map {
      Coefficient(
        name: $0.name, estimate: $0.estimate, standardError: $0.standardError, t: $0.tStatistic, p: $0.pValue)
    }
    sigma = fit.variance.squareRoot()
    let criteria = fit.informationCriteria
    logLikelihood = criteria?.logLikelihood
    (aic, aicc, bic) = (criteria?.aic, criteria?.aicc, criteria?.bic)
    groups = fit.groupTests.map {
      Group(
        title: $0.title, coefficients: $0.coefficients, f: RegressionJSON.Test($0.f),
        chiSquare: RegressionJSON.Test($0.chiSquare))
    }
    windows = (entry.windows?.candidates ?? []).map {
      Window(windows: $0.windows.map { [$0.lowerBound, $0.upperBound] }, aicc: $0.aicc)
    }
    residuals = Residuals(fit.residualDiagnostics)
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
