import RealModule
import TestSupport
import Testing

@testable import Tradewind

@Suite("Groups of coefficients in regressions with ARIMA errors")
struct RegARIMAGroupTests {
  static func passengers() throws -> TimeSeries {
    let values = try References.numbers("arima-missing/airline-passengers.csv", column: "value")
    return TimeSeries(values, start: .month(1949, 1))
  }

  private static func number(_ text: String?) throws -> Double { try #require(Double(text ?? "")) }

  @Test(
    "estimated by us, tests and derived coefficients are X-13's",
    arguments: ["ap-airline-td6-lpreg-easter8", "ap-airline-lom", "ap-airline-stock"])
  func x13(run: String) throws {
    let terms = try #require(CoefficientGroupTests.runs.first { $0.name == run }).terms
    var model = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log, regressors: terms)
    model.uncertainty.variance = .maximumLikelihood
    let fit = try model.fit(to: try Self.passengers())
    let groups = fit.groupTests
    let derived = try #require(fit.derivedCoefficients.first)
    for row in try References.rows("regression/x13-group-tests.csv") where row["run"] == run {
      let value = try Self.number(row["value"])
      let label: Comment = "\(row["title"] ?? "") \(row["statistic"] ?? "")"
      switch row["statistic"] {
      case "derived": #expect(isClose(derived.estimate, value, relative: 1e-5), label)
      case "derived t": #expect(isClose(derived.tStatistic, value, absolute: 1e-5), label)
      case let statistic:
        let group = try #require(groups.first { $0.title == row["title"] })
        let test = statistic == "F" ? group.f : group.chiSquare
        #expect(isClose(test.statistic, value, relative: 1e-5), label)
        #expect(test.denominatorDegreesOfFreedom == Int(row["denominator_df"] ?? ""), label)
        #expect(isClose(test.pValue, try Self.number(row["p"]), relative: 1e-4), label)
      }
    }
  }

  @Test("the residuals' diagnostics begin with the first differenced month and count the ARMA coefficients")
  func diagnostics() throws {
    let model = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), regressors: [TradingDays(.one)])
    let fit = try model.fit(to: try Self.passengers())
    let diagnostics = fit.residualDiagnostics
    #expect(diagnostics.start == .month(1950, 2) && diagnostics.count == 131)
    #expect(diagnostics.fittedParameters == 2)
    #expect(try diagnostics.ljungBox(lags: 24).degreesOfFreedom == 22)
    let longer = try fit.updated(with: [450, 420])
    #expect(longer.residualDiagnostics.start == .month(1950, 2))
  }
}
