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
    .shares(Sample.shares([0.499, 0.139, 0.082, 0.28])),
  ]

  /// Charts of everything that data can do wrong.
  static let odd: [ReportChart] = {
    let lists: [[Double]] = [
      [], [5], [0], [3, 3, 3, 3], [.nan], [.nan, .infinity, -.infinity, 1], [1e300, -1e300],
      [1.7e308, -1.7e308, 0],
      [.leastNonzeroMagnitude, 1e-300], [-1, -2, -3], (0..<10_000).map { Double($0 % 97) - 10 },
    ]
    return lists.flatMap { list -> [ReportChart] in
      [
        .contributions(Sample.contributions(list, name: hostile)),
        .dumbbell(Sample.dumbbell(list.reversed(), list, name: hostile)),
        .shares(Sample.shares(list, name: hostile)),
      ]
    } + Sample.odd.map { .fan(FanChart(projection: $0)) }
  }()

  @Test(
    "every chart is a whole picture at every width: well-formed, inside its frame, with title and description",
    arguments: [280, 360, 720, 1200])
  func whole(_ width: Int) throws {
    for (index, chart) in (Self.usual + Self.odd).enumerated() {
      for language in ReportLanguage.allCases {
        let text = chart.svg(width: width, language: language)
        let svg = try #require(XMLTree.parse(text), "chart \(index)")
        #expect(svg.name == "svg" && svg.attributes["role"] == "img")
        #expect(svg.children.first?.name == "title" && svg.children[1].name == "desc")
        #expect(!svg.children[1].text.isEmpty, "chart \(index)")
        #expect(svg.all("script").isEmpty)
        #expect(text.utf8.count < 120_000, "chart \(index): \(text.utf8.count) bytes")
        try PictureBounds(svg).check("chart \(index) at \(width)")
        if language == .chinese { break }
      }
    }
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

  static func shares(_ values: [Double], name: String = "partner") -> ShareLadder {
    ShareLadder(
      title: "Shares",
      items: values.enumerated().map { index, value in
        ShareLadder.Item(
          "\(name) \(index + 1)", share: value, change: index == 0 ? 0.021 : nil, isRemainder: index == 3)
      })
  }
}
