import Foundation
import TestSupport

@testable import Tradewind

/// The runs of X-13 in `arima-adjustment`.
enum AdjustmentReference {
  /// Whether the long runs are made too.
  static let isComplete = ProcessInfo.processInfo.environment["TRADEWIND_ALL_RUNS"] != nil

  static func ifAll(_ runs: [String]) -> [String] { isComplete ? runs : [] }

  static func file(_ name: String) throws -> [[String: String]] {
    try References.rows("arima-adjustment/\(name).csv")
  }

  static func run(_ name: String, in file: String) throws -> [String: String] {
    try AdjustmentReference.file(file).first { $0["run"] == name } ?? [:]
  }

  static func series(_ name: String) throws -> TimeSeries {
    switch name {
    case "ap":
      let values = try References.numbers("arima-missing/airline-passengers.csv", column: "value")
      return TimeSeries(values, start: .month(1949, 1), name: name)
    default: return try ExampleData.china()[name == "exp" ? 0 : 1]
    }
  }

  /// The holiday columns of a run.
  static func holidays(_ name: String) throws -> [any RegressionTerm] {
    guard !name.isEmpty else { return [] }
    let table = try CSVTable(
      parsing: try References.bytes("calendar/\(name == "cny3wide" ? "cny3_20" : name).csv"), file: name)
    return table.header.fields.indices.dropFirst().map { column in
      UserColumn(
        table.header[column].text, values: table.rows.compactMap { Double($0[column].text) },
        start: .month(1975, 1), role: .holiday)
    }
  }

  /// Coefficients by name, the moving averages with the sign 1 + θB.
  static func coefficients(_ run: String) throws -> [String: Double] {
    var result: [String: Double] = [:]
    for row in try file("coefficients") where row["run"] == run {
      let name = row["name"] ?? ""
      result[name] = (Double(row["estimate"] ?? "") ?? .nan) * (name.contains("MA") ? -1 : 1)
    }
    return result
  }

  static func kinds(_ text: String) -> Set<Outlier.Kind> {
    Set(text.split(separator: " ").compactMap { Outlier.Kind(rawValue: String($0)) })
  }
}
