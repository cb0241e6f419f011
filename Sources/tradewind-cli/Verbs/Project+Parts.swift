import TradeReport
import TradeStatistics
import Tradewind

extension Project {
  /// Projects one or several wholes of a facts file with their parts.
  func runWithParts(_ groupings: GroupingList, _ input: InputFile) throws {
    guard FactFile.isFactFile(input.bytes) else {
      throw Failure(
        .wrongUsage, "--by needs a facts file, in which a/b is a part of a; \(input.name) has series only")
    }
    let facts = try FactFile.parse(bytes: input.bytes, file: input.name)
    guard !facts.isEmpty else {
      throw Failure(.badData, "\(input.name): there are no facts below the header")
    }
    var seen = Set<String>()
    let names = facts.map(\.series).filter { seen.insert($0).inserted }
    var chosen = try selection.chosen(from: names, named: \.self, in: input.name)
    if selection.names.isEmpty { chosen = chosen.filter { !PartGrouping.all(of: $0, in: facts).isEmpty } }
    guard !chosen.isEmpty else { throw Failure(.badData, "\(input.name): no series has parts") }
    // A series that was asked for by name must have the parts that were asked for.
    for name in selection.names { _ = try groupings.chosen(of: name, in: facts) }
    var projector = JointHistoryProjector()
    projector.projector = self.projector
    let results = try selection.results(
      for: chosen, named: \.self, in: input.name, doing: "projecting", messages: output.messages
    ) { whole in
      let wanted = try groupings.chosen(of: whole, in: facts)
      return try projector.project(whole, by: wanted, from: facts, asOf: asOf?.period, to: target)
    }
    for joint in results {
      for note in joint.notes { output.messages.remark("left out: \(note)") }
    }
    let text = JointProjectionText(projections: results, shape: selection.shape())
    switch output.format {
    case .table: try output.write(text.table)
    case .csv: try output.write(text.csv)
    case .json: try output.write(try text.json)
    }
    try drawing.write { language in
      results.flatMap { joint in
        [.fan(FanChart(projection: joint.whole))]
          + joint.groupings.map { .parts(PartIntervals($0, of: joint.whole, language: language)) }
      }
    }
    if let report {
      let page = ProjectionPage(
        joint: results, title: title(of: results.map(\.whole), input), language: pageLanguage)
      try OutputFile.write(page.html(), to: report)
    }
  }
}
