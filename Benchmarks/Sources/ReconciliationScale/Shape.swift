import Measuring
import Tradewind

/// Hierarchies to measure with, of so many bottom series or about as many.
enum Shape: String, CaseIterable {
  /// A total, 20 regions, 400 partners, one sum for 25 series, and the series.
  case tree
  /// 200 partners × 500 products for 100,000 series: a total, and one of each partner and of each product.
  case crossed
  /// The same groups, with the partners in ten regions: a tree that other sums cross.
  case mixed

  func hierarchy(_ bottoms: Int) throws -> Hierarchy {
    switch self {
    case .tree: try Hierarchy(edges: Self.tree(bottoms))
    case .crossed:
      try Hierarchy(groups: ["partner", "product"], members: Self.members(bottoms) { [$0, $1] })
    case .mixed:
      try Hierarchy(
        groups: ["region", "partner", "product"],
        members: Self.members(bottoms) { partner, product in [partner.suffix(1) + "0", partner, product] })
    }
  }

  private static func tree(_ bottoms: Int) -> [(parent: String, child: String)] {
    let sizes = [max(2, bottoms / 5000), max(4, bottoms / 250), max(8, bottoms / 25), bottoms]
    var edges: [(parent: String, child: String)] = []
    edges.reserveCapacity(sizes.reduce(0, +))
    var above = 1
    for (level, size) in sizes.enumerated() {
      for node in 0..<size {
        let parent = level == 0 ? "world" : "\(level - 1)/\(node * above / size)"
        edges.append((parent, "\(level)/\(node)"))
      }
      above = size
    }
    return edges
  }

  private static func members(
    _ bottoms: Int, groups: (_ partner: String, _ product: String) -> [String]
  ) -> [Hierarchy.Member] {
    let partners = max(1, Int((Double(bottoms) * 0.4).squareRoot()))
    return (0..<bottoms).map { i in
      let (partner, product) = ("p\(i % partners)", "q\(i / partners)")
      return Hierarchy.Member("\(partner)/\(product)", groups(partner, product))
    }
  }
}
