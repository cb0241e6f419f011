import Foundation
import TestSupport
import Testing
import Tradewind

@Suite("X-11 beside X-13ARIMA-SEATS")
struct X11ReferenceTests {
  /// Relative for factors and levels; for differences, logs and weights, which may be near zero, relative to the
  /// largest value of the table.
  static func error(_ ours: Double, _ theirs: Double, scale: Double?) -> Double {
    if ours.isNaN && theirs.isNaN { return 0 }
    let error = abs(ours - theirs) / (scale ?? abs(theirs))
    return error.isNaN ? .infinity : error
  }

  static func scale(_ table: X11Table, _ run: X11Run, _ values: [Double]) -> Double? {
    let isRelative = run.specification.mode == .multiplicative || run.specification.mode == .pseudoAdditive
    if isRelative && table != .b17 && table != .c17 { return nil }
    return values.reduce(0) { $1.isNaN ? $0 : max($0, abs($1)) }
  }

  @Test("D8, D10 and D12 of all 36 runs agree to 1e-12")
  func components() throws {
    var byRun: [String: [[String: String]]] = [:]
    for row in try References.rows("x11/components.csv") { byRun[row["run"] ?? "", default: []].append(row) }
    #expect(byRun.count == 36)
    var engine = X11Engine()
    var largest = 0.0
    for (name, rows) in byRun {
      let run = try X11Run(name)
      let parts = try engine.decompose(run.series, by: run.specification, tables: [.d8, .d10, .d12])
      for table in [X11Table.d8, .d10, .d12] {
        let values = try #require(parts.tables[table])
        let scale = Self.scale(table, run, values)
        for row in rows {
          let index = try #require(Int(row["index"] ?? ""))
          let theirs = try #require(Double(row[table.rawValue] ?? ""))
          let error = Self.error(values[index], theirs, scale: scale)
          largest = max(largest, error)
          #expect(error < 1e-12, "\(name) \(table) at \(index)")
        }
      }
    }
    #expect(largest > 0, "nothing was compared")
  }

  @Test("every table of five runs, one in each mode, agrees to 1e-12")
  func tables() throws {
    var compared = 0
    var byRun: [String: (X11Run, X11Decomposition)] = [:]
    for row in try References.rows("x11/tables.csv") {
      let label = row["run"] ?? ""
      if byRun[label] == nil {
        let run = try X11Run(label)
        byRun[label] = (run, try Self.parts(run))
      }
      let (run, parts) = try #require(byRun[label])
      let index = try #require(Int(row["index"] ?? ""))
      for (name, text) in row {
        guard let table = X11Table(rawValue: name) else { continue }
        if table == .b1 && run.specification.mode == .logAdditive { continue }
        let values = try #require(parts.tables[table])
        let theirs = Double(text) ?? .nan
        let error = Self.error(values[index], theirs, scale: Self.scale(table, run, values))
        #expect(error < 1e-12, "\(label) \(table) at \(index)")
        compared += 1
      }
    }
    #expect(compared > 5000)
  }

  @Test("quarters, short series, seven terms, single filters, groups and a trend below zero agree to 1e-12")
  func options() throws {
    var runs: [String: X11Run] = [:]
    var decompositions: [String: X11Decomposition] = [:]
    for row in try References.rows("x11/options-runs.csv") {
      let name = row["run"] ?? ""
      let run = try X11Run(series: row["series"] ?? "", options: row["specification"] ?? "")
      runs[name] = run
      decompositions[name] = try run.specification.decompose(run.series, tables: [.c17, .d8, .d10, .d12])
    }
    #expect(runs.count == 25)
    for row in try References.rows("x11/options.csv") {
      let name = row["run"] ?? ""
      let index = try #require(Int(row["index"] ?? ""))
      let run = try #require(runs[name])
      for table in [X11Table.c17, .d8, .d10, .d12] {
        guard let theirs = Double(row[table.rawValue] ?? "") else { continue }
        let values = try #require(decompositions[name]?.tables[table])
        let error = Self.error(values[index], theirs, scale: Self.scale(table, run, values))
        #expect(error < 1e-12, "\(name) \(table) at \(index): \(values[index]), X-13 \(theirs)")
      }
    }
  }

  /// Forecasts or backcasts of a run, in order of time.
  static func `extension`(of run: String, _ kind: String) throws -> [Double] {
    try References.rows("x11/extension.csv").filter { $0["run"] == run && $0["kind"] == kind }
      .map { try #require(Double($0["value"] ?? "")) }
  }

  @Test("a series extended by forecasts and backcasts of a model agrees to 1e-12")
  func extended() throws {
    var decompositions: [String: X11Decomposition] = [:]
    for name in ["ap-airline-fc12", "ap-airline-fc60-bc12", "imp-airline-fc60-bc12"] {
      let run = try X11Run("\(name.prefix { $0 != "-" })-mult-default")
      decompositions[name] = try X11().decompose(
        run.series, backcasts: try Self.extension(of: name, "backcast"),
        forecasts: try Self.extension(of: name, "forecast"), tables: [.c17, .d8, .d10, .d12])
    }
    for row in try References.rows("x11/extension-components.csv") {
      let index = try #require(Int(row["index"] ?? ""))
      for table in [X11Table.c17, .d8, .d10, .d12] {
        let theirs = try #require(Double(row[table.rawValue] ?? ""))
        let ours = try #require(decompositions[row["run"] ?? ""]?.tables[table]?[index])
        #expect(Self.error(ours, theirs, scale: table == .c17 ? 1 : nil) < 1e-12, "\(row)")
      }
    }
    let parts = try #require(decompositions["ap-airline-fc60-bc12"])
    #expect(parts.observedRange == 12..<156 && parts.extended.trend.count == 216)
    #expect(parts.trend == parts.tables[.d12])
  }

  private static func parts(_ run: X11Run) throws -> X11Decomposition {
    try run.specification.decompose(run.series, tables: Set(X11Table.allCases))
  }

  /// The 36 runs with every table at every month are too large to keep here. With their folder in
  /// `TRADEWIND_X11_TABLES` (one folder a run, with `tables.csv`) all are compared.
  @Test(
    "every table of all runs agrees to 1e-12",
    .enabled(if: ProcessInfo.processInfo.environment["TRADEWIND_X11_TABLES"] != nil))
  func everything() throws {
    let folder = URL(filePath: ProcessInfo.processInfo.environment["TRADEWIND_X11_TABLES"] ?? "")
    var (largest, cells) = (0.0, 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let run = try X11Run(name)
      let parts = try Self.parts(run)
      let file = folder.appending(path: name).appending(path: "tables.csv")
      let table = try CSVTable(parsing: Array(try Data(contentsOf: file)), file: name)
      for (column, field) in table.header.fields.enumerated() {
        guard let wanted = X11Table(rawValue: field.text) else { continue }
        if wanted == .b1 && run.specification.mode == .logAdditive { continue }
        let values = try #require(parts.tables[wanted])
        let scale = Self.scale(wanted, run, values)
        for (index, row) in table.rows.enumerated() {
          let number = Double(row[column].text) ?? .nan
          let error = Self.error(values[index], number == -999 ? .nan : number, scale: scale)
          #expect(error < 1e-12, "\(name) \(wanted) at \(index)")
          largest = max(largest, error)
          cells += 1
        }
      }
    }
    print("X-11: \(cells) cells, largest difference \(largest)")
  }
}
