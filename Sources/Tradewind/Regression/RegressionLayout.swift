/// Which columns of a model belong to which term.
struct RegressionLayout: Sendable {
  struct Block: Sendable {
    let title: String
    let role: RegressionRole
    /// Whether the term is a column of the user's own, to be tested with others of the same role.
    let isUserColumn: Bool
    /// The numbers of its columns in the model.
    let columns: Range<Int>
    let derived: [DerivedCoefficient]
  }

  /// One block a term, in order.
  let blocks: [Block]

  /// `terms` follow after `leading` columns that belong to none, such as a constant.
  init(
    of terms: [any RegressionTerm], in frame: RegressionFrame, after leading: Int
  ) throws(RegressionError) {
    var blocks: [Block] = []
    var first = leading
    for term in terms {
      let count = try term.columns(in: frame).count
      blocks.append(
        Block(
          title: term.title, role: term.role, isUserColumn: term is UserColumn,
          columns: first..<(first + count),
          derived: term.derived(in: frame)))
      first += count
    }
    self.blocks = blocks
  }

  /// The groups that are worth a test, as X-13 chooses them: each term with several columns and every calendar term,
  /// all trading-day terms together, and the user's own columns of one role together.
  var groups: [(title: String, role: RegressionRole, columns: [Int])] {
    var groups = blocks.filter { $0.columns.count > 1 || $0.role.isCalendar }
      .map { (title: $0.title, role: $0.role, columns: Array($0.columns)) }
    let calendar = blocks.filter { $0.role == .tradingDays && !$0.isUserColumn }
    if calendar.count > 1 { groups.append(Self.joined(calendar, title: nil)) }
    for role in RegressionRole.allCases {
      let own = blocks.filter { $0.isUserColumn && $0.role == role }
      if own.count > 1 { groups.append(Self.joined(own, title: Self.ownTitle(role))) }
    }
    return groups
  }

  private static func joined(
    _ blocks: [Block], title: String?
  ) -> (title: String, role: RegressionRole, columns: [Int]) {
    (
      title ?? blocks.map(\.title).joined(separator: " and "), blocks[0].role,
      blocks.flatMap { Array($0.columns) }
    )
  }

  private static func ownTitle(_ role: RegressionRole) -> String {
    switch role {
    case .trend: "all user trends"
    case .seasonal: "all user seasons"
    case .tradingDays: "all user trading days"
    case .holiday: "all user holidays"
    case .irregular: "all user outliers"
    case .user: "all user columns"
    }
  }
}
