/// The line about a projection's model in the reader's language.
enum ModelWords {
  /// Chinese is made from the terms of the English line; a term that is not known stays as it is.
  static func text(_ model: String, _ language: ReportLanguage) -> String {
    guard language == .chinese else { return model }
    return chinese.reduce(model) { $0.replacing($1.0, with: $1.1) }
  }

  /// Longer terms before their parts.
  private static let chinese: [(String, String)] = [
    ("log shares with random walk", "份额对数：随机游走"), ("local level with drift", "带漂移的局部水平"),
    ("; monthly standard deviations: level ", "；月度标准差：水平"), (", seasonal pattern ", "，季节型态"),
    (", irregular ", "，不规则项"), ("seasonal pattern", "季节型态"), ("Chinese New Year", "春节"),
    ("trading days", "交易日"), ("irregular", "不规则项"), (" in logarithms", "（对数）"), (" + ", "＋"),
    ("\u{A0}%", "%"),
    (" %", "%"),
  ]
}
