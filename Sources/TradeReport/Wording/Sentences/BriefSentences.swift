import TradeStatistics
import Tradewind

/// The sentences of a brief in one language. Each is a template whose numbers are all the brief's own; words of sources are never
/// used. A sentence whose figures are missing is nil.
///
/// Every language has a type of its own, because languages put the same figures in a different order. What is worth saying is
/// decided here, once for all of them.
protocol BriefSentences {
  var language: ReportLanguage { get }
  /// The period of the brief and the one it is compared with.
  var period: PeriodRange { get }
  var base: PeriodRange { get }

  // Overall.
  func total(_ overview: TradeOverview) -> ReportText?
  /// Imports and exports in one sentence, the larger first.
  func sides(_ overview: TradeOverview) -> ReportText?
  func balance(_ overview: TradeOverview) -> ReportText?
  /// Which side grew faster, and what each contributed.
  func drivers(_ overview: TradeOverview) -> ReportText?
  /// A stated figure that the others do not bear out; nothing where they agree.
  func check(_ check: BriefCheck) -> ReportText?

  // One series.
  func statement(_ commodity: CommodityBrief) -> ReportText?
  /// The last month.
  func month(_ commodity: CommodityBrief) -> ReportText?
  /// Growth over several months, which says more of the pace than one month does.
  func pace(_ month: MonthBrief) -> ReportText?
  /// How the months of the history are known.
  func history(_ projection: Projection) -> ReportText

  // Parts.
  /// `Peru 956 kt (+141 kt), Mexico 267 kt (+0.4 kt) and Bolivia 157 kt (+23 kt)`.
  func parts(_ breakdown: Breakdown, scale: BriefNumbers.Scale?) -> ReportText?
  func topShare(_ concentration: ConcentrationBrief) -> ReportText
  func concentration(_ concentration: ConcentrationBrief, smallest: String) -> ReportText
  /// A trade method: its share, how that changed, and its own growth.
  func method(_ part: Breakdown.Part, in breakdown: Breakdown, of whole: String) -> ReportText?
  func prices(_ prices: PriceBrief, of statement: SeriesStatement) -> ReportText

  // Outlook.
  func outlook(_ commodity: CommodityBrief, _ projection: Projection) -> ReportText
  /// `Of the expected 543 kt, Peru accounts for 274 kt (80 %: 210–340 kt), …`.
  func outlook(_ grouping: OutlookGrouping, of projection: Projection) -> ReportText?

  // What is missing.
  /// `silver powder imports (latest: 299.7 t, July 2024)`.
  func latest(_ statement: SeriesStatement) -> String
  func omission(_ omission: BriefOmission) -> ReportText
}

extension ReportLanguage {
  /// The sentences of this language.
  func sentences(period: PeriodRange, base: PeriodRange) -> any BriefSentences {
    switch self {
    case .english: EnglishSentences(period: period, base: base)
    case .chinese: ChineseSentences(period: period, base: base)
    }
  }
}

/// The part of the year that a brief is about, which is compared with the same of other years.
enum SameSpan {
  case year
  case quarter(Period)
  case month(Period)
  case months(Period, Period)
  case other
}

/// What a record is said to be.
enum SpokenRecord {
  /// The highest (or lowest) of so many periods with a figure, all since `first`.
  case onRecord(isHigh: Bool, count: Int, first: Period)
  case since(Period, isHigh: Bool)
}

extension BriefSentences {
  var numbers: BriefNumbers { BriefNumbers(language: language) }
  var names: BriefNames { BriefNames(language: language) }

  /// Imports and exports, the larger first; nil unless both are known.
  func largestFirst(_ overview: TradeOverview) -> [SeriesStatement]? {
    guard let imports = overview.imports, let exports = overview.exports, let a = imports.level,
      let b = exports.level
    else { return nil }
    return a.value >= b.value ? [imports, exports] : [exports, imports]
  }

  /// The amount without its sign.
  func size(of figure: Figure) -> String {
    var positive = figure
    positive.value = figure.value.magnitude
    return numbers.amount(positive)
  }

  /// What a check compares, as texts.
  func compared(in check: BriefCheck) -> (stated: String, implied: String) {
    check.stated.unit == "fraction"
      ? (numbers.percent(check.stated), numbers.percent(check.implied))
      : (numbers.amount(check.stated), numbers.amount(check.implied))
  }

  /// The group that a check is about, and how many parts it has.
  func group(of check: BriefCheck) -> (label: String, count: Int) {
    (
      names.label(check.series.split(separator: "/").last.map(String.init) ?? check.series),
      check.series.count { $0 == "+" } + 1
    )
  }

  /// What the period is called where years are compared by it: the same month, quarter or months of each.
  var sameSpan: SameSpan {
    guard period.count > 1 else {
      switch period.unit {
      case .year: return .year
      case .quarter: return .quarter(period.first)
      case .month: return .month(period.first)
      }
    }
    let (first, last) = (period.first.firstMonth, period.last.lastMonth)
    return first.year == last.year ? .months(first, last) : .other
  }

  /// The record of a series; one earlier figure is a comparison and no record.
  func spokenRecord(_ commodity: CommodityBrief) -> SpokenRecord? {
    guard let record = commodity.record, record.exceeded > 1 else { return nil }
    let isHigh = record.kind == .highest
    if record.isOnRecord {
      return .onRecord(isHigh: isHigh, count: record.exceeded + 1, first: record.first)
    }
    return record.since.map { .since($0, isHigh: isHigh) }
  }

  /// The last month with its amount, unless it is all of the period.
  func lastMonth(of commodity: CommodityBrief) -> (month: MonthBrief, level: Figure)? {
    guard period.count > 1 || period.unit != .month, let month = commodity.month, let level = month.level
    else { return nil }
    return (month, level)
  }

  /// The chance of a record, with more places where it is nearly certain; nil where it is certain.
  func chance(of record: MonthRecord) -> String? {
    record.chance >= 0.9995
      ? nil : numbers.percent(record.chance, decimals: record.chance > 0.99 ? 1 : 0, signed: false)
  }

  /// Whether growth since January is a figure of its own, and not that of the period.
  func tellsYearToDate(_ month: MonthBrief) -> Bool {
    period.first.firstMonth.month != 1 || period.first.year != month.period.year
  }

  /// So many months of a history are published, derived, estimated.
  func counts(_ projection: Projection) -> (published: Int, derived: Int, estimated: Int) {
    func count(_ status: Projection.Status) -> Int { projection.history.count { $0.status == status } }
    return (count(.published), count(.derived), count(.estimated))
  }

  /// Both bounds of an index, or one number where they agree.
  func bounds(_ range: [Double], decimals: Int, between dash: String) -> String {
    let texts = range.map { numbers.plain($0, decimals: decimals) }
    return texts.count == 2 && texts[0] != texts[1] ? texts.joined(separator: dash) : texts.first ?? "–"
  }

  /// The change of an index number: `+3.1 %`.
  func ratio(_ index: Double) -> String { numbers.percent(index - 1, decimals: 1, signed: true) }

  /// The intervals of a projection, the narrowest first: level and range.
  func intervals(_ law: Projection.ProjectedPeriod, unit: String, scale: BriefNumbers.Scale)
    -> [(level: String, range: String)]
  {
    law.intervals.sorted { $0.level < $1.level }.map { interval in
      (
        numbers.percent(interval.level, decimals: 0, signed: false),
        numbers.range(interval, unit: unit, in: scale)
      )
    }
  }

  /// The largest parts of an outlook: name, expected amount, and the narrowest interval.
  func largestParts(_ grouping: OutlookGrouping, of projection: Projection)
    -> [(name: String, mean: String, interval: (level: String, range: String)?)]
  {
    let scale = numbers.scale(projection.unit, projection.total.mean)
    return grouping.parts.filter { !$0.isRemainder }.prefix(4).map { part in
      (
        names.label(part.label), numbers.rounded(part.total.mean, unit: projection.unit),
        intervals(part.total, unit: projection.unit, scale: scale).first
      )
    }
  }

  /// What a series left out is called.
  func name(of omission: BriefOmission) -> String {
    names.series(SeriesStatement(of: omission.series, unit: "", period: period))
  }

  /// Errors name their series themselves.
  func reason(_ omission: BriefOmission) -> String {
    let prefix = omission.series + ": "
    return omission.reason.hasPrefix(prefix)
      ? String(omission.reason.dropFirst(prefix.count)) : omission.reason
  }
}
