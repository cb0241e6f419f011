/// A column that could not be estimated because the columns before it already determine it.
///
/// It is left out of the fit, as if its coefficient were zero. Columns are taken in the order of the model:
/// of two that say the same the earlier one is kept.
public struct AliasedTerm: Sendable, Equatable {
  /// The name of the column that was left out.
  public let name: String
  /// The columns it is a combination of over the observed periods; empty if it is zero there.
  public let combination: [String]
  /// The weights of these columns.
  public let weights: [Double]
}

extension AliasedTerm: CustomStringConvertible {
  /// Such as `step 1990-01 = 1.0 × (Intercept)`.
  public var description: String {
    if combination.isEmpty { return "\(name) is zero in every observed period" }
    // Nine decimals: enough to recognise a weight, few enough to hide rounding.
    let parts = zip(combination, weights).map { "\(($1 * 1e9).rounded() / 1e9) × \($0)" }
    return "\(name) = " + parts.joined(separator: " + ")
  }
}
