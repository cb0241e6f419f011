import Tradewind

/// What published figures say about a period's trade, every number with where it comes from.
///
/// ```swift
/// let brief = try TradeBrief(of: facts, period: PeriodRange(.year(2025)))
/// print(brief.overviews.first?.total?.level?.value ?? .nan)  // 15222000000.0
/// ```
///
/// What a series is, its name says: see the table in <doc:WritingABrief>. Nothing is asked of the file but facts; what cannot be said
/// for want of them is listed in ``omissions``. Only facts whose periods had ended with the brief's are used.
public struct TradeBrief: Sendable {
  /// What the brief is about.
  public var period: PeriodRange
  /// The same period a year before, with which it is compared.
  public var basePeriod: PeriodRange
  /// How many facts were used.
  public var factsUsed: Int
  /// Trade as a whole, where both sides of it are known.
  public var overviews: [TradeOverview]
  /// The series with more than a single number to them, those with the most facts first.
  public var commodities: [CommodityBrief]
  /// Every series with an amount in the period, in the order of the file.
  public var categories: [SeriesStatement]
  /// Series without an amount for the period, with the latest that there is.
  public var withoutFigure: [SeriesStatement]
  /// Figures that contradict each other.
  public var audit: AuditReport
  /// What could not be said, and why.
  public var omissions: [BriefOmission]
  /// The pages that state the facts, each once, in the order of the file.
  public var sources: [FactSource]
}

/// A series' amount in a period, and how it compares with a year before.
public struct SeriesStatement: Sendable, Equatable, Encodable {
  /// The series' name in the file.
  public var series: String
  /// What is traded, as the name says: `silver-concentrate`; may be empty.
  public var subject: String
  public var flow: TradeFlow?
  /// With whom, where the name says so: `from-china`; mostly empty, because partners are parts.
  public var partner = ""
  /// The period, which may be shorter than the brief's where no other figure is known.
  public var period: PeriodRange
  public var level: Figure?
  /// On the same period a year before, a fraction.
  public var growth: Figure?
  /// On the same period a year before, in the unit.
  public var change: Figure?
  /// The amount a year before.
  public var base: Figure?

  public var unit: String { level?.unit ?? base?.unit ?? change?.unit ?? "" }
}

/// Exports and imports of one subject in one unit.
public struct TradeOverview: Sendable, Equatable, Encodable {
  /// What is traded, and with whom where the names say so: `us-with-china`.
  public var subject: String
  public var unit: String
  public var total: SeriesStatement?
  public var exports: SeriesStatement?
  public var imports: SeriesStatement?
  /// Exports less imports, and a year before.
  public var balance: Figure?
  public var baseBalance: Figure?
  /// Exports over imports, and a year before.
  public var coverage: Figure?
  public var baseCoverage: Figure?
  /// What exports and imports contributed to the growth of the total.
  public var contributions: BriefContributions?
  /// Stated figures beside what the others imply.
  public var checks: [BriefCheck]
}

/// Contributions to a growth, exact and as printed.
public struct BriefContributions: Sendable, Equatable, Encodable {
  /// What was computed.
  public var formula = "(part − its base) / base of the whole"
  /// The names of the parts, in the order of ``exact``.
  public var parts: [String]
  /// Fractions that add up to the last bit.
  public var exact: Contributions
  /// Percentage points with one decimal that add up as printed.
  public var points: [Double]
  public var remainderPoints: Double
  public var growthPoints: Double
}

/// A stated figure beside what others imply for it.
public struct BriefCheck: Sendable, Equatable, Encodable {
  public enum Kind: String, Sendable, Encodable {
    /// The total against exports plus imports.
    case total
    /// The balance against exports less imports.
    case balance
    /// The growth of the total against those of exports and imports.
    case totalGrowth
    /// A stated share or amount of several parts against the sum of theirs.
    case group
    /// The sum of the named parts against the whole.
    case parts
  }

  public var kind: Kind
  /// The series of the stated figure.
  public var series: String
  public var stated: Figure
  public var implied: Figure
  /// Whether the two agree within the rounding of all figures involved.
  public var agrees: Bool

  init(_ kind: Kind, _ series: String, stated: Figure, implied: Figure) {
    (self.kind, self.series, self.stated, self.implied) = (kind, series, stated, implied)
    let room = stated.halfWidth + implied.halfWidth
    agrees = abs(stated.value - implied.value) <= room + 1e-9 * max(abs(stated.value), abs(implied.value))
  }
}

/// One series at length.
public struct CommodityBrief: Sendable, Encodable {
  public var statement: SeriesStatement
  /// Earlier periods of the same kind with a known amount, the brief's own last.
  public var earlier: [PeriodAmount]
  /// What the amount is among these.
  public var record: Record?
  /// For how many such periods in a row the amount has risen or fallen.
  public var run: Run?
  /// The last month of the period.
  public var month: MonthBrief?
  /// The parts, by partner, province, method and category.
  public var breakdowns: [Breakdown]
  /// Prices and volumes, for the last period in which both are known.
  public var prices: PriceBrief?
  /// The monthly history, and the months to come; of a series of quarters the total of the next one alone.
  public var projection: Projection?
  /// What is published within the period, piece by piece, where no history in ``projection`` shows it; the latest 36.
  public var published: [PeriodAmount] = []
  /// The same months a year before those that are projected, and the growth over them.
  public var outlookBase: Figure?
  public var outlookGrowth: Figure?
  /// The months to come by part, which add up to the whole's in every draw.
  public var outlookParts: [OutlookGrouping]
}

/// The months to come of a whole's parts in one dimension.
public struct OutlookGrouping: Sendable, Equatable, Encodable {
  /// One part, or what the named parts leave.
  public struct Part: Sendable, Equatable, Encodable {
    public var series: String
    public var label: String
    public var isRemainder: Bool
    public var months: [Projection.ProjectedPeriod]
    /// Means add up to the whole's.
    public var total: Projection.ProjectedPeriod
    /// Of the total, a fraction.
    public var share: Projection.ProjectedPeriod
  }

  public var dimension: TradeDimension
  /// The largest first, then the remainder.
  public var parts: [Part]
}

/// An amount of one period.
public struct PeriodAmount: Sendable, Equatable, Encodable {
  public var period: PeriodRange
  public var level: Figure
}

/// The last month of a brief's period.
public struct MonthBrief: Sendable, Equatable, Encodable {
  public var period: Period
  public var level: Figure?
  /// Growth by measure, fractions; with intervals where months were estimated.
  public var growth: [MonthGrowth]
  /// Growth of the seasonally adjusted series: on the month before, and of three months as a yearly rate; empty where the
  /// history does not allow it.
  public var adjusted: [MonthGrowth]
  /// The chance that the month is the highest (lowest) of all in the history; only where it is above one half.
  public var record: MonthRecord?

  /// The growth by a measure, if it is known.
  public func growth(_ measure: GrowthMeasure) -> Figure? { growth.first { $0.measure == measure }?.figure }
}

public struct MonthGrowth: Sendable, Equatable, Encodable {
  public var measure: GrowthMeasure
  public var figure: Figure
}

public struct MonthRecord: Sendable, Equatable, Encodable {
  public var kind: Record.Kind
  /// The first month of the history.
  public var first: Period
  /// 0.5…1; 1 where all months are known.
  public var chance: Double
}

/// The parts of a series in one dimension.
public struct Breakdown: Sendable, Equatable, Encodable {
  /// One part, or what the named parts leave.
  public struct Part: Sendable, Equatable, Encodable {
    public var series: String
    /// The part's own name: `peru`.
    public var label: String
    public var level: Figure?
    public var change: Figure?
    public var base: Figure?
    public var growth: Figure?
    public var share: Figure?
    public var baseShare: Figure?
    /// Of the share, a fraction: 0.01 is a percentage point.
    public var shareChange: Figure?
    /// To the growth of the whole, as printed: percentage points with one decimal.
    public var points: Double?
  }

  public var dimension: TradeDimension
  public var whole: String
  public var period: PeriodRange
  /// The named parts, the largest first.
  public var parts: [Part]
  /// What the named parts leave of the whole; nil where nothing is left or the whole is not known.
  public var others: Part?
  /// How many named parts were added to ``others`` because there are too many.
  public var folded: Int
  public var contributions: BriefContributions?
  public var concentration: ConcentrationBrief?
  public var checks: [BriefCheck]
}

/// How concentrated the parts are, and were.
public struct ConcentrationBrief: Sendable, Equatable, Encodable {
  /// How many of the largest are counted in the top share.
  public var top: Int
  public var topShare: Figure
  public var baseTopShare: Figure?
  /// Bounds of the Herfindahl–Hirschman index, equal if all parts are named.
  public var herfindahl: [Double]
  public var baseHerfindahl: [Double]?
  /// Bounds of the number of equal parts with the same index.
  public var effectiveNumber: [Double]
  public var baseEffectiveNumber: [Double]?
  public var direction: Concentration.Direction?
  /// What the upper bounds assume of the parts that are not named.
  public var unnamed: Concentration.Unnamed
}

/// Value growth split into price and volume.
public struct PriceBrief: Sendable, Equatable, Encodable {
  public var period: PeriodRange
  /// Growth of value, volume and unit value, fractions.
  public var value: Figure
  public var volume: Figure
  public var unitValue: Figure
  /// Value over quantity in the period.
  public var unitValueLevel: Figure?
  /// A price growth that a source states, or that follows from prices that are stated.
  public var stated: Figure?
  /// Indices over the parts that have both, where there are two or more.
  public var index: PriceVolumeIndex?
}

/// Something a brief cannot say, and why.
public struct BriefOmission: Sendable, Equatable, Encodable {
  public enum Kind: String, Sendable, Encodable {
    /// No balance: one side of trade is missing.
    case balance
    /// No monthly history and outlook.
    case history
    /// No split into price and volume.
    case prices
    /// No outlook by parts.
    case parts
    /// No seasonal adjustment.
    case adjustment
    /// More series than are shown at length.
    case series
    /// No monthly history and outlook, because values lie below zero.
    case negative
    /// No monthly history and outlook of a balance, because its values may lie below zero.
    case mayBeNegative
    /// No amount of the period, because a part of it is not known.
    case amount
    /// A price that stands beside no value and quantity.
    case unused
  }

  public var kind: Kind
  /// The series, or empty.
  public var series: String
  public var reason: String
  /// How many it is about, for ``Kind/series``.
  public var count = 1
  /// The periods without a figure, for ``Kind/amount``.
  public var periods: [Period] = []
}

/// Why there is no brief.
public enum TradeBriefError: Error, Sendable, Equatable {
  /// No fact lies in the period; `latest` is the last period that any fact covers, the shortest of several.
  case nothingPublished(period: PeriodRange, latest: Period?)
  /// The facts cannot be checked.
  case audit(ProjectionError)
}

extension TradeBriefError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .nothingPublished(let period, let latest):
      "nothing is published for \(period)" + (latest.map { "; the last period with a figure is \($0)" } ?? "")
    case .audit(let error): "\(error)"
    }
  }
}

extension TradeBrief: Encodable {}
