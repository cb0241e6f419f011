/// Reading hierarchies.
///
/// Two kinds of CSV file are read. With columns `parent` and `child`, and perhaps `weight` (1 where it is empty), each row is a part of a sum:
///
/// ```text
/// parent,child
/// world,peru
/// world,mexico
/// ```
///
/// Otherwise the column `unique_id` (or `series`) names the bottom series and every other column is a grouping; there is a total of everything, and
/// a sum for each group, called `partner=peru`:
///
/// ```text
/// unique_id,partner,province
/// peru-henan,peru,henan
/// peru-hunan,peru,hunan
/// ```
public enum HierarchyFile {
  /// The hierarchy of a CSV file's bytes.
  ///
  /// - Parameters:
  ///   - bytes: The file, with a header.
  ///   - file: The file's name, for errors.
  /// - Throws: ``InputError`` with line and column: neither `parent` and `child` nor `unique_id` among the columns, a weight that is no number, an empty name, a part given twice, a node that is a part of
  ///   itself.
  public static func parse(bytes: [UInt8], file: String) throws(InputError) -> Hierarchy {
    let table = try CSVTable(parsing: bytes, file: file)
    return table.column("parent") != nil || table.column("child") != nil
      ? try edges(table) : try groups(table)
  }

  /// The hierarchy of a CSV text; see ``parse(bytes:file:)``.
  public static func parse(_ text: String, file: String) throws(InputError) -> Hierarchy {
    try parse(bytes: Array(text.utf8), file: file)
  }

  private static func edges(_ table: CSVTable) throws(InputError) -> Hierarchy {
    let (parent, child) = (try table.requiredColumn("parent"), try table.requiredColumn("child"))
    let weight = table.column("weight")
    var edges: [Hierarchy.Edge] = []
    for row in table.rows {
      for column in [parent, child] where row[column].text.isEmpty {
        throw table.error(at: row[column], "a name is missing", expected: "the name of a series")
      }
      var count = 1.0
      if let weight, !row[weight].text.isEmpty {
        guard let number = Double(row[weight].text), number.isFinite, number != 0 else {
          throw table.error(
            at: row[weight], "'\(row[weight].text)' is no weight",
            expected: "a number other than zero, such as 1 or -1")
        }
        count = number
      }
      edges.append((row[parent].text, row[child].text, count))
    }
    do throws(HierarchyError) {
      return try Hierarchy(weighted: edges)
    } catch {
      throw located(error, in: table, column: child) { row in
        switch error {
        case .repeated(let one, let other): row[parent].text == one && row[child].text == other
        case .cycle(let node): row[child].text == node
        default: false
        }
      }
    }
  }

  private static func groups(_ table: CSVTable) throws(InputError) -> Hierarchy {
    guard let name = table.column("unique_id") ?? table.column("series") else {
      throw table.headerError(
        "no column says what adds up; the header has \(table.headerList)",
        expected: "the columns 'parent' and 'child', or 'unique_id' and a column for each grouping")
    }
    let groupings = table.header.columns.filter { $0 != name }.map { table.header[$0].text }
    var members: [Hierarchy.Member] = []
    for row in table.rows {
      if let empty = row.fields.first(where: \.text.isEmpty) {
        throw table.error(at: empty, "a name is missing", expected: "the name of a series or of its group")
      }
      members.append(
        .init(row[name].text, row.columns.filter { $0 != name }.map { row[$0].text }))
    }
    do throws(HierarchyError) {
      return try Hierarchy(groups: groupings, members: members)
    } catch {
      throw located(error, in: table, column: name) { row in
        if case .ambiguous(let repeated) = error { return row[name].text == repeated }
        return false
      }
    }
  }

  /// The error at the last row that it is about.
  private static func located(
    _ error: HierarchyError, in table: CSVTable, column: Int, _ concerns: (CSVRow) -> Bool
  ) -> InputError {
    let row = table.rows.last(where: concerns)
    return InputError(
      file: table.file, line: row?[column].line, column: row?[column].column, message: error.description,
      expected: "each part of a sum once, and no sum in itself")
  }
}
