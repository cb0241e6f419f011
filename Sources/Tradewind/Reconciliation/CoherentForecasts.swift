/// Forecasts of all nodes of a hierarchy that add up.
public struct CoherentForecasts: Sendable {
  /// A published sum that its parts do not add up to.
  public struct Gap: Sendable, Equatable {
    /// The sum's name.
    public let node: String
    /// The period in which sum and parts are furthest apart.
    public let period: Period
    /// What was published.
    public let published: Double
    /// What its parts add up to.
    public let added: Double

    /// The largest gap, if it is more than rounding (a millionth of the sum).
    init?(between series: TimeSeries, and sum: TimeSeries) {
      let count = min(series.count, sum.count)
      var widest: (index: Int, size: Double)?
      for (t, pair) in zip(series.values.suffix(count), sum.values.suffix(count)).enumerated() {
        let size = abs(pair.0 - pair.1)
        if size > 1e-6 * max(abs(pair.0), abs(pair.1)), size > widest?.size ?? 0 { widest = (t, size) }
      }
      guard let widest else { return nil }
      node = series.name
      period = series.end.advanced(by: widest.index - count + 1)
      published = series.values[series.count - count + widest.index]
      added = sum.values[sum.count - count + widest.index]
    }
  }

  /// One forecast a node, in the order of ``Hierarchy/names``.
  public let forecasts: [Forecast]
  /// The same before they were made coherent.
  public let base: [Forecast]
  /// The nodes' series: given, or added up.
  public let series: [TimeSeries]
  /// How much the errors' correlations were shrunk, 0…1; nil for methods that do not.
  public let shrinkage: Double?
  /// Published sums that their parts do not add up to, in the order of the nodes.
  public let gaps: [Gap]
}

/// Why a hierarchy cannot be forecast.
public enum HierarchyForecastError: Error, Sendable, Equatable {
  /// A bottom node has no series.
  case noSeries(node: String)
  /// Two series have the same name.
  case twice(node: String)
  /// Series end with different periods, or have seasons of different lengths.
  case differentEnds(String, Period, String, Period)
  /// The model cannot be fitted to a node.
  case model(node: String, ForecastError)
  /// The forecasts cannot be made coherent.
  case reconciliation(ReconciliationError)
}

extension HierarchyForecastError: CustomStringConvertible {
  /// One sentence with names in it.
  public var description: String {
    switch self {
    case .noSeries(let node): "there is no series '\(node)', which the hierarchy adds up"
    case .twice(let node): "there are two series '\(node)'"
    case .differentEnds(let one, let end, let other, let otherEnd):
      "'\(one)' ends with \(end) and '\(other)' with \(otherEnd); all series of a hierarchy end together and have one season"
    case .model(let node, let error): "\(node): \(error)"
    case .reconciliation(let error): "\(error)"
    }
  }
}
