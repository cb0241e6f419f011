import TradeStatistics

/// The history's dots, diamonds and bars, and the fan.
extension FanDrawing {
  private var radius: Double { min(4, max(1.2, 0.24 * slotWidth)) }

  /// All marks, those that matter most on top.
  func marks() -> [Markup] {
    let paths = estimated() + boxes() + run() + medians() + derived() + published() + cuts()
    return [Markup("g", ["fill": "none"], paths.map(\.markup))] + medianLabels()
  }

  private func published() -> [MarkPath] {
    var (dots, whiskers) = (PathData(), PathData())
    for mark in figure.history[.published] ?? [] {
      dots.dot(x(mark.slot), y(mark.value))
      whisker(mark, into: &whiskers)
    }
    return [.whiskers(whiskers), .published(dots, radius: radius)]
  }

  private func derived() -> [MarkPath] {
    var (diamonds, whiskers) = (PathData(), PathData())
    for mark in figure.history[.derived] ?? [] {
      diamonds.diamond(x(mark.slot), y(mark.value), radius: radius * 1.25)
      whisker(mark, into: &whiskers)
    }
    return [.whiskers(whiskers), .derived(diamonds)]
  }

  /// A line over the mark's range where it is longer than the mark itself.
  private func whisker(_ mark: FanFigure.Mark, into path: inout PathData) {
    let (from, to) = (y(mark.low), y(mark.high))
    if from - to > 3 * radius { path.vertical(from, to, x: x(mark.slot)) }
  }

  private func estimated() -> [MarkPath] {
    var (bars, middles) = (PathData(), PathData())
    let half = min(6, 0.28 * slotWidth)
    for mark in figure.history[.estimated] ?? [] {
      let middle = x(mark.slot)
      bars.vertical(y(mark.low), min(y(mark.high), y(mark.low) - 1), x: middle)
      middles.horizontal(middle - half, middle + half, y: y(mark.value))
    }
    return [.estimated(bars, width: 2 * half), .estimatedMedian(middles)]
  }

  /// A thin line through the medians, the eye's guide through the season.
  private func run() -> [MarkPath] {
    var path = PathData()
    for run in figure.runs {
      for (index, mark) in run.enumerated() {
        if index == 0 {
          path.move(x(mark.slot), y(mark.value))
        } else {
          path.line(x(mark.slot), y(mark.value))
        }
      }
    }
    return [.run(path)]
  }

  /// For each level the boxes of all periods, narrower for wider intervals.
  private func boxes() -> [MarkPath] {
    let levels = figure.levels
    return levels.indices.map { index in
      var path = PathData()
      for period in figure.horizon {
        for interval in period.intervals
        where interval.level == levels[index] && interval.lower.isFinite && interval.upper.isFinite
          && interval.lower <= interval.upper
        {
          let from = y(interval.lower)
          path.vertical(from, min(y(interval.upper), from - 1), x: x(period.slot))
        }
      }
      return .box(path, index: index, count: levels.count, slotWidth: slotWidth)
    }
  }

  private func medians() -> [MarkPath] {
    var path = PathData()
    let half = min(13, 0.44 * slotWidth)
    for period in figure.horizon where period.median.isFinite {
      let middle = x(period.slot)
      path.horizontal(middle - half, middle + half, y: y(period.median))
    }
    return [.median(path)]
  }

  /// The medians as numbers, if the columns are wide enough for all of them.
  private func medianLabels() -> [Markup] {
    let labels = figure.horizon.compactMap { period in
      figure.format.number(period.median, .rounded).map { (period, $0) }
    }
    guard labels.allSatisfy({ textWidth($0.1) + 5 <= slotWidth }), !labels.isEmpty else { return [] }
    let texts = labels.map { period, label in
      Markup.chartText(label, x: x(period.slot), y: y(period.median) - 5)
    }
    return [Markup("g", ["class": "b", "text-anchor": "middle", "font-size": "11"], texts)]
  }

  /// Arrows where a range goes on beyond the axis.
  private func cuts() -> [MarkPath] {
    guard let end = figure.ticks.values.last else { return [] }
    var path = PathData()
    let tops =
      figure.history.values.joined().map { ($0.slot, $0.high) }
      + figure.horizon.flatMap { period in period.intervals.map { (period.slot, $0.upper) } }
    let cut = Set(tops.filter { $0.1 > end && $0.1.isFinite && figure.slots.contains($0.0) }.map(\.0))
    for slot in cut.sorted() { path.arrowUp(x(slot), top + 1, radius: min(5, 0.4 * slotWidth)) }
    return [.cut(path)]
  }
}
