import Tradewind

/// An X-11 adjustment as a member of a JSON file.
struct X11Entry: Encodable {
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
  /// Whether a season was taken out.
  let isSeasonallyAdjusted: Bool
  /// What deserves a second look.
  let concerns: [String]
  /// The model before X-11.
  let model: String?
  let outlook: Outlook?
  /// By name; what is missing is `null`.
  let components: [String: [Double?]]

  init(_ item: AdjustmentItem, _ tables: [TableName]) {
    let (one, choices) = (item.parts, item.parts.choices)
    series = one.observed.name
    mode = one.specification.mode.words
    seasonalPeriod = one.observed.seasonalPeriod
    period = one.observed.periods.map { "\($0)" }
    seasonalFilters = choices.seasonalFilters.map(\.rawValue)
    trendLength = choices.trendLength
    (noiseToTrend, noiseToSeason) = (choices.noiseToTrend, choices.movingSeasonality.global)
    seasonalForecast = item.whole?.outlook.seasonal ?? one.seasonalForecast
    let diagnostics = item.diagnostics
    quality = diagnostics.quality.map { Quality($0) }
    isSeasonallyAdjusted = item.whole?.isSeasonallyAdjusted ?? true
    concerns = diagnostics.concerns().map(\.description)
    model = item.whole?.fitted.name
    outlook = item.whole.map { Outlook($0.outlook) }
    let named = item.columns(tables).map { ($0.jsonName, $0.values.map { $0.isNaN ? nil : $0 }) }
    components = Dictionary(named) { first, _ in first }
  }

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
