import Tradewind

/// X-11 adjustments as tables, as CSV and as JSON.
struct X11Text {
  /// What is written of an adjustment.
  enum Shown: String, CaseIterable {
    case components, outlook, quality, stability
  }

  let items: [AdjustmentItem]
  let tables: [TableName]
  let shown: Shown
  let shape: JSONText.Shape

  var table: String {
    items.map { item in
      switch shown {
      case .stability: StabilityText(item).report
      case .components:
        AdjustmentQualityText(item).summary + "\n" + components(item) + "\ncoming year\n" + outlook(item)
      case .outlook: AdjustmentQualityText(item).summary + "\n" + outlook(item)
      case .quality: AdjustmentQualityText(item).report
      }
    }.joined(separator: "\n")
  }

  private func components(_ item: AdjustmentItem) -> String {
    table(item.columns(tables), item.observed.start, places(item))
  }

  private func outlook(_ item: AdjustmentItem) -> String {
    table(item.outlook, item.outlookStart, places(item))
  }

  /// The decimals that suit the series.
  private func places(_ item: AdjustmentItem) -> Int {
    NumberText.decimals(forTypicalOf: item.observed.values, digits: 4)
  }

  private func table(_ columns: [AdjustmentItem.Column], _ start: Period, _ places: Int) -> String {
    var table = TextTable([("period", .left)] + columns.map { ($0.title, .right) })
    for index in columns[0].values.indices {
      table.add(
        ["\(start.advanced(by: index))"]
          + columns.map { NumberText.fixed($0.values[index], decimals: $0.isFactor ? 4 : places) })
    }
    return table.text
  }

  var csv: String {
    switch shown {
    case .components: csv { ($0.columns(tables), $0.observed.start) }
    case .outlook: csv { ($0.outlook, $0.outlookStart) }
    case .quality: AdjustmentQualityText.csv(items)
    case .stability: StabilityText.csv(items)
    }
  }

  private func csv(_ part: (AdjustmentItem) -> ([AdjustmentItem.Column], Period)) -> String {
    var csv = CSVText(header: ["unique_id", "ds"] + (items.first.map { part($0).0.map(\.csvName) } ?? []))
    for item in items {
      let (columns, start) = part(item)
      for index in columns[0].values.indices {
        csv.add(
          [item.observed.name, "\(start.advanced(by: index))"]
            + columns.map { CSVText.number($0.values[index]) })
      }
    }
    return csv.text
  }

  /// All of it but the stability, whatever is shown elsewhere.
  var json: String { get throws { try JSONText.text(items.map { X11Entry($0, tables) }, as: shape) } }
}

extension X11Mode {
  /// As the tool says it.
  var words: String {
    switch self {
    case .multiplicative: "multiplicative"
    case .additive: "additive"
    case .logAdditive: "log-additive"
    case .pseudoAdditive: "pseudo-additive"
    }
  }
}

extension X11SeasonalFilter {
  /// As people write it.
  var words: String {
    switch self {
    case .automatic: "chosen by the data"
    case .x11Default: "of X-11"
    case .s3x1: "3 × 1"
    case .s3x3: "3 × 3"
    case .s3x5: "3 × 5"
    case .s3x9: "3 × 9"
    case .s3x15: "3 × 15"
    case .stable: "stable"
    }
  }
}

extension IdentifiableSeasonality {
  /// As people write it.
  var words: String {
    switch self {
    case .present: "present"
    case .probablyNotPresent: "probably not present"
    case .notPresent: "not present"
    }
  }
}
