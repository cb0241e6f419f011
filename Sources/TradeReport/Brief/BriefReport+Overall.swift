import TradeStatistics
import Tradewind

extension BriefReport {
  /// Overall scale and balance.
  var overall: [ReportBlock] {
    var blocks: [ReportBlock] = []
    for overview in brief.overviews.prefix(3) {
      let subject = names.subject(overview.subject)
      let isFirst = blocks.isEmpty
      blocks.append(
        isFirst
          ? .heading(pick("Overall scale and balance", "总体规模与贸易差额"), level: 1)
          : .heading(subject.capitalisedFirst, level: 2))
      let texts = [sentences.total(overview), sentences.sides(overview), sentences.balance(overview)]
      blocks.append(.paragraph(joined(texts)))
      if let drivers = sentences.drivers(overview) { blocks.append(.paragraph(drivers)) }
      blocks += overview.checks.compactMap { sentences.check($0).map { .note($0) } }
      blocks.append(.table(table(overview)))
      if let figure = contributionFigure(overview) { blocks.append(figure) }
    }
    return blocks
  }

  /// Sentences one after the other.
  func joined(_ texts: [ReportText?]) -> ReportText {
    var result = ReportText([])
    for text in texts.compactMap(\.self) where !text.isEmpty {
      if !result.isEmpty { result += ReportText(pick(" ", "")) }
      result += text
    }
    return result
  }

  private func table(_ overview: TradeOverview) -> ReportTable {
    let scale = numbers.scale(
      overview.unit, overview.total?.level?.value ?? overview.exports?.level?.value ?? 0)
    let (now, before) = (names.period(brief.period), names.period(brief.basePeriod))
    func cell(_ figure: Figure?, signed: Bool = false) -> String {
      figure.map { numbers.number($0, in: scale, signed: signed) } ?? "–"
    }
    func row(_ name: String, _ statement: SeriesStatement?) -> [String] {
      [
        name, cell(statement?.level), cell(statement?.base), cell(statement?.change, signed: true),
        statement?.growth.map { numbers.percent($0, signed: true) } ?? "–",
      ]
    }
    let names = self.names
    return ReportTable(
      caption: headed(pick("Trade", "贸易额"), scale.unit),
      columns: [
        .init(pick("Flow", "流向")), .init(now, .number), .init(before, .number),
        .init(pick("Change", "增减"), .number),
        .init(pick("Growth", "同比"), .number),
      ],
      rows: [
        row(names.flow(.imports).capitalisedFirst, overview.imports),
        row(names.flow(.exports).capitalisedFirst, overview.exports),
        [pick("Balance", "差额"), cell(overview.balance), cell(overview.baseBalance), "", ""],
      ],
      totals: [row(pick("Total", "合计"), overview.total)])
  }

  private func contributionFigure(_ overview: TradeOverview) -> ReportBlock? {
    guard let contributions = overview.contributions, contributions.points.count == 2 else { return nil }
    let flows = [names.flow(.exports).capitalisedFirst, names.flow(.imports).capitalisedFirst]
    return contributionFigure(
      contributions, labels: flows, remainder: pick("Rounding", "四舍五入"),
      title: pick("What drove the growth of trade, percentage points", "对进出口增速的拉动，百分点"),
      total: pick("Total", "合计"), source: source([overview.exports?.level, overview.imports?.level]),
      from: [
        overview.exports?.level, overview.exports?.base, overview.imports?.level, overview.imports?.base,
      ])
  }

  /// Contributions as bars; the printed points are the bars' values, so that what is read adds up.
  func contributionFigure(
    _ contributions: BriefContributions, labels: [String], remainder: String, title: String, total: String,
    source: String, from figures: [Figure?]
  ) -> ReportBlock {
    // A contribution is never published itself: it follows from amounts, and is as sure as they are.
    let known = figures.contains { status($0) == .estimated } ? Projection.Status.estimated : .derived
    var items = zip(labels, contributions.exact.parts).map { ContributionBars.Item($0, $1) }
    if contributions.remainderPoints != 0 {
      items.append(.init(remainder, contributions.exact.remainder, isRemainder: true))
    }
    var whole = ContributionBars.Item(total, contributions.exact.growth)
    for index in items.indices { items[index].status = known }
    whole.status = known
    return .figure(
      ReportFigure(
        .contributions(
          ContributionBars(title: title, unit: "fraction_points", items: items, total: whole)),
        source: ReportText(source)))
  }

  // MARK: Categories

  /// Every series with an amount, what drove value, and what has no figure.
  var categories: [ReportBlock] {
    var blocks: [ReportBlock] = []
    let shown = Set(brief.overviews.flatMap { [$0.exports, $0.imports].compactMap { $0?.series } })
    if brief.categories.count > 1, brief.categories.contains(where: { !shown.contains($0.series) }) {
      blocks.append(.table(categoryTable))
    }
    var texts: [ReportText] = []
    for commodity in brief.commodities {
      if let prices = commodity.prices { texts.append(sentences.prices(prices, of: commodity.statement)) }
      for breakdown in commodity.breakdowns where breakdown.dimension == .category {
        if let parts = sentences.parts(breakdown, scale: scale(of: breakdown)) {
          texts.append(
            ReportText(names.series(commodity.statement).capitalisedFirst + pick(" — ", "：")) + parts)
        }
      }
    }
    blocks += texts.map { .paragraph($0) }
    if !brief.withoutFigure.isEmpty {
      let list = brief.withoutFigure.prefix(20).map { ReportText(sentences.latest($0)) }
      blocks.append(
        .paragraph(
          ReportText(
            pick(
              "No figure is published for \(names.period(brief.period)) for:",
              "以下序列没有\(names.period(brief.period))的公布数据："))))
      blocks.append(.list(list))
    }
    return blocks.isEmpty
      ? [] : [.heading(pick("Categories and what drove the change", "分品类情况与变动原因"), level: 1)] + blocks
  }

  private var categoryTable: ReportTable {
    ReportTable(
      caption: pick("Amounts by series", "各序列数量与金额"),
      columns: [
        .init(pick("Series", "序列")), .init(pick("Period", "时期")), .init(pick("Amount", "数值"), .number),
        .init(pick("Growth", "同比"), .number), .init(pick("Year before", "上年同期"), .number),
      ],
      rows: brief.categories.map { row in
        [
          names.series(row).capitalisedFirst, names.period(row.period),
          row.level.map { numbers.amount($0) } ?? "–",
          row.growth.map { numbers.percent($0, signed: true) } ?? "–",
          row.base.map { numbers.amount($0) } ?? "–",
        ]
      })
  }

  /// The scale of a breakdown's table: that of its largest part.
  func scale(of breakdown: Breakdown) -> BriefNumbers.Scale? {
    breakdown.parts.first { $0.level != nil }?.level.map { numbers.scale($0.unit, $0.value) }
  }
}
