import ArgumentParser
import Tradewind

/// `--aggregate total=part,part,-part`: a total and what it is made of.
struct AggregateOption: ExpressibleByArgument {
  let total: String
  /// Names with the sign that each counts with.
  let parts: [(name: String, weight: Double)]

  init?(argument: String) {
    let sides = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[0].isEmpty else { return nil }
    total = String(sides[0])
    parts = sides[1].split(separator: ",", omittingEmptySubsequences: false).map { part in
      part.first == "-" ? (String(part.dropFirst()), -1) : (String(part), 1)
    }
    guard parts.allSatisfy({ !$0.name.isEmpty }) else { return nil }
  }

  /// The total and its parts among the series of a file.
  ///
  /// - Returns: The total as the file has it, or nil where it has none of that name and the sum of the parts is meant.
  func chosen(from series: [TimeSeries], in file: String) throws(Failure) -> (
    published: TimeSeries?, parts: [AggregateAdjustment.Part]
  ) {
    let names = series.map(\.name)
    var members: [AggregateAdjustment.Part] = []
    for part in parts {
      try SeriesSelection.require(part.name, among: names, in: file)
      for one in series where one.name == part.name { members.append(.init(one, weight: part.weight)) }
    }
    return (series.first { $0.name == total }, members)
  }
}
