/// The STL procedure on plain arrays: all buffers are allocated once, the passes allocate nothing.
///
/// Letters of the paper: Y observed, T trend, S seasonal, C the smoothed cycle-subseries (one year longer at
/// each end), L their low-pass, ρ the robustness weights; n observations, period p.
///
/// Reference: Cleveland, Cleveland, McRae and Terpenning (1990), §2.2–2.4.
struct STLKernel {
  /// S at every position, also where nothing was observed.
  private(set) var seasonal: [Double]
  /// T at every position.
  private(set) var trend: [Double]
  /// ρ of the observed positions, in their order.
  var weights: [Double] { observed.weights }

  private let period: Int
  private let seasonalSmoother: Loess
  private let trendSmoother: Loess
  private let lowPassSmoother: Loess
  private let count: Int

  /// Y where it is observed.
  private let values: [Double]
  /// The observed points in time: Y − S, with ρ.
  private var observed: LoessPoints
  /// The observed points ordered by season, their positions counting years from 1: Y − T, with ρ.
  private var subseries: LoessPoints
  /// For each point of `subseries` its index in `observed`, and where each season begins in it.
  private let subseriesOrder: [Int]
  private let subseriesStarts: [Int]
  /// C: `period` values before the first position, n, and as many after the last.
  private var cycle: [Double]
  /// C while it is averaged; at other times the smooth of one season.
  private var averaged: LoessPoints
  private var lowPass: [Double]
  private var sorted: [Double]

  /// `observations` are finite or NaN (missing), and every one of the `period` seasons is observed at least
  /// once.
  init(
    _ observations: [Double], period: Int, seasonalSmoother: Loess, trendSmoother: Loess,
    lowPassSmoother: Loess
  ) {
    self.period = period
    self.seasonalSmoother = seasonalSmoother
    self.trendSmoother = trendSmoother
    self.lowPassSmoother = lowPassSmoother
    count = observations.count

    let known = observations.indices.filter { !observations[$0].isNaN }
    var (order, years, starts) = ([Int](), [Int](), [0])
    for season in 0..<period {
      for (j, i) in known.enumerated() where i % period == season {
        order.append(j)
        years.append(i / period + 1)
      }
      starts.append(order.count)
    }
    values = known.map { observations[$0] }
    observed = LoessPoints(positions: known.map { $0 + 1 })
    subseries = LoessPoints(positions: years)
    (subseriesOrder, subseriesStarts) = (order, starts)
    averaged = LoessPoints(positions: Array(1...(count + 2 * period)))
    cycle = averaged.values
    seasonal = [Double](repeating: 0, count: count)
    (trend, lowPass, sorted) = (seasonal, seasonal, values)
  }

  /// `inner` passes over seasonal and trend, then `outer` times new robustness weights and as many passes
  /// again. The weights left at the end are those the last fit used.
  mutating func run(inner: Int, outer: Int, exactMedian: Bool) {
    for round in 0...outer {
      if round > 0 { updateWeights(exactMedian: exactMedian) }
      for _ in 0..<inner { updateComponents() }
    }
  }

  /// One pass of the inner loop, steps 1 to 6 of §2.3.
  private mutating func updateComponents() {
    smoothCycleSubseries()
    filterCycle()
    for i in 0..<count { seasonal[i] = cycle[period + i] - lowPass[i] }
    for j in 0..<values.count { observed.values[j] = values[j] - seasonal[observed.positions[j] - 1] }
    trendSmoother.smooth(observed, 0..<values.count, count: count, into: &trend, at: 0)
  }

  /// Steps 1 and 2: each season's detrended values are smoothed over the years and continued by one year at
  /// both ends. An end year without weight repeats its neighbour.
  private mutating func smoothCycleSubseries() {
    for j in 0..<subseriesOrder.count {
      let k = subseriesOrder[j]
      subseries.values[j] = values[k] - trend[observed.positions[k] - 1]
      subseries.weights[j] = observed.weights[k]
    }
    let smoother = seasonalSmoother
    for season in 0..<period {
      let range = subseriesStarts[season]..<subseriesStarts[season + 1]
      let years = (count - season + period - 1) / period
      smoother.smooth(subseries, range, count: years, into: &averaged.values, at: 1)
      averaged.values[0] = smoother.extrapolate(subseries, range, to: 0) ?? averaged.values[1]
      averaged.values[years + 1] =
        smoother.extrapolate(subseries, range, to: years + 1) ?? averaged.values[years]
      for year in 0..<(years + 2) { cycle[year * period + season] = averaged.values[year] }
    }
  }

  /// Step 3: the cycle's moving averages of lengths p, p and 3, which leave n positions, then loess.
  private mutating func filterCycle() {
    for i in 0..<cycle.count { averaged.values[i] = cycle[i] }
    Self.movingAverage(&averaged.values, count: count + 2 * period, length: period)
    Self.movingAverage(&averaged.values, count: count + period + 1, length: period)
    Self.movingAverage(&averaged.values, count: count + 2, length: 3)
    lowPassSmoother.smooth(averaged, 0..<count, count: count, into: &lowPass, at: 0)
  }

  /// Replaces the first `count` numbers by their `count` − `length` + 1 moving averages.
  private static func movingAverage(_ x: inout [Double], count: Int, length: Int) {
    var sum = 0.0
    for i in 0..<(length - 1) { sum += x[i] }
    for i in 0..<(count - length + 1) {
      sum += x[i + length - 1]
      let leaving = x[i]
      x[i] = sum / Double(length)
      sum -= leaving
    }
  }

  /// Bisquare weights of the remainders, §2.4: zero beyond six times the median absolute remainder.
  private mutating func updateWeights(exactMedian: Bool) {
    let n = values.count
    for j in 0..<n {
      let i = observed.positions[j] - 1
      sorted[j] = abs(values[j] - trend[i] - seasonal[i])
      observed.weights[j] = sorted[j]
    }
    let (lower, upper) = ((n - 1) / 2, n / 2)
    if exactMedian {
      placeOrderStatistics(lower, upper, in: &sorted)
    } else {
      placeOrderStatistics(upper, lower, in: &sorted)
    }
    let limit = 3 * (sorted[lower] + sorted[upper])
    for j in 0..<n {
      let r = observed.weights[j]
      if r <= 0.001 * limit {
        observed.weights[j] = 1
      } else if r <= 0.999 * limit {
        let u = r / limit
        let v = 1 - u * u
        observed.weights[j] = v * v
      } else {
        observed.weights[j] = 0
      }
    }
  }
}
