import Foundation
import Tradewind

/// Stretches of series in a file: a line is `name,start,season,value,value,…`, `start` the number of the first period from the year 0 on. Of season 4 they are
/// quarters, of season 1 years, else months.
public enum SeriesTasks {
  public static func read(_ path: String) throws -> [TimeSeries] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      let parts = line.split(separator: ",")
      let season = Int(parts[2]) ?? 12
      let unit: Period.Unit = season == 4 ? .quarter : season == 1 ? .year : .month
      return TimeSeries(
        parts.dropFirst(3).map { Double($0) ?? .nan },
        start: Period(unit: unit, ordinal: Int(parts[1]) ?? 24000), seasonalPeriod: season,
        name: String(parts[0]))
    }
  }

  /// The work of each task, in their order, on all cores.
  public static func parallel<Result: Sendable>(
    _ tasks: [TimeSeries], _ work: @escaping @Sendable (TimeSeries) -> Result
  ) async -> [Result] {
    await withTaskGroup(of: (Int, [Result]).self) { group in
      let size = 100
      for first in stride(from: 0, to: tasks.count, by: size) {
        group.addTask { (first, tasks[first..<min(first + size, tasks.count)].map(work)) }
      }
      var parts: [(first: Int, rows: [Result])] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.first < $1.first }.flatMap(\.rows)
    }
  }
}
