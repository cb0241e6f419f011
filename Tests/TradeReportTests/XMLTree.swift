import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A parsed document, to ask what a page or a picture really holds. Foundation's parser is strict: a document that is
/// not well formed gives nil.
final class XMLTree: NSObject, XMLParserDelegate {
  final class Node {
    let name: String
    let attributes: [String: String]
    var children: [Node] = []
    var text = ""

    init(name: String, attributes: [String: String]) {
      self.name = name
      self.attributes = attributes
    }

    /// The node and all below it, in document order.
    var all: [Node] { [self] + children.flatMap(\.all) }

    func all(_ name: String, class className: String? = nil) -> [Node] {
      all.filter { node in
        node.name == name
          && (className.map {
            node.attributes["class"]?.split(separator: " ").contains(Substring($0)) ?? false
          }
            ?? true)
      }
    }

    /// The text of the node and everything below.
    var wholeText: String { text + children.map(\.wholeText).joined() }
  }

  private let root = Node(name: "", attributes: [:])
  private var open: [Node] = []

  static func parse(_ text: String) -> Node? {
    let tree = XMLTree()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = tree
    tree.open = [tree.root]
    return parser.parse() ? tree.root.children.first : nil
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    let node = Node(name: name, attributes: attributes)
    open.last?.children.append(node)
    open.append(node)
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { open.removeLast() }

  func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.text += string }
}
