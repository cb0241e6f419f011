/// Reading lists of holidays.
///
/// A CSV file with the columns `holiday` and `date` (`YYYY-MM-DD`), rows in any order; other columns are ignored. Without
/// the column `holiday` all dates belong to one holiday, named as the file is without folder and ending.
///
/// ```swift
/// let text = "holiday,date\nDiwali,2023-11-12\nDiwali,2024-11-01\n"
/// print(try HolidayFile.parse(text, file: "holidays.csv")[0].dates)  // [2023-11-12, 2024-11-01]
/// ```
public enum HolidayFile {
  /// The holidays of a CSV text in order of first appearance.
  ///
  /// - Parameters:
  ///   - text: The text, with a header.
  ///   - file: The file's name, for errors.
  /// - Returns: The holidays; none if there is nothing below the header.
  /// - Throws: ``InputError`` with line and column for a day that does not exist, a date given twice, a missing year
  ///   (see ``Holiday/init(_:dates:centringYears:)``).
  public static func parse(_ text: String, file: String) throws(InputError) -> [Holiday] {
    try parse(bytes: Array(text.utf8), file: file)
  }

  /// The holidays of a CSV file's bytes; see ``parse(_:file:)``.
  public static func parse(bytes: [UInt8], file: String) throws(InputError) -> [Holiday] {
    let table = try CSVTable(parsing: bytes, file: file)
    let dateColumn = try table.requiredColumn("date")
    let nameColumn = table.column("holiday")
    var names: [String] = []
    var entries: [String: [(date: CalendarDate, field: CSVField)]] = [:]
    for row in table.rows {
      let name = nameColumn.map { row[$0].text } ?? table.fileStem
      let field = row[dateColumn]
      do throws(PeriodError) {
        let date = try CalendarDate(parsing: field.text)
        if entries[name] == nil { names.append(name) }
        entries[name, default: []].append((date, field))
      } catch {
        throw table.error(at: field, error.message, expected: error.expected)
      }
    }
    var holidays: [Holiday] = []
    for name in names {
      let own = entries[name] ?? []
      do throws(HolidayError) {
        holidays.append(try Holiday(name, dates: own.map(\.date)))
      } catch {
        throw inputError(error, entries: own, in: table)
      }
    }
    return holidays
  }

  /// The error with the place of the date that it is about.
  private static func inputError(
    _ error: HolidayError, entries: [(date: CalendarDate, field: CSVField)], in table: CSVTable
  ) -> InputError {
    let culprit: CalendarDate? =
      switch error {
      case .repeatedDate(_, let date): date
      case .yearMissing(_, _, let before): before
      default: nil
      }
    let field = entries.last { $0.date == culprit }?.field
    return InputError(
      file: table.file, line: field?.line, column: field?.column, message: error.description,
      expected: "each occurrence of the holiday once")
  }
}
