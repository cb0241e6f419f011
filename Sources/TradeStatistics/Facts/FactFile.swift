import Tradewind

/// Reads a facts file: CSV with one published number a row.
///
/// The header is `series,period,period_kind,measure,value,unit,source_title,source_url,quote`, in any order, with an
/// optional column `precision`. Separators, decimal commas, thousands and remarks are those of a `SeriesFile`. `series`, `period`, `measure`, `value` and `unit` are required; other columns are
/// ignored. Reading stops at the first error, which names file, line and column.
///
/// | column | holds |
/// | --- | --- |
/// | series | a name; `a/b` is a part of `a`, `a/b+c` the sum of the parts `a/b` and `a/c` |
/// | period | `2025-03`, `2025-Q1`, `2025`, or a range `2025-01..2025-10` |
/// | period_kind | `month`, `quarter`, `year` or `cumulative`; if given it must fit the period |
/// | measure | `level`, `mom`, `yoy`, `change_from_prior_year`, `share` |
/// | value | a number; growth and shares are fractions |
/// | unit | `t`, `kg`, `usd`, `usd_per_t`, … or `fraction` |
/// | precision | half the width of the rounding; if absent, half a unit of the last non-zero digit of `value` |
public enum FactFile {
  /// The longest period of one fact, in months: twenty years. A longer one is a typing error.
  static let longestPeriod = 240

  /// How many levels a name may have (`a/b/c` has three), and how many parts a sum.
  static let deepestName = 20
  static let mostParts = 50

  /// The facts of the CSV text in `bytes`, in the order of the file; none if it has only a header.
  ///
  /// - Throws: `InputError` for an empty file, a missing column, an unknown measure, an impossible period, a text
  ///   where a number should be, a share outside of 0…1, a negative level (of a series other than a balance), a fall
  ///   by more than 100 %, a unit that does not fit the measure or the series' other facts, or a negative precision.
  public static func parse(bytes: [UInt8], file: String) throws(InputError) -> [Fact] {
    let reader = try FactReader(table: CSVTable(parsing: bytes, file: file))
    var facts: [Fact] = []
    facts.reserveCapacity(reader.table.rows.count)
    var units: [String: String] = [:]
    for row in reader.table.rows {
      let fact = try reader.fact(row)
      try reader.checkUnit(of: fact, in: row, units: &units)
      facts.append(fact)
    }
    return facts
  }

  /// The facts of the CSV text; see ``parse(bytes:file:)``.
  public static func parse(_ text: String, file: String) throws(InputError) -> [Fact] {
    try parse(bytes: Array(text.utf8), file: file)
  }

  /// Whether the first line of `bytes` is the header of a facts file and not that of a series file.
  public static func isFactFile(_ bytes: [UInt8]) -> Bool {
    CSVTable.isOfFacts(CSVTable.headerNames(of: bytes))
  }
}

/// Turns rows of one table into facts.
private struct FactReader {
  let table: CSVTable
  let series, period, measure, value, unit: Int
  let kind, precision, title, url, quote: Int?
  let style: NumberStyle

  init(table: CSVTable) throws(InputError) {
    self.table = table
    series = try table.requiredColumn("series")
    period = try table.requiredColumn("period")
    measure = try table.requiredColumn("measure")
    value = try table.requiredColumn("value")
    unit = try table.requiredColumn("unit")
    kind = table.column("period_kind")
    precision = table.column("precision")
    title = table.column("source_title")
    url = table.column("source_url")
    quote = table.column("quote")
    style = try table.numberStyle(ofColumns: [value] + (precision.map { [$0] } ?? []))
  }

  func fact(_ row: CSVRow) throws(InputError) -> Fact {
    let name = row[series].text
    guard !name.isEmpty, !name.hasPrefix("/"), !name.hasSuffix("/") else {
      throw table.error(
        at: row[series], name.isEmpty ? "the series has no name" : "'\(quoted(name))' is not a series name",
        expected: "a name such as silver-concentrate-imports or silver-concentrate-imports/peru")
    }
    guard name.split(separator: "/").count <= FactFile.deepestName,
      SeriesName.members(of: name).count <= FactFile.mostParts
    else {
      throw table.error(
        at: row[series], "the series name '\(quoted(name))' has too many parts",
        expected: "at most \(FactFile.deepestName) levels and sums of at most \(FactFile.mostParts) parts")
    }
    let period = try period(row)
    guard let measure = Measure(rawValue: row[measure].text) else {
      throw table.error(
        at: row[measure], "unknown measure '\(quoted(row[measure].text))'",
        expected: "one of " + Measure.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let unit = row[unit].text
    if unit.isEmpty || measure.isFraction != (unit == "fraction") {
      throw table.error(
        at: row[self.unit], "the unit '\(quoted(unit))' does not fit the measure \(measure.rawValue)",
        expected: measure.isFraction ? "fraction" : "a unit such as t, kg or usd")
    }
    let number = try number(row[value], what: "value")
    try check(number, measure: measure, series: name, at: row[value])
    return Fact(
      series: name, period: period, measure: measure, value: number, unit: unit,
      halfWidth: try halfWidth(row), source: source(row), line: row.line)
  }

  private func period(_ row: CSVRow) throws(InputError) -> PeriodRange {
    let field = row[period]
    let range: PeriodRange
    do throws(PeriodError) {
      range = try PeriodRange(parsing: field.text)
    } catch {
      throw table.error(at: field, error.message, expected: error.expected)
    }
    let months = range.last.lastMonth.ordinal - range.first.firstMonth.ordinal + 1
    guard months <= FactFile.longestPeriod else {
      throw table.error(
        at: field, "the period covers \(months) months", expected: "at most \(FactFile.longestPeriod) months")
    }
    if let kind, !row[kind].text.isEmpty {
      let stated = row[kind].text
      let kinds = ["month", "quarter", "year", "cumulative"]
      guard kinds.contains(stated) else {
        throw table.error(
          at: row[kind], "unknown kind of period '\(quoted(stated))'",
          expected: "one of " + kinds.joined(separator: ", "))
      }
      let actual = range.first == range.last ? range.unit.rawValue : "cumulative"
      // A single month of January is also the cumulative figure of January.
      guard stated == actual || stated == "cumulative" else {
        throw table.error(
          at: row[kind], "'\(quoted(field.text))' is a \(actual) period, not a \(stated)", expected: actual)
      }
    }
    return range
  }

  private func number(_ field: CSVField, what: String) throws(InputError) -> Double {
    guard let number = style.number(field.text) else {
      throw table.error(
        at: field, field.text.isEmpty ? "the \(what) is empty" : "'\(quoted(field.text))' is not a number",
        expected: "a decimal number such as \(style.example)")
    }
    return number
  }

  private func check(
    _ number: Double, measure: Measure, series: String, at field: CSVField
  ) throws(InputError) {
    switch measure {
    case .level:
      if number < 0, !SeriesName.mayBeNegative(series) {
        throw table.error(
          at: field, "the level \(quoted(field.text)) is negative",
          expected: "zero or more (only a series with 'balance' in its name may be negative)")
      }
    case .share:
      if !(0...1).contains(number) {
        throw table.error(
          at: field, "the share \(quoted(field.text)) is not between 0 and 1",
          expected: "a fraction: 14 % is 0.14")
      }
    case .monthOnMonth, .yearOnYear:
      if number < -1, !SeriesName.mayBeNegative(series) {
        throw table.error(
          at: field, "the change \(quoted(field.text)) is a fall by more than 100 %",
          expected: "a fraction of −1 or more: down 20.5 % is -0.205")
      }
    case .changeFromPriorYear:
      break
    }
  }

  private func halfWidth(_ row: CSVRow) throws(InputError) -> Double {
    if let precision, !row[precision].text.isEmpty {
      let stated = try number(row[precision], what: "precision")
      guard stated >= 0 else {
        throw table.error(at: row[precision], "the precision is negative", expected: "zero or more")
      }
      return stated
    }
    guard let plain = style.plain(row[value].text), let written = Rounding.halfWidth(of: plain),
      written.isFinite
    else {
      throw table.error(
        at: row[value], "'\(quoted(row[value].text))' has no last digit", expected: "a decimal number")
    }
    return written
  }

  private func source(_ row: CSVRow) -> FactSource {
    FactSource(
      title: title.map { row[$0].text } ?? "", url: url.map { row[$0].text } ?? "",
      quote: quote.map { row[$0].text } ?? "")
  }

  /// All amounts of a series must convert into one another.
  func checkUnit(of fact: Fact, in row: CSVRow, units: inout [String: String]) throws(InputError) {
    guard !fact.measure.isFraction else { return }
    guard let first = units[fact.series] else {
      units[fact.series] = fact.unit
      return
    }
    if TradeUnit.factor(from: fact.unit, to: first) == nil {
      throw table.error(
        at: row[unit], "the unit '\(quoted(fact.unit))' does not convert to '\(quoted(first))'",
        expected: "the unit of the series' earlier facts, or one that converts to it")
    }
  }
}
