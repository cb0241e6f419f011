import TradeStatistics

/// The key to a fan chart: only what the chart has.
enum FanLegend {
  static func legend(_ figure: FanFigure, _ content: FanContent, top: Double, _ language: ReportLanguage)
    -> ChartLegend
  {
    let words = ChartWords(language: language)
    var items: [ChartLegend.Item] = []
    if figure.history[.published] != nil {
      items.append(status(.published, content.isFromFacts ? words.status(.published) : words.observed))
    }
    if figure.history[.derived] != nil { items.append(status(.derived, words.status(.derived))) }
    if figure.history[.estimated] != nil { items.append(status(.estimated, words.estimatedRange)) }
    if figure.horizon.contains(where: \.median.isFinite) {
      items.append(
        ChartLegend.Item(text: words.projectedMedian) { x, y in
          var path = PathData()
          path.horizontal(x - 8, x + 7, y: y)
          return [MarkPath.median(path).markup]
        })
    }
    let levels = figure.levels
    for (index, level) in levels.enumerated().reversed() {
      let text = index == levels.count - 1 ? words.interval(level) : Words.level(level, language)
      items.append(
        ChartLegend.Item(text: text) { x, y in
          var path = PathData()
          path.vertical(y - 7, y + 7, x: x)
          return [MarkPath.box(path, index: index, count: levels.count, slotWidth: 18).markup]
        })
    }
    return ChartLegend(items, width: figure.width, top: top)
  }

  /// The entry of a past month's mark, the same in every chart.
  static func status(_ status: Projection.Status, _ text: String) -> ChartLegend.Item {
    ChartLegend.Item(text: text) { x, y in
      var path = PathData()
      switch status {
      case .published:
        path.dot(x, y)
        return [MarkPath.published(path, radius: 4).markup]
      case .derived:
        path.diamond(x, y, radius: 5)
        return [MarkPath.derived(path).markup]
      case .estimated:
        path.vertical(y - 7, y + 7, x: x)
        var middle = PathData()
        middle.horizontal(x - 5, x + 5, y: y)
        return [MarkPath.estimated(path, width: 10).markup, MarkPath.estimatedMedian(middle).markup]
      }
    }
  }
}
