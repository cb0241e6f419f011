/// Reading and writing series as CSV text.
///
/// Four forms are recognised by the header; upper and lower case do not matter:
///
/// | form | example of a header | |
/// | --- | --- | --- |
/// | long | `unique_id,ds,y` or `series,date,value` | one row per series and period; other columns are ignored |
/// | single | `date,value` | one row per period |
/// | wide | `month,exports,imports` | one row per period and one column per series |
/// | split date | `year,month,value` or `year,quarter,value` | any of the above with the date in two columns |
///
/// The date column is called `ds`, `date`, `month`, `period`, `quarter`, `year`, `time`, `timestamp`,
/// `observation_date` or `time_period`; failing these it is the first column, if its first cell reads as a date. Dates
/// are written `YYYY-MM`, `YYYY-MM-DD` (the month that holds the day), `YYYY-Qn` or `YYYY`; one series uses one unit.
/// `YYYY/MM`, `YYYYMmm` (`2025M03`), `YYYYMM`, `Mar 2025` and a time of day behind a full date are understood too.
///
/// A series of at least four months of which most lie three (twelve) months apart, and the others a multiple of that, is taken for a quarterly (yearly)
/// one, each period being the quarter (year) that holds the date: `2025-03-31`, `2025-06-30`, … and `2025-01`, `2025-04`,
/// … are quarters. Other steps are months with gaps; a row for each month, empty where there is no value, keeps any
/// series monthly. Days and weeks are not read; they give a month twice, which is an error.
///
/// The series is named by `unique_id`, `series`, `series_id`, `id`, `item_id` or `name`; the value by `y`, `value`,
/// `values`, `obs_value` or `observation`, or it is the only column left.
///
/// Columns are separated by commas, semicolons or tabs, as the header has them; lines above it that begin with `#` are
/// skipped. Between commas numbers have a decimal point, and a quoted `"1,066.53"` its thousands marked; between
/// semicolons or tabs they have a decimal comma or a decimal point, whichever they show.
///
/// Rows may come in any order; the series come in the order in which they first appear. An empty value, `NA`, `NaN`,
/// `.`, `..` or `-` is a missing observation, and so is a period without a row between two that have one. In a wide file a
/// column's missing values before its first number and after its last do not belong to the series, because the
/// columns of one table need not begin and end together; a column without any number keeps them all.
///
/// ```swift
/// let series = try SeriesFile.parse("month,exports,imports\n1983-07,18.14,16.6\n", file: "trade.csv")
/// print(series.map(\.name), series[1].values)  // ["exports", "imports"] [16.6]
/// ```
public enum SeriesFile {
  /// The longest run of years without a row that is taken for a gap; more is taken for a slip in the date.
  package static let longestGapInYears = 100

  /// So many dates equally far apart show that they are those of quarters or years.
  package static let fewestSpacedRows = 4

  /// The most values that one file may give rise to, gaps included: a guard for the memory (512 MiB of numbers).
  package static let mostValues = 1 << 26

  /// Reads the series of a CSV text.
  ///
  /// - Parameters:
  ///   - text: The text, with a header.
  ///   - file: The file's name, for errors; a series without any other name takes it without folder and ending.
  ///   - seasonalPeriod: The periods of a season, at least 1 (a precondition); nil means a year's worth.
  /// - Returns: At least one series, each with at least one period.
  /// - Throws: ``InputError`` with line and column: an empty file, a header without rows or that of a facts file, no date
  ///   or value column, an unreadable number, numbers whose marks can be read in two ways, a month that does not exist, a period given twice, two units in one series, a gap of
  ///   more than 100 years.
  public static func parse(
    _ text: String, file: String, seasonalPeriod: Int? = nil
  ) throws(InputError) -> [TimeSeries] {
    try parse(bytes: Array(text.utf8), file: file, seasonalPeriod: seasonalPeriod)
  }

  /// Reads the series of a CSV file's bytes; see ``parse(_:file:seasonalPeriod:)``.
  public static func parse(
    bytes: [UInt8], file: String, seasonalPeriod: Int? = nil
  ) throws(InputError) -> [TimeSeries] {
    let table = try CSVTable(parsing: bytes, file: file)
    let layout = try SeriesLayout(of: table)
    guard !table.rows.isEmpty else {
      throw InputError(
        file: file, line: table.header.line, message: "there is nothing below the header",
        expected: "at least one row")
    }
    var collected = SeriesCollector(table: table, style: try table.numberStyle(ofColumns: layout.values))
    if let id = layout.id, let value = layout.values.first {
      for row in table.rows.indices { try collected.add(row, layout: layout, id: id, value: value) }
    } else {
      try collected.addColumns(layout.values, layout: layout)
    }
    var budget = mostValues
    var result: [TimeSeries] = []
    result.reserveCapacity(collected.series.count)
    for one in collected.series {
      result.append(
        try one.filled(in: table, layout: layout, seasonalPeriod: seasonalPeriod, budget: &budget))
    }
    return result
  }

  /// Writes series in the long form `unique_id,ds,y`, in the given order, one line per period.
  ///
  /// Numbers are written with as many digits as bring the same `Double` back, a missing value as nothing. A series
  /// without a name is called `y`. Infinite values are written as `inf`, which ``parse(_:file:seasonalPeriod:)`` refuses.
  public static func write(_ series: [TimeSeries]) -> String {
    var text = "unique_id,ds,y\n"
    for one in series {
      let name = csvText(one.name.isEmpty ? "y" : one.name)
      for (period, value) in zip(one.periods, one.values) {
        text += "\(name),\(period),\(value.isNaN ? "" : shortest(value))\n"
      }
    }
    return text
  }
}

/// The shortest decimal text that reads back as the same number, without a needless `.0`.
package func shortest(_ value: Double) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// The text as a CSV field: in quotes where a comma, a quote, a newline or a blank at an end makes it necessary.
package func csvText(_ text: String) -> String {
  let bytes = text.utf8
  let needsQuotes = bytes.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
  let blanks: [UInt8] = [0x20, 0x09]
  let hasBlankEnd = bytes.first.map(blanks.contains) == true || bytes.last.map(blanks.contains) == true
  guard needsQuotes || hasBlankEnd else { return text }
  return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
