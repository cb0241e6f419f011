import Tradewind

/// X-11 adjustments as a table, as CSV and as JSON.
struct X11Text {
  /// An adjustment, and the adjusted series with forced totals where they were asked for.
  struct Item {
    let parts: X11Decomposition
    let forced: [Double]?
    /// With a model before X-11: the whole adjustment, whose components take the place of those of `parts`.
    let whole: AdjustedSeries?

    init(parts: X11Decomposition, forced: [Double]?) {
      (self.parts, self.forced, whole) = (parts, forced, nil)
    }

    init(_ whole: AdjustedSeries) {
      (parts, forced, self.whole) = (whole.parts, whole.forced, whole)
    }

    /// What was given, with what is missing.
    var observed: TimeSeries { whole?.observed ?? parts.observed }
  }

  let items: [Item]
  let tables: [X11Table]

  private struct Column {
    let title: String
    let csvName: String
    /// Whether the numbers are factors about 1 and not amounts in the unit of the series.
    let isFactor: Bool
    let values: [Double]
  }

  private func columns(of item: Item) -> [Column] {
    let one = item.parts
    let factors = one.specification.mode != .additive
    func column(_ title: String, csv: String? = nil, _ values: [Double], isFactor: Bool = false) -> Column {
      Column(title: title, csvName: csv ?? title, isFactor: isFactor, values: values)
    }
    let whole = item.whole
    let effects =
      whole.map {
        [
          column("calendar", $0.calendar, isFactor: factors),
          column("combined", $0.combined, isFactor: factors),
        ]
      } ?? []
    return [
      column("observed", item.observed.values), column("trend", whole?.trend ?? one.trend),
      column("seasonal", whole?.seasonal ?? one.seasonal, isFactor: factors),
      column("remainder", whole?.irregular ?? one.irregular, isFactor: factors),
      column("adjusted", csv: "seasonally_adjusted", whole?.seasonallyAdjusted ?? one.seasonallyAdjusted),
      column("weight", one.weights, isFactor: true),
    ] + effects + (item.forced.map { [column("forced", $0)] } ?? [])
      + tables.map { column($0.name, csv: $0.rawValue, one.tables[$0] ?? [], isFactor: true) }
  }

  var table: String {
    items.map { item in
      let (one, columns) = (item.parts, columns(of: item))
      var table = TextTable([("period", .left)] + columns.map { ($0.title, .right) })
      let places = NumberText.decimals(forTypicalOf: one.observed.values, digits: 4)
      for (index, period) in one.observed.periods.enumerated() {
        table.add(
          ["\(period)"]
            + columns.map { NumberText.fixed($0.values[index], decimals: $0.isFactor ? 4 : places) })
      }
      return summary(item) + "\n" + table.text
    }.joined(separator: "\n")
  }

  /// What was chosen and how good it is, in a few lines.
  private func summary(_ item: Item) -> String {
    let one = item.parts
    let series = one.observed
    let name = series.name.isEmpty ? "" : "\(series.name): "
    let choices = one.choices
    let filters = Set(choices.seasonalFilters)
    let filter = filters.count == 1 ? choices.seasonalFilters[0].words : "one for each season"
    let outside = one.weights.count { $0 == 0 }
    let between = one.weights.count { $0 > 0 && $0 < 1 }
    var lines = [
      "\(name)x11, \(one.specification.mode.words), \(series.start) to \(series.end), \(series.count) periods",
      "seasonal filter \(filter) (I/S \(number(choices.movingSeasonality.global))), "
        + "trend of \(choices.trendLength) terms (I/C \(number(choices.noiseToTrend))), "
        + "\(outside) extreme \(outside == 1 ? "value" : "values"), \(between) of reduced weight",
    ]
    if let fitted = item.whole?.fitted {
      let names = fitted.regression.map(\.name)
      let list = names.isEmpty ? "" : ": " + names.joined(separator: ", ")
      lines.insert("after \(fitted.name)\(list)", at: 1)
    }
    if let quality = one.quality() {
      let failed = X11Quality.Measure.allCases.filter { (quality[$0] ?? 0) >= 1 }.map {
        "\($0.name) \(number(quality[$0] ?? 0))"
      }
      lines.append(
        "identifiable seasonality \(quality.identifiable.words); Q \(number(quality.q)) (\(verdict(quality.q))); "
          + (failed.isEmpty ? "all measures below 1" : "1 or more: " + failed.joined(separator: ", ")))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func number(_ x: Double) -> String { NumberText.fixed(x, decimals: 2) }

  private func verdict(_ q: Double) -> String { q < 1 ? "acceptable" : "not acceptable" }

  var csv: String {
    var csv = CSVText(
      header: ["unique_id", "ds"] + (items.first.map { columns(of: $0).map(\.csvName) } ?? []))
    for item in items {
      let (one, columns) = (item.parts, columns(of: item))
      for (index, period) in one.observed.periods.enumerated() {
        csv.add([one.observed.name, "\(period)"] + columns.map { CSVText.number($0.values[index]) })
      }
    }
    return csv.text
  }

  var json: String { get throws { try JSONText.oneOrMany(items.map { entry($0) }) } }

  private func entry(_ item: Item) -> X11Entry {
    let one = item.parts
    let names =
      ["observed", "trend", "seasonal", "remainder", "seasonallyAdjusted", "weight"]
      + (item.whole == nil ? [] : ["calendar", "combined"]) + (item.forced == nil ? [] : ["forced"])
    let named = zip(names + tables.map(\.rawValue), columns(of: item)).map { name, column in
      (name, column.values.map { $0.isNaN ? nil : $0 })
    }
    return X11Entry(
      series: one.observed.name, mode: one.specification.mode.words,
      seasonalPeriod: one.observed.seasonalPeriod, period: one.observed.periods.map { "\($0)" },
      seasonalFilters: one.choices.seasonalFilters.map(\.rawValue), trendLength: one.choices.trendLength,
      noiseToTrend: one.choices.noiseToTrend, noiseToSeason: one.choices.movingSeasonality.global,
      seasonalForecast: item.whole?.outlook.seasonal ?? one.seasonalForecast,
      quality: one.quality().map { X11Entry.Quality($0) },
      model: item.whole?.fitted.name, outlook: item.whole.map { X11Entry.Outlook($0.outlook) },
      components: Dictionary(named) { first, _ in first })
  }
}

private struct X11Entry: Encodable {
  let series: String
  let method = "x11"
  let mode: String
  let seasonalPeriod: Int
  let period: [String]
  let seasonalFilters: [String]
  let trendLength: Int
  let noiseToTrend, noiseToSeason: Double
  /// The coming year's factors.
  let seasonalForecast: [Double]
  /// Missing where a component does not vary.
  let quality: Quality?
  /// The model before X-11.
  let model: String?
  let outlook: Outlook?
  /// By name; what is missing is `null`.
  let components: [String: [Double?]]

  /// The year after the series, with a model.
  struct Outlook: Encodable {
    let period: [String]
    let seasonal, calendar, combined, series: [Double]

    init(_ outlook: AdjustedSeries.Outlook) {
      period = outlook.series.indices.map { "\(outlook.start.advanced(by: $0))" }
      (seasonal, calendar) = (outlook.seasonal, outlook.calendar)
      (combined, series) = (outlook.combined, outlook.series)
    }
  }

  struct Quality: Encodable {
    let q, qWithoutM2: Double
    let measures: [String: Double]
    let identifiableSeasonality: String
    let monthsForCyclicalDominance: Int
    let stableSeasonality, movingSeasonality: Test
    let kruskalWallis: Test
    let residualSeasonality, residualSeasonalityLastYears: Test?

    init(_ quality: X11Quality) {
      (q, qWithoutM2) = (quality.q, quality.qWithoutM2)
      measures = Dictionary(
        uniqueKeysWithValues: quality.measures.map { ($0.key.name, $0.value) })
      identifiableSeasonality = quality.identifiable.words
      monthsForCyclicalDominance = quality.cyclicalDominance
      stableSeasonality = Test(quality.stable)
      movingSeasonality = Test(quality.moving)
      kruskalWallis = Test(
        statistic: quality.kruskalWallis.value, probability: quality.kruskalWallis.probability)
      residualSeasonality = quality.residual.map { Test($0) }
      residualSeasonalityLastYears = quality.residualLastYears.map { Test($0) }
    }
  }

  struct Test: Encodable {
    let statistic, probability: Double

    init(statistic: Double, probability: Double) {
      (self.statistic, self.probability) = (statistic, probability)
    }

    init(_ test: FTest) { self.init(statistic: test.value, probability: test.probability) }
  }
}

extension X11Mode {
  /// As the tool says it.
  var words: String {
    switch self {
    case .multiplicative: "multiplicative"
    case .additive: "additive"
    case .logAdditive: "log-additive"
    case .pseudoAdditive: "pseudo-additive"
    }
  }
}

extension X11SeasonalFilter {
  /// As people write it.
  var words: String {
    switch self {
    case .automatic: "chosen by the data"
    case .x11Default: "of X-11"
    case .s3x1: "3 × 1"
    case .s3x3: "3 × 3"
    case .s3x5: "3 × 5"
    case .s3x9: "3 × 9"
    case .s3x15: "3 × 15"
    case .stable: "stable"
    }
  }
}

extension IdentifiableSeasonality {
  /// As people write it.
  var words: String {
    switch self {
    case .present: "present"
    case .probablyNotPresent: "probably not present"
    case .notPresent: "not present"
    }
  }
}
