import TestSupport
import Testing
import Tradewind

/// What R found for a series.
struct ReferenceETS: Sendable {
  let series: String
  let form: ETS.Form
  let parameters: ETS.Parameters
  let state: ETS.State
  let logLikelihood: Double
  let aicc: Double

  static func all() throws -> [ReferenceETS] { try References.rows("ets/models.csv").map(ReferenceETS.init) }

  private init(row: [String: String]) throws {
    series = try #require(row["series"])
    let model = try #require(row["model"])
    form = try #require(ETS.Form(model.split(separator: ";").joined(separator: ",")))
    logLikelihood = try #require(Double(row["loglik"] ?? ""))
    aicc = try #require(Double(row["aicc"] ?? ""))
    var numbers: [String: Double] = [:]
    for entry in try #require(row["params"]).split(separator: ";") {
      let parts = entry.split(separator: "=")
      numbers[String(parts[0])] = Double(String(parts[1])) ?? .nan
    }
    parameters = ETS.Parameters(
      alpha: numbers["alpha"], beta: numbers["beta"], gamma: numbers["gamma"], phi: numbers["phi"])
    var seasonal: [Double] = []
    if form.season != .none {
      let backwards = (0...10).compactMap { numbers["s\($0)"] }
      let total = form.season == .multiplicative ? 12.0 : 0
      seasonal = (backwards + [total - backwards.reduce(0, +)]).reversed()
    }
    state = ETS.State(level: try #require(numbers["l"]), slope: numbers["b"], seasonal: seasonal)
  }

  /// How many parameters and states R estimated.
  var estimated: Int {
    [parameters.alpha, parameters.beta, parameters.gamma, parameters.phi, state.slope].count { $0 != nil } + 1
      + max(0, state.seasonal.count - 1)
  }
}

extension ReferenceETS {
  /// Means and lower 95 % bounds as R computes them where it departs from the book's equations and its own recursion.
  ///
  /// - With a damped trend beside a multiplicative season, `class3` takes (ℓ, b) to ℓ + b, φb + β…, but the state that its
  ///   recursion hands over is to be damped first. That is our law with b / φ and β / φ.
  /// - Without trend, `class1` puts γ into the second season of the state, which comes up a step too soon: at step 12.
  func inRsWay(_ fit: FittedETS) -> [(Double, Double)]? {
    let z = 1.959963984540054
    if form.trend == .additiveDamped, form.season == .multiplicative {
      guard let phi = parameters.phi, let beta = parameters.beta, let slope = fit.state.slope else {
        return nil
      }
      var (state, changed) = (fit.state, parameters)
      state.slope = slope / phi
      changed.beta = beta / phi
      let moments = ETSSeasonalMoments(state: state, parameters: changed, variance: fit.variance)
      let means = moments.means(18)
      return zip(means, moments.covariance(18, means: means)).map { mean, row in
        (mean, mean - z * (row.last ?? 0).squareRoot())
      }
    }
    guard form == ETS.Form(season: .additive), let alpha = parameters.alpha, let gamma = parameters.gamma
    else {
      return nil
    }
    let means = fit.forecast(horizon: 18, levels: []).mean
    return means.enumerated().map { h, mean in
      let squares = (1..<max(h + 1, 1)).map { j in
        let c = alpha + (j % 12 == 11 ? gamma : 0)
        return c * c
      }
      return (mean, mean - z * (fit.variance * (1 + squares.reduce(0, +))).squareRoot())
    }
  }
}

@Suite("ETS against R")
struct ETSReferenceTests {
  @Test("at R's parameters and states, likelihood, means and bounds equal R's")
  func equalsR() throws {
    let all = try m3Series()
    let rows = try References.rows("ets/forecasts.csv")
    for reference in try ReferenceETS.all() {
      let series = try #require(all.first { $0.name == reference.series })
      let fit = FittedETS(
        series: series, form: reference.form, parameters: reference.parameters, state: reference.state,
        estimated: reference.estimated, hasConverged: true)
      let criteria = try #require(fit.informationCriteria)
      #expect(isClose(criteria.logLikelihood, reference.logLikelihood, relative: 1e-9))
      #expect(isClose(criteria.aicc, reference.aicc, relative: 1e-9))
      let forecast = fit.forecast(horizon: 18, levels: [0.95], paths: 10)
      let expected = rows.filter { $0["series"] == reference.series }
      #expect(expected.count == 18)
      for (h, row) in expected.enumerated() {
        let mean = try #require(Double(row["mean"] ?? ""))
        let lower = try #require(Double(row["lo95"] ?? ""))
        let ours =
          reference.inRsWay(fit)
          ?? forecast.mean.indices.map { (forecast.mean[$0], forecast.intervals[$0][0].lower) }
        #expect(isClose(ours[h].0, mean, relative: 1e-9), "\(reference.series) \(reference.form) \(h)")
        // The bounds' distance has lost digits of ten.
        #expect(isClose(ours[h].1, lower, relative: 2e-8), "\(reference.series) \(reference.form) \(h)")
      }
    }
  }

  @Test("maximum likelihood of the same form reaches R's likelihood at least")
  func optimum() throws {
    let all = try m3Series()
    for reference in try ReferenceETS.all() {
      let series = try #require(all.first { $0.name == reference.series })
      let fit = try ETS(.form(reference.form), initialStates: .estimated).fit(to: series)
      let criteria = try #require(fit.informationCriteria)
      #expect(criteria.logLikelihood > reference.logLikelihood - 1e-6, "\(reference.series)")
      #expect(criteria.parameters == reference.estimated + 1)
      #expect(fit.hasConverged)
    }
  }
}
