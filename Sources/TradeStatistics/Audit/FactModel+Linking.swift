import RealModule

extension FactModel {
  /// The least share that is expected of what the named parts leave, where they seem to leave nothing.
  private static let leastRemainder = 0.01

  /// Makes parts shares of their wholes, month by month, with a remainder that no name accounts for.
  ///
  /// Each grouping of a whole (partners, trade methods, provinces) divides it anew. A name that holds another's words
  /// (`flake-under-10-micron` beside `flake`) may be a part of that part; such names are left as they are, and count
  /// with the remainder. So are parts in a unit that does not convert to the whole's, and prices.
  mutating func linkParts(names: Set<String>) {
    let unlinked = blocks
    // A series that is only named in a sum (`a/x` of `a/x+z`) is a whole of its own parts too, as if it had figures: `a/x/y` is a part
    // of `a/x` and of no other.
    let names = names.union(unlinked)
    var months = [[Int]](repeating: [], count: unlinked.count)
    for variable in model.variables {
      if case .month(let block, let ordinal) = variable { months[block].append(ordinal) }
    }
    // Wholes before parts of parts: the shorter name is the whole's.
    let depth = unlinked.map { $0.split(separator: "/").count }
    for whole in unlinked.indices.sorted(by: { (depth[$0], $0) < (depth[$1], $1) }) {
      guard !TradeUnit.averagesOverMonths(units[whole]) else { continue }
      var groups: [PartGrouping: [Int]] = [:]
      var order: [PartGrouping] = []
      for part in unlinked.indices where units[part] == units[whole] {
        guard let grouping = PartGrouping(of: unlinked[part], in: unlinked[whole], names: names) else {
          continue
        }
        if groups[grouping] == nil { order.append(grouping) }
        groups[grouping, default: []].append(part)
      }
      for grouping in order {
        let parts = disjoint(groups[grouping] ?? [])
        link(parts, to: whole, months: Set(parts.flatMap { months[$0] }).sorted(), grouping)
      }
    }
  }

  private mutating func link(_ parts: [Int], to whole: Int, months: [Int], _ grouping: PartGrouping) {
    let shares = parts.map { means[$0] - means[whole] }
    let named = shares.reduce(0) { $0 + .exp(min($1, 0)) }
    let remainder = blocks.count
    blocks.append(
      SeriesName.remainder(of: grouping.folder(in: blocks[whole]), among: parts.map { blocks[$0] }))
    units.append(units[whole])
    zeroMonths.append([])
    means.append(.log(max(1 - named, Self.leastRemainder)))
    for month in months where !zeroMonths[whole].contains(month) {
      var members: [Int] = []
      for (part, share) in zip(parts, shares) {
        guard let variable = model.position(ifKnown: .month(block: part, ordinal: month)) else { continue }
        model.mean[variable] = share
        members.append(variable)
      }
      guard !members.isEmpty else { continue }
      let total = model.position(of: .month(block: whole, ordinal: month), mean: means[whole])
      members.append(model.position(of: .month(block: remainder, ordinal: month), mean: means[remainder]))
      model.compositions.append(Composition(whole: .variable(total), members: members))
    }
  }

  /// The blocks whose names hold no other's words.
  private func disjoint(_ parts: [Int]) -> [Int] {
    let words = parts.map { SeriesName.label(of: blocks[$0]).split(separator: "-") }
    return parts.indices.filter { i in
      !parts.indices.contains { j in
        j != i && words[j].count < words[i].count && words[i].firstRange(of: words[j]) != nil
      }
    }.map { parts[$0] }
  }
}
