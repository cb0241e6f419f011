/// The words that a report adds itself, in its language.
struct PageWords {
  let language: ReportLanguage

  private func pick(_ english: String, _ chinese: String) -> String {
    language == .english ? english : chinese
  }

  var contents: String { pick("Contents", "目录") }
  var dataTable: String { pick("Data table", "数据表") }
  var empty: String { pick("There is nothing to report.", "没有可报告的内容。") }

  func source(_ source: ReportText) -> ReportText {
    ReportText(pick("Source: ", "来源：")) + source
      + (source.plain.hasSuffix(".") ? "" : ReportText(pick(".", "。")))
  }

  func rowsLeftOut(_ count: Int) -> String {
    let number = DecimalDigits(Double(count))?.text(decimals: 0) ?? ""
    return pick("\(number) more \(count == 1 ? "row is" : "rows are") left out here.", "此处省略\(number)行。")
  }

  func partsLeftOut(_ count: Int) -> String {
    pick(
      "\(count) more \(count == 1 ? "part is" : "parts are") left out, which keeps the file small.",
      "为控制文件大小，省略了\(count)个部分。")
  }

  func itemsLeftOut(_ count: Int) -> String {
    pick("And \(count) more.", "另有\(count)项。")
  }
}
