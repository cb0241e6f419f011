/// Loess on whole-numbered positions: the local regression that STL is built from.
///
/// The value at a position is that of a polynomial of degree 0 or 1 fitted to the `window` nearest observed
/// points, weighted by the tricube of their distance and by a robustness weight each. Positions without an
/// observation are left out of the points and may still be evaluated.
///
/// Reference: W. S. Cleveland (1979), "Robust Locally Weighted Regression and Smoothing Scatterplots",
/// Journal of the American Statistical Association 74:829–836, DOI 10.1080/01621459.1979.10481038; R. B.
/// Cleveland, W. S. Cleveland, J. E. McRae and I. Terpenning (1990), Journal of Official Statistics 6:3–73,
/// §2.1 and §4.
struct Loess: Sendable, Hashable {
  /// How many of the nearest points take part; odd, at least 3.
  let window: Int
  /// 0 fits a local mean, 1 a local line.
  let degree: Int
  /// The fit is made at every `jump`-th position and joined by straight lines in between.
  let jump: Int

  init(window: Int, degree: Int, jump: Int) {
    // The upper bound changes no result, for a window that wide has equal weights; it keeps sums from
    // overflowing.
    self.window = Self.odd(min(max(window, 3), 1 << 32))
    self.degree = degree
    self.jump = max(jump, 1)
  }

  /// The smallest odd number not below `n`.
  static func odd(_ n: Int) -> Int { n % 2 == 0 ? n + 1 : n }

  /// Writes the smooth at positions 1…`count` of the points in `range`, which holds at least one, to
  /// `output[offset...]`.
  ///
  /// Where a neighbourhood has no weight, the observation itself is taken or, where there is none, the
  /// neighbourhood's plain mean.
  func smooth(
    _ points: LoessPoints, _ range: Range<Int>, count: Int, into output: inout [Double], at offset: Int
  ) {
    let positions = points.positions.span.extracting(range)
    let values = points.values.span.extracting(range)
    let weights = points.weights.span.extracting(range)
    var output = output.mutableSpan
    guard count > 1 else {
      output[offset] = values[0]
      return
    }
    let step = min(jump, count - 1)
    var left = 0
    var x = 1
    var value = valueOrObservation(at: x, positions, values, weights, left: left)
    output[offset] = value
    while x < count {
      // The last position is always fitted, whatever the step.
      let next = min(x + step, count)
      left = slide(positions, from: left, to: next)
      let nextValue = valueOrObservation(at: next, positions, values, weights, left: left)
      let slope = (nextValue - value) / Double(next - x)
      for i in (x + 1)..<next { output[offset + i - 1] = value + slope * Double(i - x) }
      output[offset + next - 1] = nextValue
      (x, value) = (next, nextValue)
    }
  }

  /// The smooth at one position `x` beyond the points in `range`, or nil where their weights are all zero.
  func extrapolate(_ points: LoessPoints, _ range: Range<Int>, to x: Int) -> Double? {
    let positions = points.positions.span.extracting(range)
    return value(
      at: x, positions, points.values.span.extracting(range), points.weights.span.extracting(range),
      left: slide(positions, from: 0, to: x))
  }

  /// The first index of the `window` points nearest to `x`, found by moving right from an earlier one.
  private func slide(_ positions: Span<Int>, from start: Int, to x: Int) -> Int {
    var left = start
    var right = left + window
    while right < positions.count && positions[right] - x < x - positions[left] {
      left += 1
      right += 1
    }
    return left
  }

  private func valueOrObservation(
    at x: Int, _ positions: Span<Int>, _ values: Span<Double>, _ weights: Span<Double>, left: Int
  ) -> Double {
    if let fit = value(at: x, positions, values, weights, left: left) { return fit }
    var sum = 0.0
    let right = min(left + window, positions.count)
    for j in left..<right {
      if positions[j] == x { return values[j] }
      sum += values[j]
    }
    return sum / Double(right - left)
  }

  /// The local fit at `x` from the points `left ..< left + window`, or nil where all their weights are zero.
  private func value(
    at x: Int, _ positions: Span<Int>, _ values: Span<Double>, _ weights: Span<Double>, left: Int
  ) -> Double? {
    let right = min(left + window, positions.count)
    // A window wider than the data widens the bandwidth by half of what is lacking, as the authors' program
    // does; the paper (§2.1) multiplies it instead. Both flatten the weights.
    let farthest = max(abs(x - positions[left]), abs(positions[right - 1] - x))
    let bandwidth = Double(farthest + max(window - positions.count, 0) / 2)
    let (near, far, inverse) = (0.001 * bandwidth, 0.999 * bandwidth, 1 / bandwidth)

    // Moments about x of the distance d and of the values, these taken from the first point's so that a high
    // level does not eat the digits.
    let base = values[left]
    var (s0, s1, s2, t0, t1) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for j in left..<right {
      let d = Double(positions[j] - x)
      let r = abs(d)
      if r > far { continue }
      var w = weights[j]
      if r > near {
        let u = r * inverse
        let v = 1 - u * u * u
        w *= v * v * v
      }
      let y = values[j] - base
      s0 += w
      s1 += w * d
      s2 += w * d * d
      t0 += w * y
      t1 += w * d * y
    }
    guard s0 > 0 else { return nil }
    let (meanDistance, mean) = (s1 / s0, t0 / s0)
    if degree == 0 { return base + mean }
    // A line needs spread: with nearly all weight on one point the local mean is taken (the authors'
    // threshold).
    let variance = s2 / s0 - meanDistance * meanDistance
    let smallest = 0.001 * Double(positions[positions.count - 1] - positions[0])
    guard variance > smallest * smallest else { return base + mean }
    let slope = (t1 / s0 - meanDistance * mean) / variance
    return base + mean - slope * meanDistance
  }
}

/// Observed points for loess: rising whole positions, and a value and a robustness weight each.
struct LoessPoints: Sendable {
  let positions: [Int]
  var values: [Double]
  var weights: [Double]

  init(positions: [Int]) {
    self.positions = positions
    values = [Double](repeating: 0, count: positions.count)
    weights = [Double](repeating: 1, count: positions.count)
  }
}
