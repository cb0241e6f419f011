import Measuring
import Tradewind

extension Benchmark {
  /// Each model by name, as the tool calls it.
  static let models: [(name: String, forecaster: any Forecaster)] = [
    ("ets", ETS()), ("ets, maximum likelihood", ETS(initialStates: .estimated)),
    ("ets, AAA", ETS(.form(ETS.Form(trend: .additive, season: .additive)))), ("ces", CES()),
    ("theta", Theta(.standard)), ("otm", Theta(.optimized)), ("dstm", Theta(.dynamicStandard)),
    ("dot", Theta(.dynamicOptimized)),
    ("arima, automatic", AutoARIMA()), ("regarima, automatic", AutomaticRegARIMA()),
    ("arima, airline", ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)))),
    ("arima, (2,1,2)(1,1,1)", ARIMA(ARIMAOrder(2, 1, 2, seasonal: (1, 1, 1)))),
    ("mean", Mean()), ("naive", Naive()), ("snaive", SeasonalNaive()), ("drift", Drift()),
    ("croston", Croston()), ("sba", Croston(correction: .syntetosBoylan)), ("tsb", TSB()), ("adida", ADIDA()),
    ("imapa", IMAPA()),
    ("stl+dot", SeasonallyAdjusted(Theta(.dynamicOptimized))),
  ]

  /// For each model a fit, 18 months of points, and the same with two intervals.
  static func fits() throws -> [Case] {
    var all: [Case] = []
    for (name, model) in models { all += try cases(of: model, named: name) }
    return all
  }

  private static func cases(of model: some Forecaster, named name: String) throws -> [Case] {
    let fitted = try model.fit(to: series)
    return [
      Case("\(name): fit") { try model.fit(to: series) },
      Case("\(name): 18 points") { fitted.forecast(horizon: 18, levels: []) },
      Case("\(name): 18 points with two intervals") { fitted.forecast(horizon: 18) },
    ]
  }
}
