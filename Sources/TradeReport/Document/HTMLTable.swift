/// A ``ReportTable`` as HTML.
struct HTMLTable {
  let table: ReportTable
  let words: PageWords
  /// The bytes that the table may take.
  let room: Int

  private var columns: ArraySlice<ReportTable.Column> { table.columns.prefix(ReportLimits.columns) }

  /// The table in a box that scrolls sideways, and the remarks below it; nothing without columns.
  var markup: [Markup] {
    guard !columns.isEmpty else { return [] }
    let head = columns.map { column -> Markup in
      let title = clipped(column.title, to: ReportLimits.cell)
      return column.alignment == .number
        ? Markup("th", ["scope": "col", "class": "n", "dir": "auto"], title)
        : Markup("th", ["scope": "col", "dir": "auto"], title)
    }
    func key(_ index: Int) -> Int? { index < table.rowKeys.count ? table.rowKeys[index] : nil }
    let totals = table.totals.prefix(ReportLimits.totals).enumerated().map { index, cells in
      row(cells, key: key(table.rows.count + index), cellKeys: [])
    }
    var used = (head + totals).reduce(0) { $0 + $1.size }
    var rows: [Markup] = []
    for (index, cells) in table.rows.prefix(ReportLimits.rows).enumerated() {
      let row = row(
        cells, key: key(index), cellKeys: index < table.cellKeys.count ? table.cellKeys[index] : [])
      used += row.size
      guard used <= min(room, ReportLimits.table) else { break }
      rows.append(row)
    }
    var parts: [Markup] = []
    if !table.caption.isEmpty {
      parts.append(Markup("caption", ["dir": "auto"], clipped(table.caption, to: 300)))
    }
    parts += [Markup("thead", [:], [Markup("tr", [:], head)]), Markup("tbody", [:], rows)]
    if !totals.isEmpty { parts.append(Markup("tfoot", [:], totals)) }
    var result = [Markup("div", ["class": "scroll"], [Markup("table", [:], parts)])]
    if rows.count < table.rows.count {
      result.append(Markup("p", ["class": "note"], words.rowsLeftOut(table.rows.count - rows.count)))
    }
    return result
      + table.notes.prefix(ReportLimits.notes).map {
        Markup("p", ["class": "note", "dir": "auto"], Markup.runs($0.clipped(to: ReportLimits.paragraph)))
      }
  }

  private func row(_ cells: [String], key: Int?, cellKeys: [Int?]) -> Markup {
    let content = columns.indices.map { index -> Markup in
      let text = index < cells.count ? clipped(cells[index], to: ReportLimits.cell) : ""
      if index == 0 { return Markup("th", ["scope": "row", "dir": "auto"], text) }
      var attributes: [(StaticString, String)] = [
        columns[index].alignment == .number ? ("class", "n") : ("dir", "auto")
      ]
      if index - 1 < cellKeys.count, let key = cellKeys[index - 1] { attributes.append(("data-s", "\(key)")) }
      return Markup("td", attributes: attributes, text.isEmpty ? [] : [.text(text)])
    }
    return key.map { Markup("tr", ["data-s": "\($0)"], content) } ?? Markup("tr", [:], content)
  }
}
