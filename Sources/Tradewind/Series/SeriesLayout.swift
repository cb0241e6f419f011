/// Which column of a series file holds what, as its header says.
struct SeriesLayout {
  /// How a row says its period.
  enum DateColumns {
    case one(Int)
    case split(year: Int, part: Int, unit: Period.Unit)
  }

  let date: DateColumns
  /// The column of the series' name; without it each of `values` is a series.
  let id: Int?
  let values: [Int]

  static let dateNames = [
    "ds", "date", "month", "period", "quarter", "year", "time", "timestamp", "observation_date",
    "time_period",
  ]
  static let idNames = ["unique_id", "series", "series_id", "id", "item_id", "name"]
  static let valueNames = ["y", "value", "values", "obs_value", "observation"]

  init(of table: CSVTable) throws(InputError) {
    try Self.requireHeader(in: table)
    guard !CSVTable.isOfFacts(table.header.fields.map(\.text)) else {
      throw table.headerError(
        "this is a facts file, with the columns 'series', 'period' and 'measure'",
        expected: "a series file such as unique_id,ds,y or date,value; facts are for 'tradewind project'")
    }
    date = try Self.dateColumns(of: table)
    let dates: Set<Int> =
      switch date {
      case .one(let column): [column]
      case .split(let year, let part, _): [year, part]
      }
    let id = Self.idNames.lazy.compactMap(table.column).first { !dates.contains($0) }
    self.id = id
    let others = table.header.columns.filter { !dates.contains($0) && $0 != id }
    guard !others.isEmpty else {
      throw table.headerError(
        "no column is left for the values; the header has \(table.headerList)",
        expected: "columns separated by commas, such as unique_id,ds,y or date,value")
    }
    guard others.count < 3 || !others.allSatisfy({ Period.isMonthName(table.header[$0].text) }) else {
      throw table.headerError(
        "each column is a month of a year; the header has \(table.headerList)",
        expected: "one row for each month, such as date,value with dates like 2025-03")
    }
    if id == nil {
      try Self.checkNames(of: others, in: table)
      values = others
    } else if let named = Self.valueNames.lazy.compactMap(table.column).first(where: others.contains) {
      values = [named]
    } else if others.count == 1 {
      values = others
    } else {
      throw table.headerError(
        "more than one column could hold the values; the header has \(table.headerList)",
        expected: "one column called y or value")
    }
  }

  /// Refuses a first line that holds a month or a quarter, or nothing but numbers: it is data, and would be lost as a header. A
  /// year may be the name of a column beside others.
  private static func requireHeader(in table: CSVTable) throws(InputError) {
    if let first = table.header.fields.first,
      table.header.fields.allSatisfy({ NumberStyle.decimalPoint.number($0.text) != nil })
    {
      throw table.error(
        at: first, "'\(quoted(first.text))' stands in the first line: there is no header",
        expected: "a header such as unique_id,ds,y or date,value")
    }
    for field in table.header.fields {
      // A date of digits alone may as well be a code of goods that names a column.
      guard let period = try? Period(cell: field.text), period.unit != .year,
        !Period.isOfDigits(field.text)
      else { continue }
      throw table.error(
        at: field, "'\(quoted(field.text))' stands in the first line: there is no header",
        expected: "a header such as unique_id,ds,y or date,value")
    }
  }

  private static func dateColumns(of table: CSVTable) throws(InputError) -> DateColumns {
    if let year = table.column("year") {
      if let month = table.column("month") { return .split(year: year, part: month, unit: .month) }
      if let quarter = table.column("quarter") { return .split(year: year, part: quarter, unit: .quarter) }
    }
    if let named = dateNames.lazy.compactMap(table.column).first { return .one(named) }
    if let cell = table.rows.first?.fields.first, (try? Period(cell: cell.text)) != nil,
      !Period.isOfDigits(cell.text)
    {
      return .one(0)
    }
    throw table.headerError(
      "there is no date column; the header has \(table.headerList)",
      expected: "a header such as unique_id,ds,y or date,value")
  }

  /// In a wide file the header names the series, so each name must be there once.
  private static func checkNames(of columns: [Int], in table: CSVTable) throws(InputError) {
    var seen: Set<String> = []
    for column in columns {
      let field = table.header[column]
      guard !field.text.isEmpty else {
        throw table.error(at: field, "this column has no name", expected: "the name of a series")
      }
      guard seen.insert(field.text).inserted else {
        throw table.error(
          at: field, "'\(quoted(field.text))' names two columns",
          expected: "a name of its own for each series")
      }
    }
  }

  /// The field that stands for the row's date in messages.
  func dateField(of row: CSVRow) -> CSVField {
    switch date {
    case .one(let column): row[column]
    case .split(_, let part, _): row[part]
    }
  }

  /// The period of a row.
  func period(of row: CSVRow, in table: CSVTable) throws(InputError) -> Period {
    switch date {
    case .one(let column):
      do throws(PeriodError) {
        return try Period(cell: row[column].text)
      } catch {
        throw table.error(at: row[column], error.message, expected: error.expected)
      }
    case .split(let yearColumn, let partColumn, let unit):
      let yearDigits = Array(row[yearColumn].text.utf8)
      guard yearDigits.count == 4, let year = number(yearDigits, 0..<4), year >= 1 else {
        throw table.error(
          at: row[yearColumn], "'\(quoted(row[yearColumn].text))' is not a year",
          expected: "four digits, 0001 to 9999")
      }
      let digits = Array(row[partColumn].text.utf8)
      let parts = unit.periodsPerYear
      guard (1...2).contains(digits.count), let part = number(digits, 0..<digits.count),
        (1...parts).contains(part)
      else {
        throw table.error(
          at: row[partColumn], "'\(quoted(row[partColumn].text))' is not a \(unit)",
          expected: "a number from 1 to \(parts)")
      }
      return Period(unit: unit, ordinal: year * parts + part - 1)
    }
  }
}
