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
    let price = roots.first { $0.kind == .price && $0.flow == volume.flow && $0.subject == volume.subject }
    return PriceBrief(
      period: FactBook.range(months), value: valueGrowth, volume: volumeGrowth, unitValue: unitValue,
      unitValueLevel: level,
      stated: price.flatMap { book.growth(of: $0.root, over: months, level: nil, base: nil) },
      index: index(value, volume, over: months))
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
