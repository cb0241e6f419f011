/// A text in a report: runs of letters, some of them strong or linked.
///
/// ```swift
/// let text: ReportText = "Imports rose by " + .strong("14.1 %") + ", says " + .link("SMM", to: "https://example.org") + "."
/// ```
///
/// No run holds markup: `<b>` and `**` are shown as they are. An address that a page may not link to (anything but
/// `http` and `https`) is dropped and its words stay.
public struct ReportText: Sendable, Equatable {
  /// A piece of a text.
  public enum Run: Sendable, Equatable {
    case plain(String)
    case strong(String)
    case link(String, address: String)
  }

  /// The pieces, in order.
  public var runs: [Run]

  public init(_ runs: [Run]) { self.runs = runs }

  /// A text without emphasis.
  public init(_ text: String) { runs = text.isEmpty ? [] : [.plain(text)] }

  /// Words that stand out.
  public static func strong(_ text: String) -> ReportText { ReportText([.strong(text)]) }

  /// Words that lead to an address.
  public static func link(_ text: String, to address: String) -> ReportText {
    ReportText([.link(text, address: address)])
  }

  public static func + (left: ReportText, right: ReportText) -> ReportText {
    ReportText(left.runs + right.runs)
  }

  public static func += (left: inout ReportText, right: ReportText) { left.runs += right.runs }

  public var isEmpty: Bool { runs.isEmpty }

  /// The letters alone.
  public var plain: String {
    runs.map { run in
      switch run {
      case .plain(let text), .strong(let text), .link(let text, _): text
      }
    }.joined()
  }

  /// At most `count` letters (scalars) of the text, with an ellipsis for what was cut.
  func clipped(to count: Int) -> ReportText {
    var room = count
    var result = ReportText([])
    for run in runs where room > 0 {
      func cut(_ text: String) -> String {
        let short = TradeReport.clipped(text, to: room)
        room -= short.unicodeScalars.count
        return short
      }
      switch run {
      case .plain(let text): result.runs.append(.plain(cut(text)))
      case .strong(let text): result.runs.append(.strong(cut(text)))
      case .link(let text, let address): result.runs.append(.link(cut(text), address: address))
      }
    }
    return result
  }
}

extension ReportText: ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) { self.init(value) }
}
