import TradeStatistics
import Tradewind

extension BriefReport {
  /// Months of a history that a chart and its table show.
  private static let shownMonths = 48

  /// One series at length: amount and record, months, partners, provinces, methods.
  func section(_ commodity: CommodityBrief) -> [ReportBlock] {
    let name = names.series(commodity.statement)
    var blocks: [ReportBlock] = [.heading(name.capitalisedFirst, level: 1)]
    let texts = [
      sentences.statement(commodity), sentences.month(commodity), commodity.month.flatMap(sentences.pace),
    ]
    if texts.contains(where: { $0 != nil }) { blocks.append(.paragraph(joined(texts))) }
    if commodity.published.count > 1 { blocks.append(.table(published(commodity))) }
    if var projection = commodity.projection, !projection.history.isEmpty {
      projection.history = Array(projection.history.suffix(Self.shownMonths))
      blocks.append(
        .figure(
          ReportFigure(
            .fan(FanChart(projection: projection, name: name.capitalisedFirst)),
            caption: sentences.history(projection),
            source: ReportText(
              clipped(
                projection.sources.prefix(3).map(\.title).filter { !$0.isEmpty }.joined(
                  separator: pick("; ", "；")),
                to: 300)))))
      if let calendar = calendar(projection, name: name) { blocks.append(calendar) }
    }
    for breakdown in commodity.breakdowns { blocks += section(breakdown, of: commodity) }
    if commodity.earlier.count > 2 {
      blocks.append(.folded(summary: pick("Earlier years", "历年数据"), earlier(commodity)))
    }
    return blocks
  }

  /// The published figures within the period, where no chart shows them.
  private func published(_ commodity: CommodityBrief) -> ReportTable {
    let largest = commodity.published.map(\.level.value.magnitude).max() ?? 0
    let scale = numbers.scale(commodity.published[0].level.unit, largest)
    return ReportTable(
      caption: headed(names.series(commodity.statement).capitalisedFirst, scale.unit),
      columns: [.init(pick("Period", "时期")), .init(pick("Amount", "数值"), .number)],
      rows: commodity.published.map { [names.period($0.period), numbers.number($0.level, in: scale)] })
  }

  private func earlier(_ commodity: CommodityBrief) -> ReportTable {
    let largest = commodity.earlier.map(\.level.value).max() ?? 0
    let scale = numbers.scale(commodity.statement.unit, largest)
    return ReportTable(
      caption: headed(names.series(commodity.statement).capitalisedFirst, scale.unit),
      columns: [
        .init(pick("Period", "时期")), .init(pick("Amount", "数值"), .number), .init(pick("Known from", "来源")),
      ],
      rows: commodity.earlier.reversed().map { one in
        [names.period(one.period), numbers.number(one.level, in: scale), origin(one.level)]
      })
  }

  private func origin(_ figure: Figure) -> String {
    switch figure.origin {
    case .published(let statement): statement.source.isEmpty ? pick("stated", "公布") : statement.source
    case .computed: pick("computed", "推算")
    case .reconstructed: pick("estimated", "估计")
    }
  }

  // MARK: Breakdowns

  private func section(_ breakdown: Breakdown, of commodity: CommodityBrief) -> [ReportBlock] {
    let whole = names.series(commodity.statement)
    let title =
      switch breakdown.dimension {
      case .partner: pick("By partner", "分贸易伙伴")
      case .province: pick("By province", "分省份")
      case .method: pick("By trade method", "分贸易方式")
      case .category: pick("By category", "分品类")
      }
    let isWhole = breakdown.period == brief.period
    var blocks: [ReportBlock] = [
      .heading(isWhole ? title : "\(title)\(pick(", ", "，"))\(names.period(breakdown.period))", level: 2)
    ]
    let scale = scale(of: breakdown)
    if breakdown.dimension == .method {
      let texts = breakdown.parts.prefix(4).map { sentences.method($0, in: breakdown, of: whole) }
      blocks.append(.paragraph(joined(texts)))
    } else if let parts = sentences.parts(breakdown, scale: scale) {
      var texts: [ReportText?] = [parts]
      if let concentration = breakdown.concentration { texts.append(sentences.topShare(concentration)) }
      texts += breakdown.checks.map(sentences.check)
      blocks.append(.paragraph(joined(texts)))
      if breakdown.dimension == .partner, let concentration = breakdown.concentration,
        let smallest = breakdown.parts.last(where: { ($0.level?.value ?? 0) > 0 })?.label
      {
        blocks.append(.paragraph(sentences.concentration(concentration, smallest: names.label(smallest))))
      }
    }
    if breakdown.dimension == .method {
      blocks += breakdown.checks.compactMap { sentences.check($0).map { .note($0) } }
    }
    if breakdown.dimension == .method, let chart = ladder(breakdown, whole: whole) { blocks.append(chart) }
    if breakdown.parts.count > 1 || breakdown.others != nil {
      if breakdown.dimension != .method, let chart = dumbbell(breakdown, whole: whole) {
        blocks.append(chart)
      }
      blocks.append(.table(table(breakdown, scale: scale, commodity)))
    }
    return blocks
  }

  private func othersLabel(_ breakdown: Breakdown) -> String {
    breakdown.folded > 0
      ? pick("Others (\(breakdown.folded) named)", "其他（含\(breakdown.folded)个列名者）") : pick("Others", "其他")
  }

  /// The months as a calendar, from two years on.
  private func calendar(_ projection: Projection, name: String) -> ReportBlock? {
    let known = projection.history.filter { $0.median.isFinite }
    guard projection.history.last?.period.unit == .month, known.count >= 24 else { return nil }
    return .figure(
      ReportFigure(
        .heatMap(
          CalendarHeatMap(
            title: pick("\(name.capitalisedFirst) month by month", "\(name)：逐月"), unit: projection.unit,
            cells: known.map { .init($0.period, $0.median, $0.status) }))))
  }

  /// Shares with their changes.
  private func ladder(_ breakdown: Breakdown, whole: String) -> ReportBlock? {
    var parts = breakdown.parts.map { (names.label($0.label).capitalisedFirst, $0, false) }
    if let others = breakdown.others { parts.append((othersLabel(breakdown), others, true)) }
    let items = parts.compactMap { name, part, isRemainder in
      part.share.map { share in
        var item = ShareLadder.Item(
          name, share: share.value, change: part.shareChange?.value, isRemainder: isRemainder)
        item.status = status(share)
        return item
      }
    }
    guard items.count > 1 else { return nil }
    let period = names.period(breakdown.period)
    return .figure(
      ReportFigure(
        .shares(
          ShareLadder(
            title: pick(
              "Shares of \(whole) by trade method, \(period)", "\(whole)：贸易方式占比，\(period)"), items: items)),
        source: ReportText(source(breakdown.parts.map(\.share)))))
  }

  private func dumbbell(_ breakdown: Breakdown, whole: String) -> ReportBlock? {
    guard let unit = breakdown.parts.first?.level?.unit, breakdown.parts.contains(where: { $0.base != nil })
    else {
      return nil
    }
    func item(_ part: Breakdown.Part, _ name: String, isRemainder: Bool) -> DumbbellChart.Item {
      var item = DumbbellChart.Item(
        name, before: part.base?.value ?? .nan, after: part.level?.value ?? .nan,
        change: part.change?.value, isRemainder: isRemainder)
      (item.beforeStatus, item.afterStatus) = (status(part.base), status(part.level))
      return item
    }
    var items = breakdown.parts.map { item($0, names.label($0.label), isRemainder: false) }
    if let others = breakdown.others {
      items.append(item(others, othersLabel(breakdown), isRemainder: true))
    }
    let title =
      breakdown.dimension == .partner
      ? pick("\(whole) by partner", "\(whole)：分贸易伙伴")
      : breakdown.dimension == .province
        ? pick("\(whole) by province", "\(whole)：分省份") : pick("\(whole) by category", "\(whole)：分品类")
    return .figure(
      ReportFigure(
        .dumbbell(
          DumbbellChart(
            title: title.capitalisedFirst, unit: unit, beforeName: names.period(brief.basePeriod),
            afterName: names.period(breakdown.period), items: items)),
        source: ReportText(source(breakdown.parts.map(\.level)))))
  }

  private func table(_ breakdown: Breakdown, scale: BriefNumbers.Scale?, _ commodity: CommodityBrief)
    -> ReportTable
  {
    let hasBase = breakdown.parts.contains { $0.base != nil }
    func number(_ figure: Figure?, signed: Bool = false) -> String {
      guard let figure, let scale else { return "–" }
      return numbers.number(figure, in: scale, signed: signed)
    }
    func row(_ part: Breakdown.Part, _ name: String) -> [String] {
      var cells = [name, number(part.level), part.share.map { numbers.percent($0) } ?? "–"]
      if hasBase {
        cells += [
          number(part.change, signed: true), part.growth.map { numbers.percent($0, signed: true) } ?? "–",
          part.shareChange.map { numbers.points($0.value, signed: true) } ?? "–",
          part.points.map { numbers.points(printed: $0, signed: true) } ?? "–",
        ]
      }
      return cells
    }
    var columns: [ReportTable.Column] = [
      .init(
        breakdown.dimension == .partner
          ? pick("Partner", "贸易伙伴")
          : breakdown.dimension == .province
            ? pick("Province", "省份")
            : breakdown.dimension == .method ? pick("Method", "方式") : pick("Category", "品类")),
      .init(headed(names.period(breakdown.period), scale?.unit ?? ""), .number),
      .init(pick("Share", "占比"), .number),
    ]
    if hasBase {
      columns += [
        .init(pick("Change", "增减"), .number), .init(pick("Growth", "同比"), .number),
        .init(pick("Share, points", "占比变动（百分点）"), .number),
        .init(pick("Contribution, points", "拉动（百分点）"), .number),
      ]
    }
    var rows = breakdown.parts.map { row($0, names.label($0.label).capitalisedFirst) }
    if let others = breakdown.others { rows.append(row(others, othersLabel(breakdown))) }
    var totals: [[String]] = []
    let statement = commodity.statement
    if breakdown.period == brief.period, let level = statement.level {
      var total = [pick("Total", "合计"), number(level), numbers.percent(1, decimals: 1, signed: false)]
      if hasBase {
        total += [
          number(statement.change, signed: true),
          statement.growth.map { numbers.percent($0, signed: true) } ?? "–", "",
          breakdown.contributions.map { numbers.points(printed: $0.growthPoints, signed: true) } ?? "–",
        ]
      }
      totals.append(total)
    }
    return ReportTable(columns: columns, rows: rows, totals: totals)
  }
}
