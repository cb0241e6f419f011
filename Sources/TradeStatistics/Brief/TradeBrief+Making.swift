import Tradewind

extension TradeBrief {
  /// How many series are shown at length; the others stand in the table of categories alone.
  static let mostCommodities = 6
  /// How many rows ``categories`` and ``withoutFigure`` have at most.
  static let mostRows = 200

  /// The brief of a period from the facts of a file.
  ///
  /// - Parameters:
  ///   - facts: All facts; those of periods that ended later than `period` are left out.
  ///   - period: A year, a quarter, a month, or a range of them.
  ///   - projector: How histories are rebuilt and continued.
  /// - Throws: ``TradeBriefError`` if nothing is published for the period, or the facts cannot be checked.
  public init(
    of facts: [Fact], period: PeriodRange, projector: HistoryProjector = HistoryProjector()
  ) throws(TradeBriefError) {
    let months = period.ordinals
    let known = facts.filter { $0.period.ordinals.upperBound <= months.upperBound }
    guard known.contains(where: { $0.period.ordinals.upperBound >= months.lowerBound }) else {
      throw .nothingPublished(
        period: period,
        latest: facts.map(\.period.last).max {
          ($0.lastMonth, $1.unit.months) < ($1.lastMonth, $0.unit.months)
        })
    }
    let audit: AuditReport
    do throws(ProjectionError) {
      audit = try FactAudit().audit(known)
    } catch {
      throw .audit(error)
    }
    var maker = BriefMaker(facts: known, audit: audit, period: period, projector: projector)
    self = maker.brief()
  }

  /// Complete series as facts, one level for each value that is not missing.
  ///
  /// A unit that the last words of a name state (`imports_100m_usd`, `exports_kt`) becomes the facts' unit.
  public static func facts(of series: [TimeSeries]) -> [Fact] {
    series.enumerated().flatMap { index, one -> [Fact] in
      let name = one.name.isEmpty ? "series\(series.count > 1 ? "-\(index + 1)" : "")" : one.name
      let unit = TradeUnit.stated(in: name)
      return one.values.indices.compactMap { i in
        one.values[i].isFinite
          ? Fact(
            series: name, period: PeriodRange(one.period(at: i)), measure: .level, value: one.values[i],
            unit: unit, halfWidth: 0) : nil
      }
    }
  }
}

/// Puts a brief together.
struct BriefMaker {
  let facts: [Fact]
  let audit: AuditReport
  let period: PeriodRange
  let projector: HistoryProjector
  let book: FactBook
  /// The series that stand for themselves, first labels of their names, in the order of the file.
  let roots: [SeriesRole]
  /// The parts of each root, in the order of the file; sums of parts (`a/b+c`) apart.
  let parts: [String: [Part]]
  let groups: [String: [Part]]
  /// The series that come from a series file, whose numbers have no line.
  let complete: Set<String>
  var omissions: [BriefOmission] = []

  struct Part {
    var name: String
    var dimension: TradeDimension
    var label: String
  }

  var months: ClosedRange<Int> { period.ordinals }

  init(facts: [Fact], audit: AuditReport, period: PeriodRange, projector: HistoryProjector) {
    (self.facts, self.audit, self.period, self.projector) = (facts, audit, period, projector)
    let book = FactBook(facts, audit: audit)
    self.book = book
    complete = Set(facts.filter { $0.line == 0 }.map(\.series))
    var roots: [SeriesRole] = []
    var seen = Set<String>()
    var parts: [String: [Part]] = [:]
    var groups: [String: [Part]] = [:]
    for name in book.names {
      let root = SeriesName.root(of: name)
      if seen.insert(root).inserted { roots.append(SeriesRole(root, unit: book.unit(of: root))) }
      guard root != name,
        let (dimension, label) = TradeDimension.of(
          name[name.index(name.startIndex, offsetBy: root.count + 1)...])
      else { continue }
      let part = Part(name: name, dimension: dimension, label: label)
      if label.contains("+") {
        groups[root, default: []].append(part)
      } else {
        parts[root, default: []].append(part)
      }
    }
    (self.roots, self.parts, self.groups) = (roots, parts, groups)
  }

  mutating func brief() -> TradeBrief {
    let statements = roots.map(statement)
    for (role, statement) in zip(roots, statements) { explainAbsence(of: role, statement) }
    let overviews = overviews(statements)
    let whole = Set(overviews.flatMap { [$0.total, $0.exports, $0.imports].compactMap { $0?.series } })
    let commodities = commodities(statements, overviews: overviews)
    explainUnused(beside: commodities)
    let named = Set(commodities.map(\.statement.series))
    var rows: [SeriesStatement] = []
    var absent: [SeriesStatement] = []
    for (role, statement) in zip(roots, statements) {
      guard role.kind != .price, role.flow != .balance else { continue }
      if statement.level != nil || statement.growth != nil {
        if named.contains(role.root) || !whole.contains(role.root) { rows.append(statement) }
      } else if let latest = book.latestLevel(of: role.root) {
        var other = statement
        other.period = latest.period
        other.level = latest.figure
        let inside = latest.period.ordinals
        if months.lowerBound <= inside.lowerBound {
          rows.append(completed(other))
        } else {
          absent.append(other)
        }
      }
    }
    if overviews.isEmpty {
      omissions.append(
        BriefOmission(
          kind: .balance, series: "",
          reason: Set(roots.compactMap(\.flow)).isSuperset(of: [.exports, .imports])
            ? "exports and imports of one subject in one unit are not both known for the period"
            : "the file has no exports and imports of one subject in one unit"))
    }
    return TradeBrief(
      period: period, basePeriod: FactBook.range(months.shifted(by: -12)), factsUsed: facts.count,
      overviews: overviews, commodities: commodities, categories: Array(rows.prefix(TradeBrief.mostRows)),
      withoutFigure: Array(absent.prefix(TradeBrief.mostRows)), audit: audit, omissions: omissions,
      sources: sources)
  }

  /// Says of a complete series why it has no amount, if it has none: a reader of its file will look for it.
  private mutating func explainAbsence(of role: SeriesRole, _ statement: SeriesStatement) {
    guard complete.contains(role.root), role.kind != .price, statement.level == nil, hasFigures(role.root)
    else { return }
    let missing = missingPeriods(of: role.root)
    let named = missing.prefix(4).map(\.description).joined(separator: ", ")
    let more = missing.count > 4 ? " and \(missing.count - 4) more" : ""
    omissions.append(
      BriefOmission(
        kind: .amount, series: role.root, reason: "there is no figure for \(named)\(more)", periods: missing))
  }

  /// What no figure of a complete series covers within the period: periods as long as its own where they are missing as a
  /// whole, and months elsewhere.
  private func missingPeriods(of name: String) -> [Period] {
    let stated = book.periods(of: name, within: months)
    let covered = Set(stated.joined())
    func isMissing(_ month: Int) -> Bool { months.contains(month) && !covered.contains(month) }
    let unit = stated.first.flatMap { book.stated(.level, of: name, over: $0)?.period.unit } ?? .month
    var missing: [Period] = []
    for ordinal in months where isMissing(ordinal) {
      let month = Period(unit: .month, ordinal: ordinal)
      let own = unit == .year ? month.yearPeriod : unit == .quarter ? month.quarterPeriod : month
      let period = PeriodRange(own).ordinals.allSatisfy(isMissing) ? own : month
      if missing.last != period { missing.append(period) }
    }
    return missing
  }

  /// Whether a part of the period has a figure.
  func hasFigures(_ name: String) -> Bool { !book.periods(of: name, within: months).isEmpty }

  private var sources: [FactSource] {
    var seen = Set<[String]>()
    return facts.map(\.source).filter {
      !($0.title.isEmpty && $0.url.isEmpty) && seen.insert([$0.title, $0.url]).inserted
    }
  }

  // MARK: Statements

  /// A root's amount in the brief's period.
  func statement(_ role: SeriesRole) -> SeriesStatement {
    statement(role.root, role: role, over: months)
  }

  func statement(_ name: String, role: SeriesRole, over months: ClosedRange<Int>) -> SeriesStatement {
    let level = book.level(of: name, over: months)
    let base = book.base(of: name, over: months, level: level)
    return SeriesStatement(
      series: name, subject: role.subject, flow: role.flow, partner: role.partner,
      period: months == self.months ? period : FactBook.range(months), level: level,
      growth: book.growth(of: name, over: months, level: level, base: base),
      change: book.change(of: name, over: months, level: level, base: base), base: base)
  }

  /// The growth that goes with an amount of another period.
  private func completed(_ statement: SeriesStatement) -> SeriesStatement {
    var result = statement
    let months = statement.period.ordinals
    result.base = book.base(of: statement.series, over: months, level: statement.level)
    result.growth = book.growth(of: statement.series, over: months, level: statement.level, base: result.base)
    result.change = book.change(of: statement.series, over: months, level: statement.level, base: result.base)
    return result
  }
}
