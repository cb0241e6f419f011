import Tradewind

/// A fitted regression with the names it has in JSON.
struct RegressionJSON: Encodable {
  struct Coefficient: Encodable {
    let name: String
    let estimate, standardError, t, p: Double

    init(_ c: RegressionCoefficient) {
      (name, estimate, standardError, t, p) = (c.name, c.estimate, c.standardError, c.tStatistic, c.pValue)
    }

    init(_ c: ARIMACoefficient) {
      (name, estimate, standardError, t, p) = (c.name, c.estimate, c.standardError, c.tStatistic, c.pValue)
    }
  }

  struct Group: Encodable {
    let title: String
    let coefficients: [String]
    let f, chiSquare: Test

    init(_ group: CoefficientGroup) {
      (title, coefficients) = (group.title, group.coefficients)
      (f, chiSquare) = (Test(group.f), Test(group.chiSquare))
    }
  }

  struct Test: Encodable {
    let statistic, p: Double
    let degreesOfFreedom: Int

    init(_ test: HypothesisTest) {
      (statistic, p, degreesOfFreedom) = (test.statistic, test.pValue, test.degreesOfFreedom)
    }
  }

  struct Prediction: Encodable {
    let period: String
    let mean, median: Double
    let intervals: [PredictionInterval]
  }

  let series, transform: String
  let observations, missing, degreesOfFreedom: Int
  let coefficients, derived: [Coefficient]
  let groups: [Group]
  let aliased: [String]
  let rSquared, adjustedRSquared, sigma, logLikelihood, aic, aicc, bic, durbinWatson: Double
  let jarqueBera: Test
  let predictions: [Prediction]

  init(_ entry: RegressionText.Entry) {
    let fit = entry.fit
    series = fit.observed.name
    transform = fit.transform.rawValue
    (observations, missing, degreesOfFreedom) = (fit.observationCount, fit.missingCount, fit.degreesOfFreedom)
    coefficients = fit.coefficients.map { Coefficient($0) }
    derived = fit.derivedCoefficients.map { Coefficient($0) }
    groups = fit.groupTests.map { Group($0) }
    aliased = fit.aliased.map { "\($0)" }
    (rSquared, adjustedRSquared, sigma) = (fit.rSquared, fit.adjustedRSquared, fit.sigma)
    (logLikelihood, aic, aicc, bic) = (fit.logLikelihood, fit.aic, fit.aicc, fit.bic)
    durbinWatson = fit.durbinWatson
    jarqueBera = Test(fit.jarqueBera)
    predictions = entry.predictions.map {
      Prediction(period: "\($0.period)", mean: $0.mean, median: $0.median, intervals: $0.intervals)
    }
  }
}
