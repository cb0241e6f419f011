import Foundation
import Measuring
import Tradewind

/// Series as monthly trade has them, drawn with a seed: what is known of them beforehand, and no series of a competition.
///
/// Half are sums of components (a level that wanders, a slope that is not there, constant or fading, a season that changes
/// slowly, noise), half are seasonal ARIMA models of the orders that official adjustment finds most often; four of five
/// multiply (they are drawn in logarithms). Then come outliers, and for every second series a shift of the level.
struct Population {
  private var random: Generator

  init(seed: UInt64) { random = Generator(state: seed) }

  /// 48 … 126 months to fit and `horizon` to forecast.
  mutating func next(_ name: String, horizon: Int) -> (train: TimeSeries, test: [Double]) {
    while true {
      let count = 48 + Int(random.uniform() * 79) + horizon
      let isLogarithmic = random.uniform() < 0.8
      // The noise's standard deviation as a part of the level: 0.5 … 15 %.
      let deviation = exp(log(0.005) + random.uniform() * log(30))
      var path = random.uniform() < 0.5 ? components(count, deviation) : arima(count, deviation)
      contaminate(&path, deviation)
      let values = path.map { 1000 * (isLogarithmic ? exp($0) : 1 + $0) }
      guard values.allSatisfy({ $0 > 1 && $0 < 1e9 }) else { continue }
      let series = TimeSeries(Array(values.dropLast(horizon)), start: .month(2010, 1), name: name)
      return (series, Array(values.suffix(horizon)))
    }
  }

  private mutating func pattern(_ deviation: Double) -> [Double] {
    guard random.uniform() < 0.6 else { return [Double](repeating: 0, count: 12) }
    let size = exp(log(0.02) + random.uniform() * log(10))
    let draws = (0..<12).map { _ in size * random.normal() }
    let mean = draws.reduce(0, +) / 12
    return draws.map { $0 - mean }
  }

  private mutating func components(_ count: Int, _ deviation: Double) -> [Double] {
    var season = pattern(deviation)
    let isSeasonal = season.contains { $0 != 0 }
    // Signal to noise of the level, squared: 10⁻⁴ … 2.
    let levelDeviation = deviation * exp(log(0.01) + random.uniform() * log(140))
    let kind = random.uniform()
    // About 5 % a year.
    var slope = kind < 0.34 ? 0 : 0.004 * random.normal()
    let fading = kind > 0.67 ? 0.85 + 0.13 * random.uniform() : 1
    let slopeDeviation = kind > 0.67 ? 0.2 * levelDeviation * random.uniform() : 0
    let seasonDeviation = isSeasonal ? deviation * 0.15 * random.uniform() : 0
    var level = 0.0
    return (0..<count).map { t in
      level += slope + levelDeviation * random.normal()
      slope = fading * slope + slopeDeviation * random.normal()
      season[t % 12] += seasonDeviation * random.normal()
      return level + season[t % 12] + deviation * random.normal()
    }
  }

  /// (0,1,1), (1,1,0), (1,0,0) with mean, or (0,1,1) with drift; beside it nothing, (0,1,1)₁₂, or a fixed pattern.
  private mutating func arima(_ count: Int, _ deviation: Double) -> [Double] {
    let burnIn = 60
    let total = count + burnIn
    let kind = random.uniform()
    let theta = kind < 0.6 || kind > 0.85 ? 0.1 + 0.8 * random.uniform() : 0
    let phi =
      kind < 0.6 || kind > 0.85
      ? 0 : kind < 0.7 ? 0.6 * (2 * random.uniform() - 1) : 0.4 + 0.55 * random.uniform()
    let isDifferenced = kind < 0.7 || kind > 0.85
    let drift = kind > 0.85 ? 0.004 * random.normal() : 0
    let fixed = pattern(deviation)
    let isSeasonal = fixed.contains { $0 != 0 } && random.uniform() < 0.5
    let seasonalTheta = 0.4 + 0.55 * random.uniform()
    let e = (0..<total).map { _ in deviation * random.normal() }
    var w = [Double](repeating: 0, count: total)
    for t in 0..<total {
      var value = e[t]
      if t > 0 { value += phi * w[t - 1] - theta * e[t - 1] }
      if isSeasonal, t >= 12 { value -= seasonalTheta * e[t - 12] }
      if isSeasonal, t >= 13 { value += theta * seasonalTheta * e[t - 13] }
      w[t] = value
    }
    if isSeasonal { for t in 12..<total { w[t] += w[t - 12] } }
    if isDifferenced { for t in 1..<total { w[t] += w[t - 1] + (isSeasonal ? 0 : drift) } }
    let first = w[burnIn]
    return (0..<count).map { (isDifferenced ? w[burnIn + $0] - first : w[burnIn + $0]) + fixed[$0 % 12] }
  }

  /// An outlier in a hundred months, and a shift of the level in every second series.
  private mutating func contaminate(_ path: inout [Double], _ deviation: Double) {
    for t in path.indices where random.uniform() < 0.01 { path[t] += 5 * deviation * random.normal() }
    guard random.uniform() < 0.5 else { return }
    let size = 4 * deviation * random.normal()
    let place = Int(random.uniform() * Double(path.count))
    for t in place..<path.count { path[t] += size }
  }
}
