import TradeStatistics
import Tradewind

/// The sentences of a brief's audit in one language, whose numbers are all the audit's own.
struct AuditSentences {
  let language: ReportLanguage

  private var numbers: BriefNumbers { BriefNumbers(language: language) }
  private var names: BriefNames { BriefNames(language: language) }

  private func pick(_ english: String, _ chinese: String) -> String {
    language == .english ? english : chinese
  }

  // MARK: The whole

  /// How many figures were checked, how many have to be corrected, and whether fewer would do.
  func summary(_ audit: AuditReport) -> String {
    let checked = numbers.plain(Double(audit.factsChecked), decimals: 0)
    guard !audit.findings.isEmpty else {
      return pick(
        "\(checked) figures were checked against each other; none contradicts the others.",
        "对\(checked)个数据相互核对，未发现矛盾。")
    }
    let count = numbers.plain(Double(audit.findings.count), decimals: 0)
    let atLeast = audit.isComplete ? "" : pick("at least ", "至少")
    let contradict = pick(
      "\(checked) figures were checked against each other; \(atLeast)\(count) contradict\(audit.findings.count == 1 ? "s" : "") the others.",
      "对\(checked)个数据相互核对，\(atLeast)有\(count)处与其他数据矛盾。")
    return contradict + smallest(audit)
  }

  private func smallest(_ audit: AuditReport) -> String {
    guard audit.isComplete else { return "" }
    let isOne = audit.findings.count == 1
    if audit.contradictions.allSatisfy({ $0.proof == .smallest }) {
      return pick(
        isOne
          ? " Correcting it reconciles them all."
          : " Correcting these reconciles them all, and no fewer corrections do.",
        isOne ? "更正此处即可使全部数据一致。" : "更正这些数据即可使全部数据一致，且无法以更少的更正做到。")
    }
    return pick(
      " Correcting these reconciles them all, and none of the corrections can be left out.",
      "更正这些数据即可使全部数据一致，且其中任何一处均不可省略。")
  }

  /// What is to be said of several corrections that belong together; nil for a single one.
  func together(_ group: AuditContradiction) -> String? {
    guard group.findings.count > 1, let first = group.findings.first, let last = group.findings.last else {
      return nil
    }
    let isPair = first + 1 == last
    let range = pick(
      isPair ? "\(first + 1) and \(last + 1)" : "\(first + 1) to \(last + 1)",
      isPair ? "第\(first + 1)、\(last + 1)处" : "第\(first + 1)至\(last + 1)处")
    switch group.proof {
    case .smallest:
      return pick(
        "\(range) share figures; fewer corrections do not reconcile them.", "\(range)涉及共同的数据，更少的更正不能使其一致。")
    case .irreducible:
      return pick(
        "\(range) share figures; none of the corrections can be left out, but fewer others were not ruled out.",
        "\(range)涉及共同的数据，各处更正均不可省略，但未排除存在更少的其他更正。")
    case .incomplete:
      return nil
    }
  }

  /// A family too large to be checked in one go.
  func apart(_ family: AuditReport.Family) -> String {
    let count = numbers.plain(Double(family.facts), decimals: 0)
    let name = names.series(SeriesStatement(of: family.root, unit: "", period: PeriodRange(.year(2000))))
    return pick(
      "\(name.capitalisedFirst): \(count) figures are too many to check parts against their whole; each series was checked by itself.",
      "\(name)：共\(count)个数据，数量过多，未核对部分与总量是否相符，仅逐个序列核对。")
  }

  // MARK: One finding

  /// By how much a source deviates, what the others imply, and how far that is.
  func explanation(_ finding: AuditFinding) -> String {
    var text = ""
    if let source = finding.deviatingSource, let deviation = finding.deviation {
      let size = numbers.percent(abs(deviation), decimals: 1, signed: false)
      let side = deviation > 0 ? pick("above", "高") : pick("below", "低")
      text += pick(
        "All amounts from \(source) lie about \(size) \(side) the others. ",
        "\(source)的数据整体较其他来源\(side)\(size)。")
    }
    let expected = value(finding.expected, like: finding.fact)
    let (low, high) = (value(finding.lower, like: finding.fact), value(finding.upper, like: finding.fact))
    let range = low == high ? "" : pick(" (95\u{A0}%: \(low) to \(high))", "（95%区间：\(low)至\(high)）")
    let distance = distance(finding.standardisedResidual)
    return text
      + pick(
        "The others imply \(expected)\(range), \(distance) standard deviations away.",
        "其他数据推算为\(expected)\(range)，相差\(distance)个标准差。")
  }

  /// `or Peru, 2025: 956 kt would have to be 996 kt`.
  func alternative(_ one: AuditFinding.Correction) -> String {
    let value = value(one.value, like: one.fact)
    let text = pick("\(stated(one.fact)) would have to be \(value)", "\(stated(one.fact))应为\(value)")
    return one.reconciles
      ? pick("or ", "或者") + text : pick("or, in part, ", "或者（只能消除部分矛盾）") + text
  }

  /// A further fact that the contradiction rests on.
  func given(_ fact: Fact) -> String { pick("given ", "前提是") + stated(fact) }

  /// A number of standard deviations.
  func distance(_ residual: Double) -> String {
    let size = abs(residual)
    return numbers.plain(size, decimals: size < 100 ? 1 : 0)
  }

  // MARK: Facts

  /// `Silver concentrate imports / Mexico, 2025: 267 kt`.
  func stated(_ fact: Fact) -> String { "\(name(fact))\(pick(": ", "："))\(measured(fact))" }

  /// `Silver concentrate imports / Mexico, 2025`.
  func name(_ fact: Fact) -> String {
    let labels = fact.series.split(separator: "/").map(String.init)
    let root = SeriesStatement(
      of: labels.first ?? fact.series, unit: fact.measure.isFraction ? "" : fact.unit, period: fact.period)
    let rest = labels.dropFirst().filter { !["province", "partner", "method", "category"].contains($0) }.map(
      names.label)
    let name = ([names.series(root).capitalisedFirst] + rest).joined(separator: " / ")
    return "\(name)\(pick(", ", "，"))\(names.period(fact.period))"
  }

  /// `share 74.1 %`.
  func measured(_ fact: Fact) -> String {
    (measure(fact.measure).map { $0 + pick(" ", "") } ?? "") + value(fact.value, like: fact)
  }

  /// `Silver ingot exports, 2024 (share)`.
  func heading(_ fact: Fact) -> String {
    name(fact) + (measure(fact.measure).map { pick(" (\($0))", "（\($0)）") } ?? "")
  }

  /// What a figure states; nil for an amount.
  private func measure(_ measure: Measure) -> String? {
    switch measure {
    case .level: nil
    case .monthOnMonth: pick("on the period before", "环比")
    case .yearOnYear: pick("on the year before", "同比")
    case .changeFromPriorYear: pick("change on the year before", "同比增减")
    case .share: pick("share", "占比")
    }
  }

  /// A value with the precision of a fact.
  func value(_ value: Double, like fact: Fact) -> String {
    let figure = Figure(value, like: fact)
    let isGrowth = fact.measure == .monthOnMonth || fact.measure == .yearOnYear
    if fact.measure.isFraction { return numbers.percent(figure, signed: isGrowth) }
    return numbers.amount(
      figure, in: numbers.scale(fact.unit, fact.value), signed: fact.measure == .changeFromPriorYear)
  }
}
