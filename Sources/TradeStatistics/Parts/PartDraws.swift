import Tradewind

/// Draws of a whole and its parts, month by month; in each draw the parts add up to the whole.
///
/// Draw number d of one grouping and draw number d of another have the same whole.
public struct PartDraws: Sendable, Equatable {
  /// The months drawn, the last of them the end of the target.
  public let months: [Period]
  /// The parts' series, in the order of ``JointProjection/Grouping/parts``.
  public let parts: [String]
  /// How many draws there are.
  public let count: Int
  /// By draw, then part, then month.
  private let values: [Double]
  /// By draw, then month.
  private let wholes: [Double]

  init(months: [Period], parts: [String], count: Int, values: [Double], wholes: [Double]) {
    precondition(values.count == months.count * parts.count * count && wholes.count == months.count * count)
    (self.months, self.parts, self.count) = (months, parts, count)
    (self.values, self.wholes) = (values, wholes)
  }

  /// The draws of a part's total over some months (positions in ``parts`` and ``months``), in the whole's unit.
  public func totals(ofPart part: Int, over range: Range<Int>) -> [Double] {
    (0..<count).map { draw in
      let start = (draw * parts.count + part) * months.count
      return range.reduce(0) { $0 + values[start + $1] }
    }
  }

  /// The draws of the whole's total over some months (positions in ``months``).
  public func totals(over range: Range<Int>) -> [Double] {
    (0..<count).map { draw in range.reduce(0) { $0 + wholes[draw * months.count + $1] } }
  }

  /// The same draws with the parts in another order.
  func reordered(_ order: [Int]) -> PartDraws {
    let n = months.count
    var moved: [Double] = []
    moved.reserveCapacity(values.count)
    for draw in 0..<count {
      for part in order {
        let start = (draw * parts.count + part) * n
        moved += values[start..<start + n]
      }
    }
    return PartDraws(
      months: months, parts: order.map { parts[$0] }, count: count, values: moved, wholes: wholes)
  }
}
