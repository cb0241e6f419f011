/// What a matrix computation found wrong with its data.
///
/// Sizes that do not fit each other are the caller's mistake and stop with a precondition; values that do not permit
/// the computation are these errors, with the place where it was noticed.
package enum LinearAlgebraError: Error, Equatable, Sendable {
  /// The leading minor of this order (1-based) is not positive, so the matrix is not positive definite.
  case notPositiveDefinite(order: Int)
  /// The triangle's diagonal vanishes, relative to its column, at this column (0-based).
  case singular(index: Int)
  /// The columns span only `rank` dimensions where `needed` are necessary.
  case rankDeficient(rank: Int, needed: Int)
  /// An iteration inside `routine` left `count` values unconverged.
  case notConverged(routine: String, count: Int)
  /// LAPACK refused argument `index` (1-based) of `routine`; a mistake in this package.
  case illegalArgument(routine: String, index: Int)
  /// The element at `row`, `column` (0-based; a vector is column 0) is NaN or infinite.
  case notFinite(row: Int, column: Int)
  /// The shape or content does not define the problem; the text says which and why.
  case shape(String)
  /// `routine` could not allocate its workspace.
  case outOfMemory(routine: String)
}

extension LinearAlgebraError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notPositiveDefinite(let order):
      "the matrix is not positive definite: its leading minor of order \(order) is not positive"
    case .singular(let index): "the matrix is singular: column \(index) depends on the columns before it"
    case .rankDeficient(let rank, let needed): "the columns have rank \(rank) where \(needed) is needed"
    case .notConverged(let routine, let count): "\(routine) left \(count) values unconverged"
    case .illegalArgument(let routine, let index): "\(routine) refused its argument \(index)"
    case .notFinite(let row, let column): "the element in row \(row), column \(column) is not finite"
    case .shape(let reason): reason
    case .outOfMemory(let routine): "\(routine) found no memory for its workspace"
    }
  }
}

/// Turns the `info` of a cover in `TradewindLAPACK` into an error; `positive` says what a positive `info` means there.
func check(
  _ info: Int32, _ routine: String, positive: (Int) -> LinearAlgebraError
) throws(LinearAlgebraError) {
  if info == 0 { return }
  if info == Int32.min { throw .outOfMemory(routine: routine) }
  throw info < 0 ? .illegalArgument(routine: routine, index: -Int(info)) : positive(Int(info))
}

/// The same for a routine whose manual knows no positive `info`.
func check(_ info: Int32, _ routine: String) throws(LinearAlgebraError) {
  try check(info, routine) { .notConverged(routine: routine, count: $0) }
}
