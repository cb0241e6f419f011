import TradeStatistics

/// The key to a chart's marks: only what the chart has, in rows that fit its width.
enum FanLegend {
  /// One entry: its glyph and words, and where it begins.
  struct Item {
    let glyph: Glyph, text: String
    var x = 0.0
    var width: Double { 22 + textWidth(text) }
  }

  enum Glyph {
    case published, derived, estimated, median
    /// The interval at `index` of `count`, counted from the widest.
    case interval(index: Int, count: Int)
  }

  typealias Row = [Item]

  static let rowHeight = 19.0

  static func rows(_ figure: FanFigure, width: Double) -> [Row] {
    var rows: [Row] = []
    var x = 8.0
    for var item in items(figure) {
      if rows.isEmpty || x + item.width > width {
        rows.append([])
        x = 8
      }
      item.x = x
      x += item.width + 10
      rows[rows.count - 1].append(item)
    }
    return rows
  }

  private static func items(_ figure: FanFigure) -> [Item] {
    var items: [Item] = []
    if figure.history[.published] != nil { items.append(Item(glyph: .published, text: "published")) }
    if figure.history[.derived] != nil {
      items.append(Item(glyph: .derived, text: "derived from published"))
    }
    if figure.history[.estimated] != nil {
      items.append(Item(glyph: .estimated, text: "estimated (95\u{A0}%)"))
    }
    let levels = figure.levels
    if figure.horizon.contains(where: \.median.isFinite) {
      items.append(Item(glyph: .median, text: "projected median"))
    }
    for (index, level) in levels.enumerated().reversed() {
      let word = index == levels.count - 1 ? " interval" : ""
      items.append(
        Item(glyph: .interval(index: index, count: levels.count), text: Words.level(level) + word))
    }
    return items
  }

  /// The row's elements, around the height `y`.
  static func parts(_ row: Row, y: Double) -> [Markup] {
    row.flatMap { item in
      glyph(item.glyph, x: item.x + 8, y: y).map(\.markup)
        + [Markup("text", ["x": coordinate(item.x + 20), "y": coordinate(y + 4)], item.text)]
    }
  }

  private static func glyph(_ glyph: Glyph, x: Double, y: Double) -> [MarkPath] {
    var path = PathData()
    switch glyph {
    case .published:
      path.dot(x, y)
      return [.published(path, radius: 4)]
    case .derived:
      path.diamond(x, y, radius: 5)
      return [.derived(path)]
    case .estimated:
      path.vertical(y - 7, y + 7, x: x)
      var middle = PathData()
      middle.horizontal(x - 5, x + 5, y: y)
      return [.estimated(path, width: 10), .estimatedMedian(middle)]
    case .median:
      path.horizontal(x - 8, x + 7, y: y)
      return [.median(path)]
    case .interval(let index, let count):
      path.vertical(y - 7, y + 7, x: x)
      return [.box(path, index: index, count: count, slotWidth: 18)]
    }
  }
}
