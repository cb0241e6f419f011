import TradeStatistics

/// The pages that published the figures.
struct SourceList {
  let sources: [FactSource]
  /// The bytes that the list may take.
  let room: Int
  var language = ReportLanguage.english

  /// The list, or nil if it would be empty.
  var markup: Markup? {
    var items: [Markup] = []
    var used = 0
    for source in sources {
      let item = Markup("li", [:], [Self.link(source, language)])
      used += item.rendered.utf8.count
      guard used <= room else { break }
      items.append(item)
    }
    if items.isEmpty { return nil }
    var parts = [
      Markup("h2", [:], language.pick("Sources", "资料来源")), Markup("ol", ["class": "sources"], items),
    ]
    if items.count < sources.count {
      parts.append(
        Markup(
          "p", ["class": "note"], PageWords(language: language).itemsLeftOut(sources.count - items.count)))
    }
    return Markup("section", [:], parts)
  }

  /// The title of a source, linked if its address is one a page may link to; otherwise the address as text.
  static func link(_ source: FactSource, _ language: ReportLanguage = .english) -> Markup {
    let title = clipped(source.title.isEmpty ? source.url : source.title, to: 200)
    let name = title.isEmpty ? language.pick("no source given", "未注明来源") : title
    if let address = linkable(source.url) {
      return Markup("a", ["href": address, "rel": "noopener noreferrer", "dir": "auto"], name)
    }
    let rest = source.url.isEmpty || source.title.isEmpty ? "" : " (\(clipped(source.url, to: 200)))"
    return Markup("span", ["dir": "auto"], name + rest)
  }

  /// Each title and address once, in order.
  static func distinct(_ sources: [FactSource]) -> [FactSource] {
    var seen: Set<[String]> = []
    return sources.filter { seen.insert([$0.title, $0.url]).inserted }
  }
}
