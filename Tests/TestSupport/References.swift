import Foundation
import Tradewind

/// The files below `Tests/References`: results of other programs and small real data sets.
public enum References {
  /// Where `name`, such as `calendar/cny.csv`, lies.
  public static func url(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "References").appending(path: name)
  }

  /// The bytes of `name`; throws if there is no such file.
  public static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: url(name))) }

  /// The text of `name`; throws if there is no such file.
  public static func text(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  /// The rows of the CSV file `name`, each as a dictionary from the header's names to the row's text.
  /// Throws if there is no such file or it is not a CSV table.
  public static func rows(_ name: String) throws -> [[String: String]] {
    let table = try CSVTable(parsing: try bytes(name), file: name)
    let names = table.header.fields.map(\.text)
    return table.rows.map { row in
      Dictionary(zip(names, row.fields.map(\.text)), uniquingKeysWith: { first, _ in first })
    }
  }

  /// One column of the CSV file `name` as numbers, missing ones (empty, `NA`) as NaN.
  /// Throws if the file, the column or a number cannot be read.
  public static func numbers(_ name: String, column: String) throws -> [Double] {
    let table = try CSVTable(parsing: try bytes(name), file: name)
    let position = try table.requiredColumn(column)
    return try table.rows.map { row in
      let field = row[position]
      if isMissingMark(field.text) { return .nan }
      guard let value = parseNumber(field.text) else { throw table.error(at: field, "not a number") }
      return value
    }
  }
}
