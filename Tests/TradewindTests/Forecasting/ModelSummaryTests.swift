import Testing
import Tradewind

@Suite("Summaries of fitted models")
struct ModelSummaryTests {
  /// Four years of months above zero, with a season and noise.
  private static let series = TimeSeries(
    (0..<48).map { t in
      let season = [9.0, 4, 7, 1, 0, -3, -8, -6, -1, 0, 2, 6][t % 12]
      return 100 + Double(t) / 2 + season + Double(t * t * 7 % 17) / 2
    }, start: .month(2020, 1))

  private func estimates(_ summary: ModelSummary) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: summary.parameters.map { ($0.name, $0.estimate) })
  }

  @Test("what a model estimated has the names and values that the model itself gives")
  func parameters() throws {
    let ets = try ETS().fit(to: Self.series)
    #expect(estimates(ets.summary)["alpha"] == ets.parameters.alpha)
    #expect(estimates(ets.summary)["beta"] == ets.parameters.beta)
    #expect(estimates(ets.summary)["initial level"] == ets.initialState.level)
    #expect(ets.summary.criteria == ets.informationCriteria && ets.summary.sigma == ets.variance.squareRoot())
    let arima = try ARIMA(ARIMAOrder(1, 1, 1, seasonal: (0, 1, 1)), hasConstant: false).fit(to: Self.series)
    #expect(arima.summary.parameters.map(\.name) == arima.coefficients.map(\.name))
    #expect(arima.summary.parameters.map(\.estimate) == arima.parameters)
    let drift = try ARIMA(ARIMAOrder(0, 1, 1), hasConstant: true).fit(to: Self.series)
    #expect(drift.summary.parameters.map(\.name) == [drift.regression[0].name, "ma1"])
    #expect(drift.summary.parameters[0].estimate == drift.regression[0].estimate)
    let theta = try Theta(.dynamicOptimized).fit(to: Self.series)
    #expect(
      estimates(theta.summary)["alpha"] == theta.alpha && estimates(theta.summary)["theta"] == theta.theta)
    let ces = try CES().fit(to: Self.series)
    #expect(estimates(ces.summary)["alpha, imaginary"] == ces.alpha.imaginary)
    let line = try Drift().fit(to: Self.series)
    #expect(line.summary.parameters == [.init(name: "drift", estimate: line.drift)])
    #expect(try Naive().fit(to: Self.series).summary.parameters.isEmpty)
  }

  @Test("what the errors are of is said: values, parts of what was expected, logarithms")
  func scales() throws {
    func errors(_ model: some Forecaster) throws -> ModelSummary.ErrorScale {
      try model.fit(to: Self.series).summary.errors
    }
    #expect(try errors(ETS(.form(ETS.Form()))) == .values)
    #expect(try errors(ETS(.form(ETS.Form(error: .multiplicative)))) == .relative)
    #expect(try errors(ARIMA.shrunken) == .logarithms)
    #expect(try errors(Transformed(Drift(), by: .log)) == .logarithms)
    #expect(try errors(Transformed(Drift(), by: .lambda(0.5))) == .transformed)
  }

  @Test("a model around another has its parameters, and a likelihood only where it is of the same series")
  func around() throws {
    let base = try ETS().fit(to: Self.series)
    let calibrated = try Calibrated(ETS()).fit(to: Self.series)
    #expect(calibrated.summary == base.summary)
    let temporal = try TemporallyReconciled(ETS()).fit(to: Self.series)
    #expect(temporal.summary.parameters == base.summary.parameters && temporal.summary.criteria == nil)
    let log = try Transformed(Drift(), by: .log).fit(to: Self.series)
    #expect(log.summary.parameters == log.base.summary.parameters)
    let auto = try Auto(effort: .fast).fit(to: Self.series).summary
    #expect(auto.parameters.isEmpty && auto.sigma == nil && auto.criteria == nil)
  }

  @Test("forecasts have them where they are asked for")
  func panel() async throws {
    let request = ForecastRequest(horizon: 1)
    let plain = try await PanelForecaster().forecast([Self.series], with: [Drift()], request)
    #expect(try plain[0][0].get().summary == nil)
    let panel = PanelForecaster(summarizes: true)
    let summarized = try await panel.forecast([Self.series], with: [Drift()], request)
    #expect(try summarized[0][0].get().summary == Drift().fit(to: Self.series).summary)
    #expect(
      try Nowcaster(model: Drift()).nowcast(of: Self.series).summary == Drift().fit(to: Self.series).summary)
  }
}
