/// A linear regression of a series on time, season, calendar and whatever else explains it.
///
/// ```swift
/// let model = RegressionModel {
///   Trend()
///   SeasonalDummies()
///   TradingDays(.one)
///   Step(at: .month(2020, 2))
/// }
/// let fit = try model.fit(to: imports, transform: .log)
/// for c in fit.coefficients { print(c.name, c.estimate, c.pValue) }
/// let next = try fit.predict(horizon: 3, levels: [0.8, 0.95])
/// ```
///
/// The model is a value; ``fit(to:standardErrors:transform:)`` returns another, the ``RegressionFit``.
public struct RegressionModel: Sendable {
  /// Whether a constant comes before the terms.
  public let intercept: Bool
  /// The terms in order. Of two that say the same, the earlier one is estimated.
  public let terms: [any RegressionTerm]

  /// A model of the given terms, with an intercept unless told otherwise.
  public init(intercept: Bool = true, @RegressionTermBuilder _ terms: () -> [any RegressionTerm]) {
    self.init(terms: terms(), intercept: intercept)
  }

  /// A model of terms gathered elsewhere.
  public init(terms: [any RegressionTerm], intercept: Bool = true) {
    self.intercept = intercept
    self.terms = terms
  }

  /// Every column over `frame`, the intercept first.
  func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    var columns: [RegressionColumn] = []
    if intercept {
      let ones = [Double](repeating: 1, count: frame.count)
      columns.append(RegressionColumn(name: RegressionFit.interceptName, values: ones))
    }
    for term in terms {
      for column in try term.columns(in: frame) {
        precondition(column.values.count == frame.count, "a regression column has a value for each period")
        columns.append(column)
      }
    }
    guard !columns.isEmpty else { throw .noTerms }
    return columns
  }
}
