import Tradewind

extension BriefMaker {
  /// Trade as a whole, for every subject and unit of which both sides, or the total and one side, have an amount.
  func overviews(_ statements: [SeriesStatement]) -> [TradeOverview] {
    struct Key: Hashable {
      var subject: String
      var unit: String
    }
    var order: [Key] = []
    var groups: [Key: [TradeFlow: SeriesStatement]] = [:]
    var balances: [Key: SeriesStatement] = [:]
    for (role, statement) in zip(roots, statements) {
      guard let flow = role.flow, role.kind != .price, statement.level != nil else { continue }
      let key = Key(subject: role.subjectAndPartner, unit: statement.unit)
      if flow == .balance {
        balances[key] = balances[key] ?? statement
        continue
      }
      if groups[key] == nil { order.append(key) }
      if groups[key]?[flow] == nil { groups[key, default: [:]][flow] = statement }
    }
    return order.compactMap { key in
      guard let group = groups[key], let exports = group[.exports], let imports = group[.imports] else {
        return nil
      }
      return overview(key.subject, exports, imports, stated: group[.total], balance: balances[key])
    }
  }

  private func overview(
    _ subject: String, _ exports: SeriesStatement, _ imports: SeriesStatement, stated: SeriesStatement?,
    balance: SeriesStatement?
  ) -> TradeOverview {
    let unit = exports.unit
    func both(_ formula: String, _ unit: String, _ x: Figure?, _ m: Figure?, _ f: (TradeBalance) -> Double)
      -> Figure?
    {
      guard let x, let m else { return nil }
      return Figure(formula, unit: unit, [("exports", x), ("imports", m)]) {
        f(TradeBalance(exports: $0[0], imports: $0[1]))
      }
    }
    let sum = both("exports + imports", unit, exports.level, imports.level, \.total)
    let difference = both("exports − imports", unit, exports.level, imports.level, \.balance)
    let baseSum = both("exports + imports", unit, exports.base, imports.base, \.total)
    var checks: [BriefCheck] = []
    var total = stated
    if let stated, let level = stated.level, let sum {
      checks.append(BriefCheck(.total, stated.series, stated: level, implied: sum))
    }
    if stated == nil, let sum {
      var own = SeriesStatement(
        series: "", subject: subject, flow: .total, period: period, level: sum, growth: nil, change: nil,
        base: baseSum)
      if let baseSum {
        own.growth = Figure("level / base − 1", unit: "fraction", [("level", sum), ("base", baseSum)]) {
          $0[0] / $0[1] - 1
        }
        own.change = Figure("level − base", unit: unit, [("level", sum), ("base", baseSum)]) { $0[0] - $0[1] }
      }
      total = own
    }
    if let stated, let growth = stated.growth, growth.statement != nil, let sum, let baseSum,
      let implied = Figure(
        "(exports + imports) / (their base) − 1", unit: "fraction", [("total", sum), ("base", baseSum)],
        { $0[0] / $0[1] - 1 })
    {
      checks.append(BriefCheck(.totalGrowth, stated.series, stated: growth, implied: implied))
    }
    if let level = balance?.level, let difference {
      checks.append(BriefCheck(.balance, balance?.series ?? "", stated: level, implied: difference))
    }
    return TradeOverview(
      subject: subject, unit: unit, total: total, exports: exports, imports: imports,
      balance: balance?.level ?? difference,
      baseBalance: both("exports − imports", unit, exports.base, imports.base, \.balance),
      coverage: both("exports / imports", "fraction", exports.level, imports.level, \.coverageRatio),
      baseCoverage: both("exports / imports", "fraction", exports.base, imports.base, \.coverageRatio),
      contributions: contributions(to: total, of: [exports, imports]), checks: checks)
  }

  /// What some statements contributed to the growth of a whole; nil if an amount or base is not known.
  func contributions(to whole: SeriesStatement?, of parts: [SeriesStatement]) -> BriefContributions? {
    guard let base = whole?.base?.value, let level = whole?.level?.value else { return nil }
    return Self.contributions(
      base: base, current: level, parts: parts.map { ($0.series, $0.base?.value, $0.level?.value) })
  }

  static func contributions(
    base: Double, current: Double, parts: [(name: String, base: Double?, current: Double?)]
  ) -> BriefContributions? {
    var amounts: [(base: Double, current: Double)] = []
    for part in parts {
      guard let base = part.base, let current = part.current else { return nil }
      amounts.append((base, current))
    }
    guard !amounts.isEmpty, let exact = Contributions(base: base, current: current, parts: amounts),
      let printed = exact.rounded(decimals: 1)
    else { return nil }
    return BriefContributions(
      parts: parts.map(\.name), exact: exact, points: printed.parts.map { Double($0) / 10 },
      remainderPoints: Double(printed.remainder) / 10, growthPoints: Double(printed.growth) / 10)
  }
}
