import Testing

@testable import TradeReport

@Suite("Escaping")
struct EscapingTests {
  @Test("the five special characters become entities, everything else readable stays")
  func specials() {
    #expect(escaped("a<b>&\"c'") == "a&lt;b&gt;&amp;&quot;c&#39;")
    #expect(escaped("银 Ångström שלום 😀") == "银 Ångström שלום 😀")
  }

  @Test(
    "what reorders text or XML forbids becomes U+FFFD",
    arguments: [
      "\u{202E}", "\u{202A}", "\u{2066}", "\u{2069}", "\u{200F}", "\u{0}", "\u{7}", "\u{1B}", "\u{7F}",
      "\u{9F}",
      "\u{FFFE}", "\u{FFFF}", "\u{1FFFE}", "\u{E0041}",
    ])
  func harmful(_ scalar: String) { #expect(escaped("a\(scalar)b") == "a\u{FFFD}b") }

  @Test("line ends become blanks")
  func lineEnds() { #expect(escaped("a\nb\r\u{2028}c\td") == "a b  c d") }

  @Test("every scalar, escaped, stands in a well-formed document")
  func everyScalar() {
    var text = ""
    for value in (0...0xFFFF as ClosedRange<UInt32>) {
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    #expect(XMLTree.parse(Markup("p", ["title": text], text).rendered) != nil)
  }

  @Test("clipping counts scalars, so that a tower of accents is short too")
  func clipping() {
    let tower = "a" + String(repeating: "\u{301}", count: 1000)
    #expect(clipped(tower, to: 5).unicodeScalars.count == 6)
    #expect(clipped("abc", to: 3) == "abc")
    #expect(clipped("abcd", to: 3) == "abc…")
    #expect(clipped("", to: 0).isEmpty)
  }

  @Test(
    "only http and https addresses with a host become links",
    arguments: [
      ("https://news.metal.com/newscontent/1/High-[SMM-Analysis]?a=1&b=2", true), ("http://例子.cn/白银", true),
      ("HTTPS://example.org", true), ("javascript:alert(1)", false), ("data:text/html,x", false),
      ("//example.org/a", false), ("/etc/passwd", false), ("https://", false), ("https:///a", false),
      ("https://bank.com@evil.org/", false), ("https://a.org/\"onclick=\"x", false),
      (" https://example.org", false), ("https://a.org/\u{202E}gpj", false), ("https://a.org/a b", false),
      ("https://a.org/\\x", false), ("", false),
    ])
  func links(_ address: String, _ allowed: Bool) {
    #expect((linkable(address) != nil) == allowed)
  }

  @Test("an address of 100 kB is no link")
  func longLink() { #expect(linkable("https://a.org/" + String(repeating: "x", count: 100_000)) == nil) }
}
