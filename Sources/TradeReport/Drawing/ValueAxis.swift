/// The lines and numbers of a value axis, upright at the left of a plot or lying below it.
struct ValueAxis {
  let ticks: AxisTicks
  let format: QuantityFormat
  let scale: ChartScale
  /// The unit, above the numbers of an upright axis.
  var title = ""

  /// The room that the numbers of an upright axis take.
  static func room(_ ticks: AxisTicks, _ format: QuantityFormat) -> Double {
    14 + (ticks.values.map { textWidth(ticks.label($0, format)) }.max() ?? 0)
  }

  func upright(left: Double, right: Double, titleAt height: Double? = nil) -> [Markup] {
    var grid = PathData()
    for tick in ticks.values { grid.horizontal(left, right, y: scale(tick)) }
    let labels = ticks.values.map { tick in
      Markup.chartText(ticks.label(tick, format), x: left - 6, y: scale(tick) + 4)
    }
    var parts = [
      Markup("path", ["class": "grid", "d": grid.text, "stroke": "#dcdcdc"]),
      Markup("g", ["class": "soft", "text-anchor": "end"], labels),
    ]
    if let height, !title.isEmpty { parts.append(.chartText(title, x: 8, y: height, style: "soft user")) }
    return parts
  }

  /// Numbers stand below `bottom`, only as many as there is room for.
  func lying(top: Double, bottom: Double) -> [Markup] {
    var grid = PathData()
    for tick in ticks.values { grid.vertical(top, bottom, x: scale(tick)) }
    var labels: [Markup] = []
    var free = -Double.infinity
    for tick in ticks.values {
      let text = ticks.label(tick, format)
      let half = textWidth(text) / 2
      guard scale(tick) - half >= free else { continue }
      free = scale(tick) + half + 8
      labels.append(.chartText(text, x: scale(tick), y: bottom + 16))
    }
    return [
      Markup("path", ["class": "grid", "d": grid.text, "stroke": "#dcdcdc"]),
      Markup("g", ["class": "soft", "text-anchor": "middle"], labels),
    ]
  }
}
