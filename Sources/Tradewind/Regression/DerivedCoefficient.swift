/// A coefficient that follows from those of a term: Sunday's from the other weekdays', say.
public struct DerivedCoefficient: Sendable, Equatable {
  /// The name it is reported under.
  public let name: String
  /// The weight of each of the term's columns, in order.
  public let weights: [Double]

  /// The sum of the term's coefficients with these weights, one a column.
  public init(name: String, weights: [Double]) {
    self.name = name
    self.weights = weights
  }
}
