/// The scale on which a regression is linear.
public enum RegressionTransform: String, Sendable, Hashable, Codable, CaseIterable {
  /// The values themselves.
  case none
  /// Their natural logarithms: effects are proportional, and a coefficient of 0.01 is about one per cent.
  case log
}
