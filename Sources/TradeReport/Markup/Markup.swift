/// A piece of an HTML or SVG document: text, or an element with others inside.
///
/// Text and attribute values are escaped when they are put in, and names are literals, so that data cannot become
/// markup.
/// ```swift
/// Markup("p", ["class": "note"], "a < b").rendered  // <p class="note">a &lt; b</p>
/// ```
struct Markup {
  /// The finished text.
  let rendered: String

  /// An element with other pieces inside.
  init(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ content: [Markup]) {
    self.init(name, attributes: attributes.map { ($0, $1) }, content)
  }

  /// An element with attributes that are only known at run time; their names must be literals all the same.
  init(_ name: StaticString, attributes: [(StaticString, String)], _ content: [Markup]) {
    var text = "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(escaped(value))\"" }
    // HTML ends only its void elements by themselves; SVG could end any, but `<g></g>` is right in both.
    if content.isEmpty, Self.void.contains("\(name)") {
      rendered = text + "/>"
      return
    }
    text += ">"
    for piece in content { text += piece.rendered }
    rendered = text + "</\(name)>"
  }

  /// An element that holds text, or nothing.
  init(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ text: String = "") {
    self.init(name, attributes, text.isEmpty ? [] : [.text(text)])
  }

  private init(rendered: String) { self.rendered = rendered }

  /// Text, escaped.
  static func text(_ text: String) -> Markup { Markup(rendered: escaped(text)) }

  /// Text of our own that must stay as it is: a style sheet, a script.
  static func verbatim(_ text: StaticString) -> Markup { Markup(rendered: "\(text)") }

  private static let void: Set<String> = ["meta", "br", "hr", "path", "rect", "line", "use"]
}

extension Markup: ExpressibleByStringInterpolation {
  init(stringLiteral value: String) { self = .text(value) }
}
