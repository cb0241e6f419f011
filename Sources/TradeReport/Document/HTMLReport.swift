/// Writes a ``ReportDocument`` as one HTML file.
struct HTMLReport {
  let document: ReportDocument

  private var words: PageWords { PageWords(language: document.language) }
  private var language: ReportLanguage { document.language }

  /// From so many sections on, a page begins with its contents.
  private static let sectionsWithoutContents = 3

  var text: String { PageFrame.html(title: document.title, language: language, content) }

  private var content: [Markup] {
    var parts = [Markup("h1", ["dir": "auto"], clipped(document.title, to: 200))]
    if let subtitle = document.subtitle {
      parts.append(Markup("p", ["class": "meta", "dir": "auto"], clipped(subtitle, to: 200)))
    }
    if document.blocks.isEmpty { parts.append(Markup("p", [:], words.empty)) }
    let contents = self.contents
    var room = ReportLimits.file - (parts + [contents].compactMap(\.self)).reduce(0) { $0 + $1.size }
    var section = 0
    for (index, block) in document.blocks.enumerated() {
      let isSection = if case .heading(_, ...1) = block { true } else { false }
      // The contents stand behind the summary, before the first section.
      if isSection {
        if section == 0, let contents { parts.append(contents) }
        section += 1
      }
      let part = markup(block, section: section, room: room)
      room -= part.reduce(0) { $0 + $1.size }
      guard room >= 0 else {
        parts.append(Markup("p", ["class": "note"], words.partsLeftOut(document.blocks.count - index)))
        break
      }
      parts += part
    }
    return parts
  }

  private var contents: Markup? {
    let titles = document.blocks.compactMap { block in
      if case .heading(let text, ...1) = block { text } else { nil }
    }
    guard titles.count > Self.sectionsWithoutContents else { return nil }
    let items = titles.prefix(ReportLimits.items).enumerated().map { index, title in
      Markup("li", [:], [Markup("a", ["href": "#s\(index + 1)", "dir": "auto"], clipped(title, to: 100))])
    }
    return Markup("nav", ["class": "contents", "aria-label": words.contents], [Markup("ol", [:], items)])
  }

  private func markup(_ block: ReportBlock, section: Int, room: Int) -> [Markup] {
    switch block {
    case .heading(let text, let level):
      let title = clipped(text, to: 200)
      return level <= 1
        ? [Markup("h2", ["id": "s\(section)", "dir": "auto"], title)] : [Markup("h3", ["dir": "auto"], title)]
    case .paragraph(let text): return [Markup("p", ["dir": "auto"], runs(text))]
    case .note(let text): return [Markup("p", ["class": "note", "dir": "auto"], runs(text))]
    case .quotation(let text): return [Markup("blockquote", ["dir": "auto"], runs(text))]
    case .list(let items, let ordered):
      var lines = items.prefix(ReportLimits.items).map { Markup("li", ["dir": "auto"], runs($0)) }
      let more = items.count - lines.count
      if more > 0 { lines.append(Markup("li", ["class": "note"], words.itemsLeftOut(more))) }
      return lines.isEmpty ? [] : [ordered ? Markup("ol", [:], lines) : Markup("ul", [:], lines)]
    case .keyFigures(let figures): return figures.isEmpty ? [] : [keyFigures(figures)]
    case .table(let table): return HTMLTable(table: table, words: words, room: room).markup
    case .folded(let summary, let table):
      return [folded(clipped(summary, to: 200), HTMLTable(table: table, words: words, room: room))]
    case .figure(let figure): return [self.figure(figure, room: room)]
    }
  }

  private func keyFigures(_ figures: [KeyFigure]) -> Markup {
    // Five, six or nine in rows of three, others in rows of four.
    Markup(
      "dl", ["class": [5, 6, 9].contains(figures.count) ? "key three" : "key"],
      figures.prefix(ReportLimits.keyFigures).map { figure in
        var parts = [
          Markup("dt", ["dir": "auto"], clipped(figure.label, to: 100)),
          Markup("dd", ["dir": "auto"], clipped(figure.value, to: 100)),
        ]
        if !figure.detail.isEmpty {
          parts.append(Markup("dd", ["class": "meta", "dir": "auto"], clipped(figure.detail, to: 200)))
        }
        return Markup("div", [:], parts)
      })
  }

  private func folded(_ summary: String, _ table: HTMLTable) -> Markup {
    Markup("details", [:], [Markup("summary", ["dir": "auto"], summary)] + table.markup)
  }

  /// The chart for wide and for narrow screens, what it says, and the table behind it.
  private func figure(_ figure: ReportFigure, room: Int) -> Markup {
    let chart = figure.chart
    var parts = [Markup("p", ["class": "title", "dir": "auto"], clipped(chart.heading(language), to: 200))]
    for (width, variant) in [(760, "wide"), (336, "narrow")] {
      parts.append(chart.drawing(width: width, language: language, embedded: true, variant: variant))
    }
    var caption = runs(figure.caption)
    let source = figure.source.isEmpty ? ReportText(chart.source(language)) : words.source(figure.source)
    if !source.isEmpty { caption.append(Markup("span", ["class": "source"], runs(source))) }
    if !caption.isEmpty { parts.append(Markup("figcaption", ["dir": "auto"], caption)) }
    let table = HTMLTable(table: chart.table(language), words: words, room: room)
    return Markup(
      "div", ["class": "figure"],
      [Markup("figure", ["class": "chart"], parts), folded(words.dataTable, table)])
  }

  private func runs(_ text: ReportText) -> [Markup] { Markup.runs(text.clipped(to: ReportLimits.paragraph)) }
}

extension Markup {
  /// The runs of a text, each as what it is.
  static func runs(_ text: ReportText) -> [Markup] {
    text.runs.map { run in
      switch run {
      case .plain(let text): return .text(text)
      case .strong(let text): return Markup("strong", [:], text)
      case .link(let text, let address):
        guard let address = linkable(address) else { return .text(text) }
        return Markup("a", ["href": address, "rel": "noopener noreferrer", "dir": "auto"], text)
      }
    }
  }

  /// The bytes that it takes.
  var size: Int { rendered.utf8.count }
}
