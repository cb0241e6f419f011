/// One regressor: a name and a value for each period of a frame.
public struct RegressionColumn: Sendable, Equatable {
  /// The name its coefficient is reported under.
  public let name: String
  /// One value a period; NaN where none is known, which is an error only where the period is needed.
  public let values: [Double]

  /// A regressor with a name and its values.
  public init(name: String, values: [Double]) {
    self.name = name
    self.values = values
  }
}
