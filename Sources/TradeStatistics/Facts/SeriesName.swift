/// The structure of a series' name: `a/b` is a part of `a`; `a/b+c+d` is the sum of the parts `a/b`, `a/c`, `a/d`.
enum SeriesName {
  /// The single series a name stands for: itself, or the parts of a sum.
  static func members(of name: String) -> [String] {
    guard let slash = name.lastIndex(of: "/") else { return [name] }
    let last = name[name.index(after: slash)...]
    guard last.contains("+") else { return [name] }
    return last.split(separator: "+").map { String(name[...slash]) + $0 }
  }

  /// The series that `name` is a part of: the nearest enclosing name that itself has facts.
  static func parent(of name: String, among names: Set<String>) -> String? {
    var path = name[...]
    while let slash = path.lastIndex(of: "/") {
      path = path[..<slash]
      if names.contains(String(path)) { return String(path) }
    }
    return nil
  }

  /// The first label of the name: all series with the same root can be linked by shares.
  static func root(of name: String) -> String { String(name.prefix { $0 != "/" }) }

  /// The words of a label in small letters, which hyphens, underscores and blanks part.
  static func words(of label: some StringProtocol) -> [String] {
    label.split { $0 == "-" || $0 == "_" || $0 == " " }.map { $0.lowercased() }
  }

  /// A balance may be negative; every other level is an amount.
  static func mayBeNegative(_ name: String) -> Bool {
    name.split(separator: "/").contains { words(of: $0).contains("balance") }
  }

  /// Whether the name says that it is a price, whose months average and do not add up.
  static func isPrice(_ name: String) -> Bool { words(of: root(of: name)).contains("price") }
}

extension SeriesName {
  /// The last word of a name.
  static func label(of name: String) -> String {
    name.lastIndex(of: "/").map { String(name[name.index(after: $0)...]) } ?? name
  }

  /// What the named parts of `folder` leave of it is called `others`, unless one of them is.
  static func remainder(of folder: String, among parts: [String]) -> String {
    let name = "\(folder)/others"
    return parts.contains(name) ? "\(folder)/unnamed" : name
  }
}
