import Foundation
import TestSupport
import Testing
import TradeStatistics
import Tradewind

@testable import TradeReport

@Suite("The brief as a document")
struct BriefReportTests {
  /// The figures of the one page that is a brief of 2025 itself: what it says must come back, computed.
  static let original = Result {
    let facts = try FactFile.parse(bytes: try ExampleData.silver(), file: "silver-facts.csv")
      .filter { $0.source.title == "SunSirs, 2025 silver trade" }
    return try TradeBrief(of: facts, period: PeriodRange(.year(2025)))
  }

  /// The document's text with ordinary blanks and dollars.
  private func text(_ language: ReportLanguage) throws -> String {
    BriefReport(try Self.original.get(), language: language).document.markdown()
      .replacing("\u{A0}", with: " ").replacing("\\", with: "")
  }

  @Test(
    "what the original brief says, in English",
    arguments: [
      "Trade in silver products came to **$15.222 bn** in 2025, 29.6 % more than in 2024.",
      "Imports rose by 18.6 % to $8.506 bn and exports rose by 46.7 % to $6.716 bn.",
      "That leaves a deficit of $1.79 bn", "Exports grew faster than imports: by 46.7 % against 18.6 %.",
      "exports account for 18.2 percentage points and imports for 11.4.",
      "Silver concentrate imports came to **1.917 Mt** in 2025, 14.1 % more than in 2024",
      "December alone: 239 kt, +32.3 % on the month before",
      "Peru 956 kt (+141 kt), Mexico 267 kt (+0.4 kt) and Bolivia 157 kt (+23 kt).",
      "A source puts the share of Peru, Mexico and Bolivia together at 74.1 %; the three parts give 72.0 %.",
      "Henan 506 kt (+36 kt), Hunan 214 kt (+67 kt), Shandong 197 kt (+24 kt) and Jiangxi 118 kt (−77 kt).",
      "Silver ingot exports came to **5,043 t** in 2025, 18.3 % more than in 2024",
      "December alone: 346.4 t, −11.3 % on the month before",
      "Processing trade accounted for 90.7 % of silver ingot exports in 2025, 3.0 percentage points less than a year before; its volume rose by 14.5 % to 4,574 t.",
      "figures were checked against each other; 1 contradicts the others. Correcting it reconciles them all.",
      "| Figure | Stated | Corrected | Standard deviations apart |",
      "| 1. Silver concentrate imports, 2025 | 1.917 Mt | 1.862 Mt | 52.3 |",
      "Peru, Mexico and Bolivia, 2025: share 74.1 % would have to be 72.0 %",
    ])
  func english(_ sentence: String) throws {
    #expect(try text(.english).contains(sentence))
  }

  @Test(
    "the same in Chinese",
    arguments: [
      "2025年银产品进出口总额为**152.22亿美元**，同比增长29.6%。", "其中进口85.06亿美元，同比增长18.6%；出口67.16亿美元，同比增长46.7%。",
      "贸易逆差17.9亿美元", "出口增速快于进口（分别为46.7%和18.6%）", "出口拉动18.2个百分点，进口拉动11.4个百分点",
      "2025年银精矿进口量为**191.7万吨**，同比增长14.1%", "其中12月23.9万吨，环比增长32.3%",
      "秘鲁95.6万吨（+14.1万吨）、墨西哥26.7万吨（+0.04万吨）和玻利维亚15.7万吨（+2.3万吨）", "合计占74.1%，但按3个分项计算为72.0%",
      "河南50.6万吨（+3.6万吨）、湖南21.4万吨（+6.7万吨）、山东19.7万吨（+2.4万吨）和江西11.8万吨（−7.7万吨）",
      "2025年银锭出口量为**5043吨**，同比增长18.3%", "其中12月346.4吨，环比下降11.3%",
      "2025年加工贸易占银锭出口量的90.7%，同比下降3.0个百分点；其数量同比增长14.5%，为4574吨。",
      "有1处与其他数据矛盾。更正此处即可使全部数据一致。", "| 1. 银精矿进口，2025年 | 191.7万吨 | 186.2万吨 | 52.3 |",
      "秘鲁、墨西哥和玻利维亚，2025年：占比74.1%应为72.0%",
    ])
  func chinese(_ sentence: String) throws {
    #expect(try text(.chinese).contains(sentence))
  }

  @Test(
    "the Chinese page has Chinese units, months and words in its charts and their tables, and no blank before a unit"
  )
  func chineseCharts() throws {
    let facts = try FactFile.parse(bytes: try ExampleData.silver(), file: "silver-facts.csv")
    let brief = try TradeBrief(of: facts, period: PeriodRange(.year(2025)))
    let page = BriefReport(brief, language: .chinese).document.html()
    let root = try #require(XMLTree.parse(page))
    func isForeign(_ text: String) -> Bool {
      text.replacing("Tradewind", with: "").unicodeScalars.contains {
        $0.isASCII && $0.properties.isAlphabetic
      }
        || text.contains("\u{A0}") || text.contains("$")
        || text.contains(" ") && !text.contains(" ▮")
          && !text.contains(" ◇") && !text.contains("◇ ") && !text.contains("▮ ") && !text.contains("● ")
          && !text.contains(" · ")
    }
    let charts = root.all("svg")
    #expect(charts.count > 10)
    for chart in charts {
      let texts = (chart.all("text") + chart.all("desc") + chart.all("title")).map(\.wholeText)
      #expect(texts.filter(isForeign) == [])
    }
    for figure in root.all("div", class: "figure") {
      let cells = (figure.all("td") + figure.all("th") + figure.all("caption")).map(\.wholeText)
      #expect(!cells.isEmpty && cells.filter(isForeign) == [])
    }
    let text = charts.map(\.wholeText).joined(separator: "\n")
    for unit in ["万吨", "吨", "个百分点", "2026年第一季度", "12月"] { #expect(text.contains(unit)) }
  }

  @Test("no words of a source but in quotations, titles and links")
  func noQuotes() throws {
    let brief = try Self.original.get()
    let lines = try text(.english).split(separator: "\n").filter { !$0.hasPrefix(">") }
    for finding in brief.audit.findings where finding.fact.source.quote.count > 20 {
      #expect(!lines.contains { $0.contains(finding.fact.source.quote) })
    }
  }

  @Test("a hostile file gives an escaped, whole page")
  func hostile() throws {
    var csv = "series,period,measure,value,unit,source_title,source_url,quote\n"
    let evil = "<script>alert(1)</script>"
    let source = "\"\(evil) \u{202E}gnp\",javascript:alert(1),\"]]>\(evil)\u{202E}\""
    csv += "\"ore-imports\",2025,level,900000,t,\(source)\n"
    csv += "\"ore-imports\",2025,yoy,0.1,fraction,\(source)\n"
    csv += "\"ore-imports\",2025,level,400000,t,\(source)\n"
    let name = "<img src=x onerror=alert(1)>-exports"
    csv += "\"\(name)\",2025,level,5000,t,\(source)\n"
    csv += "\"\(name)/<b>\",2025,level,3,t,\(source)\n"
    csv += "\"\(name)/מדינה\",2025,level,2,t,\(source)\n"
    for i in 0..<10_000 { csv += "ore-imports/partner/p\(i),2025,level,\(1 + i % 70),t,\(source)\n" }
    let facts = try FactFile.parse(csv, file: "hostile.csv")
    let brief = try TradeBrief(of: facts, period: PeriodRange(.year(2025)))
    let breakdown = try #require(
      brief.commodities.first { $0.statement.series == "ore-imports" }?.breakdowns.first)
    #expect(breakdown.parts.count + breakdown.folded == 10_000 && breakdown.parts.count <= 40)
    for language in ReportLanguage.allCases {
      let document = BriefReport(brief, language: language, title: evil).document
      let page = document.html()
      #expect(page.hasSuffix("</html>\n") && page.utf8.count < 500_000)
      #expect(
        !page.contains("<script>alert") && !page.contains("href=\"javascript") && !page.contains("\u{202E}"))
      #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("מדינה"))
      #expect(XMLTree.parse(page) != nil)
      let markdown = document.markdown()
      #expect(
        !markdown.contains("<script>") && !markdown.contains("\u{202E}") && markdown.utf8.count < 500_000)
    }
  }

  /// A brief of growth and amounts of one series, without quotation marks of Markdown.
  private func text(
    _ facts: String, _ period: PeriodRange, _ language: ReportLanguage = .english
  ) throws -> String {
    let header = "series,period,measure,value,unit,precision\n"
    let all = try FactFile.parse(header + facts, file: "f.csv")
    return BriefReport(try TradeBrief(of: all, period: period), language: language).document.markdown()
      .replacing("\u{A0}", with: " ").replacing("\\", with: "")
  }

  @Test("growth that reads the same is about the same")
  func sameGrowth() throws {
    let facts = """
      ore-exports,2024,level,1000,t,0.5
      ore-exports,2025,level,1066,t,0.5
      ore-imports,2024,level,2000,t,0.5
      ore-imports,2025,level,2132.2,t,0.05
      """
    let year = PeriodRange(.year(2025))
    #expect(try text(facts, year).contains("Imports grew about as fast as exports: by 6.6 %."))
    #expect(try text(facts, year, .chinese).contains("进口与出口增速大致相同（均为6.6%）。"))
  }

  @Test("a record of a month or of some months is one among the same of other years, and says so")
  func records() throws {
    func facts(_ part: String, _ values: [Int]) -> String {
      zip(2022..., values).map { "ore-exports,\(String(format: part, $0, $0)),level,\($1),t,0.5\n" }.joined()
        + "ore-exports/a,\(String(format: part, 2025, 2025)),level,1,t,0.5\n"
    }
    let october = PeriodRange(.month(2025, 10))
    let high = facts("%d-10", [5, 6, 7, 8])
    #expect(try text(high, october).contains("the highest of the 4 Octobers with a figure since 2022"))
    #expect(try text(high, october, .chinese).contains("为2022年以来有数据的4个10月中最高，创同期新高"))
    let since = facts("%d-10", [9, 6, 7, 8])
    #expect(try text(since, october).contains(", the highest October since 2022"))
    #expect(try text(since, october, .chinese).contains("为2022年以来同期（10月）最高"))
    let range = try PeriodRange(parsing: "2025-01..2025-10")
    let low = facts("%d-01..%d-10", [3, 9, 8, 7])
    #expect(try text(low, range).contains(", the lowest January to October since 2022"))
    #expect(try text(low, range, .chinese).contains("为2022年以来同期（1—10月）最低"))
    let quarter = facts("%d-Q3", [3, 9, 8, 7])
    #expect(try text(quarter, PeriodRange(.quarter(2025, 3))).contains(", the lowest Q3 since 2022"))
    let year = facts("%d", [5, 6, 7, 8])
    #expect(
      try text(year, PeriodRange(.year(2025))).contains("the highest of the 4 years with a figure since 2022")
    )
  }

  @Test("what has no unit has none in its headings")
  func noUnit() throws {
    let months = (0..<24).map { 10 + Double($0) }
    let series = ["exports", "imports"].map { TimeSeries(months, start: .month(2024, 1), name: $0) }
    let brief = try TradeBrief(of: TradeBrief.facts(of: series), period: PeriodRange(.year(2025)))
    let text = BriefReport(brief).document.markdown()
    #expect(text.contains("*Trade*") && !text.contains(", *\n"))
  }

  /// A brief of complete series, with few draws.
  private func text(_ series: [TimeSeries], _ language: ReportLanguage) throws -> String {
    var projector = HistoryProjector()
    projector.historyLimit = 36
    projector.draws = 100
    let brief = try TradeBrief(
      of: TradeBrief.facts(of: series), period: PeriodRange(.year(2025)), projector: projector)
    return BriefReport(brief, language: language).document.markdown()
      .replacing("\u{A0}", with: " ").replacing("\\", with: "")
  }

  @Test("what is left out of complete series, and why, in both languages")
  func leftOut() throws {
    let values = (0..<19).map { 100 + Double($0) }
    let quarters = TimeSeries(values, start: .quarter(2021, 1), name: "silver-imports")
    let months = (0..<24).map { 10 + Double($0 % 5) }
    let price = TimeSeries(months, start: .month(2024, 1), name: "silver-import-price")
    let balance = TimeSeries(months, start: .month(2024, 1), name: "trade_balance_usd")
    let english = try text([quarters, price, balance], .english)
    for sentence in [
      "No amount of 2025 for silver imports: there is no figure for 2025-Q4.",
      "Nothing is said of prices of silver imports: a price is stated beside value and quantity only.",
      "for trade balance: a balance may fall below zero, where there is no logarithm.",
    ] {
      #expect(english.contains(sentence), "\(sentence)")
    }
    let chinese = try text([quarters, price, balance], .chinese)
    for sentence in [
      "白银进口：2025年第四季度没有数据，无法给出2025年合计。", "白银进口价格：价格仅与金额、数量一并说明。", "贸易差额：差额可能为负，",
    ] {
      #expect(chinese.contains(sentence), "\(sentence)")
    }
    #expect(!chinese.contains("贸易差额额"))
    let gaps = values.enumerated().map { $0.offset > 12 ? .nan : $0.element }
    let many = TimeSeries(gaps + [.nan], start: .month(2024, 1), name: "silver-imports")
    #expect(try text([many], .english).contains("2025-02, 2025-03, 2025-04, 2025-05 and 7 more."))
    #expect(try text([many], .chinese).contains("2025年2月、2025年3月、2025年4月、2025年5月等11个时期没有数据"))
  }

  @Test("a price whose growth follows from its months is not said to be a source's")
  func publishedPrice() throws {
    let facts = """
      ore-imports,2024,level,1000,t,0
      ore-imports,2025,level,1100,t,0
      ore-imports/peru,2025,level,100,t,0
      ore-imports-value,2024,level,10000,usd,0
      ore-imports-value,2025,level,13200,usd,0
      ore-import-price,2024,level,10,usd_per_t,0
      ore-import-price,2025,level,12,usd_per_t,0
      """
    let year = PeriodRange(.year(2025))
    #expect(try text(facts, year).contains("; the published price rose by 20.0 %."))
    #expect(try text(facts, year, .chinese).contains("；按公布的价格计算，变动为+20.0%。"))
    let stated = facts + "\nore-import-price,2025,yoy,0.19,fraction,0"
    #expect(try text(stated, year).contains("; a source states +19.0 % for the price"))
  }

  @Test("nothing but one figure gives a page that says what is left out")
  func least() throws {
    let facts = try FactFile.parse(
      "series,period,measure,value,unit\nthings,2025,level,5,pieces\n", file: "one.csv")
    let text = BriefReport(try TradeBrief(of: facts, period: PeriodRange(.year(2025)))).document.markdown()
    #expect(text.contains("No balance"))
  }
}

@Suite("Numbers and names of a brief")
struct BriefWordingTests {
  private let english = BriefNumbers(language: .english)
  private let chinese = BriefNumbers(language: .chinese)

  private func figure(_ value: Double, _ unit: String, _ halfWidth: Double) -> Figure {
    Figure(
      value,
      like: Fact(
        series: "s", period: PeriodRange(.year(2025)), measure: unit == "fraction" ? .share : .level,
        value: value,
        unit: unit, halfWidth: halfWidth))
  }

  @Test(
    "amounts in the unit of the field, with the digits that were published",
    arguments: [
      (1_917_000, "t", 500, "1.917 Mt", "191.7万吨"), (239_000, "t", 500, "239 kt", "23.9万吨"),
      (5043, "t", 0.5, "5,043 t", "5043吨"), (346.4, "t", 0.05, "346.4 t", "346.4吨"),
      (338, "kg", 0.5, "338 kg", "338千克"),
      (0, "kg", 0.5, "0 kg", "0吨"), (15_222_000_000, "usd", 500_000, "$15.222 bn", "152.22亿美元"),
      (-1_790_000_000, "usd", 5_000_000, "−$1.79 bn", "−17.9亿美元"),
      (2770.5, "usd_100m", 0, "$277.1 bn", "2771亿美元"),
      (3280, "usd_per_t", 5, "$3,280/t", "3280美元/吨"), (0.907, "fraction", 0.0005, "90.7 %", "90.7%"),
    ] as [(Double, String, Double, String, String)])
  func amounts(_ value: Double, _ unit: String, _ half: Double, _ en: String, _ zh: String) {
    let figure = figure(value, unit, half)
    #expect(english.amount(figure).replacing("\u{A0}", with: " ") == en)
    #expect(chinese.amount(figure) == zh)
  }

  @Test("names in both languages; what is not known stays as it is")
  func names() {
    let period = PeriodRange(.year(2025))
    let (en, zh) = (BriefNames(language: .english), BriefNames(language: .chinese))
    func statement(_ name: String, _ unit: String) -> SeriesStatement {
      SeriesStatement(of: name, unit: unit, period: period)
    }
    #expect(en.series(statement("silver-concentrate-imports", "t")) == "silver concentrate imports")
    #expect(zh.traded(statement("silver-concentrate-imports", "t")) == "银精矿进口")
    #expect(en.series(statement("exports_100m_usd", "usd_100m")) == "exports")
    let us = statement("us_imports_from_china_million_usd", "usd_million")
    #expect(en.series(us) == "US imports from China" && zh.series(us) == "美国自中国进口")
    let byValue = statement("us-imports-from-china-value", "usd")
    #expect(en.series(byValue) == "US imports from China by value" && zh.series(byValue) == "美国自中国进口")
    let price = statement("silver-import-price", "")
    #expect(en.series(price) == "prices of silver imports" && zh.series(price) == "白银进口价格")
    let balance = statement("trade_balance_usd", "usd")
    #expect(en.series(balance) == "trade balance" && zh.series(balance) == "贸易差额")
    let eu = statement("eu-lng-exports-to-united-kingdom", "t")
    #expect(en.series(eu) == "EU LNG exports to United Kingdom")
    #expect(en.subject("us-with-china") == "US with China" && zh.subject("us-with-china") == "美国与中国")
    #expect(en.series(statement("us-total", "")) == "US total")
    #expect(en.series(statement("GDP_total", "")) == "GDP_total")
    #expect(zh.series(statement("widget-exports", "t")).hasPrefix("widget出口"))
    #expect(en.label("united-states") == "United States" && zh.label("united-states") == "美国")
    #expect(en.label("peru+mexico+bolivia") == "Peru, Mexico and Bolivia")
    #expect(zh.label("province") == "province" && zh.label("henan") == "河南")
    #expect(en.period(.month(2025, 12)) == "December 2025" && zh.period(.quarter(2026, 1)) == "2026年第一季度")
  }
}
