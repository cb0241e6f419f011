/// Which outliers are searched, and from when on they count: X-13's `outlier{}`.
public struct OutlierSearch: Sendable, Hashable {
  /// How many outliers a pass adds.
  public enum Method: Sendable, Hashable, Codable {
    /// The most significant one, then all is estimated again: `method=addone`.
    case addOne
    /// Every month's most significant one: `method=addall`. Faster, and less careful.
    case addAll
  }

  /// The kinds searched, X-13's `types`: additive outliers and level shifts unless told otherwise. X-13's
  /// `types=all` are these and transient changes; seasonal outliers are searched only here. None for no
  /// search.
  public var kinds: Set<Outlier.Kind>
  /// The size of a t-statistic from which on it tells of an outlier, X-13's `critical`; nil for one that
  /// depends on the number of months, see ``significance``.
  public var criticalValue: Double?
  /// The probability of a false outlier in a series without any, X-13's `alpha`: 3.89 for 12 years of months
  /// at 0.05.
  public var significance: Double
  /// One after the other or all at once.
  public var method: Method
  /// The months searched, X-13's `span`; nil for all.
  public var span: ClosedRange<Period>?

  /// Which of two candidates with the same t-statistic is added, the earlier one unless told otherwise.
  ///
  /// Beside an additive outlier in January, a level shift from January on and one from February on explain
  /// the same: their t-statistics are equal, and X-13 leaves it to the rounding which of them is larger. The
  /// sets that the search ends with may differ, as the additive outlier is often dropped in the first case,
  /// and not in the second.
  public var prefersLater = false

  /// - Precondition: `significance` lies between 0 and 1, the critical value, if any, above 0.
  public init(
    _ kinds: Set<Outlier.Kind> = [.additive, .levelShift], criticalValue: Double? = nil,
    significance: Double = 0.05,
    method: Method = .addOne, span: ClosedRange<Period>? = nil
  ) {
    precondition(significance > 0 && significance < 1, "A probability lies between 0 and 1.")
    precondition(criticalValue.map { $0 > 0 } ?? true, "A critical value is positive.")
    self.kinds = kinds
    self.criticalValue = criticalValue
    self.significance = significance
    self.method = method
    self.span = span
  }

  /// No search.
  public static let none = OutlierSearch([])
}
