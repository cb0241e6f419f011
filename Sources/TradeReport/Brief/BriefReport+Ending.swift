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
        headed("\(names.period(projection.total.period)), expected values", scale.unit),
        headed("\(names.period(projection.total.period))期望值", scale.unit)),
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
