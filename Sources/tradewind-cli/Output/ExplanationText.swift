import Tradewind

/// How a forecast came about, below its table and as JSON.
enum ExplanationText {
  /// A model that decided what takes part.
  case decisions(Forecast.Explanation)
  /// A model that decided nothing but its own form and parameters.
  case fit(ModelSummary)

  /// Nil where neither is known.
  init?(_ explanation: Forecast.Explanation?, _ summary: ModelSummary?) {
    if let explanation {
      self = .decisions(explanation)
    } else if let summary {
      self = .fit(summary)
    } else {
      return nil
    }
  }

  /// All of it, after an empty line.
  var table: String {
    switch self {
    case .decisions(let explanation): "\n" + Self.table(explanation)
    case .fit(let summary): Self.table(summary)
    }
  }

  /// What was found and decided, the members with their weights, and who was left out.
  private static func table(_ explanation: Forecast.Explanation) -> String {
    let last = (explanation.members.first?.weights.count ?? 1) - 1
    let steps = last > 0 ? [0, last] : [0]
    var table = TextTable([("model", .left)] + steps.map { ("weight in step \($0 + 1)", .right) })
    for member in explanation.members {
      table.add([member.model] + steps.map { NumberText.percent(member.weights[$0]) })
    }
    let decisions = explanation.decisions
    let lines = { (texts: [String]) in texts.map { $0 + "\n" }.joined() }
    return lines(decisions) + (decisions.isEmpty ? "" : "\n") + table.text
      + lines(explanation.leftOut.map { "left out: \($0.reason)" })
  }

  /// Parameters, and how well the model fits; nothing of a model that has neither.
  private static func table(_ summary: ModelSummary) -> String {
    var table = TextTable([("parameter", .left), ("estimate", .right)])
    for parameter in summary.parameters {
      table.add([parameter.name, NumberText.significant(parameter.estimate, digits: 5)])
    }
    var quality: [String] = []
    if let criteria = summary.criteria {
      quality.append("log-likelihood \(NumberText.fixed(criteria.logLikelihood, decimals: 2))")
      quality.append("AICc \(NumberText.fixed(criteria.aicc, decimals: 2))")
    }
    if let sigma = summary.sigma {
      quality.append("σ \(NumberText.significant(sigma, digits: 4))\(summary.errors.words)")
    }
    return (summary.parameters.isEmpty ? "" : "\n" + table.text)
      + (quality.isEmpty ? "" : "\n" + quality.joined(separator: ", ") + "\n")
  }

  /// The most of what was decided, in a line for a remark; `model` is how it was asked for. Nil where a model decided nothing.
  func remark(_ model: String) -> String? {
    guard case .decisions(let explanation) = self else { return nil }
    return "\(model): \(explanation.summary) (--explain has more)"
  }
}

extension ModelSummary.ErrorScale {
  /// Behind a standard deviation; nothing for the unit of the series.
  fileprivate var words: String {
    switch self {
    case .values: ""
    case .relative: " of relative errors"
    case .logarithms: " of logarithms"
    case .transformed: " of transformed values"
    }
  }
}

extension ExplanationText: Encodable {
  private struct Member: Encodable {
    let model: String
    /// One a step.
    let weights: [Double]
  }

  private struct LeftOut: Encodable { let model, reason: String }

  private struct Parameter: Encodable {
    let name: String
    let estimate: Double
  }

  private enum Key: CodingKey {
    case reason, grossErrors, calendar, calendarGain, outliers, calendarInPart, members, leftOut
    case parameters, sigma, errors, logLikelihood, aic, aicc, bic
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .decisions(let explanation): try Self.encode(explanation, to: &container)
    case .fit(let summary): try Self.encode(summary, to: &container)
    }
  }

  private static func encode(
    _ explanation: Forecast.Explanation, to container: inout KeyedEncodingContainer<Key>
  ) throws {
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

  private static func encode(
    _ summary: ModelSummary, to container: inout KeyedEncodingContainer<Key>
  ) throws {
    try container.encode(
      summary.parameters.map { Parameter(name: $0.name, estimate: $0.estimate) }, forKey: .parameters)
    if let sigma = summary.sigma {
      try container.encode(sigma, forKey: .sigma)
      try container.encode(summary.errors.rawValue, forKey: .errors)
    }
    guard let criteria = summary.criteria else { return }
    try container.encode(criteria.logLikelihood, forKey: .logLikelihood)
    try container.encode(criteria.aic, forKey: .aic)
    try container.encode(criteria.aicc, forKey: .aicc)
    try container.encode(criteria.bic, forKey: .bic)
  }
}
