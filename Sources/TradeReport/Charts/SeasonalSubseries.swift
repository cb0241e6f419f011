import Tradewind

/// One small picture for each month (or quarter): its values over the years and, across, a level to compare them with, such as their mean.
///
/// After W. S. Cleveland and I. J. Terpenning, "Graphical methods for seasonal adjustment", Journal of the American Statistical
/// Association 77 (1982), 52–62. The latest forty years are drawn. A yearly series has one picture.
public struct SeasonalSubseries: Sendable {
  public var title: String
  /// As facts have it: `t`; may be empty.
  public var unit: String
  public var series: TimeSeries
  /// The level of each month, January (or the first quarter) first; NaN, or a missing entry, draws none.
  public var levels: [Double]
  /// A line through each picture, one value for each of the series', such as the season that a decomposition found; the series is
  /// then drawn as dots alone. Empty for none.
  public var curve: [Double] = []
  /// What the legend calls the series and the curve; without names there is no legend.
  var valuesName = "", curveName = ""
  /// A sentence about the source; may be empty.
  public var source: String

  public init(title: String, unit: String, series: TimeSeries, levels: [Double] = [], source: String = "") {
    self.title = title
    self.unit = unit
    self.series = series
    self.levels = levels
    self.source = source
  }

  /// Values as dots, and a curve through them.
  public init(title: String, unit: String, series: TimeSeries, curve: [Double], source: String = "") {
    self.init(title: title, unit: unit, series: series, source: source)
    self.curve = curve
  }
}

extension SeasonalSubseries: ChartDrawing {
  private var grid: YearGrid {
    YearGrid(unit: series.start.unit, cells: zip(series.periods, series.values).map { ($0, $1) }, years: 40)
  }

  private var curveGrid: YearGrid {
    YearGrid(unit: series.start.unit, cells: zip(series.periods, curve).map { ($0, $1) }, years: 40)
  }

  private func format(_ language: ReportLanguage) -> QuantityFormat {
    QuantityFormat(unit: unit, values: series.values, language: language)
  }

  func heading(_ language: ReportLanguage) -> String { title }
  func sourceLine(_ language: ReportLanguage) -> String { source }

  func description(_ language: ReportLanguage) -> String {
    let words = ChartWords(language: language)
    let format = format(language)
    let grid = grid
    guard let first = grid.years.first, let last = grid.years.last else {
      return words.pick("No values.", "没有数值。")
    }
    let named = (0..<grid.seasons).compactMap { season -> String? in
      guard season < levels.count, let level = format.text(levels[season], .rounded) else { return nil }
      return grid.seasonName(season, language) + words.pick(" ", "") + level
    }.joined(separator: words.pick(", ", "，"))
    return words.sentences([
      words.pick(
        "Each season's values from \(first) to \(last).",
        "\(first)年至\(last)年\(series.start.unit == .month ? "各月" : "各季")的数值。"),
      named.isEmpty ? "" : words.pick("Levels: \(named).", "平均水平：\(named)。"),
    ])
  }

  func table(_ language: ReportLanguage) -> ReportTable {
    let grid = grid
    return grid.table(format(language), language) { year, season in season * grid.years.count + year }
  }

  func body(width: Double, top: Double, language: ReportLanguage) -> ChartBody {
    let grid = grid
    let format = format(language)
    let ticks = AxisTicks(
      covering: grid.values + levels.prefix(grid.seasons) + curve.suffix(grid.values.count), intervals: 6,
      zero: curve.isEmpty ? nil : false)
    let legend = legend(width: width, top: top)
    let start = max(top, legend.bottom) + 26
    let bottom = start + (width < 500 ? 190.0 : 240)
    let scale = ChartScale(ticks, from: bottom, to: start)
    let left = ValueAxis.room(ticks, format)
    var parts = ValueAxis(
      ticks: ticks, format: format, scale: scale,
      title: curve.isEmpty ? ChartWords(language: language).axis(format, series.start.unit) : format.unit
    ).upright(left: left, right: width - 10, titleAt: start - 12)
    guard !grid.years.isEmpty else { return ChartBody(parts: parts, bottom: bottom + 10) }
    let panel = (width - 10 - left) / Double(grid.seasons)
    let slot = panel / Double(grid.years.count)
    var (lines, means, dividers) = (PathData(), PathData(), PathData())
    var dots = PathData()
    let curves = curve.isEmpty ? nil : curveGrid
    parts += legend.markup
    for season in 0..<grid.seasons {
      let from = left + Double(season) * panel
      func x(_ year: Int) -> Double { from + 0.08 * panel + (Double(year) + 0.5) * slot * 0.84 }
      let values = grid.years.indices.map { grid.value(year: $0, season: season) }
      if let curves, curves.years == grid.years {
        let smooth = grid.years.indices.map { curves.value(year: $0, season: season) }
        means.text += PathData(through: smooth, x: x, y: scale).text
      } else {
        lines.text += PathData(through: values, x: x, y: scale).text
      }
      for (year, value) in values.enumerated() where value.isFinite { dots.dot(x(year), scale(value)) }
      if season < levels.count, levels[season].isFinite {
        means.horizontal(from + 0.08 * panel, from + 0.92 * panel, y: scale(levels[season]))
      }
      if season > 0 { dividers.vertical(start, bottom, x: from) }
      let name = grid.seasonName(season, language, within: panel)
      if textWidth(name) + 2 <= panel || season.isMultiple(of: 2) {
        parts.append(.chartText(name, x: from + panel / 2, y: bottom + 17, anchor: "middle"))
      }
    }
    parts.append(Markup("path", ["class": "grid", "d": dividers.text, "stroke": "#dcdcdc"]))
    parts.append(
      Markup(
        "path", ["class": "l0", "d": lines.text, "stroke": "#0072b2", "stroke-width": "1.4", "fill": "none"]))
    parts.append(MarkPath.published(dots, radius: min(2.6, max(1, 0.3 * slot))).markup)
    if !means.isEmpty {
      parts.append(
        Markup(
          "path",
          ["class": "l1", "d": means.text, "stroke": "#d55e00", "stroke-width": "2.2", "fill": "none"]))
    }
    return ChartBody(
      parts: parts, bottom: bottom + 22,
      hover: HoverGrid(
        columns: grid.seasons * grid.years.count, left: left, right: width - 10, top: start, bottom: bottom))
  }
  private func legend(width: Double, top: Double) -> ChartLegend {
    guard !valuesName.isEmpty else { return ChartLegend([], width: width, top: top) }
    return ChartLegend(
      [
        FanLegend.status(.published, valuesName),
        ChartLegend.Item(text: curveName) { x, y in
          var path = PathData()
          path.horizontal(x - 8, x + 8, y: y)
          return [
            Markup("path", ["class": "l1", "d": path.text, "stroke": "#d55e00", "stroke-width": "2.2"])
          ]
        },
      ], width: width, top: top)
  }
}
