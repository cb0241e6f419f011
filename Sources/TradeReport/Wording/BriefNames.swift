import TradeStatistics
import Tradewind

/// Series, parts and periods of a brief by name, in the report's language.
struct BriefNames {
  let language: ReportLanguage

  private var isChinese: Bool { language == .chinese }

  /// `silver concentrate imports`, `银精矿进口量`: what is traded and which way.
  func series(_ statement: SeriesStatement) -> String {
    guard let flow = statement.flow else { return free(statement.series) }
    if isChinese {
      let text = traded(statement)
      // 贸易差额 and 价格 say themselves what they are.
      return flow == .balance || isPrice(statement) ? text : text + measureSuffix(statement.unit)
    }
    let text = [subject(statement.subject), self.flow(flow), partner(statement)].filter { !$0.isEmpty }
      .joined(separator: " ")
    if isPrice(statement) { return "prices of " + text }
    return text + (words(of: statement).contains("value") ? " by value" : "")
  }

  private func words(of statement: SeriesStatement) -> [String] {
    statement.series.split { $0 == "-" || $0 == "_" || $0 == " " }.map { $0.lowercased() }
  }

  private func isPrice(_ statement: SeriesStatement) -> Bool { words(of: statement).contains("price") }

  /// `from China`, `自中国`; empty where the name says nothing of a partner.
  private func partner(_ statement: SeriesStatement) -> String {
    let words = statement.partner.split(separator: "-").map(String.init)
    guard let first = words.first, words.count > 1 else { return "" }
    let place = label(words.dropFirst().joined(separator: "-"))
    guard isChinese else { return "\(first) \(place.capitalisedFirst)" }
    return (first == "from" ? "自" : first == "to" ? "对" : "与") + place
  }

  /// Words of names that are written in capitals.
  private static let acronyms: Set = [
    "us", "eu", "uk", "usa", "uae", "usd", "eur", "cny", "lng", "lpg", "hs",
  ]

  /// The word as English text has it.
  private static func english(_ word: String) -> String { acronyms.contains(word) ? word.uppercased() : word }

  /// What is traded and which way, whatever it is measured in: `银精矿进口`.
  func traded(_ statement: SeriesStatement) -> String {
    guard isChinese, let flow = statement.flow else { return series(statement) }
    return subject(statement.subject) + partner(statement) + self.flow(flow)
      + (isPrice(statement) ? "价格" : "")
  }

  /// 进口额 is a value, 进口量 a quantity.
  private func measureSuffix(_ unit: String) -> String {
    let money = ["usd", "eur", "cny"].contains { unit.hasPrefix($0) }
    return money ? "额" : ["t", "kg", "g", "kt", "Mt"].contains(unit) ? "量" : ""
  }

  func flow(_ flow: TradeFlow) -> String {
    switch flow {
    case .exports: isChinese ? "出口" : "exports"
    case .imports: isChinese ? "进口" : "imports"
    case .total: isChinese ? "贸易" : "trade"
    case .balance: isChinese ? "贸易差额" : "trade balance"
    }
  }

  /// What is traded: `silver concentrate`, `银精矿`; empty for trade as such.
  func subject(_ subject: String) -> String {
    let words = subject.split(separator: "-").map(String.init)
    guard isChinese else {
      let text = words.enumerated().map { index, word in
        // Behind `with` a partner is named.
        index > 0 && words[index - 1] == "with" && Territories.chinese[word] != nil
          ? Self.english(word).capitalisedFirst : Self.english(word)
      }
      return clipped(text.joined(separator: " "), to: 120)
    }
    var text = ""
    var rest = words[...]
    while let first = rest.first {
      // A grain size stands behind what it limits.
      if rest.count > 2, first == "under", rest[rest.startIndex + 2] == "micron" {
        text += "（\(rest[rest.startIndex + 1])微米以下）"
        rest = rest.dropFirst(3)
        continue
      }
      let match = Self.glossary.first { rest.starts(with: $0.0) }
      text += match?.1 ?? (text.isEmpty || text.last.map { !$0.isASCII } == true ? first : " " + first)
      rest = rest.dropFirst(match?.0.count ?? 1)
    }
    return clipped(text, to: 120)
  }

  /// A part's own name: `United States`, `美国`; several parts one after the other.
  func label(_ label: String) -> String {
    let parts = label.split(separator: "+").prefix(6).map { one(String($0)) }
    return clipped(list(parts), to: 160)
  }

  private func one(_ label: String) -> String {
    let isSlug =
      !label.isEmpty
      && label.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    guard isSlug else { return label }
    let words = label.split(separator: "-").map(String.init)
    if isChinese {
      if let name = Territories.chinese[label] ?? Territories.chineseProvinces[label] { return name }
      let name = subject(label)
      return name
    }
    let isPlace = Territories.chinese[label] != nil || Territories.chineseProvinces[label] != nil
    guard isPlace else { return words.map(Self.english).joined(separator: " ") }
    let small = ["and", "of", "the", "d"]
    return words.map { small.contains($0) ? $0 : Self.english($0).capitalisedFirst }.joined(separator: " ")
  }

  /// A name that says nothing of a flow, as its author chose it.
  private func free(_ name: String) -> String {
    let text = Words.series(name)
    let first = text.prefix { $0 != " " }.lowercased()
    if Self.acronyms.contains(first) {
      return clipped(first.uppercased() + text.dropFirst(first.count), to: 160)
    }
    // What the author wrote with capitals keeps them.
    return clipped(text == name ? name : text.lowercasedFirst, to: 160)
  }

  /// `Peru, Mexico and Bolivia`, `秘鲁、墨西哥和玻利维亚`.
  func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return isChinese
      ? items.dropLast().joined(separator: "、") + "和" + last
      : items.dropLast().joined(separator: ", ") + " and " + last
  }

  // MARK: Periods

  /// `December 2025`, `2025年12月`.
  func period(_ period: Period) -> String {
    let year = isChinese ? "\(period.year)年" : "\(period.year)"
    switch period.unit {
    case .year: return year
    case .quarter:
      return isChinese
        ? "\(year)第\(["一", "二", "三", "四"][period.quarter - 1])季度" : "Q\(period.quarter) \(year)"
    case .month: return isChinese ? "\(year)\(period.month)月" : "\(month(period)) \(year)"
    }
  }

  /// The month without its year: `December`, `12月`.
  func month(_ period: Period) -> String {
    isChinese ? "\(period.month)月" : Self.months[period.month - 1]
  }

  func period(_ range: PeriodRange) -> String {
    if range.first == range.last { return period(range.first) }
    if isChinese {
      return range.unit == .month && range.first.year == range.last.year
        ? "\(range.first.year)年\(range.first.month)—\(range.last.month)月"
        : "\(period(range.first))至\(period(range.last))"
    }
    return range.unit == .month && range.first.year == range.last.year
      ? "\(month(range.first)) to \(period(range.last))" : "\(period(range.first)) to \(period(range.last))"
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
  ]

  /// Words of the trade in Chinese, several words before their parts.
  private static let glossary: [([String], String)] = [
    (["semi", "manufactured", "silver"], "半制成银"), (["semi", "manufactured", "gold"], "半制成金"),
    (["silver", "nitrate"], "硝酸银"), (["silver", "powder"], "银粉"), (["silver", "ingot"], "银锭"),
    (["silver", "concentrate"], "银精矿"), (["silver", "ore"], "银矿石"), (["silver", "products"], "银产品"),
    (["gold", "concentrate"], "金精矿"), (["copper", "concentrate"], "铜精矿"), (["lead", "concentrate"], "铅精矿"),
    (["zinc", "concentrate"], "锌精矿"), (["iron", "ore"], "铁矿石"), (["refined", "copper"], "精炼铜"),
    (["copper", "cathode"], "阴极铜"), (["crude", "oil"], "原油"), (["natural", "gas"], "天然气"),
    (["processing", "trade"], "加工贸易"), (["general", "trade"], "一般贸易"), (["ordinary", "trade"], "一般贸易"),
    (["border", "trade"], "边境贸易"), (["bonded", "trade"], "保税贸易"), (["non", "flake"], "非片状"),
    (["world"], "全球"), (["silver"], "白银"), (["gold"], "黄金"), (["copper"], "铜"), (["aluminium"], "铝"),
    (["aluminum"], "铝"), (["lead"], "铅"), (["zinc"], "锌"), (["tin"], "锡"), (["nickel"], "镍"),
    (["cobalt"], "钴"),
    (["lithium"], "锂"), (["platinum"], "铂"), (["palladium"], "钯"), (["steel"], "钢材"), (["coal"], "煤炭"),
    (["soybeans"], "大豆"), (["concentrate"], "精矿"), (["ore"], "矿石"), (["ingot"], "锭"), (["powder"], "粉"),
    (["products"], "产品"), (["goods"], "商品"), (["services"], "服务"), (["flake"], "片状"), (["other"], "其他"),
    (["us"], "美国"), (["usa"], "美国"), (["eu"], "欧盟"), (["uk"], "英国"), (["china"], "中国"), (["with"], "与"),
    (["total"], "总"),
  ]
}
