import TestSupport
import Testing

@testable import Tradewind

/// One run of X-13 with what it found.
struct X13Run: Sendable, CustomTestStringConvertible {
  let row: [String: String]
  let coefficients: [[String: String]]
  let forecasts: [[String: String]]

  var testDescription: String { self["run"] }

  subscript(name: String) -> String { row[name] ?? "" }
  func number(_ name: String) -> Double { Double(self[name]) ?? .nan }

  /// All runs of complete series.
  static let complete: [X13Run] = {
    let all = (try? load()) ?? []
    return all.filter { $0["series"] != "ap_missing" && !$0["model"].contains("[") }
  }()

  static func load() throws -> [X13Run] {
    let runs = try References.rows("arima/x13-runs.csv")
    let coefficients = Dictionary(grouping: try References.rows("arima/x13-coefficients.csv")) { $0["run"] }
    let forecasts = Dictionary(grouping: try References.rows("arima/x13-forecasts.csv")) { $0["run"] }
    return runs.map {
      X13Run(row: $0, coefficients: coefficients[$0["run"]] ?? [], forecasts: forecasts[$0["run"]] ?? [])
    }
  }

  /// Whether X-13 stopped early: at its default tolerance of 1e-5, or, on the long flat ridge of (3 1 1)(0 1 1) for the exports, 2e-5
  /// below the maximum of the log-likelihood.
  var isRough: Bool { self["tolerance"] == "1.0e-5" || self["run"] == "fixed/exp-311-011" }

  func series() throws -> TimeSeries {
    switch self["series"] {
    case "ap":
      TimeSeries(
        try References.numbers("x11/series.csv", column: "passengers"), start: .month(1949, 1), name: "ap")
    case let name:
      TimeSeries(
        try References.numbers(
          "series/china-exports-imports.csv",
          column: name == "imp" ? "imports_100m_usd" : "exports_100m_usd"), start: .month(1983, 7), name: name
      )
    }
  }

  /// The orders: `(0 1 1)(0 1 1)`.
  var order: ARIMAOrder {
    let numbers = self["model"].split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count >= 6 else { return ARIMAOrder(numbers[0], numbers[1], numbers[2]) }
    return ARIMAOrder(numbers[0], numbers[1], numbers[2], seasonal: (numbers[3], numbers[4], numbers[5]))
  }

  /// The model, with its regressors in the order of X-13's coefficients.
  func model() throws -> ARIMA {
    let variables = self["variables"].split(separator: " ").map(String.init)
    var terms: [any RegressionTerm] = []
    var prior: PriorFactor?
    // X-13 lists ramps before seasonal outliers.
    for variable in variables.filter({ !$0.hasPrefix("so") }) + variables.filter({ $0.hasPrefix("so") }) {
      switch variable {
      case "const": break
      case "seasonal": terms.append(SeasonalDummies(.sumToZero))
      case "td", "tdnolpyear": terms.append(TradingDays(.six))
      case "td1coef": terms.append(TradingDays(.one))
      case "lpyear": terms.append(LeapYear())
      case "lom": terms.append(LengthOfMonth())
      case "tdstock[31]": terms.append(StockTradingDays(day: 31))
      case "easter[1]": terms.append(Easter(days: 1))
      case "easter[8]": terms.append(Easter(days: 8))
      case "rp1957.01-1957.12":
        terms.append(Ramp(over: try PeriodRange(from: .month(1957, 1), through: .month(1957, 12))))
      default: terms.append(try #require(Self.outliers[variable]))
      }
      if variable == "td" || variable == "td1coef" { prior = .leapYear }
    }
    let columns: [String: [String]] = [
      "cny1": ["0..6"], "cny3": ["-7..-1", "0..6", "7..20"],
    ]
    for name in columns[self["user"]] ?? [] {
      let file = "calendar/\(self["user"]).csv"
      let values = try References.numbers(file, column: name)
      terms.append(UserColumn(name, values: values, start: .month(1975, 1)))
    }
    let likelihood: ARIMALikelihood =
      switch self["exact"] {
      case "none": .conditional
      case "ma": .exactMA
      default: .exact
      }
    return ARIMA(
      order, hasConstant: variables.contains("const"), transform: self["transform"] == "log" ? .log : .none,
      likelihood: likelihood, prior: prior,
      uncertainty: ARIMAUncertainty(variance: .maximumLikelihood), regressors: terms)
  }

  private static let outliers: [String: Outlier] = [
    "ao1951.May": Outlier(.additive, at: .month(1951, 5)),
    "ls1954.Jan": Outlier(.levelShift, at: .month(1954, 1)),
    "tc1956.Jun": Outlier(.transientChange, at: .month(1956, 6)),
    "so1958.Mar": Outlier(.seasonal, at: .month(1958, 3)),
    "ls1985.Jan": Outlier(.levelShift, at: .month(1985, 1)),
    "ls2008.Nov": Outlier(.levelShift, at: .month(2008, 11)),
  ]

  /// Estimates of one part in order; moving-average signs turned to ours.
  func estimates(_ parts: [String]) -> [Double] {
    parts.flatMap { part in
      coefficients.filter { $0["part"] == part }.map {
        (Double($0["estimate"] ?? "") ?? .nan) * (part.hasSuffix("ma") ? -1 : 1)
      }
    }
  }

  var parameters: [Double] { estimates(["ar", "ma", "sar", "sma"]) }
}

@Suite("ARIMA beside X-13")
struct ARIMAReferenceTests {
  /// X-13 saves ARMA coefficients with 12 to 14 digits, but its likelihood comes from a neighbouring evaluation.
  @Test(
    "at X-13's coefficients the likelihood, the regression and its t-values are X-13's",
    arguments: X13Run.complete)
  func atGivenParameters(run: X13Run) throws {
    let problem = try run.model().problem(for: try run.series())
    let estimate = try evaluate(problem, at: run.parameters)
    #expect(abs(estimate.logLikelihood - run.number("log_likelihood")) < (run.isRough ? 1e-6 : 1e-7))
    #expect(isClose(estimate.variance, run.number("variance"), relative: 1e-6))
    #expect(Double(estimate.effectiveObservations) == run.number("observations"))
    for (ours, theirs) in zip(estimate.beta, run.estimates(["regression"])) {
      #expect(isClose(ours, theirs, relative: 1e-5, absolute: 1e-8))
    }
  }

  @Test(
    "likelihood, criteria, coefficients, t-values and forecasts are X-13's at the optimum",
    arguments: X13Run.complete)
  func optimum(run: X13Run) throws {
    let fit = try run.model().fit(to: try run.series())
    let criteria = try #require(fit.informationCriteria)
    // X-13 may stop a little below the maximum, never above it.
    let gain = fit.estimate.logLikelihood - run.number("log_likelihood")
    #expect(gain > -1e-8 && gain < (run.isRough ? 1e-4 : 1e-7), "\(gain)")
    if run["exact"] != "none" {
      let tolerance = run.isRough ? 2e-4 : 1e-6
      #expect(abs(criteria.aic - run.number("aic")) < tolerance)
      #expect(abs(criteria.aicc - run.number("aicc")) < tolerance, "\(criteria.aicc - run.number("aicc"))")
      #expect(abs(criteria.bic - run.number("bic")) < tolerance)
      #expect(abs(criteria.hannanQuinn - run.number("hannan_quinn")) < tolerance)
    }
    #expect(Double(criteria.parameters) == run.number("parameters"))
    for (ours, theirs) in zip(fit.parameters, run.parameters) {
      #expect(abs(ours - theirs) < (run.isRough ? 1e-3 : 1e-5), "\(ours - theirs)")
    }
    let regression = run.coefficients.filter { $0["part"] == "regression" }
    #expect(fit.regression.count == regression.count)
    for (ours, theirs) in zip(fit.regression, regression) {
      let t = Double(theirs["t"] ?? "") ?? .nan
      #expect(abs(ours.tStatistic - t) < (run.isRough ? 1e-2 : 1e-4), "\(ours.name) \(ours.tStatistic - t)")
    }
    // X-13 forecasts a mixed model from innovations that are conditional on the first values in the autoregressive part.
    let forecasts = try outlook(run, at: fit.parameters, beta: fit.estimate.beta).medians
    for (h, row) in run.forecasts.enumerated() {
      let value = Double(row["forecast"] ?? "") ?? .nan
      #expect(
        isClose(forecasts[h], value, relative: run.isRough ? 1e-4 : 1e-6), "\(h) \(forecasts[h] / value - 1)")
    }
  }

  /// Forecasts and their standard errors on the scale of the model, by X-13's way to innovations.
  private func outlook(
    _ run: X13Run, at parameters: [Double], beta: [Double]
  ) throws -> (medians: [Double], deviations: [Double]) {
    var model = try run.model()
    if model.likelihood == .exact { model.likelihood = .exactMA }
    let series = try run.series()
    let horizon = run.forecasts.count
    var estimate = try evaluate(try run.model().problem(for: series), at: parameters)
    estimate.beta = beta
    let fit = try FittedARIMA(
      model: model, series: series, problem: try model.problem(for: series), estimate: estimate)
    let law = fit.normalLaw(horizon)
    // X-13's standard errors are those of an infinite past; ours are exact for the series' length.
    let psi = ARMAPolynomials(parameters, order: model.order, period: 12)
      .psiWeights(horizon, differencing: model.order.differencing(period: 12))
    let variances = law.factor.enumerated().map { h, row in
      row[..<law.shared].reduce(0) { $0 + $1 * $1 } + fit.variance * psi[...h].reduce(0) { $0 + $1 * $1 }
    }
    return (fit.forecast(horizon: horizon, levels: []).median, variances.map { $0.squareRoot() })
  }

  @Test("at X-13's coefficients forecasts and their standard errors are X-13's", arguments: X13Run.complete)
  func forecasts(run: X13Run) throws {
    let found = try outlook(run, at: run.parameters, beta: run.estimates(["regression"]))
    for (h, row) in run.forecasts.enumerated() {
      let value = Double(row["forecast"] ?? "") ?? .nan
      #expect(isClose(found.medians[h], value, relative: 1e-7), "\(h) \(found.medians[h] / value - 1)")
      let theirs = Double(row["standard_error"] ?? "") ?? .nan
      #expect(
        isClose(found.deviations[h], theirs, relative: 1e-6), "\(h) \(found.deviations[h] / theirs - 1)")
    }
  }

  @Test("where X-13's estimation failed, the likelihood agrees at its coefficients and ours is higher")
  func skippedLags() throws {
    let run = try #require(try X13Run.load().first { $0["run"] == "fixed/ap-skip-lags" })
    let series = try run.series()
    let model = ARIMA(
      ARIMAOrder(3, 1, 1, seasonal: (0, 1, 1)), transform: .log, constraints: .missing(.ar, lags: [1, 2]))
    let given = try evaluate(try model.problem(for: series), at: [0, 0] + run.parameters)
    // The log-likelihood belongs to coefficients of a neighbouring evaluation.
    #expect(abs(given.logLikelihood - run.number("log_likelihood")) < 3e-4)
    let fit = try model.fit(to: series)
    #expect(fit.estimate.logLikelihood > run.number("log_likelihood") + 5.8)
    #expect(fit.parameters.prefix(2) == [0, 0])
    #expect(fit.coefficients.map(\.isHeld) == [true, true, false, false, false])
  }
}
