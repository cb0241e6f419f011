import TradeStatistics
import Tradewind

/// Months as cells of a calendar, a row for each year: the larger the value, the stronger the colour, and the number in it where there is room.
///
/// Values of both signs get two colours that part at zero. How a month is known shows without colour: a small diamond marks derived
/// months, a dashed frame estimated ones. Missing months stay empty. On narrow charts years stand side by side if there are at most six. The latest
/// forty years are drawn. Quarters have four columns, years one.
public struct CalendarHeatMap: Sendable {
  /// One period.
  public struct Cell: Sendable, Equatable {
    public var period: Period
    /// In the chart's unit; NaN if it is missing.
    public var value: Double
    public var status: Projection.Status

    public init(_ period: Period, _ value: Double, _ status: Projection.Status = .published) {
      self.period = period
      self.value = value
      self.status = status
    }
  }

  public var title: String
  /// As facts have it: `t`, `fraction`.
  public var unit: String
  public var cells: [Cell]
  /// A sentence about the source; may be empty.
  public var source: String

  public init(title: String, unit: String, cells: [Cell], source: String = "") {
    self.title = title
    self.unit = unit
    self.cells = cells
    self.source = source
  }

  /// A calendar of a complete series.
  public init(title: String, unit: String, series: TimeSeries, source: String = "") {
    self.init(
      title: title, unit: unit, cells: zip(series.periods, series.values).map { Cell($0, $1) }, source: source
    )
  }
}

extension CalendarHeatMap: ChartDrawing {
  private var grid: YearGrid {
    YearGrid(unit: cells.first?.period.unit ?? .month, cells: cells.map { ($0.period, $0.value) }, years: 40)
  }

  private func format(_ language: ReportLanguage) -> QuantityFormat {
    QuantityFormat(unit: unit, values: cells.map(\.value), language: language)
  }

  func heading(_ language: ReportLanguage) -> String { title }
  func sourceLine(_ language: ReportLanguage) -> String { source }

  func description(_ language: ReportLanguage) -> String {
    let words = ChartWords(language: language)
    let format = format(language)
    let known = cells.filter(\.value.isFinite)
    guard let first = known.first, let last = known.last,
      let lowest = known.min(by: { $0.value < $1.value }),
      let highest = known.max(by: { $0.value < $1.value })
    else { return words.pick("No values.", "没有数值。") }
    func text(_ cell: Cell) -> String {
      let (value, period) = (format.text(cell.value) ?? "", Words.period(cell.period, language))
      return words.pick("\(value) in \(period)", "\(period)（\(value)）")
    }
    let (from, to) = (Words.period(first.period, language), Words.period(last.period, language))
    return words.pick(
      "Calendar from \(from) to \(to): lowest \(text(lowest)), highest \(text(highest)).",
      "\(from)至\(to)的日历图：最低为\(text(lowest))，最高为\(text(highest))。")
  }

  func table(_ language: ReportLanguage) -> ReportTable {
    let grid = grid
    var table = grid.table(
      format(language), language,
      mark: { index in
        switch cells[index].status {
        case .published: ""
        case .derived: " ◇"
        case .estimated: " ▮"
        }
      }, key: { year, season in year * grid.seasons + season })
    let used = Set(cells.map(\.status))
    let words = ChartWords(language: language)
    let signs = [Projection.Status.derived, .estimated].filter(used.contains).map(words.sign)
    if !signs.isEmpty { table.notes = [ReportText(signs.joined(separator: words.pick(", ", "，")))] }
    return table
  }

  func body(width: Double, top: Double, language: ReportLanguage) -> ChartBody {
    let grid = grid
    guard !grid.years.isEmpty else { return ChartBody(bottom: top + 20) }
    let turned = width < 500 && grid.years.count <= 6 && grid.seasons > 4
    let layout = HeatMapLayout(
      columns: turned ? grid.years.count : grid.seasons,
      rows: turned ? grid.seasons : grid.years.count,
      width: width, top: top)
    let shades = HeatMapShades(values: grid.values)
    let format = format(language)
    var parts: [Markup] = []
    for column in 0..<layout.columns {
      let text =
        turned ? "\(grid.years[column])" : grid.seasonName(column, language, within: layout.cellWidth)
      parts.append(
        .chartText(
          text, x: layout.x(column) + layout.cellWidth / 2, y: layout.cellsTop - 6, anchor: "middle",
          style: "soft"))
    }
    for row in 0..<layout.rows {
      let text = turned ? grid.seasonName(row, language) : "\(grid.years[row])"
      parts.append(
        .chartText(
          text, x: layout.left - 6, y: layout.y(row) + layout.cellHeight / 2 + 4, anchor: "end", style: "soft"
        ))
      for column in 0..<layout.columns {
        let (year, season) = turned ? (column, row) : (row, column)
        let index = year * grid.seasons + season
        guard let source = grid.sources[index], let shade = shades.shade(grid.values[index]) else { continue }
        parts.append(
          layout.cell(
            column, row, shade: shade, text: format.number(grid.values[index], .rounded) ?? "",
            status: cells[source].status))
      }
    }
    let legend = ChartLegend(
      shades.legend(format)
        + self.legend(language), width: width, top: layout.bottom + 8)
    parts += legend.markup
    parts.append(.chartText(format.unit, x: 8, y: layout.cellsTop - 6, style: "soft user"))
    return ChartBody(
      parts: parts, bottom: legend.bottom,
      hover: HoverGrid(
        columns: layout.columns, rows: layout.rows, columnStep: turned ? grid.seasons : 1,
        rowStep: turned ? 1 : grid.seasons, left: layout.left, right: layout.right, top: layout.cellsTop,
        bottom: layout.bottom))
  }

  /// The entries for how months are known, if there is anything but published ones.
  private func legend(_ language: ReportLanguage) -> [ChartLegend.Item] {
    let words = ChartWords(language: language)
    let used = Set(cells.map(\.status))
    return [Projection.Status.derived, .estimated].filter(used.contains).map { status in
      ChartLegend.Item(text: words.status(status)) { x, y in
        [HeatMapLayout.cell(x: x - 8, y: y - 7, width: 16, height: 14, shade: "b1", text: "", status: status)]
      }
    }
  }
}
