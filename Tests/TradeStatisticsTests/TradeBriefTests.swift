import TestSupport
import Testing
import TradeStatistics
import Tradewind

@Suite("The trade brief of 2025 from the silver facts")
struct TradeBriefTests {
  /// Without the series of many estimated months, which takes long in a debug build; nothing below is about its months.
  static let silver = Result {
    var projector = HistoryProjector()
    projector.historyLimit = 48
    projector.draws = 200
    return try TradeBrief(of: Sample.silver(), period: PeriodRange(.year(2025)), projector: projector)
  }

  /// Whether a figure is `expected` to within half a unit of the last digit that a brief prints.
  private func expect(
    _ figure: Figure?, _ expected: Double, within tolerance: Double,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let figure = try #require(figure, sourceLocation: location)
    #expect(abs(figure.value - expected) <= tolerance, sourceLocation: location)
  }

  private func commodity(_ name: String) throws -> CommodityBrief {
    try #require(try Self.silver.get().commodities.first { $0.statement.series == name })
  }

  @Test("total, imports, exports, deficit, and exports growing faster")
  func overall() throws {
    let brief = try Self.silver.get()
    #expect(brief.overviews.count == 1)
    let overview = try #require(brief.overviews.first)
    #expect(overview.subject == "silver-products")
    try expect(overview.total?.level, 15.222e9, within: 0)
    try expect(overview.total?.growth, 0.296, within: 0)
    try expect(overview.imports?.level, 8.506e9, within: 0)
    try expect(overview.imports?.growth, 0.186, within: 0)
    try expect(overview.exports?.level, 6.716e9, within: 0)
    try expect(overview.exports?.growth, 0.467, within: 0)
    try expect(overview.balance, -1.79e9, within: 0)
    // 6.716 / 1.467 − 8.506 / 1.186 = 4.578 − 7.172.
    try expect(overview.baseBalance, -2.594e9, within: 1e6)
    try expect(overview.coverage, 6.716 / 8.506, within: 1e-12)
    let growth = try [#require(overview.exports?.growth), #require(overview.imports?.growth)]
    #expect(growth[0].value > growth[1].value)
    #expect(overview.checks.count == 3 && overview.checks.allSatisfy { $0.agrees })
    // Line and source of a published number; formula and inputs of a computed one.
    #expect(overview.imports?.level?.statement?.line == 208)
    #expect(overview.imports?.level?.statement?.source == "SunSirs, 2025 silver trade")
    guard case .computed(let formula, let inputs) = overview.imports?.base?.origin else {
      Issue.record("the base is computed")
      return
    }
    #expect(formula == "level / (1 + growth)" && inputs.map(\.figure.value) == [8.506e9, 0.186])
  }

  @Test("concentrate imports: a record year, December, and the audit's other level of 2024 left alone")
  func concentrate() throws {
    let concentrate = try commodity("silver-concentrate-imports")
    try expect(concentrate.statement.level, 1_917_000, within: 0)
    try expect(concentrate.statement.growth, 0.141, within: 0)
    try expect(concentrate.statement.base, 1_680_105, within: 1)
    #expect(concentrate.record?.kind == .highest && concentrate.record?.isOnRecord == true)
    #expect(concentrate.run?.direction == .rising && concentrate.run?.length == 3)
    let december = try #require(concentrate.month)
    #expect(december.period == .month(2025, 12))
    try expect(december.level, 239_000, within: 0)
    try expect(december.growth(.onPeriod), 0.323, within: 0)
    // December 2024 is not stated: it follows, and the growth says how surely.
    let year = try #require(december.growth(.onYear))
    #expect(abs(year.value - 0.82) < 0.01 && year.interval != nil)
    #expect(december.record.map { $0.kind == .highest && $0.chance > 0.9 } == true)
    let base = concentrate.earlier.first { $0.period == PeriodRange(.year(2024)) }
    try expect(base?.level, 1_680_000, within: 0)
  }

  @Test("partners: amounts, changes, top share, and the stated share that they do not give")
  func partners() throws {
    let concentrate = try commodity("silver-concentrate-imports")
    let partners = try #require(concentrate.breakdowns.first { $0.dimension == .partner })
    #expect(partners.parts.map(\.label) == ["peru", "mexico", "bolivia"])
    for (part, expected) in zip(partners.parts, [(956_000.0, 141_000.0), (267_000, 400), (157_000, 23_000)]) {
      try expect(part.level, expected.0, within: 0)
      try expect(part.change, expected.1, within: 0)
    }
    let check = try #require(partners.checks.first { $0.kind == .group })
    #expect(!check.agrees && check.stated.value == 0.741)
    try expect(check.implied, 0.71987, within: 1e-5)
    let concentration = try #require(partners.concentration)
    try expect(concentration.topShare, 0.71987, within: 1e-5)
    try expect(concentration.baseTopShare, (815_000.0 + 266_600 + 134_000) / 1_680_105, within: 1e-5)
    #expect(concentration.direction == .undetermined)
    try expect(partners.others?.level, 537_000, within: 0.5)
  }

  @Test("provinces: Henan, Hunan, Shandong and Jiangxi")
  func provinces() throws {
    let concentrate = try commodity("silver-concentrate-imports")
    let provinces = try #require(concentrate.breakdowns.first { $0.dimension == .province })
    #expect(provinces.parts.map(\.label) == ["henan", "hunan", "shandong", "jiangxi"])
    let expected = [(506_000.0, 36_000.0), (214_000, 67_000), (197_000, 24_000), (118_000, -77_000)]
    for (part, expected) in zip(provinces.parts, expected) {
      try expect(part.level, expected.0, within: 0)
      try expect(part.change, expected.1, within: 0)
    }
  }

  @Test("contributions add up to the growth, exactly and as printed")
  func contributions() throws {
    let brief = try Self.silver.get()
    let all =
      brief.overviews.compactMap(\.contributions)
      + brief.commodities.flatMap { $0.breakdowns.compactMap(\.contributions) }
    #expect(all.count == 4)
    for one in all {
      #expect(one.exact.parts.reduce(one.exact.remainder, +) == one.exact.growth)
      let tenths = (one.points + [one.remainderPoints]).map { Int(($0 * 10).rounded()) }
      #expect(tenths.reduce(0, +) == Int((one.growthPoints * 10).rounded()))
    }
    let overview = try #require(brief.overviews.first?.contributions)
    #expect(overview.points == [18.2, 11.4] && overview.growthPoints == 29.6)
  }

  @Test("ingot exports: the more precise of two levels, December, and processing trade with its volume")
  func ingots() throws {
    let ingots = try commodity("silver-ingot-exports")
    try expect(ingots.statement.level, 5043, within: 0)
    try expect(ingots.statement.growth, 0.183, within: 0)
    try expect(ingots.month?.level, 346.4, within: 0)
    try expect(ingots.month?.growth(.onPeriod), -0.113, within: 0)
    let methods = try #require(ingots.breakdowns.first { $0.dimension == .method })
    let processing = try #require(methods.parts.first)
    #expect(processing.label == "processing-trade")
    try expect(processing.share, 0.907, within: 0)
    try expect(processing.growth, 0.145, within: 0)
    // 0.907 × 5043 / 1.145 over 5043 / 1.183 = 93.7 %.
    try expect(processing.baseShare, 0.907 * 1.183 / 1.145, within: 1e-9)
  }

  @Test("value, volume and unit value for the last year that has all three")
  func prices() throws {
    let concentrate = try commodity("silver-concentrate-imports")
    let prices = try #require(concentrate.prices)
    #expect(prices.period == PeriodRange(.year(2024)))
    try expect(prices.value, 0.3146, within: 0)
    try expect(prices.volume, 0.0551, within: 0)
    try expect(prices.unitValue, 1.3146 / 1.0551 - 1, within: 1e-12)
    try expect(prices.unitValueLevel, 5_572_540_000 / 1_701_210, within: 1e-6)
  }

  @Test("the outlook by partner and province adds up to the total's")
  func outlook() throws {
    let concentrate = try commodity("silver-concentrate-imports")
    #expect(concentrate.outlookParts.map(\.dimension) == [.partner, .province])
    let whole = try #require(concentrate.projection)
    for grouping in concentrate.outlookParts {
      let sum = grouping.parts.reduce(0) { $0 + $1.total.mean }
      #expect(abs(sum / whole.total.mean - 1) < 1e-9)
      #expect(
        grouping.parts.last?.isRemainder == true
          && grouping.parts.count == 4 + (grouping.dimension == .partner ? 0 : 1))
    }
    #expect(concentrate.outlookBase?.value == 462_000)
  }

  @Test("no series is dropped silently: those without a figure are listed with their latest")
  func absent() throws {
    let brief = try Self.silver.get()
    let absent = brief.withoutFigure.map(\.series)
    #expect(absent.contains("silver-powder-imports") && absent.contains("silver-nitrate-exports"))
    #expect(brief.categories.map(\.series).contains("silver-ingot-imports"))
    #expect(brief.withoutFigure.allSatisfy { $0.level != nil && $0.period.last < .year(2025) })
  }

  @Test("a quarter and a range of months are briefs too, and nothing later is used")
  func otherPeriods() throws {
    var projector = HistoryProjector()
    projector.historyLimit = 36
    projector.draws = 200
    let quarter = try TradeBrief(
      of: Sample.silver(), period: PeriodRange(.quarter(2025, 1)), projector: projector)
    let concentrate = try #require(quarter.commodities.first)
    try expect(concentrate.statement.level, 462_000, within: 0)
    try expect(concentrate.statement.growth, 0.1018, within: 0)
    #expect(concentrate.projection?.asOf == .month(2025, 3))
    try expect(concentrate.month?.growth(.onPeriod), -0.205, within: 0)
    let months = try PeriodRange(from: .month(2025, 1), through: .month(2025, 10))
    let ten = try TradeBrief(of: Sample.silver(), period: months, projector: projector)
    let partners = try #require(ten.commodities.first?.breakdowns.first { $0.dimension == .partner })
    #expect(partners.parts.map(\.level?.value) == [731_000, 247_000, 126_000])
    #expect(ten.basePeriod.description == "2024-01..2024-10")
  }

  @Test("a period without figures is refused with the last month that has one")
  func nothing() throws {
    let facts = try Sample.silver()
    #expect(
      throws: TradeBriefError.nothingPublished(period: PeriodRange(.year(2031)), latest: .month(2025, 12))
    ) {
      try TradeBrief(of: facts, period: PeriodRange(.year(2031)))
    }
    #expect(throws: TradeBriefError.nothingPublished(period: PeriodRange(.year(2031)), latest: nil)) {
      try TradeBrief(of: [], period: PeriodRange(.year(2031)))
    }
  }
}

@Suite("The trade brief of a complete series")
struct SeriesBriefTests {
  @Test("China's exports and imports: total, balance, growth and records without a special case")
  func china() throws {
    let series = try ExampleData.china()
    var projector = HistoryProjector()
    projector.historyLimit = 36
    projector.draws = 200
    let facts = TradeBrief.facts(of: series.map { $0.slice(from: .year(2005), through: .year(2013)) })
    let brief = try TradeBrief(of: facts, period: PeriodRange(.year(2013)), projector: projector)
    let overview = try #require(brief.overviews.first)
    let year = PeriodRange(.year(2013))
    let before = PeriodRange(.year(2012))
    let (exports, imports) = (series[0], series[1])
    #expect(overview.unit == "usd_100m")
    #expect(overview.exports?.level?.value == exports.total(over: year))
    #expect(overview.balance?.value == exports.total(over: year) - imports.total(over: year))
    let growth = exports.total(over: year) / exports.total(over: before) - 1
    #expect(overview.exports?.growth.map { abs($0.value - growth) < 1e-12 } == true)
    let contributions = try #require(overview.contributions)
    #expect(contributions.exact.parts.reduce(contributions.exact.remainder, +) == contributions.exact.growth)
    #expect(brief.commodities.count == 2)
    let commodity = try #require(brief.commodities.first)
    #expect(commodity.record?.isOnRecord == true && commodity.run?.length == 4)
    let december = try #require(commodity.month)
    for measure in GrowthMeasure.allCases {
      let expected = exports.growth(measure, at: .month(2013, 12))
      #expect(december.growth(measure).map { abs($0.value - expected) < 1e-12 } == true, "\(measure)")
    }
    #expect(!december.adjusted.isEmpty)
    #expect(brief.omissions.contains { $0.kind == .prices && $0.series == exports.name })
  }

  @Test("parts in another unit than their whole are added and compared in the whole's")
  func partsInOtherUnits() throws {
    let whole = "copper-imports"
    func fact(_ year: Int, _ name: String, _ value: String, _ unit: String) throws -> Fact {
      try Sample.fact("\(year)", .level, value, series: name, unit: unit)
    }
    let facts = [
      try fact(2024, whole, "801", "t"), try fact(2025, whole, "1001", "t"),
      try fact(2024, whole + "/chile", "0.501", "kt"), try fact(2025, whole + "/chile", "0.601", "kt"),
    ]
    var projector = HistoryProjector()
    projector.draws = 100
    let brief = try TradeBrief(of: facts, period: PeriodRange(.year(2025)), projector: projector)
    let partners = try #require(brief.commodities.first?.breakdowns.first)
    #expect(partners.parts.first?.level?.unit == "t")
    #expect(abs((partners.parts.first?.level?.value ?? .nan) - 601) <= 1e-9)
    #expect(abs((partners.others?.level?.value ?? .nan) - 400) <= 1e-9)
    // 100 of 801 and 100 of 801.
    #expect(partners.parts.first?.points == 12.5 && partners.others?.points == 12.5)
  }

  @Test("a rate that the audit would correct gives way to the published amounts")
  func contradictedRate() throws {
    // Halves confirm the years, so that the rate is what is wrong.
    let amounts = [
      ("2024-01", "8.11"), ("2023-01..2023-06", "49.71"), ("2023-07..2023-12", "49.7"), ("2023", "99.41"),
      ("2024-01..2024-06", "52.51"), ("2024-07..2024-12", "52.52"), ("2024", "105.03"),
    ]
    let rate = try Sample.fact(
      "2024", .yearOnYear, "0.165", series: "soy-imports", url: "https://other.example/")
    let facts =
      try [rate] + amounts.map { try Sample.fact($0.0, .level, $0.1, series: "soy-imports", unit: "Mt") }
    var projector = HistoryProjector()
    projector.draws = 100
    let brief = try TradeBrief(of: facts, period: PeriodRange(.year(2024)), projector: projector)
    let statement = try #require(brief.commodities.first?.statement)
    #expect(abs((statement.base?.value ?? .nan) - 99.41) <= 0)
    #expect(abs((statement.growth?.value ?? .nan) - (105.03 / 99.41 - 1)) <= 1e-12)
    // One that agrees is taken as it is stated.
    var agreeing = facts
    agreeing[0].value = 0.057
    let other = try TradeBrief(of: agreeing, period: PeriodRange(.year(2024)), projector: projector)
    #expect(abs((other.commodities.first?.statement.growth?.value ?? .nan) - 0.057) <= 0)
  }

  @Test("units that names state, and gaps")
  func facts() {
    let series = TimeSeries([1, .nan, 3], start: .month(2025, 1), name: "ore_imports_kt")
    let facts = TradeBrief.facts(of: [series])
    #expect(facts.map(\.unit) == ["kt", "kt"] && facts.map(\.value) == [1, 3])
    #expect(TradeBrief.facts(of: [TimeSeries([1], start: .year(2025))]).map(\.series) == ["series"])
  }
}
