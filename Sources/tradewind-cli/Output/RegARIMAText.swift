import Tradewind

/// Fitted regressions with ARIMA errors as a table, as CSV and as JSON.
struct RegARIMAText: ResultText {
  struct Entry {
    let fit: FittedARIMA
    /// How the model was chosen, a sentence a step; none for a given one.
    let steps: [String]
    let windows: HolidayWindowChoice?
    /// The periods without a value of their own.
    let interpolated: [InterpolatedPeriod]
    let forecast: Forecast?
  }

  let entries: [Entry]
  /// The levels of the forecasts' intervals.
  let levels: [Double]
  /// Whether the table says how the model was chosen.
  let showsSteps: Bool
  let shape: JSONText.Shape

  var table: String { entries.map(table).joined(separator: "\n\n") }

  private func table(_ entry: Entry) -> String {
    let isPerfect = entry.fit.variance == 0
    let evidence =
      isPerfect
      ? ["differences and regressors leave nothing to explain: every residual is 0\n"]
      : [
        quality(entry.fit), GroupTestsText(entry.fit.groupTests).text, windows(entry),
        DiagnosticsText(entry.fit.residualDiagnostics).text,
      ]
    let parts =
      [heading(entry), steps(entry), coefficients(entry.fit)] + evidence + [
        interpolated(entry), forecasts(entry),
      ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func heading(_ entry: Entry) -> String {
    let series = entry.fit.series
    let name = series.name.isEmpty ? "" : "\(series.name): "
    let missing = series.missingCount == 0 ? "" : ", \(series.missingCount) missing"
    let scale = entry.fit.model.transform == .log ? "logarithms of " : ""
    let prior =
      switch entry.fit.model.prior {
      case .leapYear: ", divided by the leap year's factor"
      case .lengthOfMonth: ", divided by the length of the month"
      case nil: ""
      }
    let observations = series.count - series.missingCount
    let order = "ARIMA\(entry.fit.model.order.text(period: series.seasonalPeriod))"
    let errors = entry.fit.model.regressors.isEmpty ? order : "regression with errors by \(order)"
    let chosen = entry.steps.isEmpty ? "" : ", chosen in \(entry.steps.count) steps"
    let hint = entry.steps.isEmpty || showsSteps ? "" : " (--steps lists them)"
    return """
      \(name)\(scale)\(observations) observations, \(series.start) to \(series.end)\(missing)\(prior)
      \(errors)\(chosen)\(hint)

      """
  }

  private func steps(_ entry: Entry) -> String {
    showsSteps ? entry.steps.enumerated().map { "\($0 + 1). \($1)\n" }.joined() : ""
  }

  private func coefficients(_ fit: FittedARIMA) -> String {
    var table = TextTable([
      ("", .left), ("estimate", .right), ("std. error", .right), ("t", .right), ("p", .right),
    ])
    func add(_ name: String, _ numbers: [Double]) {
      table.add([
        name, NumberText.significant(numbers[0], digits: 5), NumberText.significant(numbers[1], digits: 4),
        NumberText.fixed(numbers[2], decimals: 2), RegressionText.probability(numbers[3]),
      ])
    }
    let derived = fit.derivedCoefficientsByPlace
    for (place, c) in fit.regression.enumerated() {
      add(c.name, [c.estimate, c.standardError, c.tStatistic, c.pValue])
      for c in derived[place] ?? [] {
        add("\(c.name) (derived)", [c.estimate, c.standardError, c.tStatistic, c.pValue])
      }
    }
    for c in fit.coefficients {
      let numbers = c.isHeld ? [.nan, .nan, .nan] : [c.standardError, c.tStatistic, c.pValue]
      add(c.isHeld ? "\(c.name) (held)" : c.name, [c.estimate] + numbers)
    }
    return table.text
  }

  private func quality(_ fit: FittedARIMA) -> String {
    func number(_ x: Double) -> String { NumberText.fixed(x, decimals: 2) }
    let hasDifferences = fit.model.order.d + fit.model.order.seasonalD > 0
    var line = "σ of the innovations \(NumberText.significant(fit.variance.squareRoot(), digits: 4))"
    if let criteria = fit.informationCriteria {
      line +=
        " over \(criteria.observations) \(hasDifferences ? "differences" : "observations")\nlog-likelihood \(number(criteria.logLikelihood)), "
        + "AIC \(number(criteria.aic)), AICc \(number(criteria.aicc)), BIC \(number(criteria.bic))"
    }
    return line + "\n"
  }

  /// The best five of the windows, and no effect.
  private func windows(_ entry: Entry) -> String {
    guard let choice = entry.windows else { return "" }
    let ranked = choice.candidates.sorted { $0.aicc < $1.aicc }
    var table = TextTable([("windows of \(choice.holiday.name), days", .left), ("AICc", .right)])
    let shown = ranked.prefix(5) + ranked.dropFirst(5).filter(\.windows.isEmpty)
    for candidate in shown {
      table.add([candidate.description, NumberText.fixed(candidate.aicc, decimals: 2)])
    }
    return table.text + (ranked.count > shown.count ? "the best of \(ranked.count) compared\n" : "")
  }

  /// Periods without a value: the last ones, if there are many.
  private func interpolated(_ entry: Entry) -> String {
    let shown = entry.interpolated.suffix(24)
    guard !shown.isEmpty else { return "" }
    var table = TextTable(
      [("no value of its own", .left), ("estimate", .right)]
        + levels.flatMap { [("\(LevelList.name($0)) % from", .right), ("to", .right)] } + [("", .left)])
    let places = NumberText.decimals(forTypicalOf: shown.map(\.estimate), digits: 5)
    for month in shown {
      let numbers = [month.estimate] + month.intervals.flatMap { [$0.lower, $0.upper] }
      table.add(
        ["\(month.period)"] + numbers.map { NumberText.fixed($0, decimals: places) }
          + [month.isCombined ? "of a known sum" : "missing"])
    }
    let more = entry.interpolated.count - shown.count
    return table.text + (more > 0 ? "and \(more) before\n" : "")
  }

  private func forecasts(_ entry: Entry) -> String {
    guard let forecast = entry.forecast else { return "" }
    var table = TextTable(
      [("period", .left), ("mean", .right), ("median", .right)]
        + levels.flatMap { [("\(LevelList.name($0)) % from", .right), ("to", .right)] })
    let places = NumberText.decimals(forTypicalOf: forecast.mean, digits: 5)
    for (step, period) in forecast.periods.enumerated() {
      table.add(
        ["\(period)"] + Self.numbers(forecast, step).map { NumberText.fixed($0, decimals: places) })
    }
    return table.text
  }

  private static func numbers(_ forecast: Forecast, _ step: Int) -> [Double] {
    [forecast.mean[step], forecast.median[step]]
      + forecast.intervals[step].flatMap { [$0.lower, $0.upper] }
  }

  // MARK: CSV and JSON

  /// The forecasts if there are any, else the coefficients.
  var csv: String {
    guard entries.contains(where: { $0.forecast != nil }) else { return coefficientsCSV }
    var csv = CSVText(
      header: ["unique_id", "ds", "mean", "median"]
        + levels.map(LevelList.name).flatMap { ["lo-\($0)", "hi-\($0)"] })
    for entry in entries {
      guard let forecast = entry.forecast else { continue }
      for (step, period) in forecast.periods.enumerated() {
        csv.add(
          [entry.fit.series.name, "\(period)"] + Self.numbers(forecast, step).map { CSVText.number($0) })
      }
    }
    return csv.text
  }

  private var coefficientsCSV: String {
    var csv = CSVText(header: ["unique_id", "term", "estimate", "std_error", "t", "p"])
    for entry in entries {
      func add(_ name: String, _ numbers: [Double]) {
        csv.add([entry.fit.series.name, name] + numbers.map { CSVText.number($0) })
      }
      for c in entry.fit.regression { add(c.name, [c.estimate, c.standardError, c.tStatistic, c.pValue]) }
      for c in entry.fit.coefficients {
        add(c.name, [c.estimate, c.standardError, c.tStatistic, c.pValue])
      }
    }
    return csv.text
  }

  var json: String { get throws { try JSONText.text(entries.map(RegARIMAJSON.init), as: shape) } }
}
