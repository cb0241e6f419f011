/// The language of a report's own words; texts that are put in are in the language their author chose.
public enum ReportLanguage: String, Sendable, CaseIterable, Codable {
  /// English.
  case english = "en"
  /// Chinese, in simplified characters.
  case chinese = "zh"

  /// One of two texts.
  func pick(_ english: String, _ chinese: String) -> String { self == .english ? english : chinese }

  /// What stands in a document's `lang` attribute (BCP 47).
  var tag: String { self == .english ? "en" : "zh-Hans" }
}
