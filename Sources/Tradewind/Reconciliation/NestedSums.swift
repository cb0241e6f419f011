/// The sums of a hierarchy that nest, each with the nodes it is directly made of, and the sums that cross them.
///
/// Two sums nest if one holds the other, as often in all its parts, or if they share no bottom node. In a tree all do. Of crossed groups the smallest sums
/// do and the larger ones that are made of them: of partner × product one of the two groupings, and the total.
struct NestedSums: Sendable {
  /// The sums that nest, parts before what they are parts of.
  let order: [Int]
  /// The sums that do not, in the order of the nodes.
  let crossing: [Int]
  /// Where the parts of each of ``order`` begin in ``parts``; one more for the end.
  let starts: [Int]
  /// The nodes that each of ``order`` is directly made of; no node is a part twice.
  let parts: [(node: Int, weight: Double)]

  init(_ hierarchy: Hierarchy) {
    let sums = hierarchy.sums
    // For each bottom node the largest sum so far that holds it, or itself, and how often it counts there.
    var holder = Array(sums.count..<hierarchy.count)
    var weight = [Double](repeating: 1, count: hierarchy.bottomCount)
    var size = [Int](repeating: 1, count: hierarchy.count)
    var found = [Int](repeating: 0, count: hierarchy.count)
    var ratio = [Double](repeating: 0, count: hierarchy.count)
    var order: [Int] = []
    var crossing: [Int] = []
    var starts = [0]
    var parts: [(node: Int, weight: Double)] = []
    // The smallest first; of equal ones the later, since sums stand before their parts.
    for sum in sums.indices.sorted(by: { (sums[$0].count, $1) < (sums[$1].count, $0) }) {
      let first = parts.count
      var isNested = true
      for summand in sums[sum] {
        let node = holder[summand.bottom]
        let times = summand.weight / weight[summand.bottom]
        if found[node] == 0 {
          ratio[node] = times
          parts.append((node, times))
        }
        found[node] += 1
        // Weights of weights are rounded.
        if abs(times - ratio[node]) > 1e-14 * abs(times) { isNested = false }
      }
      for part in parts[first...] {
        if found[part.node] != size[part.node] { isNested = false }
        found[part.node] = 0
      }
      guard isNested else {
        parts.removeSubrange(first...)
        crossing.append(sum)
        continue
      }
      for summand in sums[sum] { (holder[summand.bottom], weight[summand.bottom]) = (sum, summand.weight) }
      size[sum] = sums[sum].count
      order.append(sum)
      starts.append(parts.count)
    }
    (self.order, self.starts, self.parts) = (order, starts, parts)
    self.crossing = crossing.sorted()
  }
}
