/// What stands around the parts of every page: head, policy, style and script.
enum PageFrame {
  /// A whole HTML file, which is well-formed XML too.
  ///
  /// - Parameters:
  ///   - title: the name of the browser's tab, cut at 200 letters.
  ///   - content: what stands in the page, its heading first.
  static func html(title: String, language: ReportLanguage, _ content: [Markup]) -> String {
    "<!DOCTYPE html>\n"
      + Markup(
        "html", ["xmlns": "http://www.w3.org/1999/xhtml", "lang": language.tag],
        [
          Markup(
            "head", [:],
            [
              Markup("meta", ["charset": "utf-8"]),
              Markup("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
              Markup("meta", ["name": "color-scheme", "content": "light dark"]),
              Markup("meta", ["http-equiv": "Content-Security-Policy", "content": PageParts.policy]),
              Markup("title", [:], clipped(title, to: 200)),
              Markup("style", [:], [.verbatim(ChartStyle.sheet)]),
              Markup("style", [:], [.verbatim(PageParts.style)]),
            ]),
          Markup(
            "body", [:],
            [Markup("main", [:], content), Markup("script", [:], [.verbatim(PageParts.script)])]),
        ]
      ).rendered + "\n"
  }
}
