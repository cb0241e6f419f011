import Tradewind

extension BriefMaker {
  /// The split of value growth into volume and unit value for a quantity series, in the last year-long (or like the brief's
  /// period) span for which both are known.
  func prices(of role: SeriesRole) -> PriceBrief? {
    guard role.kind == .quantity, let flow = role.flow,
      let value = roots.first(where: { $0.kind == .value && $0.flow == flow && $0.subject == role.subject }),
      let first = book.firstMonth(of: value.root)
    else { return nil }
    var back = 0
    while months.lowerBound - back >= first {
      if let brief = prices(value, role, over: months.shifted(by: -back)) { return brief }
      back += 12
    }
    return nil
  }

  private func prices(_ value: SeriesRole, _ volume: SeriesRole, over months: ClosedRange<Int>) -> PriceBrief?
  {
    guard let worth = book.level(of: value.root, over: months) else { return nil }
    // Value and quantity of one publisher belong together.
    let publisher = book.stated(.level, of: value.root, over: months)?.source.publisher
    guard let amount = book.level(of: volume.root, over: months, by: publisher),
      let valueGrowth = growth(value.root, worth, months),
      let volumeGrowth = growth(volume.root, amount, months),
      let unitValue = Figure(
        "(1 + value growth) / (1 + volume growth) − 1", unit: "fraction",
        [("value growth", valueGrowth), ("volume growth", volumeGrowth)], { (1 + $0[0]) / (1 + $0[1]) - 1 })
    else { return nil }
    var level: Figure?
    if let money = TradeUnit.factor(from: worth.unit, to: "usd"),
      let mass = TradeUnit.factor(from: amount.unit, to: "t")
    {
      level = Figure("value / quantity", unit: "usd_per_t", [("value", worth), ("quantity", amount)]) {
        $0[0] * money / ($0[1] * mass)
      }
    }
    return PriceBrief(
      period: FactBook.range(months), value: valueGrowth, volume: volumeGrowth, unitValue: unitValue,
      unitValueLevel: level,
      stated: price(beside: volume).flatMap { price in
        let level = book.level(of: price.root, over: months)
        let base = book.base(of: price.root, over: months, level: level)
        return book.growth(of: price.root, over: months, level: level, base: base)
      },
      index: index(value, volume, over: months))
  }

  /// The price that goes with a quantity.
  private func price(beside volume: SeriesRole) -> SeriesRole? {
    roots.first { $0.kind == .price && $0.flow == volume.flow && $0.subject == volume.subject }
  }

  /// Says that there is no split, where a reader will look for one: not of a balance, nor of a value whose quantity is shown
  /// as well, which has the split or the reason.
  mutating func explainMissingPrices(of role: SeriesRole, beside shown: [SeriesRole]) {
    let hasQuantity = shown.contains {
      $0.kind == .quantity && $0.flow == role.flow && $0.subject == role.subject
    }
    guard role.flow != .balance, !(role.kind == .value && hasQuantity) else { return }
    omissions.append(
      BriefOmission(
        kind: .prices, series: role.root,
        reason: "value and quantity are not both known for one period and the year before"))
  }

  /// Says of the prices of a series file which of them stand beside no value and quantity: a reader of the file will look for
  /// them.
  mutating func explainUnused(beside commodities: [CommodityBrief]) {
    let told = Set(commodities.filter { $0.prices?.stated != nil }.map(\.statement.series))
    let used = Set(roots.filter { told.contains($0.root) }.compactMap { price(beside: $0)?.root })
    for role in roots where role.kind == .price && complete.contains(role.root) && !used.contains(role.root) {
      omissions.append(
        BriefOmission(
          kind: .unused, series: role.root, reason: "a price is stated beside value and quantity only"))
    }
  }

  private func growth(_ name: String, _ level: Figure, _ months: ClosedRange<Int>) -> Figure? {
    book.growth(of: name, over: months, level: level, base: book.base(of: name, over: months, level: level))
  }

  /// Indices over the parts whose value and quantity are known in both periods.
  private func index(
    _ value: SeriesRole, _ volume: SeriesRole, over months: ClosedRange<Int>
  ) -> PriceVolumeIndex? {
    var base: [TradedItem] = []
    var current: [TradedItem] = []
    let quantities = parts[volume.root] ?? []
    for part in (parts[value.root] ?? []).prefix(Self.mostParts) {
      guard let other = quantities.first(where: { $0.label == part.label && $0.dimension == part.dimension }),
        part.dimension == parts[value.root]?.first?.dimension,
        let worth = book.level(of: part.name, over: months),
        let amount = book.level(of: other.name, over: months),
        let worthBefore = book.base(of: part.name, over: months, level: worth),
        let amountBefore = book.base(of: other.name, over: months, level: amount)
      else { continue }
      current.append(TradedItem(value: worth.value, quantity: amount.value))
      base.append(TradedItem(value: worthBefore.value, quantity: amountBefore.value))
    }
    return base.count > 1 ? try? PriceVolumeIndex(from: base, to: current) : nil
  }
}
