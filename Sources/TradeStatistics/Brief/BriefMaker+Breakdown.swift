import Tradewind

extension BriefMaker {
  /// How many parts of one dimension are listed; smaller ones are added up.
  static let mostParts = 40

  /// The parts of a root by dimension, each for the brief's period or, if none has an amount for it, for the latest part of the
  /// period for which one has.
  func breakdowns(of role: SeriesRole) -> [Breakdown] {
    let all = parts[role.root] ?? []
    return TradeDimension.allCases.compactMap { dimension in
      let members = all.filter { $0.dimension == dimension }
      guard !members.isEmpty else { return nil }
      if let breakdown = breakdown(role, dimension, members, over: months) { return breakdown }
      let spans = Set(members.prefix(500).flatMap { book.periods(of: $0.name, within: months) })
      let latest = spans.max { ($0.upperBound, $0.count) < ($1.upperBound, $1.count) }
      return latest.flatMap { breakdown(role, dimension, members, over: $0) }
    }
  }

  private func breakdown(
    _ role: SeriesRole, _ dimension: TradeDimension, _ members: [Part], over months: ClosedRange<Int>
  ) -> Breakdown? {
    let whole = statement(role.root, role: role, over: months)
    var listed = members.compactMap { part(of: whole, $0, over: months) }
    guard !listed.isEmpty else { return nil }
    // Largest first; those known by their share alone have an amount too where the whole has.
    listed = listed.enumerated().sorted {
      (size($0.element), $1.offset) > (size($1.element), $0.offset)
    }.map(\.element)
    let checks = self.checks(role, dimension, listed, whole: whole, over: months)
    let shown = Array(listed.prefix(Self.mostParts))
    var breakdown = Breakdown(
      dimension: dimension, whole: role.root, period: whole.period, parts: shown, others: nil,
      folded: listed.count - shown.count, contributions: nil, concentration: nil, checks: checks)
    let rest = rest(of: whole, shown)
    if let level = whole.level?.value, let base = whole.base?.value {
      breakdown.contributions = Self.contributions(
        base: base, current: level, parts: shown.map { ($0.series, $0.base?.value, $0.level?.value) })
      if let points = breakdown.contributions?.points {
        for i in breakdown.parts.indices { breakdown.parts[i].points = points[i] }
      }
    }
    breakdown.others = rest.map { part in
      var part = part
      part.points = breakdown.contributions?.remainderPoints
      return part
    }
    if dimension == .partner || dimension == .province {
      breakdown.concentration = concentration(listed, whole: whole)
    }
    return breakdown
  }

  private func size(_ part: Breakdown.Part) -> Double { part.level?.value ?? part.share?.value ?? 0 }

  private func part(
    of whole: SeriesStatement, _ member: Part, over months: ClosedRange<Int>
  ) -> Breakdown.Part? {
    let level = book.level(of: member.name, over: months)
    let stated = book.share(of: member.name, over: months)
    guard level != nil || stated != nil else { return nil }
    let base = level.flatMap { book.base(of: member.name, over: months, level: $0) }
    var part = Breakdown.Part(
      series: member.name, label: member.label, level: level,
      change: book.change(of: member.name, over: months, level: level, base: base), base: base,
      growth: book.growth(of: member.name, over: months, level: level, base: base))
    part.share = stated ?? share(level, of: whole.level)
    part.baseShare = share(base, of: whole.base)
    part.shareChange = difference(part.share, part.baseShare)
    return part
  }

  private func share(_ part: Figure?, of whole: Figure?) -> Figure? {
    guard let part, let whole, whole.value > 0,
      let factor = TradeUnit.factor(from: part.unit, to: whole.unit)
    else { return nil }
    return Figure("part / whole", unit: "fraction", [("part", part), ("whole", whole)]) {
      $0[0] * factor / $0[1]
    }
  }

  private func difference(_ now: Figure?, _ before: Figure?) -> Figure? {
    guard let now, let before else { return nil }
    return Figure("share − its base", unit: "fraction", [("share", now), ("base", before)]) { $0[0] - $0[1] }
  }

  /// What the named parts leave of the whole; nil if that is nothing, or less than nothing.
  private func rest(of whole: SeriesStatement, _ parts: [Breakdown.Part]) -> Breakdown.Part? {
    func left(_ total: Figure?, _ amounts: [Figure?]) -> Figure? {
      guard let total, amounts.allSatisfy({ $0 != nil }) else { return nil }
      let known = amounts.compactMap(\.self).compactMap { amount in
        TradeUnit.factor(from: amount.unit, to: total.unit).map { (amount, $0) }
      }
      guard known.count == amounts.count else { return nil }
      return Figure(
        "whole − its named parts", unit: total.unit,
        [("whole", total)] + known.enumerated().map { ("part \($0.offset + 1)", $0.element.0) }
      ) { values in
        zip(values.dropFirst(), known).reduce(values[0]) { $0 - $1.0 * $1.1.1 }
      }
    }
    guard let level = left(whole.level, parts.map(\.level)), level.value > level.halfWidth else { return nil }
    var rest = Breakdown.Part(series: "", label: "", level: level)
    rest.share = share(level, of: whole.level)
    if let base = left(whole.base, parts.map(\.base)), base.value > 0 {
      rest.base = base
      rest.baseShare = share(base, of: whole.base)
      rest.shareChange = difference(rest.share, rest.baseShare)
      rest.change = Figure("level − base", unit: level.unit, [("level", level), ("base", base)]) {
        $0[0] - $0[1]
      }
      rest.growth = Figure("level / base − 1", unit: "fraction", [("level", level), ("base", base)]) {
        $0[0] / $0[1] - 1
      }
    }
    return rest
  }

  /// Stated figures of several parts beside the sums of theirs, and the parts together beside the whole.
  private func checks(
    _ role: SeriesRole, _ dimension: TradeDimension, _ parts: [Breakdown.Part], whole: SeriesStatement,
    over months: ClosedRange<Int>
  ) -> [BriefCheck] {
    var checks: [BriefCheck] = []
    func sum(_ levels: [Figure], of whole: Figure?) -> Figure? {
      let named = levels.enumerated().map { (name: "part \($0.offset + 1)", figure: $0.element) }
      guard let whole else { return Figure(sum: "sum of the parts", unit: levels[0].unit, named) }
      return Figure("sum of the parts / whole", unit: "fraction", named + [("whole", whole)]) {
        $0.dropLast().reduce(0, +) / ($0.last ?? .nan)
      }
    }
    for group in groups[role.root] ?? [] where group.dimension == dimension {
      let members = SeriesName.members(of: group.name)
      let levels = members.compactMap { name in parts.first { $0.series == name }?.level }
      guard levels.count == members.count, !levels.isEmpty else { continue }
      if let stated = book.share(of: group.name, over: months), let total = whole.level,
        let implied = sum(levels, of: total)
      {
        checks.append(BriefCheck(.group, group.name, stated: stated, implied: implied))
      } else if let stated = book.stated(.level, of: group.name, over: months),
        let implied = sum(levels, of: nil)
      {
        checks.append(BriefCheck(.group, group.name, stated: Figure(stated), implied: implied))
      }
    }
    let levels = parts.compactMap(\.level)
    if let total = whole.level, levels.count == parts.count, levels.allSatisfy({ $0.unit == total.unit }),
      let together = sum(levels, of: nil), together.value > total.value
    {
      checks.append(BriefCheck(.parts, role.root, stated: total, implied: together))
    }
    return checks
  }

  private func concentration(_ parts: [Breakdown.Part], whole: SeriesStatement) -> ConcentrationBrief? {
    let levels = parts.compactMap { $0.level?.value }
    guard parts.count > 1, levels.count == parts.count, let total = whole.level,
      parts.allSatisfy({ $0.level?.unit == total.unit }),
      let now = Concentration(amounts: levels, total: total.value, unnamed: .noLargerThanNamed)
    else { return nil }
    let top = min(3, levels.count)
    func topShare(_ figures: [Figure?], of total: Figure?) -> Figure? {
      let known = figures.compactMap(\.self)
      guard let total, known.count == figures.count else { return nil }
      let largest = known.sorted { $0.value > $1.value }.prefix(top)
      return Figure(
        "sum of the largest / whole", unit: "fraction",
        largest.enumerated().map { ("part \($0.offset + 1)", $0.element) } + [("whole", total)]
      ) { $0.dropLast().reduce(0, +) / ($0.last ?? .nan) }
    }
    guard let share = topShare(parts.map(\.level), of: total) else { return nil }
    var result = ConcentrationBrief(
      top: top, topShare: share, baseTopShare: topShare(parts.map(\.base), of: whole.base),
      herfindahl: [now.herfindahl.lowerBound, now.herfindahl.upperBound],
      effectiveNumber: [now.effectiveNumber.lowerBound, now.effectiveNumber.upperBound],
      unnamed: .noLargerThanNamed)
    let bases = parts.compactMap { $0.base?.value }
    if bases.count == parts.count, let before = whole.base?.value,
      let earlier = Concentration(amounts: bases, total: before, unnamed: .noLargerThanNamed)
    {
      result.baseHerfindahl = [earlier.herfindahl.lowerBound, earlier.herfindahl.upperBound]
      result.baseEffectiveNumber = [earlier.effectiveNumber.lowerBound, earlier.effectiveNumber.upperBound]
      result.direction = now.direction(since: earlier)
    }
    return result
  }
}
