import Tradewind

/// An adjustment by X-11, alone or after a model, with its parts as the tool names them.
struct AdjustmentItem: Sendable {
  let parts: X11Decomposition
  /// The adjusted series with forced totals, where they were asked for.
  let forced: [Double]?
  /// With a model before X-11: the whole adjustment, whose components take the place of those of ``parts``.
  let whole: AdjustedSeries?

  init(parts: X11Decomposition, forced: [Double]?) {
    (self.parts, self.forced, whole) = (parts, forced, nil)
  }

  init(_ whole: AdjustedSeries) {
    (parts, forced, self.whole) = (whole.parts, whole.forced, whole)
  }

  /// What was given, with what is missing.
  var observed: TimeSeries { whole?.observed ?? parts.observed }

  /// The series' name and a colon; nothing without a name.
  var heading: String { observed.name.isEmpty ? "" : "\(observed.name): " }

  /// What the adjustment left, and whether it was called for; computed when asked for.
  var diagnostics: AdjustmentDiagnostics { whole?.diagnostics() ?? parts.diagnostics() }

  /// One value a period, of the series or of the year after it.
  struct Column {
    let title: String
    let csvName: String
    let jsonName: String
    /// Whether the numbers are factors about 1 and not amounts in the unit of the series.
    let isFactor: Bool
    let values: [Double]

    init(_ title: String, csv: String? = nil, json: String? = nil, _ values: [Double], isFactor: Bool = false)
    {
      (self.title, csvName, jsonName) = (title, csv ?? title, json ?? csv ?? title)
      (self.isFactor, self.values) = (isFactor, values)
    }
  }

  private var givesFactors: Bool { parts.specification.mode != .additive }

  /// Components, weights, effects and tables over the series.
  func columns(_ tables: [TableName]) -> [Column] {
    let one = parts
    var columns = [
      Column("observed", observed.values), Column("trend", whole?.trend ?? one.trend),
      Column("seasonal", whole?.seasonal ?? one.seasonal, isFactor: givesFactors),
      Column("remainder", whole?.irregular ?? one.irregular, isFactor: givesFactors),
      Column(
        "adjusted", csv: "seasonally_adjusted", json: "seasonallyAdjusted",
        whole?.seasonallyAdjusted ?? one.seasonallyAdjusted),
      Column("weight", one.weights, isFactor: true),
    ]
    if let whole {
      columns.append(Column("calendar", whole.calendar, isFactor: givesFactors))
      columns.append(Column("combined", whole.combined, isFactor: givesFactors))
    }
    if let forced { columns.append(Column("forced", forced)) }
    return columns + tables.map { column(of: $0) }
  }

  private func column(of table: TableName) -> Column {
    switch table {
    case .x11(let x11):
      let values = whole.map { $0[x11] ?? [] } ?? parts.tables[x11] ?? []
      return Column(
        table.name, csv: table.rawValue, values,
        isFactor: x11.isWeight || (givesFactors && !x11.isLevel(in: parts.specification.mode)))
    case .effect(let effect):
      return Column(
        table.name, csv: table.rawValue, whole?[effect] ?? [], isFactor: givesFactors && effect != .a1)
    }
  }

  /// The first period after the series.
  var outlookStart: Period { observed.start.advanced(by: observed.count) }

  /// The coming year: factors, and with a model its forecasts.
  var outlook: [Column] {
    guard let outlook = whole?.outlook else {
      return [Column("seasonal", parts.seasonalForecast, isFactor: givesFactors)]
    }
    return [
      Column("seasonal", outlook.seasonal, isFactor: givesFactors),
      Column("calendar", outlook.calendar, isFactor: givesFactors),
      Column("combined", outlook.combined, isFactor: givesFactors),
      Column("forecast", json: "series", outlook.series),
    ]
  }

  /// What was chosen, in a few lines.
  var summary: [String] {
    let (one, series, choices) = (parts, parts.observed, parts.choices)
    let filters = Set(choices.seasonalFilters)
    let filter = filters.count == 1 ? choices.seasonalFilters[0].words : "one for each season"
    let outside = one.weights.count { $0 == 0 }
    let between = one.weights.count { $0 > 0 && $0 < 1 }
    let missing = observed.missingCount
    let estimated = missing == 0 ? "" : ", \(missing) of them missing and estimated"
    var lines = [
      "\(heading)x11, \(one.specification.mode.words), \(series.start) to \(series.end), \(series.count) periods\(estimated)",
      "seasonal filter \(filter) (I/S \(Self.ratio(choices.movingSeasonality.global))), "
        + "trend of \(choices.trendLength) terms (I/C \(Self.ratio(choices.noiseToTrend))), "
        + "\(outside) extreme \(outside == 1 ? "value" : "values"), \(between) of reduced weight",
    ]
    if let fitted = whole?.fitted {
      let names = fitted.regression.dropFirst(fitted.model.hasConstant ? 1 : 0).map(\.name)
      let list = names.isEmpty ? "" : ": " + names.joined(separator: ", ")
      lines.insert("after \(fitted.name)\(list)", at: 1)
    }
    return lines
  }

  /// A ratio; none where nothing moves that it is compared with.
  static func ratio(_ x: Double) -> String { x < 999 ? NumberText.fixed(x, decimals: 2) : "–" }
}

extension X11Table {
  fileprivate var isWeight: Bool { self == .b17 || self == .c17 }

  /// Whether it holds amounts in the unit of the series.
  fileprivate func isLevel(in mode: X11Mode) -> Bool {
    switch self {
    case .d11, .d12: true
    // Logs in a log-additive adjustment.
    case .b1, .b2, .b6, .b7, .b11, .c1, .c2, .c6, .c7, .c11, .d1, .d2, .d6, .d7: mode != .logAdditive
    default: false
    }
  }
}
