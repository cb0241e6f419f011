import TestSupport
import Testing
import Tradewind

@Suite("Regression against R and statsmodels")
struct RegressionReferenceTests {
  static let model = RegressionModel {
    Trend()
    SeasonalDummies()
  }

  private static func number(_ row: [String: String], _ column: String) throws -> Double {
    try #require(Double(row[column] ?? ""), "column \(column)")
  }

  @Test("coefficients, standard errors, t, p, σ and R² equal R's tslm")
  func coefficients() throws {
    let rows = try References.rows("regression/tslm-coefficients.csv")
    for series in try m3Series() {
      let fit = try Self.model.fit(to: series)
      let expected = rows.filter { $0["series"] == series.name }
      #expect(fit.coefficients.map(\.name) == expected.map { $0["term"] })
      for (c, row) in zip(fit.coefficients, expected) {
        let label: Comment = "\(series.name) \(c.name)"
        // An estimate may be near zero by chance: its error is judged by the standard error.
        let error = try Self.number(row, "std_error")
        #expect(isClose(c.estimate, try Self.number(row, "estimate"), absolute: 1e-11 * error), label)
        #expect(isClose(c.standardError, error, relative: 1e-12), label)
        #expect(
          isClose(c.tStatistic, try Self.number(row, "t_value"), relative: 1e-11, absolute: 1e-11), label)
        #expect(isClose(c.pValue, try Self.number(row, "p_value"), relative: 1e-10), label)
        #expect(isClose(fit.sigma, try Self.number(row, "sigma"), relative: 1e-13), label)
        #expect(isClose(fit.rSquared, try Self.number(row, "r2"), relative: 1e-12), label)
        #expect(isClose(fit.adjustedRSquared, try Self.number(row, "adj_r2"), absolute: 1e-12), label)
        #expect(fit.degreesOfFreedom == Int(try Self.number(row, "df")), label)
      }
    }
  }

  @Test("predictions and their intervals equal R's forecast of a tslm")
  func forecasts() throws {
    let rows = try References.rows("regression/tslm-forecasts.csv")
    for series in try m3Series() {
      let expected = rows.filter { $0["series"] == series.name }
      #expect(expected.count == 18)
      let predictions = try Self.model.fit(to: series).predict(horizon: 18, levels: [0.8, 0.95])
      for (h, (prediction, row)) in zip(predictions, expected).enumerated() {
        #expect(prediction.period == series.end.advanced(by: h + 1))
        let (narrow, wide) = (prediction.intervals[0], prediction.intervals[1])
        for (value, column) in [
          (prediction.mean, "mean"), (prediction.median, "mean"), (narrow.lower, "lo80"),
          (narrow.upper, "hi80"), (wide.lower, "lo95"), (wide.upper, "hi95"),
        ] {
          let reference = try Self.number(row, column)
          // The file has 15 digits.
          #expect(isClose(value, reference, relative: 1e-12), "\(series.name) step \(h + 1) \(column)")
        }
      }
    }
  }

  @Test("likelihood, F, diagnostics, Newey–West equal statsmodels", arguments: RegressionTransform.allCases)
  func statsmodels(transform: RegressionTransform) throws {
    let rows = try References.rows("regression/statsmodels.csv")
      .filter { $0["transform"] == transform.rawValue }
    for series in try m3Series() {
      var expected: [String: Double] = [:]
      for row in rows where row["series"] == series.name {
        expected[try #require(row["quantity"])] = try Self.number(row, "value")
      }
      let ours = try Self.quantities(of: series, transform: transform)
      #expect(ours.count == expected.count)
      for (quantity, value) in ours {
        let reference = try #require(expected[quantity])
        #expect(
          isClose(value, reference, relative: 1e-9), "\(series.name) \(quantity)")
      }
    }
  }

  /// What `statsmodels_reference.py` writes, under the names it uses.
  private static func quantities(
    of series: TimeSeries, transform: RegressionTransform
  ) throws -> [String: Double] {
    let fit = try model.fit(to: series, transform: transform)
    let f = try #require(fit.fTest)
    var result: [String: Double] = [
      "logLikelihood": fit.logLikelihood, "rSquared": fit.rSquared, "adjustedRSquared": fit.adjustedRSquared,
      "F": f.statistic, "F p": f.pValue, "sigma": fit.sigma, "leverage 1": fit.leverages[0],
      "durbinWatson": fit.durbinWatson, "jarqueBera": fit.jarqueBera.statistic,
      "jarqueBera p": fit.jarqueBera.pValue,
    ]
    for (lags, fitted) in [(12, 0), (24, 2)] {
      let test = try fit.ljungBox(lags: lags, fittedParameters: fitted)
      result["ljungBox \(lags) \(fitted)"] = test.statistic
      result["ljungBox \(lags) \(fitted) p"] = test.pValue
    }
    for lag in [0, 4, 12] {
      for correction in [false, true] {
        let robust = try model.fit(
          to: series, standardErrors: .neweyWest(lag: lag, smallSample: correction), transform: transform)
        for c in robust.coefficients where ["(Intercept)", "trend", "season6"].contains(c.name) {
          let kind = "\(lag) \(correction ? "True" : "False") \(c.name)"
          result["hac \(kind)"] = c.standardError
          result["hac p \(kind)"] = c.pValue
        }
      }
    }
    return result
  }

  @Test("information criteria follow from the likelihood with σ among the parameters")
  func criteria() throws {
    let series = try #require(try m3Series().first)
    let fit = try Self.model.fit(to: series)
    // 13 coefficients and σ; 108 observations, log 108 = 4.6821….
    #expect(fit.parameterCount == 14 && fit.observationCount == 108)
    #expect(isClose(fit.aic, -2 * fit.logLikelihood + 28, relative: 1e-15))
    #expect(isClose(fit.aicc - fit.aic, 2.0 * 14 * 15 / 93, relative: 1e-12))
    #expect(isClose(fit.bic - fit.aic, 14 * (4.682_131_227_124_219 - 2), relative: 1e-12))
    #expect(fit.logLikelihoodOfLevels == fit.logLikelihood)
  }

  @Test("the likelihood of a fit in logs is brought to levels by the sum of logs")
  func jacobian() throws {
    let series = try #require(try m3Series().first)
    let fit = try Self.model.fit(to: series, transform: .log)
    var tenfold = series
    tenfold.values = series.values.map { 10 * $0 }
    let scaled = try Self.model.fit(to: tenfold, transform: .log)
    // In logs the intercept absorbs a change of unit; in levels the density falls by ten for each observation.
    #expect(isClose(scaled.logLikelihood, fit.logLikelihood, relative: 1e-12))
    let fall = Double(series.count) * 2.302_585_092_994_046
    #expect(isClose(scaled.logLikelihoodOfLevels, fit.logLikelihoodOfLevels - fall, relative: 1e-12))
  }
}
