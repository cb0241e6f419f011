import Tradewind

/// How good an adjustment is: in a line, as a report, and as a row of a CSV file.
struct AdjustmentQualityText {
  private let item: AdjustmentItem
  private let diagnostics: AdjustmentDiagnostics
  private var quality: X11Quality? { diagnostics.quality }

  init(_ item: AdjustmentItem) {
    self.item = item
    diagnostics = item.diagnostics
  }

  /// What was chosen, and how good it is.
  var summary: String {
    let lines = item.summary + [quality.map { verdict($0) } ?? Self.undefined] + season
    return lines.map { $0 + "\n" }.joined()
  }

  /// What is to be known before all else of a series without a season.
  private var season: [String] {
    if let whole = item.whole, !whole.isSeasonallyAdjusted {
      return ["not seasonal: no season was taken out (--adjust-anyway takes out what there seems to be)"]
    }
    return diagnostics.verdict?.finding == .absent ? ["not seasonal: better left unadjusted"] : []
  }

  private static let undefined = "no measures of quality: a component does not vary"

  private func verdict(_ quality: X11Quality) -> String {
    let failed = X11Quality.Measure.allCases.filter { (quality[$0] ?? 0) >= 1 }.map {
      "\($0.name) \(number(quality[$0] ?? 0))"
    }
    return
      "identifiable seasonality \(quality.identifiable.words); Q \(number(quality.q)) (\(acceptance(quality.q))); "
      + (failed.isEmpty ? "all measures below 1" : "1 or more: " + failed.joined(separator: ", "))
  }

  private func number(_ x: Double) -> String { NumberText.fixed(x, decimals: 2) }

  private func acceptance(_ q: Double) -> String { q < 1 ? "acceptable" : "not acceptable" }

  // MARK: Report

  /// Measures, tests, what is left in adjusted series and irregular, shares of the components, ratios of irregular to season.
  var report: String {
    guard let quality else { return summary + "\n" + concerns }
    let two = quality.qWithoutM2
    return [
      (item.summary + season).map { $0 + "\n" }.joined(), concerns,
      "Q \(number(quality.q)), \(acceptance(quality.q)) (below 1); without M2 \(number(two)), \(acceptance(two))\n"
        + measures(quality),
      "identifiable seasonality \(quality.identifiable.words)\n" + tests(quality), left,
      movements(quality), durations(quality), seasons,
    ].joined(separator: "\n")
  }

  private var concerns: String {
    let all = diagnostics.concerns()
    guard !all.isEmpty else { return "nothing that deserves a second look\n" }
    return "deserves a second look\n" + all.map { "- \($0)\n" }.joined()
  }

  /// Probabilities of seasons and weekdays left, and peaks.
  private var left: String {
    var table = TextTable(
      [("left in", .left)]
        + ["QS", "last 8 years", "Friedman", "weekdays", "last 8 years"].map { ($0, .right) }
        + [("peaks of the spectrum", .left)])
    for part in AdjustmentDiagnostics.Part.allCases where part.isAfterAdjustment {
      guard let check = diagnostics.seasonality(of: part) else { continue }
      let tests = [
        check.qs, check.qsLastYears, check.friedman, diagnostics.tradingDays(in: part),
        diagnostics.tradingDays(in: part, lastYears: SeasonalityCheck.recentYears),
      ]
      let peaks = (check.spectrum()?.peaks ?? []).filter(\.isSignificant).map {
        ($0.kind == .seasonal ? "season " : "weekdays ") + NumberText.fixed($0.frequency, decimals: 3)
      }
      table.add(
        [part.words] + tests.map { $0.map { RegressionText.probability($0.pValue) } ?? "–" }
          + [peaks.isEmpty ? "–" : peaks.joined(separator: ", ")])
    }
    return "probabilities if nothing were left\n" + table.text
  }

  private func measures(_ quality: X11Quality) -> String {
    var table = TextTable([
      ("measure", .left), ("value", .right), ("", .left), ("1 or more where", .left),
    ])
    for measure in X11Quality.Measure.allCases {
      let value = quality[measure]
      let mark = value.map { $0 >= 1 ? "too high" : "" } ?? "too short a series, or a stable filter"
      table.add([measure.name, value.map { NumberText.fixed($0, decimals: 3) } ?? "–", mark, measure.meaning])
    }
    return table.text
  }

  private func tests(_ quality: X11Quality) -> String {
    var table = TextTable([("test", .left), ("statistic", .right), ("d.f.", .right), ("p", .right)])
    func add(_ name: String, _ test: FTest?) {
      guard let test else { return }
      table.add([
        name, number(test.value), "\(test.numerator), \(test.denominator)",
        RegressionText.probability(test.probability),
      ])
    }
    add("stable seasonality, before extremes are known (B1)", quality.presence)
    add("stable seasonality (D8)", quality.stable)
    add("moving seasonality (D8)", quality.moving)
    table.add([
      "Kruskal–Wallis, stable seasonality (D8)", number(quality.kruskalWallis.value),
      "\(quality.kruskalWallis.degreesOfFreedom)",
      RegressionText.probability(quality.kruskalWallis.probability),
    ])
    add("season left in the adjusted series (D11)", quality.residual)
    add("season left in its last three years", quality.residualLastYears)
    return table.text
  }

  /// How much of the changes over 1, 2, … periods is whose.
  private func movements(_ quality: X11Quality) -> String {
    let hasModel = item.whole != nil
    let names = ["irregular", "trend", "season"] + (hasModel ? ["calendar", "outliers"] : [])
    var table = TextTable((["changes over"] + names + ["irregular/trend"]).map { ($0, .right) })
    for (index, share) in quality.contributions.enumerated() {
      let shares =
        [share.irregular, share.trend, share.seasonal] + (hasModel ? [share.calendar, share.prior] : [])
      table.add(
        ["\(index + 1)"] + shares.map { NumberText.percent($0) } + [number(quality.noiseToTrend[index])])
    }
    let unit = item.observed.seasonalPeriod == 4 ? "quarters" : "months"
    return table.text
      + "the trend moves more than the irregular from \(quality.cyclicalDominance) \(unit) on\n"
  }

  private func durations(_ quality: X11Quality) -> String {
    let runs = quality.durations
    let shares = quality.variances
    return
      "mean run up or down: adjusted \(number(runs.adjusted)), irregular \(number(runs.irregular)), "
      + "trend \(number(runs.trend)) periods\n"
      + "shares in the variance about a line: irregular \(NumberText.percent(shares.irregular)), "
      + "trend \(NumberText.percent(shares.trend)), season \(NumberText.percent(shares.seasonal))\n"
  }

  /// Table D9A.
  private var seasons: String {
    let ratios = item.parts.choices.movingSeasonality
    let filters = item.parts.choices.seasonalFilters
    let isQuarterly = item.observed.seasonalPeriod == 4
    var table = TextTable([
      (isQuarterly ? "quarter" : "month", .right), ("irregular moves", .right), ("season moves", .right),
      ("I/S", .right), ("filter", .left),
    ])
    for season in ratios.ratios.indices {
      table.add([
        "\(season + 1)", NumberText.fixed(ratios.irregular[season], decimals: 3),
        NumberText.fixed(ratios.seasonal[season], decimals: 3), AdjustmentItem.ratio(ratios.ratios[season]),
        filters[season].words,
      ])
    }
    let unit =
      switch item.parts.specification.mode {
      case .additive: ""
      case .logAdditive: ", in logarithms times 100"
      case .multiplicative, .pseudoAdditive: ", in per cent"
      }
    return "mean changes from year to year\(unit)\n" + table.text
  }

  // MARK: CSV

  /// A row a series: choices, measures and tests. Empty where a component does not vary.
  static func csv(_ items: [AdjustmentItem]) -> String {
    var csv = CSVText(
      header: [
        "unique_id", "mode", "model", "seasonal_filters", "trend_length", "noise_to_season", "noise_to_trend",
        "identifiable", "q", "q_without_m2",
      ] + X11Quality.Measure.allCases.map { $0.name.lowercased() } + [
        "cyclical_dominance", "stable_f", "moving_f", "kruskal_wallis", "residual_f", "residual_p",
        "residual_recent_f", "residual_recent_p", "qs_p", "qs_recent_p", "seasonally_adjusted", "concerns",
      ])
    for item in items {
      let (diagnostics, choices) = (item.diagnostics, item.parts.choices)
      let quality = diagnostics.quality
      let check = diagnostics.seasonality(of: .adjusted)
      let filters = choices.seasonalFilters.map(\.rawValue)
      let words = [
        item.observed.name, item.parts.specification.mode.words, item.whole?.fitted.name ?? "",
        Set(filters).count == 1 ? filters[0] : filters.joined(separator: " "),
      ]
      let chosen =
        ["\(choices.trendLength)"] + [choices.movingSeasonality.global, choices.noiseToTrend].map(number)
      let measures = X11Quality.Measure.allCases.map { quality?[$0] }
      csv.add(
        words + chosen + [quality?.identifiable.words ?? ""]
          + ([quality?.q, quality?.qWithoutM2] + measures).map(number)
          + [quality.map { "\($0.cyclicalDominance)" } ?? ""]
          + [
            quality?.stable.value, quality?.moving.value, quality?.kruskalWallis.value,
            quality?.residual?.value,
            quality?.residual?.probability, quality?.residualLastYears?.value,
            quality?.residualLastYears?.probability, check?.qs?.pValue, check?.qsLastYears?.pValue,
          ].map(number)
          + [
            item.whole?.isSeasonallyAdjusted == false ? "no" : "yes",
            diagnostics.concerns().map(\.description).joined(separator: "; "),
          ])
    }
    return csv.text
  }

  private static func number(_ x: Double?) -> String { CSVText.number(x) }
}

extension X11Quality.Measure {
  /// What makes it large.
  fileprivate var meaning: String {
    switch self {
    case .m1: "the irregular has much of the changes over three months"
    case .m2: "the irregular has much of the variance about a line"
    case .m3: "the irregular moves much beside the trend (I/C)"
    case .m4: "neighboring irregular values go together"
    case .m5: "the trend needs long to move more than the irregular"
    case .m6: "a 3 × 5 filter suits the season's movements badly"
    case .m7: "the season moves much beside its size: hard to identify"
    case .m8: "the season varies much from year to year"
    case .m9: "the season drifts over the years"
    case .m10: "the season varies much in recent years"
    case .m11: "the season drifts in recent years"
    }
  }
}
