import Tradewind

/// How a forecast came about, below its table and as JSON.
struct ExplanationText {
  private let explanation: Forecast.Explanation

  /// Nil where a model decided nothing.
  init?(_ explanation: Forecast.Explanation?) {
    guard let explanation else { return nil }
    self.explanation = explanation
  }

  /// What was found and decided, the members with their weights, and who was left out, after an empty line.
  var table: String {
    let last = (explanation.members.first?.weights.count ?? 1) - 1
    let steps = last > 0 ? [0, last] : [0]
    var table = TextTable([("model", .left)] + steps.map { ("weight in step \($0 + 1)", .right) })
    for member in explanation.members {
      table.add([member.model] + steps.map { NumberText.percent(member.weights[$0]) })
    }
    let decisions = explanation.decisions
    let lines = { (texts: [String]) in texts.map { $0 + "\n" }.joined() }
    return "\n" + lines(decisions) + (decisions.isEmpty ? "" : "\n") + table.text
      + lines(explanation.leftOut.map { "left out: \($0.reason)" })
  }

  /// The most of it in a line for a remark; `model` is how it was asked for.
  func remark(_ model: String) -> String { "\(model): \(explanation.summary) (--explain has more)" }
}

extension ExplanationText: Encodable {
  private struct Member: Encodable {
    let model: String
    /// One a step.
    let weights: [Double]
  }

  private struct LeftOut: Encodable { let model, reason: String }

  private enum Key: CodingKey {
    case reason, grossErrors, calendar, calendarGain, outliers, calendarInPart, members, leftOut
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(explanation.reason, forKey: .reason)
    try container.encode(explanation.grossErrors, forKey: .grossErrors)
    try container.encode(explanation.calendar, forKey: .calendar)
    try container.encode(explanation.calendarGain, forKey: .calendarGain)
    try container.encode(explanation.outliers, forKey: .outliers)
    try container.encode(explanation.calendarInPart, forKey: .calendarInPart)
    try container.encode(
      explanation.members.map { Member(model: $0.model, weights: $0.weights) }, forKey: .members)
    try container.encode(
      explanation.leftOut.map { LeftOut(model: $0.model, reason: "\($0.reason)") }, forKey: .leftOut)
  }
}
