/// Weights of the seasonal moving averages and of their ends.
///
/// `ends[p]` is for the value `p` places from the end of the season's years, applied from the end inwards. A
/// value whose end weights reach beyond the other end gets the mean of all years.
///
/// Source: D. Ladiray and B. Quenneville (2001), Seasonal Adjustment with the X-11 Method, Lecture Notes in
/// Statistics 158, Springer, DOI 10.1007/978-1-4613-0175-2, chapter 3; for 3 × 1 and 3 × 15 the weights of
/// X-13ARIMA-SEATS. The printed end weights are rounded and may not sum to
/// one exactly: like X-13 we divide by their sum.
struct SeasonalFilterWeights: Sendable {
  /// From the middle outwards.
  let central: [Double]
  let ends: [[Double]]

  private init(years k: Int, ends: [[Double]]) {
    // 3 × k: weights 1, 2, 3 … 3, 2, 1 over 3k, seen from the middle. 3 × 1 is three equal weights.
    let half = (k + 1) / 2
    central = (0...half).map { distance in
      k == 1 ? 1.0 / 3 : Double(min(3, half + 1 - distance)) / Double(3 * k)
    }
    self.ends = ends.map { row in
      let sum = row.reduce(0, +)
      return row.map { $0 / sum }
    }
  }

  static let s3x1 = SeasonalFilterWeights(years: 1, ends: [[0.61, 0.39]])
  static let s3x3 = SeasonalFilterWeights(years: 3, ends: [[11, 11, 5], [7, 10, 7, 3]])
  static let s3x5 = SeasonalFilterWeights(
    years: 5, ends: [[17, 17, 17, 9], [15, 15, 15, 11, 4], [9, 13, 13, 13, 8, 4]])
  static let s3x9 = SeasonalFilterWeights(
    years: 9,
    ends: [
      [0.246, 0.221, 0.197, 0.173, 0.112, 0.051],
      [0.208, 0.192, 0.176, 0.160, 0.144, 0.092, 0.028],
      [0.173, 0.163, 0.154, 0.143, 0.133, 0.123, 0.079, 0.032],
      [0.141, 0.137, 0.132, 0.128, 0.123, 0.117, 0.113, 0.075, 0.034],
      [0.084, 0.120, 0.118, 0.117, 0.116, 0.114, 0.113, 0.111, 0.073, 0.034],
    ])
  static let s3x15 = SeasonalFilterWeights(
    years: 15,
    ends: [
      flat(0.16000, 5, [0.06667, 0.06667, 0.04444, 0.02222]),
      flat(0.14667, 5, [0.06667, 0.06667, 0.06667, 0.04444, 0.02220]),
      flat(0.13333, 5, [0.06667, 0.06667, 0.06667, 0.06667, 0.04444, 0.02223]),
      flat(0.12000, 5, flat(0.06667, 5, [0.04444, 0.02221])),
      flat(0.10667, 5, flat(0.06667, 6, [0.04444, 0.02219])),
      flat(0.09333, 5, flat(0.06667, 7, [0.04444, 0.02222])),
      flat(0.08000, 5, flat(0.06667, 8, [0.04444, 0.02220])),
      [0.04889] + flat(0.07111, 4, flat(0.06667, 9, [0.04444, 0.02220])),
    ])

  private static func flat(_ value: Double, _ count: Int, _ rest: [Double]) -> [Double] {
    Array(repeating: value, count: count) + rest
  }

  /// Smooths the first `count` of `x` into `y`.
  func apply(_ x: [Double], count: Int, into y: inout [Double]) {
    let values = x.span
    var smoothed = y.mutableSpan
    let weights = central.span
    let half = central.count - 1
    var i = half
    while i < count - half {
      var sum = weights[0] * values[i]
      for j in 1...half { sum += weights[j] * (values[i - j] + values[i + j]) }
      smoothed[i] = sum
      i &+= 1
    }
    var mean = Double.nan
    for (place, row) in ends.enumerated() {
      let mirrored = count - 1 - place
      if place > mirrored { break }
      if row.count > count {
        if mean.isNaN { mean = Self.mean(values, count) }
        smoothed[place] = mean
        smoothed[mirrored] = mean
        continue
      }
      var (left, right) = (0.0, 0.0)
      for (j, weight) in row.enumerated() {
        left += weight * values[j]
        right += weight * values[count - 1 - j]
      }
      // Where both meet in the middle of a short season, the weights from the beginning count.
      smoothed[mirrored] = right
      smoothed[place] = left
    }
  }

  static func mean(_ values: Span<Double>, _ count: Int) -> Double {
    var sum = 0.0
    for i in 0..<count { sum += values[i] }
    return sum / Double(count)
  }
}
