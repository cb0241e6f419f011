/// Writes a ``ReportDocument`` as Markdown: CommonMark with the tables of GitHub's dialect.
///
/// Every block stands between blank lines and is one line, or one line an item, so that no text can begin a block of its own.
struct MarkdownReport {
  let document: ReportDocument

  private var words: PageWords { PageWords(language: document.language) }

  var text: String {
    var parts = ["# " + line(document.title, 200)]
    if let subtitle = document.subtitle { parts.append("*" + line(subtitle, 200) + "*") }
    var room = ReportLimits.file - parts.reduce(0) { $0 + $1.utf8.count }
    for (index, block) in document.blocks.enumerated() {
      let part = markdown(block, room: room)
      guard part.utf8.count + 2 <= room else {
        parts.append(words.partsLeftOut(document.blocks.count - index))
        break
      }
      if !part.isEmpty { parts.append(part) }
      room -= part.utf8.count + 2
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func markdown(_ block: ReportBlock, room: Int) -> String {
    switch block {
    case .heading(let text, let level): return (level <= 1 ? "## " : "### ") + line(text, 200)
    case .paragraph(let text), .note(let text): return line(text)
    case .list(let items, let ordered):
      let shown = items.prefix(ReportLimits.items)
      var lines = shown.enumerated().map { (ordered ? "\($0 + 1). " : "- ") + line($1) }
      if items.count > shown.count { lines.append("- " + words.itemsLeftOut(items.count - shown.count)) }
      return lines.joined(separator: "\n")
    case .keyFigures(let figures):
      return figures.prefix(ReportLimits.keyFigures).map { figure in
        let detail = figure.detail.isEmpty ? "" : " (\(markdownEscaped(clipped(figure.detail, to: 200))))"
        return "- \(line(figure.label, 100)): **\(markdownEscaped(clipped(figure.value, to: 100)))**\(detail)"
      }.joined(separator: "\n")
    case .table(let table): return markdown(table, room: room)
    case .folded(let summary, let table):
      return "**" + line(summary, 200) + "**\n\n" + markdown(table, room: room)
    case .figure(let figure): return markdown(figure, room: room)
    case .quotation(let text): return "> " + line(text)
    }
  }

  private func markdown(_ figure: ReportFigure, room: Int) -> String {
    let chart = figure.chart
    var parts = [
      "**" + line(chart.heading(document.language), 200) + "**",
      line(chart.description(document.language), 2000),
    ]
    parts.append(markdown(chart.table(document.language), room: room))
    if !figure.caption.isEmpty { parts.append(line(figure.caption)) }
    let source =
      figure.source.isEmpty ? ReportText(chart.source(document.language)) : words.source(figure.source)
    parts.append(line(source))
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func markdown(_ table: ReportTable, room: Int) -> String {
    let columns = table.columns.prefix(ReportLimits.columns)
    guard !columns.isEmpty else { return "" }
    func row(_ cells: [String], _ dress: (String) -> String = { $0 }) -> String {
      let texts = columns.indices.map { index -> String in
        let text = index < cells.count ? markdownEscaped(clipped(cells[index], to: ReportLimits.cell)) : ""
        return text.isEmpty ? " " : dress(text)
      }
      return "| " + texts.joined(separator: " | ") + " |"
    }
    var lines = [
      row(columns.map(\.title)),
      "|" + columns.map { $0.alignment == .number ? " ---: |" : " --- |" }.joined(),
    ]
    let totals = table.totals.prefix(ReportLimits.totals).map { cells in row(cells) { "**\($0)**" } }
    var used = (lines + totals).reduce(0) { $0 + $1.utf8.count + 1 }
    var shown = 0
    for cells in table.rows.prefix(ReportLimits.rows) {
      let line = row(cells)
      used += line.utf8.count + 1
      guard used <= min(room, ReportLimits.table) else { break }
      lines.append(line)
      shown += 1
    }
    var parts = [(lines + totals).joined(separator: "\n")]
    if !table.caption.isEmpty { parts.insert("*" + line(table.caption, 300) + "*", at: 0) }
    if shown < table.rows.count { parts.append(words.rowsLeftOut(table.rows.count - shown)) }
    parts += table.notes.prefix(ReportLimits.notes).map { line($0) }
    return parts.joined(separator: "\n\n")
  }

  private func line(_ text: String, _ limit: Int) -> String {
    markdownLine(markdownEscaped(clipped(text, to: limit)))
  }

  private func line(_ text: ReportText) -> String {
    let runs = text.clipped(to: ReportLimits.paragraph).runs.map { run in
      switch run {
      case .plain(let text): return markdownEscaped(text)
      case .strong(let text):
        // Stars beside a blank mean nothing, so blanks at the ends stay outside of them.
        let words = markdownEscaped(text)
        guard let first = words.firstIndex(where: { $0 != " " }),
          let last = words.lastIndex(where: { $0 != " " })
        else { return words }
        return words[..<first] + "**\(words[first...last])**" + words[words.index(after: last)...]
      case .link(let text, let address):
        guard let address = linkable(address) else { return markdownEscaped(text) }
        // Parentheses would end the address.
        let safe = address.replacing("(", with: "%28").replacing(")", with: "%29")
        return "[\(markdownEscaped(text))](\(safe))"
      }
    }
    return markdownLine(runs.joined())
  }
}

/// How much of everything a report shows, so that a file stays below 500 kB whatever comes in.
enum ReportLimits {
  /// Bytes of all parts together, which leaves room for the frame around them.
  static let file = 470_000
  /// Bytes of one table.
  static let table = 60_000
  static let rows = 400
  static let columns = 24
  static let totals = 6
  static let notes = 12
  /// Letters of a table's cell.
  static let cell = 160
  /// Letters of a paragraph, a list's item, a note.
  static let paragraph = 3000
  /// Items of a list.
  static let items = 200
  static let keyFigures = 12
}
