/// How the components of a series combine to what is observed.
public enum DecompositionMode: String, Sendable, Hashable, Codable, CaseIterable {
  /// observed = trend + seasonal + remainder: the seasonal swing keeps its size, in the unit of the series.
  case additive
  /// observed = trend × seasonal × remainder: the swing grows with the level; seasonal and remainder are
  /// factors near 1.
  case multiplicative
}
