import Tradewind

/// Fitted regressions as a table, as CSV and as JSON.
struct RegressionText: ResultText {
  struct Entry {
    let fit: RegressionFit
    let predictions: [RegressionPrediction]
  }

  let entries: [Entry]
  /// The levels of the predictions' intervals.
  let levels: [Double]
  let shape: JSONText.Shape

  // MARK: Table

  var table: String { entries.map(table).joined(separator: "\n\n") }

  private func table(_ entry: Entry) -> String {
    let fit = entry.fit
    var coefficients = TextTable([
      ("", .left), ("estimate", .right), ("std. error", .right), ("t", .right), ("p", .right),
    ])
    func add(_ c: RegressionCoefficient, as name: String) {
      coefficients.add([
        name, NumberText.significant(c.estimate, digits: 5),
        NumberText.significant(c.standardError, digits: 5),
        NumberText.fixed(c.tStatistic, decimals: 2), Self.probability(c.pValue),
      ])
    }
    let derived = fit.derivedCoefficientsByPlace
    for (place, c) in fit.coefficients.enumerated() {
      add(c, as: c.name)
      for c in derived[place] ?? [] { add(c, as: "\(c.name) (derived)") }
    }
    let aliased = fit.aliased.map { "left out: \($0)\n" }.joined()
    let groups = GroupTestsText(fit.groupTests).text
    let parts = [heading(fit), coefficients.text + aliased, quality(fit), groups, predictions(entry)]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func heading(_ fit: RegressionFit) -> String {
    let series = fit.observed
    let name = series.name.isEmpty ? "" : "\(series.name): "
    let missing = fit.missingCount == 0 ? "" : ", \(fit.missingCount) missing"
    let scale = fit.transform == .log ? "logarithms of " : ""
    return "\(name)\(scale)\(fit.observationCount) observations, \(series.start) to \(series.end)\(missing); "
      + "standard errors \(Self.words(fit.standardErrors))\n"
  }

  private func quality(_ fit: RegressionFit) -> String {
    func number(_ x: Double, _ decimals: Int = 2) -> String { NumberText.fixed(x, decimals: decimals) }
    let sigma = NumberText.significant(fit.sigma, digits: 4)
    var lines = [
      "R² \(number(fit.rSquared, 4)), adjusted \(number(fit.adjustedRSquared, 4)); "
        + "σ \(sigma) on \(fit.degreesOfFreedom) d.f.",
      "log-likelihood \(number(fit.logLikelihood)), AIC \(number(fit.aic)), AICc \(number(fit.aicc)), "
        + "BIC \(number(fit.bic))",
    ]
    if let test = fit.fTest { lines.append("F test of all terms \(Self.words(test))") }
    let portmanteau = ljungBox(fit).map { "Ljung–Box \(Self.words($0)), " } ?? ""
    lines.append(
      "residuals: Durbin–Watson \(number(fit.durbinWatson)), \(portmanteau)Jarque–Bera \(Self.words(fit.jarqueBera))"
    )
    return lines.joined(separator: "\n") + "\n"
  }

  private func predictions(_ entry: Entry) -> String {
    guard !entry.predictions.isEmpty else { return "" }
    var table = TextTable(
      [("", .left), ("mean", .right), ("median", .right)]
        + levels.flatMap { [("\(LevelList.name($0)) % from", .right), ("to", .right)] })
    let places = NumberText.decimals(for: entry.predictions[0].median.magnitude, digits: 5)
    for prediction in entry.predictions {
      let numbers =
        [prediction.mean, prediction.median] + prediction.intervals.flatMap { [$0.lower, $0.upper] }
      table.add(["\(prediction.period)"] + numbers.map { NumberText.fixed($0, decimals: places) })
    }
    return table.text
  }

  /// Two seasons of lags (10 without a season), but at most a fifth of the observations: R. J. Hyndman and
  /// G. Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, §5.4.
  private func ljungBox(_ fit: RegressionFit) -> HypothesisTest? {
    let season = fit.observed.seasonalPeriod
    let lags = min(season > 1 ? 2 * season : 10, fit.observationCount / 5)
    return lags >= 1 ? try? fit.ljungBox(lags: lags) : nil
  }

  static func words(_ test: HypothesisTest) -> String {
    let below = test.denominatorDegreesOfFreedom.map { " and \($0)" } ?? ""
    return "\(NumberText.significant(test.statistic, digits: 4)) on \(test.degreesOfFreedom)\(below) d.f. "
      + "(p \(probability(test.pValue)))"
  }

  private static func words(_ errors: StandardErrors) -> String {
    switch errors {
    case .classical: "classical"
    case .neweyWest(let lag, _): "of Newey and West" + (lag.map { ", lag \($0)" } ?? "")
    }
  }

  static func probability(_ p: Double) -> String {
    p < 0.0001 ? "<0.0001" : NumberText.fixed(p, decimals: 4)
  }

  // MARK: CSV and JSON

  /// The predictions if there are any, else the coefficients.
  var csv: String {
    guard entries.contains(where: { !$0.predictions.isEmpty }) else { return coefficientsCSV }
    var csv = CSVText(
      header: ["unique_id", "ds", "mean", "median"]
        + levels.map(LevelList.name).flatMap { ["lo-\($0)", "hi-\($0)"] })
    for entry in entries {
      for p in entry.predictions {
        let numbers = [p.mean, p.median] + p.intervals.flatMap { [$0.lower, $0.upper] }
        csv.add([entry.fit.observed.name, "\(p.period)"] + numbers.map { CSVText.number($0) })
      }
    }
    return csv.text
  }

  private var coefficientsCSV: String {
    var csv = CSVText(header: ["unique_id", "term", "estimate", "std_error", "t", "p"])
    for entry in entries {
      for c in entry.fit.coefficients {
        let numbers = [c.estimate, c.standardError, c.tStatistic, c.pValue]
        csv.add([entry.fit.observed.name, c.name] + numbers.map { CSVText.number($0) })
      }
    }
    return csv.text
  }

  var json: String { get throws { try JSONText.text(entries.map(RegressionJSON.init), as: shape) } }
}
