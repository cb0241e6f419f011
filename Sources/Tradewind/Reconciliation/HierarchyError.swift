/// Why series do not make a hierarchy.
public enum HierarchyError: Error, Sendable, Equatable {
  /// There is nothing to add up.
  case empty
  /// A node has no name.
  case unnamed
  /// A part of a sum was given twice.
  case repeated(parent: String, child: String)
  /// A part counts zero times, or not finitely often.
  case weight(parent: String, child: String, weight: Double)
  /// A node is a part of itself.
  case cycle(node: String)
  /// Two nodes have the same name.
  case ambiguous(name: String)
  /// A member has too many or too few groups.
  case groups(name: String, needed: Int, found: Int)
}

extension HierarchyError: CustomStringConvertible {
  /// One sentence with the names in it.
  public var description: String {
    switch self {
    case .empty: "there is nothing that adds up"
    case .unnamed: "a node has no name"
    case .repeated(let parent, let child): "'\(child)' is given twice as a part of '\(parent)'"
    case .weight(let parent, let child, let weight): "'\(child)' cannot count \(weight) times in '\(parent)'"
    case .cycle(let node): "'\(node)' is a part of itself"
    case .ambiguous(let name): "two nodes are called '\(name)'"
    case .groups(let name, let needed, let found):
      "'\(name)' has \(found) \(found == 1 ? "group" : "groups") where \(needed) are needed"
    }
  }
}
