import TradeStatistics
import Tradewind

extension BriefReport {
  /// What comes next.
  var outlook: [ReportBlock] {
    let projected = brief.commodities.compactMap { commodity in commodity.projection.map { (commodity, $0) } }
    guard let first = projected.first?.1 else { return [] }
    var blocks: [ReportBlock] = [
      .heading(
        pick("Outlook for \(names.period(first.total.period))", "\(names.period(first.total.period))展望"),
        level: 1)
    ]
    for (commodity, projection) in projected {
      blocks.append(.paragraph(sentences.outlook(commodity, projection)))
      blocks.append(.table(table(projection, commodity)))
      for grouping in commodity.outlookParts {
        blocks.append(
          .heading(
            "\(names.series(commodity.statement).capitalisedFirst)\(pick(", ", "："))\(heading(grouping.dimension))",
            level: 2))
        if let text = sentences.outlook(grouping, of: projection) { blocks.append(.paragraph(text)) }
        blocks.append(.table(table(grouping, of: projection)))
      }
    }
    blocks.append(
      .note(
        ReportText(
          pick(
            "A projection from the series' own past and what was published of it; it knows no prices, policies or news.",
            "展望仅依据序列自身的历史与公布数据，不含价格、政策与新闻信息。"))))
    return blocks
  }

  private func table(_ projection: Projection, _ commodity: CommodityBrief) -> ReportTable {
    let levels = projection.total.intervals.map(\.level).sorted()
    let scale = numbers.scale(
      projection.unit, projection.horizon.map(\.median).max() ?? projection.total.median)
    func row(_ period: Projection.ProjectedPeriod, _ name: String) -> [String] {
      [name, numbers.rounded(period.median, unit: projection.unit)]
        + levels.map { level in
          period.intervals.first { $0.level == level }
            .map { numbers.range($0, unit: projection.unit, in: scale) } ?? "–"
        }
    }
    return ReportTable(
      caption: names.series(commodity.statement).capitalisedFirst,
      columns: [.init(pick("Period", "时期")), .init(pick("Median", "中位数"), .number)]
        + levels.map {
          .init(numbers.percent($0, decimals: 0, signed: false) + pick(" interval", "区间"), .number)
        },
      rows: projection.horizon.map { row($0, names.period($0.period)) },
      totals: [row(projection.total, names.period(projection.total.period))])
  }

  private func heading(_ dimension: TradeDimension) -> String {
    switch dimension {
    case .partner: pick("by partner", "分贸易伙伴")
    case .province: pick("by province", "分省份")
    case .method: pick("by trade method", "分贸易方式")
    case .category: pick("by category", "分品类")
    }
  }

  /// Expected values, which add up, and intervals.
  private func table(_ grouping: OutlookGrouping, of projection: Projection) -> ReportTable {
    let levels = projection.total.intervals.map(\.level).sorted()
    let scale = numbers.scale(projection.unit, projection.total.mean)
    let places = numbers.places(of: projection.total.mean, in: scale)
    func cells(_ law: Projection.ProjectedPeriod) -> [String] {
      [numbers.number(law.mean, in: scale, places: places)]
        + levels.map { level in
          law.intervals.first { $0.level == level }
            .map { numbers.range($0, in: scale, places: places) } ?? "–"
        }
    }
    let rows = grouping.parts.map { part in
      [part.isRemainder ? pick("Others", "其他") : names.label(part.label).capitalisedFirst] + cells(part.total)
        + [numbers.percent(part.share.mean, decimals: 0, signed: false)]
    }
    return ReportTable(
      caption: pick(
        "\(names.period(projection.total.period)), expected values, \(scale.unit)",
        "\(names.period(projection.total.period))期望值，\(scale.unit)"),
      columns: [.init(""), .init(pick("Expected", "期望值"), .number)]
        + levels.map {
          .init(numbers.percent($0, decimals: 0, signed: false) + pick(" interval", "区间"), .number)
        }
        + [.init(pick("Share", "占比"), .number)],
      rows: rows,
      totals: [
        [pick("Total", "合计")] + cells(projection.total) + [numbers.percent(1, decimals: 0, signed: false)]
      ],
      notes: [
        ReportText(
          pick(
            "Parts add up to the total in every draw; so do their expected values, which lie above the medians.",
            "每次抽样中各分项之和均等于总量；期望值可以相加，且高于中位数。"))
      ])
  }

  // MARK: Audit

  /// Findings shown at length.
  private static let mostFindings = 12

  var audit: [ReportBlock] {
    let findings = brief.audit.findings
    let checked = numbers.plain(Double(brief.audit.factsChecked), decimals: 0)
    var blocks: [ReportBlock] = [.heading(pick("Audit of the figures", "数据核查"), level: 1)]
    if findings.isEmpty {
      blocks.append(
        .paragraph(
          ReportText(
            pick(
              "\(checked) figures were checked against each other; none contradicts the others.",
              "对\(checked)个数据相互核对，未发现矛盾。"))))
      return blocks
    }
    let count = numbers.plain(Double(findings.count), decimals: 0)
    let atLeast = brief.audit.isComplete ? "" : pick("at least ", "至少")
    blocks.append(
      .paragraph(
        ReportText(
          pick(
            "\(checked) figures were checked against each other; \(atLeast)\(count) contradict\(findings.count == 1 ? "s" : "") the others.",
            "对\(checked)个数据相互核对，\(atLeast)有\(count)处与其他数据矛盾。"))))
    for finding in findings.prefix(Self.mostFindings) { blocks += paragraphs(finding) }
    if findings.count > Self.mostFindings {
      blocks.append(
        .note(
          ReportText(
            pick(
              "And \(findings.count - Self.mostFindings) more.", "另有\(findings.count - Self.mostFindings)处。"))
        ))
    }
    return blocks
  }

  private func paragraphs(_ finding: AuditFinding) -> [ReportBlock] {
    let size = abs(finding.standardisedResidual)
    let residual = numbers.plain(size, decimals: size < 100 ? 1 : 0)
    var text = ReportText.strong(stated(finding.fact)) + ReportText(pick(". ", "。"))
    if let source = finding.deviatingSource, let deviation = finding.deviation {
      let size = numbers.percent(abs(deviation), decimals: 1, signed: false)
      let side = deviation > 0 ? pick("above", "高") : pick("below", "低")
      text += ReportText(
        pick(
          "All amounts from \(source) lie about \(size) \(side) the others. ",
          "\(source)的数据整体较其他来源\(side)\(size)。"))
    }
    let expected = value(finding.expected, like: finding.fact)
    let (low, high) = (value(finding.lower, like: finding.fact), value(finding.upper, like: finding.fact))
    let range = low == high ? "" : pick(" (95\u{A0}%: \(low) to \(high))", "（95%区间：\(low)至\(high)）")
    text += ReportText(
      pick(
        "The others imply \(expected)\(range), \(residual) standard deviations away.",
        "其他数据推算为\(expected)\(range)，相差\(residual)个标准差。"))
    var blocks: [ReportBlock] = [.paragraph(text)]
    if !finding.fact.source.quote.isEmpty { blocks.append(.quotation(ReportText(finding.fact.source.quote))) }
    blocks.append(.note(ReportText(pick("Source: ", "来源：")) + link(finding.fact)))
    let alternatives = finding.alternatives.prefix(3).map { one in
      ReportText(
        pick(
          "or \(stated(one.fact)) would have to be \(value(one.value, like: one.fact)) (",
          "或者\(stated(one.fact))应为\(value(one.value, like: one.fact))（"))
        + link(one.fact) + ReportText(pick(")", "）"))
    }
    if !alternatives.isEmpty { blocks.append(.list(alternatives)) }
    return blocks
  }

  /// `Silver concentrate imports / Mexico, 2025: 267 kt`.
  private func stated(_ fact: Fact) -> String {
    let labels = fact.series.split(separator: "/").map(String.init)
    let root = SeriesStatement(
      of: labels.first ?? fact.series, unit: fact.measure.isFraction ? "" : fact.unit, period: fact.period)
    let rest = labels.dropFirst().filter { !["province", "partner", "method", "category"].contains($0) }.map(
      names.label)
    let name = ([names.series(root).capitalisedFirst] + rest).joined(separator: " / ")
    let measure =
      switch fact.measure {
      case .level: ""
      case .monthOnMonth: pick("on the period before ", "环比")
      case .yearOnYear: pick("on the year before ", "同比")
      case .changeFromPriorYear: pick("change on the year before ", "同比增减")
      case .share: pick("share ", "占比")
      }
    return
      "\(name)\(pick(", ", "，"))\(names.period(fact.period))\(pick(": ", "："))\(measure)\(value(fact.value, like: fact))"
  }

  /// A value with the precision of a fact.
  private func value(_ value: Double, like fact: Fact) -> String {
    let figure = Figure(value, like: fact)
    let isGrowth = fact.measure == .monthOnMonth || fact.measure == .yearOnYear
    if fact.measure.isFraction { return numbers.percent(figure, signed: isGrowth) }
    return numbers.amount(
      figure, in: numbers.scale(fact.unit, fact.value), signed: fact.measure == .changeFromPriorYear)
  }

  private func link(_ fact: Fact) -> ReportText {
    let title = fact.source.title.isEmpty ? fact.source.url : fact.source.title
    let name = title.isEmpty ? pick("no source given", "未注明来源") : title
    let line = fact.line > 0 ? pick(", line \(fact.line)", "，第\(fact.line)行") : ""
    return .link(clipped(name, to: 200), to: fact.source.url) + ReportText(line)
  }

  // MARK: Limits and sources

  /// What the facts do not let a brief say.
  var limits: [ReportBlock] {
    var seen = Set<String>()
    let texts = brief.omissions.map(sentences.omission).filter { seen.insert($0.plain).inserted }
    return texts.isEmpty ? [] : [.heading(pick("What is left out", "未能说明之处"), level: 1), .list(texts)]
  }

  var sources: [ReportBlock] {
    guard !brief.sources.isEmpty else { return [] }
    return [
      .heading(pick("Sources", "资料来源"), level: 1),
      .list(
        brief.sources.map { source in
          .link(clipped(source.title.isEmpty ? source.url : source.title, to: 200), to: source.url)
        }, ordered: true),
    ]
  }
}
