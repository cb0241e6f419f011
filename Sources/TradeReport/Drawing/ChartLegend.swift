/// The key to a chart's marks, in rows that fit its width.
struct ChartLegend {
  /// One entry: how its glyph is drawn around a point, and its words.
  struct Item {
    let text: String
    let glyph: @Sendable (_ x: Double, _ y: Double) -> [Markup]
  }

  /// The entries with the places where they begin.
  private let places: [(item: Item, x: Double, row: Int)]
  private let top: Double
  private static let rowHeight = 19.0

  init(_ items: [Item], width: Double, top: Double) {
    var places: [(Item, Double, Int)] = []
    var (x, row) = (8.0, 0)
    for item in items {
      let needed = 22 + textWidth(item.text)
      if x > 8, x + needed > width - 8 { (x, row) = (8, row + 1) }
      places.append((item, x, row))
      x += needed + 10
    }
    self.places = places
    self.top = top
  }

  /// Where the rows end.
  var bottom: Double { top + Double((places.last?.row ?? -1) + 1) * Self.rowHeight }

  var markup: [Markup] {
    places.flatMap { place -> [Markup] in
      let y = top + (Double(place.row) + 0.5) * Self.rowHeight
      return place.item.glyph(place.x + 8, y)
        + [.chartText(place.item.text, x: place.x + 20, y: y + 4, style: "user")]
    }
  }
}
