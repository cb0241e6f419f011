import Tradewind

/// What a series' name and unit say it is: exports, imports, their total or balance; of what; in quantity, value or price.
///
/// Names are read by their words, which hyphens and underscores part: `silver-concentrate-imports-value` is the imports of
/// silver concentrate by value, `exports_100m_usd` exports of nothing in particular, `us_imports_from_china` the imports of
/// the US from China. A name without such a word is a series
/// without a flow.
struct SeriesRole: Equatable {
  enum Kind: Equatable { case quantity, value, price, other }

  /// The first label of the name.
  var root: String
  /// What is traded: the words before the flow, joined by hyphens; may be empty.
  var subject: String
  var flow: TradeFlow?
  /// With whom: the words from `from`, `to` or `with` behind the flow up to measure and unit, joined by hyphens: `from-china`.
  /// Mostly empty, because partners are parts.
  var partner = ""
  var kind: Kind

  init(_ root: String, unit: String?) {
    self.root = root
    let words = SeriesName.words(of: root)
    let flows: [String: TradeFlow] = [
      "export": .exports, "exports": .exports, "import": .imports, "imports": .imports,
    ]
    var end = words.count
    if let index = words.lastIndex(where: { flows[$0] != nil }) {
      flow = flows[words[index]]
      end = index
    } else if let index = words.lastIndex(of: "balance") {
      flow = .balance
      end = index > 0 && words[index - 1] == "trade" ? index - 1 : index
    } else if let index = words.lastIndex(of: "trade") {
      flow = .total
      end = index
    }
    subject = words.prefix(end).joined(separator: "-")
    if flow != nil, let start = words[end...].firstIndex(where: { ["from", "to", "with"].contains($0) }) {
      let rest = Self.withoutMeasure(words[start...])
      if rest.count > 1 { partner = rest.joined(separator: "-") }
    }
    switch unit.map(TradeUnit.dimension) {
    // A price of one ounce or tonne that is not named, as in `silver_price_usd`.
    case .money: kind = words.contains("price") ? .price : .value
    case .mass: kind = .quantity
    case .price: kind = .price
    case .other, nil:
      kind = words.contains("price") ? .price : words.contains("value") ? .value : .other
    }
  }
}

extension SeriesRole {
  /// Words that say in what something is measured.
  private static let measures: Set = ["value", "price", "quantity", "volume", "amount", "weight"]

  /// The words up to those at their end that state a measure or a unit, in either order.
  private static func withoutMeasure(_ words: ArraySlice<String>) -> ArraySlice<String> {
    var rest = words
    while let last = rest.last {
      let count = measures.contains(last) ? 1 : TradeUnit.wordsStated(in: rest.joined(separator: "-"))
      if count == 0 { break }
      rest = rest.dropLast(count)
    }
    return rest
  }

  /// What is traded and with whom, whichever way: `us-with-china` of `us_imports_from_china` as of `us_exports_to_china`.
  var subjectAndPartner: String {
    let rest = partner.split(separator: "-").dropFirst().joined(separator: "-")
    return rest.isEmpty ? subject : (subject.isEmpty ? "" : subject + "-") + "with-" + rest
  }
}

/// Which way goods go.
public enum TradeFlow: String, Sendable, Codable, CaseIterable {
  case exports, imports
  /// Exports and imports together.
  case total
  /// Exports less imports.
  case balance
}

/// What the parts of a series are parts by.
public enum TradeDimension: String, Sendable, Codable, CaseIterable {
  case category, partner, province
  /// Trade methods: processing trade, general trade, …
  case method

  /// The dimension of a part's name below its whole, and its own label: `province/henan` is a province, `peru` a
  /// partner, `processing-trade` a method, `flake` a category. A label that names several, such as `peru+mexico`, has the
  /// dimension of its first.
  ///
  /// `partner/…`, `province/…`, `method/…` (`trade-method/…`) and `category/…` say it themselves; otherwise a name of a
  /// country or territory is a partner, one that ends in `-trade` a method, and any other a category. Nil for parts of
  /// parts.
  static func of(_ path: Substring) -> (dimension: TradeDimension, label: String)? {
    let labels = path.split(separator: "/")
    if labels.count == 2 {
      let named: [String: TradeDimension] = [
        "partner": .partner, "country": .partner, "province": .province, "region": .province,
        "method": .method,
        "trade-method": .method, "category": .category, "product": .category,
      ]
      return named[String(labels[0])].map { ($0, String(labels[1])) }
    }
    guard labels.count == 1, let first = labels[0].split(separator: "+").first else { return nil }
    let label = String(labels[0])
    if Territories.chinese[String(first)] != nil { return (.partner, label) }
    return (first.hasSuffix("-trade") ? .method : .category, label)
  }
}

extension SeriesStatement {
  /// A statement without figures, for the name of a series as it is read from its words.
  package init(of series: String, unit: String, period: PeriodRange) {
    let role = SeriesRole(series, unit: unit)
    self.init(series: series, subject: role.subject, flow: role.flow, partner: role.partner, period: period)
  }
}
