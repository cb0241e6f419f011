import Testing
import TradeStatistics
import Tradewind

@testable import TradeReport

@Suite("Charts")
struct ChartTests {
  static let hostile = "<script>alert('x')</script>\"'&\u{202E}]]>--><!--\u{0}"

  /// One of each kind with usual values.
  static let usual: [ReportChart] = [
    .fan(FanChart(projection: Sample.silver())),
    .contributions(Sample.contributions([0.081, 0.06, -0.012, 0.012])),
    .dumbbell(Sample.dumbbell([815, 266, 134, 465], [956, 267, 157, 537])),
    .shares(Sample.shares([0.499, 0.139, 0.082, 0.28])), .heatMap(Sample.calendar(Sample.months(48))),
    .heatMap(Sample.calendar(Sample.months(150), years: 2010)),
    .lines(Sample.lines([Sample.months(48), Sample.months(30)])),
    .panels(Sample.panels(Sample.months(60))), .subseries(Sample.subseries(Sample.months(84))), marked,
    .subseries(
      SeasonalSubseries(
        decompositionOf: TimeSeries(Sample.months(84), start: .month(2018, 1), name: "imports"),
        method: "STL",
        seasonal: Sample.months(84), remainder: Sample.months(84).map { $0 / 50 - 2 }, areFactors: false,
        unit: "t")), .parts(Sample.parts([276, 87, 44, 138])),
    .horizon(Sample.horizon([0.31, 0.52, 0.49, 0.64, 0.71, 0.8])),
    .rolling(Sample.rolling(Sample.months(72))),
  ]

  /// Two years of which not everything is published.
  static let marked: ReportChart = {
    var items = [
      DumbbellChart.Item("Peru", before: 815_000, after: 956_000, change: 141_000),
      DumbbellChart.Item("Others", before: 465_000, after: 537_000, isRemainder: true),
    ]
    items[0].beforeStatus = .derived
    items[1].beforeStatus = .estimated
    items[1].afterStatus = .derived
    return .dumbbell(
      DumbbellChart(title: "By partner", unit: "t", beforeName: "2024", afterName: "2025", items: items))
  }()

  @Test(
    "shapes tell published, derived and estimated values of two years apart, in picture, legend and table")
  func shapes() throws {
    let svg = try #require(XMLTree.parse(Self.marked.svg()))
    let texts = svg.all("text").map(\.wholeText)
    for text in ["published", "derived from published", "estimated"] { #expect(texts.contains(text)) }
    // Hollow for the year before: Peru's diamond and the others' square; filled: a circle and a diamond.
    let hollow = try #require(svg.all("path", class: "der").last?.attributes["d"])
    let filled = try #require(svg.all("path", class: "full").last?.attributes["d"])
    #expect(hollow.contains("l5.5 5.5") && hollow.contains("h8v8h-8z") && !hollow.contains("a4.5"))
    #expect(filled.contains("l5.5 5.5") && filled.contains("a4.5") && !filled.contains("h8v8"))
    #expect(
      Self.marked.table().rows == [
        ["Peru", "815.0 ◇", "956.0", "+141"], ["Others", "465.0 ▮", "537.0 ◇", "–"],
      ])
    let plain = Sample.dumbbell([815, 266], [956, 267])
    #expect(!ReportChart.dumbbell(plain).svg().contains(">published<"))
    var bars = Sample.contributions([0.08, 0.01])
    bars.items[0].status = .derived
    #expect(ReportChart.contributions(bars).table().rows[0][1].hasSuffix(" ◇"))
    #expect(ReportChart.contributions(bars).svg().contains(">derived from published<"))
  }

  /// Charts of everything that data can do wrong.
  static let odd: [ReportChart] = {
    let lists: [[Double]] = [
      [], [5], [0], [3, 3, 3, 3], [.nan], [.nan, .infinity, -.infinity, 1], [1e300, -1e300],
      [1.7e308, -1.7e308, 0],
      [.leastNonzeroMagnitude, 1e-300], [-1, -2, -3], (0..<700).map { Double($0 % 97) - 10 },
    ]
    return lists.flatMap { list -> [ReportChart] in
      [
        .contributions(Sample.contributions(list, name: hostile)),
        .dumbbell(Sample.dumbbell(list.reversed(), list, name: hostile)),
        .shares(Sample.shares(list, name: hostile)), .heatMap(Sample.calendar(list, name: hostile)),
        .lines(Sample.lines([list, list.reversed(), [], list, list, list, list], name: hostile)),
        .panels(Sample.panels(list, name: hostile)), .subseries(Sample.subseries(list, name: hostile)),
        .parts(Sample.parts(list, name: hostile)), .horizon(Sample.horizon(list, name: hostile)),
        .rolling(Sample.rolling(list, name: hostile)),
      ]
    } + Sample.odd.map { .fan(FanChart(projection: $0)) }
  }()

  @Test(
    "every chart is a whole picture at every width: well-formed, inside its frame, with title and description",
    arguments: [280, 360, 1200])
  func whole(_ width: Int) throws {
    for (index, chart) in Self.usual.enumerated() {
      for language in ReportLanguage.allCases { try check(chart, width, language, "chart \(index)") }
    }
  }

  @Test("charts of values that are odd, missing or hostile are whole pictures too", arguments: [320, 760])
  func odd(_ width: Int) throws {
    for (index, chart) in Self.odd.enumerated() { try check(chart, width, .english, "odd chart \(index)") }
  }

  @Test("ten thousand parts are as many as fit, and a remark that counts the others")
  func many() throws {
    let values = (0..<10_000).map { Double(($0 * 7919) % 10_000) }
    for chart in [
      ReportChart.contributions(Sample.contributions(values)), .dumbbell(Sample.dumbbell(values, values)),
      .shares(Sample.shares(values)),
    ] {
      try check(chart, 360, .english, "many")
      #expect(chart.svg(width: 360).contains("9,980 more are not drawn."))
      let table = chart.table()
      #expect(
        table.rows.count == 10_000
          && table.rows[0].contains {
            $0.hasPrefix("9,999") || $0.hasPrefix("+999,900") || $0.hasPrefix("999,900")
          }, "\(table.rows[0])")
    }
  }

  private func check(_ chart: ReportChart, _ width: Int, _ language: ReportLanguage, _ name: String) throws {
    let text = chart.svg(width: width, language: language)
    let svg = try #require(XMLTree.parse(text), "\(name)")
    #expect(svg.name == "svg" && svg.attributes["role"] == "img")
    #expect(svg.children.first?.name == "title" && svg.children[1].name == "desc")
    #expect(!svg.children[1].text.isEmpty, "\(name)")
    #expect(svg.all("script").isEmpty)
    #expect(text.utf8.count < 150_000, "\(name): \(text.utf8.count) bytes")
    try PictureBounds(svg).check("\(name) at \(width)")
  }

  @Test("the same chart gives the same bytes")
  func deterministic() {
    for chart in Self.usual { #expect(chart.svg() == chart.svg()) }
  }

  @Test("behind every chart is a table whose keys are the cells under the pointer")
  func keys() throws {
    for chart in Self.usual {
      let document = ReportDocument(title: "t", blocks: [.figure(ReportFigure(chart))])
      let root = try #require(XMLTree.parse(document.html()))
      let keys = Set(root.all.compactMap { $0.attributes["data-s"] })
      for svg in root.all("svg") {
        func number(_ name: String) throws -> Int { try #require(svg.attributes[name].flatMap { Int($0) }) }
        for column in 0..<(try number("data-columns")) {
          for row in 0..<(try number("data-rows")) {
            let key =
              try number("data-first") + column * number("data-column-step") + row * number("data-row-step")
            #expect(keys.contains("\(key)"), "\(chart.heading()): \(key)")
          }
        }
      }
    }
  }

  @Test("charts in Chinese have Chinese words")
  func chinese() throws {
    for chart in Self.usual {
      #expect(chart.description(.chinese).unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
    }
  }
}

/// What a picture draws, to check that all of it is inside the frame and made of numbers.
struct PictureBounds {
  let svg: XMLTree.Node
  init(_ svg: XMLTree.Node) { self.svg = svg }

  func check(_ name: String) throws {
    let box = try #require(svg.attributes["viewBox"]).split(separator: " ").compactMap { Double($0) }
    try #require(box.count == 4)
    let (width, height) = (box[2], box[3])
    #expect(width >= 280 && height > 0 && height < 4000, "\(name): \(box)")
    for node in svg.all {
      for (key, end) in [("x", width), ("y", height)] {
        guard let text = node.attributes[key] else { continue }
        let place = try #require(Double(text), "\(name): \(node.name) \(key)=\(text)")
        #expect((-0.5...(end + 0.5)).contains(place), "\(name): \(node.name) \(key)=\(text)")
        if let size = node.attributes[key == "x" ? "width" : "height"].flatMap({ Double($0) }) {
          #expect(place + size <= end + 0.5, "\(name): \(node.name) \(key)=\(text)+\(size)")
        }
      }
      if let data = node.attributes["d"] { try checkPath(data, width, height, name) }
      for text in [node.text] where node.name == "text" || node.name == "desc" {
        #expect(!text.contains("nan") && !text.contains("inf"), "\(name): \(text)")
      }
    }
  }

  /// Follows absolute commands; relative ones draw marks of some pixels.
  private func checkPath(_ data: String, _ width: Double, _ height: Double, _ name: String) throws {
    #expect(data.allSatisfy { "MLHVhvlaz0123456789.- ".contains($0) }, "\(name): \(data.prefix(80))")
    var command: Character = " "
    var numbers: [Double] = []
    var number = ""
    func finish() {
      guard "MLHV".contains(command) else { return }
      let places: [(Double, Double)] =
        switch command {
        case "H": numbers.map { ($0, width) }
        case "V": numbers.map { ($0, height) }
        default: numbers.enumerated().map { ($1, $0 % 2 == 0 ? width : height) }
        }
      for (place, end) in places {
        if !(-0.5...(end + 0.5)).contains(place) {
          Issue.record("\(name): \(command)\(place) beyond \(end)")
        }
      }
    }
    func endNumber() {
      if let value = Double(number) { numbers.append(value) }
      number = ""
    }
    for character in data {
      if character.isLetter {
        endNumber()
        finish()
        (command, numbers) = (character, [])
      } else if character == " " || (character == "-" && !number.isEmpty) {
        endNumber()
        if character == "-" { number = "-" }
      } else {
        number.append(character)
      }
    }
    endNumber()
    finish()
  }
}

extension Sample {
  static func contributions(_ values: [Double], name: String = "part") -> ContributionBars {
    ContributionBars(
      title: "Contributions to growth", unit: "fraction_points",
      items: values.enumerated().map { index, value in
        ContributionBars.Item("\(name) \(index + 1)", value, isRemainder: index == 3)
      }, total: ContributionBars.Item("Total", values.first ?? .nan), source: "Source: \(name).")
  }

  static func dumbbell(_ before: [Double], _ after: [Double], name: String = "partner") -> DumbbellChart {
    DumbbellChart(
      title: "Imports by partner", unit: "kt", beforeName: "2024", afterName: "2025",
      items: zip(before, after).enumerated().map { index, pair in
        DumbbellChart.Item(
          "\(name) \(index + 1)", before: pair.0, after: pair.1, change: index == 1 ? nil : pair.1,
          isRemainder: index == 3)
      }, source: "Source: \(name).")
  }

  /// A level, a season, a little noise.
  static func months(_ count: Int) -> [Double] {
    (0..<count).map { month -> Double in
      let season = Double((month * 7) % 12) / 12
      let noise = Double((month * 37) % 11) / 11
      return 150_000 + 1000 * Double(month) + 20_000 * season + 9000 * noise
    }
  }

  static func calendar(_ values: [Double], years first: Int = 2022, name: String = "Imports")
    -> CalendarHeatMap
  {
    CalendarHeatMap(
      title: "\(name) month by month", unit: "t",
      cells: values.enumerated().map { index, value in
        CalendarHeatMap.Cell(
          Period.month(first, 1).advanced(by: index), value,
          [.published, .derived, .estimated][index % 3])
      }, source: "Source: \(name).")
  }

  static func lines(_ values: [[Double]], name: String = "Imports") -> LineChart {
    LineChart(
      title: name, unit: "usd",
      series: values.enumerated().map { TimeSeries($1, start: .month(2020, 1), name: "\(name) \($0)") })
  }

  static func panels(_ values: [Double], name: String = "observed") -> PanelChart {
    PanelChart(
      title: name, start: .month(2020, 1),
      panels: [
        .init(name, values, unit: "t"), .init("trend", values, unit: "t"),
        .init("remainder", values, base: 0),
        .init("short", Array(values.prefix(3)), base: 1), .init("", []),
      ])
  }

  static func subseries(_ values: [Double], name: String = "Imports") -> SeasonalSubseries {
    SeasonalSubseries(
      title: name, unit: "t", series: TimeSeries(values, start: .month(2020, 3), name: name),
      levels: values + [.nan])
  }

  static func shares(_ values: [Double], name: String = "partner") -> ShareLadder {
    ShareLadder(
      title: "Shares",
      items: values.enumerated().map { index, value in
        ShareLadder.Item(
          "\(name) \(index + 1)", share: value, change: index == 0 ? 0.021 : nil, isRemainder: index == 3)
      })
  }
}

extension Sample {
  /// Seven models, of which six are drawn, over two measures.
  static func horizon(_ values: [Double], name: String = "arima:0,1,1,0,1,1") -> HorizonChart {
    let lines = (0..<7).map { model in values.map { $0 * (1 + Double(model) / 10) } }
    return HorizonChart(
      title: name, lines: lines.indices.map { "\(name) \($0)" },
      panels: [
        .init("MASE", lines), .init("\(name) covers", lines, unit: "percent", target: 95), .init("", []),
      ], unit: .month, source: "Source: \(name).")
  }

  /// Forecasts of the last half of some months, six each, with a gap between the second and the third.
  static func rolling(_ values: [Double], name: String = "Imports") -> RollingForecastChart {
    let series = TimeSeries(values, start: .month(2018, 1), name: name)
    let origins = stride(from: max(1, values.count / 2), to: values.count, by: 6)
    return RollingForecastChart(
      series: series, unit: "t", model: name,
      runs: origins.enumerated().filter { $0.offset != 2 }.map { _, origin in
        let points = values[origin...].prefix(6).map { 1.1 * $0 }
        return .init(
          origin: series.period(at: origin - 1), points: points,
          intervals: points.map { point in
            [(0.8, 0.1), (0.95, 0.4)].map { level, width in
              PredictionInterval(
                level: level, lower: point - width * abs(point), upper: point + width * abs(point))
            }
          })
      }, others: 3)
  }

  /// Parts of a whole with intervals about each.
  static func parts(_ means: [Double], name: String = "Part") -> PartIntervals {
    func item(_ name: String, _ mean: Double) -> PartIntervals.Item {
      .init(
        name, months: [mean / 3, mean / 3, mean / 3], mean: mean,
        intervals: [(0.8, 0.2), (0.95, 0.4)].map { level, width in
          PredictionInterval(level: level, lower: mean - width * abs(mean), upper: mean + width * abs(mean))
        }, share: mean / means.reduce(0, +))
    }
    return PartIntervals(
      title: name, unit: "t", period: PeriodRange(.quarter(2026, 1)),
      months: (1...3).map { PeriodRange(.month(2026, $0)) },
      items: means.enumerated().map { item("\(name) \($0)", $1) },
      whole: item("Total", means.reduce(0, +)))
  }
}
