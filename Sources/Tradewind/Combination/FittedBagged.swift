import TradewindNumerics

/// A ``Bagged`` model fitted to a series.
///
/// **The law** is the mixture, with equal weights, of the members' laws: draw a member, then a path of its. It holds what each member leaves open, and how far
/// the members lie apart, which is what form and parameters leave open: a step's variance is the mean of theirs and the variance of their means. Paths are drawn from
/// the members in turn, so that each has the same number of them, or one less. Months, intervals and totals come from these draws, and so does the median (R. J. Hyndman and
/// G. Athanasopoulos 2021, *Forecasting: Principles and Practice*, 3rd ed., §12.5). With one member all is as that says.
///
/// A member whose points are not finite somewhere in the horizon takes no part in it.
public struct FittedBagged<Base: FittedModel>: FittedModel {
  public let series: TimeSeries
  public let name: String
  /// How the members' points become one.
  public let centre: BaggingCentre
  /// The base model fitted to the series, and to each copy that it did not refuse.
  public let members: [Base]
  /// Why the others are left out, in their order.
  public let leftOut: [ForecastError]

  /// The base model's one-step forecasts within the series itself; those within its copies are of other values.
  public var fittedValues: [Double] { members[0].fittedValues }
  /// None: likelihoods of different series do not compare.
  public var informationCriteria: InformationCriteria? { nil }

  /// The mean or the median of the members' points; median, intervals and totals from draws.
  ///
  /// Points are those that the members give if nothing else is asked for. Without levels nothing is drawn, and the median is the point.
  public func forecast(_ request: ForecastRequest) -> Forecast {
    if members.count == 1 {
      var forecast = members[0].forecast(request)
      forecast.model = name
      return forecast
    }
    let points = present(request.horizon).map(\.points)
    let mean = (0..<request.horizon).map { h in
      let step = points.map { $0[h] }
      return centre == .median ? median(step) : step.reduce(0, +) / Double(step.count)
    }
    guard !request.levels.isEmpty else {
      return Forecast(of: series, model: name, mean: mean, joint: .pointsOnly, levels: [])
    }
    let paths = samplePaths(horizon: request.horizon, count: request.paths, seed: request.seed)
    return Forecast(of: series, model: name, mean: mean, paths: paths, levels: request.levels)
  }

  /// Draws of the coming periods: path 0 is one of the first member's, path 1 of the second's, and so on in turn.
  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    precondition(horizon >= 1 && count >= 1, "There is at least one path of one period.")
    if members.count == 1 { return members[0].samplePaths(horizon: horizon, count: count, seed: seed) }
    let places = present(horizon).map(\.place)
    let root = SeededGenerator(seed: seed)
    let parts = places.prefix(count).enumerated().map { turn, place in
      var generator = root.split(place)
      return members[place].samplePaths(
        horizon: horizon, count: (count - turn + places.count - 1) / places.count, seed: generator.next())
    }
    var values: [Double] = []
    values.reserveCapacity(horizon * count)
    for path in 0..<count {
      let first = path / parts.count * horizon
      values += parts[path % parts.count].values[first..<first + horizon]
    }
    return SamplePaths(values: values, horizon: horizon)
  }

  /// The members whose points are finite over the horizon, with these; all if there are none.
  private func present(_ horizon: Int) -> [(place: Int, points: [Double])] {
    let all = members.enumerated().map { place, member in
      (place: place, points: member.forecast(horizon: horizon, levels: []).mean)
    }
    let finite = all.filter { $0.points.allSatisfy(\.isFinite) }
    return finite.isEmpty ? all : finite
  }

  /// Every member takes in the observations; a copy's model that refuses them is left out from then on.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedBagged<Base> {
    var (later, reasons) = ([try members[0].updated(with: values)], leftOut)
    for member in members.dropFirst() {
      do throws(ForecastError) {
        later.append(try member.updated(with: values))
      } catch {
        reasons.append(error)
      }
    }
    return FittedBagged(
      series: try series.appending(values), name: name, centre: centre, members: later, leftOut: reasons)
  }
}
