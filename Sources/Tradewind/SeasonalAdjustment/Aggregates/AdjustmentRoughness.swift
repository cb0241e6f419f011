/// How rough an adjusted series is: what tells a direct from an indirect adjustment of the same total.
///
/// Both are those of X-13's `composite` output, where R2 takes its trend from the adjusted series without extremes;
/// here it is the adjusted series as it is, so that R2 needs nothing but the series.
///
/// Reference: E. B. Dagum (1979), "On the Seasonal Adjustment of Economic Time Series Aggregates: A Case Study of the Unemployment
/// Rate", in Counting the Labor Force, National Commission on Employment and Unemployment Statistics.
public struct AdjustmentRoughness: Sendable, Hashable {
  /// R1: mean square of the changes from period to period, in the square of the unit.
  public let changes: Double
  /// R2: variance of what a Henderson trend of 13 terms (quarterly 5) leaves, as factors about 1 where the adjustment is
  /// by factors and both stay above zero, else in the square of the unit.
  public let remainder: Double

  /// The roughness of the positions `range` of an adjusted series; nil where they are fewer than two, or the series is shorter than
  /// the trend's filter.
  init?(_ adjusted: [Double], _ range: Range<Int>, period: Int, usesFactors: Bool) {
    let filter =
      period == 4
      ? HendersonFilter(length: 5, noiseRatio: 0.001) : HendersonFilter(length: 13, noiseRatio: 3.5)
    guard range.count > 1, adjusted.count > filter.length else { return nil }
    var sum = 0.0
    for t in range.dropFirst() { sum += (adjusted[t] - adjusted[t - 1]) * (adjusted[t] - adjusted[t - 1]) }
    changes = sum / Double(range.count - 1)
    var trend = adjusted
    filter.smooth(adjusted, isInsideDone: false, shortEnds: nil, into: &trend)
    let byFactors = usesFactors && range.allSatisfy { adjusted[$0] > 0 && trend[$0] > 0 }
    let rest = range.map { byFactors ? adjusted[$0] / trend[$0] : adjusted[$0] - trend[$0] }
    let mean = rest.reduce(0, +) / Double(rest.count)
    remainder = rest.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rest.count)
  }

  /// By how many per cent of R1 and of R2 another adjustment is smoother than this one; negative where it is rougher, NaN where this one has no
  /// roughness at all.
  public func reduction(by other: AdjustmentRoughness) -> (changes: Double, remainder: Double) {
    (100 * (changes - other.changes) / changes, 100 * (remainder - other.remainder) / remainder)
  }
}
