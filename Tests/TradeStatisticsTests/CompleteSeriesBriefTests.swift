import TestSupport
import Testing
import TradeStatistics
import Tradewind

@Suite("The brief of a series file")
struct CompleteSeriesBriefTests {
  /// Few draws and years, which is quick in a debug build.
  private func brief(_ series: [TimeSeries], _ period: PeriodRange = PeriodRange(.year(2025))) throws
    -> TradeBrief
  {
    var projector = HistoryProjector()
    projector.historyLimit = 36
    projector.draws = 100
    return try TradeBrief(of: TradeBrief.facts(of: series), period: period, projector: projector)
  }

  private func reasons(_ brief: TradeBrief, _ kind: BriefOmission.Kind) -> [String] {
    brief.omissions.filter { $0.kind == kind }.map { "\($0.series): \($0.reason)" }
  }

  @Test("values below zero stay as they are published; there is no history of them, and growth is none")
  func negative() throws {
    let values = (0..<36).map { Double(-108 + 10 * ($0 % 12) - $0) }
    let brief = try brief([TimeSeries(values, start: .month(2023, 1), name: "net_flow")])
    let one = try #require(brief.commodities.first)
    #expect(one.projection == nil && one.outlookBase == nil)
    #expect(one.published.map(\.level.value) == Array(values.suffix(12)))
    #expect(one.published.first?.period == PeriodRange(.month(2025, 1)))
    #expect(one.statement.level?.value == values.suffix(12).reduce(0, +))
    #expect(one.statement.growth == nil && one.statement.change?.value == -144)
    #expect(one.run?.direction == .falling && one.record?.kind == .lowest)
    #expect(one.month?.level?.value == values[35] && one.month?.growth.isEmpty == true)
    #expect(reasons(brief, .negative) == ["net_flow: values below zero have no logarithm"])
  }

  @Test("the same series is not projected, and an audit sets it aside")
  func negativeElsewhere() throws {
    let series = TimeSeries([5, -1, 6, 7, 8, 9, 10], start: .month(2025, 1), name: "flow")
    let facts = TradeBrief.facts(of: [series])
    #expect(throws: ProjectionError.negative(series: "flow", period: .month(2025, 2), value: -1)) {
      try HistoryProjector().project("flow", from: facts)
    }
    let report = try FactAudit().audit(facts)
    #expect(report.factsChecked == 0 && report.setAside.count == 7)
  }

  @Test("a series of quarters is stated with its quarters and the total of the next one, without months")
  func quarters() throws {
    let values = (0..<20).map { 100 + Double($0 % 4 * 10 + $0) }
    let brief = try brief([TimeSeries(values, start: .quarter(2021, 1), name: "exports")])
    let one = try #require(brief.commodities.first)
    #expect(one.statement.level?.value == values.suffix(4).reduce(0, +))
    #expect(one.published.map(\.period) == (1...4).map { PeriodRange(.quarter(2025, $0)) })
    #expect(one.published.map(\.level.value) == Array(values.suffix(4)))
    let projection = try #require(one.projection)
    #expect(projection.history.isEmpty && projection.horizon.isEmpty && one.month == nil)
    #expect(projection.total.period == PeriodRange(.quarter(2026, 1)))
    #expect((110...140).contains(projection.total.median))
  }

  @Test("a series of years is stated by its years, and why there is no outlook is said")
  func years() throws {
    let brief = try brief([
      TimeSeries((0..<12).map { 100 + Double($0) }, start: .year(2014), name: "exports")
    ])
    let one = try #require(brief.commodities.first)
    #expect(one.statement.level?.value == 111 && one.earlier.count == 12 && one.projection == nil)
    #expect(one.record?.isOnRecord == true && one.month == nil)
    #expect(reasons(brief, .history) == ["exports: only whole years are published"])
  }

  @Test("a month that is missing leaves the rest to be stated, and is named")
  func missingMonth() throws {
    var values = (0..<36).map { 100 + Double($0 % 12) }
    values[28] = .nan
    let brief = try brief([TimeSeries(values, start: .month(2023, 1), name: "exports")])
    let one = try #require(brief.commodities.first)
    #expect(one.statement.level == nil && one.record == nil && one.run == nil)
    #expect(one.month?.level?.value == 111)
    let may = try #require(one.projection?.history.first { $0.period == .month(2025, 5) })
    #expect(may.status != .published && (100...108).contains(may.median))
    #expect(reasons(brief, .amount) == ["exports: there is no figure for 2025-05"])
  }

  @Test("a price alone is named among what is left out; a balance alone is stated")
  func others() throws {
    let months = (0..<24).map { Double($0 % 5) - 2 }
    let brief = try brief([
      TimeSeries(months.map { $0 + 10 }, start: .month(2024, 1), name: "copper_price_usd"),
      TimeSeries(months, start: .month(2024, 1), name: "trade_balance"),
    ])
    #expect(brief.commodities.map(\.statement.series) == ["trade_balance"])
    #expect(reasons(brief, .unused).map { $0.prefix(12) } == ["copper_price"])
    #expect(reasons(brief, .prices).isEmpty, "a balance has no price")
    #expect(reasons(brief, .negative).isEmpty && reasons(brief, .mayBeNegative).count == 1)
  }

  @Test("a quarter that is missing is named as a quarter; months where only some of a quarter are asked for")
  func missingQuarter() throws {
    let series = TimeSeries(
      (0..<19).map { 100 + Double($0) }, start: .quarter(2021, 1), name: "silver-imports")
    let year = try brief([series])
    #expect(year.commodities.first?.published.count == 3)
    #expect(reasons(year, .amount) == ["silver-imports: there is no figure for 2025-Q4"])
    #expect(year.omissions.first { $0.kind == .amount }?.periods == [.quarter(2025, 4)])
    let ten = try brief([series], PeriodRange(from: .month(2025, 1), through: .month(2025, 10)))
    #expect(reasons(ten, .amount) == ["silver-imports: there is no figure for 2025-10"])
    let late = try brief([series], PeriodRange(from: .month(2025, 2), through: .month(2025, 9)))
    #expect(reasons(late, .amount) == ["silver-imports: there is no figure for 2025-02, 2025-03"])
  }

  @Test("a period between the figures of a series of quarters is refused with its last quarter")
  func betweenQuarters() throws {
    let series = TimeSeries([Double](repeating: 5, count: 8), start: .quarter(2024, 1), name: "exports")
    let october = PeriodRange(.month(2025, 10))
    let error = TradeBriefError.nothingPublished(period: october, latest: .quarter(2025, 4))
    #expect(throws: error) { try brief([series], october) }
    #expect("\(error)" == "nothing is published for 2025-10; the last period with a figure is 2025-Q4")
  }

  @Test("a price beside value and quantity is used, and only others are named among what is left out")
  func prices() throws {
    func twoYears(_ name: String, _ before: Double, _ now: Double) -> TimeSeries {
      let values = [Double](repeating: before, count: 12) + [Double](repeating: now, count: 12)
      return TimeSeries(values, start: .month(2024, 1), name: name)
    }
    let brief = try brief([
      twoYears("silver_imports_t", 10, 11), twoYears("silver_imports_usd", 100, 121),
      twoYears("silver-import-price", 10, 12), twoYears("gold-export-price", 7, 7),
    ])
    let stated = try #require(brief.commodities.compactMap(\.prices).first?.stated)
    #expect(abs(stated.value - 0.2) < 1e-12)
    #expect(brief.commodities.count == 2 && reasons(brief, .prices).isEmpty, "the quantity has the split")
    guard case .computed(_, let inputs) = stated.origin else {
      Issue.record("the growth of a price follows from its months")
      return
    }
    // Of a price the months average.
    #expect(inputs.map(\.figure.value) == [12, 10])
    #expect(
      reasons(brief, .unused) == ["gold-export-price: a price is stated beside value and quantity only"])
  }

  @Test(
    "a balance is one whatever marks part the words of its name",
    arguments: ["trade-balance", "trade_balance", "trade-balance_usd", "ore_trade_balance-value"])
  func balance(_ name: String) throws {
    let months = (0..<24).map { 10 + Double($0 % 5) }
    let brief = try brief([TimeSeries(months, start: .month(2024, 1), name: name)])
    #expect(brief.commodities.first?.statement.flow == .balance)
    #expect(brief.commodities.first?.projection == nil && reasons(brief, .negative).isEmpty)
    #expect(
      reasons(brief, .mayBeNegative) == [
        "\(name): a balance may fall below zero, where there is no logarithm"
      ])
    let fact = "series,period,measure,value,unit\n\(name),2025,level,-5,usd\n"
    #expect(try FactFile.parse(fact, file: "f.csv").count == 1)
  }

  @Test("a partner in the name is kept")
  func partner() throws {
    func role(_ name: String) -> SeriesStatement {
      SeriesStatement(of: name, unit: "", period: PeriodRange(.year(2025)))
    }
    let imports = role("us_imports_from_china_million_usd")
    #expect(imports.subject == "us" && imports.flow == .imports && imports.partner == "from-china")
    #expect(role("exports-to-south-korea-kt").partner == "to-south-korea")
    for name in ["value", "price", "volume-kt", "quantity", "weight", "amount_million_usd", "usd-value"] {
      #expect(role("us-imports-from-china-\(name)").partner == "from-china", "\(name)")
    }
    for name in ["exports_100m_usd", "silver-concentrate-imports-value", "imports-from", "from-here"] {
      #expect(role(name).partner.isEmpty, "\(name)")
    }
    let months = [Double](repeating: 5, count: 24)
    let brief = try brief([
      TimeSeries(months, start: .month(2024, 1), name: "us_imports_from_china"),
      TimeSeries(months, start: .month(2024, 1), name: "us_exports_to_china"),
      TimeSeries(months, start: .month(2024, 1), name: "us_exports_to_japan"),
    ])
    #expect(brief.overviews.map(\.subject) == ["us-with-china"])
  }
}
