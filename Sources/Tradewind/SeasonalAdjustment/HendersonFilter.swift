/// A Henderson moving average with Musgrave's weights at the ends.
///
/// The central weights are those that keep a cubic unchanged and are smoothest among such averages. Near an
/// end they are replaced by weights that minimise the mean squared revision, supposing that the series
/// continues along a straight line of slope β with noise of variance σ²; all that enters is I/C, the ratio of
/// irregular to trend movement, by β²/σ² = 4/(π (I/C)²).
///
/// References: R. Henderson (1916), "Note on Graduation by Adjusted Average", Transactions of the Actuarial
/// Society of America 17:43–48. J. C. Musgrave (1964), "A Set of End Weights to End All End Weights", US
/// Bureau of the Census. M. Doherty (2001), "The Surrogate Henderson Filters in X-11", Australian and New
/// Zealand Journal of Statistics 43:385–392, whose closed form is used here.
struct HendersonFilter: Sendable {
  let length: Int
  /// I/C of the ends.
  let noiseRatio: Double
  /// Central weights from the middle outwards.
  let central: [Double]
  /// Row `p` (of `half`): weights for the value `p` places from an end, applied from the end inwards; its
  /// first half + 1 + p entries count. Rows lie one after the other, each `length` long.
  let ends: [Double]

  var half: Int { length / 2 }

  /// - Parameters:
  ///   - length: Odd, 3 or more.
  ///   - noiseRatio: I/C for the ends, above zero.
  init(length: Int, noiseRatio: Double) {
    self.length = length
    self.noiseRatio = noiseRatio
    central = Self.weights(length)
    let half = length / 2
    let slope = 4 / (noiseRatio * noiseRatio * Double.pi)
    var ends = [Double](repeating: 0, count: half * length)
    for place in 0..<half {
      // The average sees m points; the last point is number m, its farthest is number 1.
      let m = half + 1 + place
      let (size, middle) = (Double(m), Double(m + 1) / 2)
      var (missing, moment) = (0.0, 0.0)
      for j in (m + 1)...length {
        let weight = central[abs(j - 1 - half)]
        missing += weight
        moment += (Double(j) - middle) * weight
      }
      let spread = 1 + size * (size - 1) * (size + 1) / 12 * slope
      for i in 1...m {
        let tilt = (Double(i) - middle) * slope / spread
        ends[place * length + m - i] = central[abs(i - 1 - half)] + missing / size + moment * tilt
      }
    }
    self.ends = ends
  }

  /// The central weights by Henderson's closed form, from the middle outwards.
  static func weights(_ length: Int) -> [Double] {
    let half = length / 2
    let n = Double(half + 2)
    let (low, mid, high) = ((n - 1) * (n - 1), n * n, (n + 1) * (n + 1))
    let scale = 8 * n * (mid - 1) * (4 * mid - 1) * (4 * mid - 9) * (4 * mid - 25) / 315
    return (0...half).map { distance in
      let x = Double(distance * distance)
      return (low - x) * (mid - x) * (high - x) * (3 * mid - 16 - 11 * x) / scale
    }
  }

  /// Smooths positions `range` of `x`, which must reach half a length to either side, with the central weights.
  func applyCentral(_ x: [Double], _ range: Range<Int>, into y: inout [Double]) {
    let values = x.span
    let weights = central.span
    var smoothed = y.mutableSpan
    let half = half
    for i in range {
      var sum = weights[0] * values[i]
      var j = 1
      while j <= half {
        sum += weights[j] * (values[i &- j] + values[i &+ j])
        j &+= 1
      }
      smoothed[i] = sum
    }
  }

  /// Smooths the first and last half length of `x` with the end weights.
  func applyEnds(_ x: [Double], into y: inout [Double]) {
    let values = x.span
    let weights = ends.span
    var smoothed = y.mutableSpan
    let last = x.count - 1
    for place in 0..<half {
      var (left, right) = (0.0, 0.0)
      for j in 0...(half + place) {
        let weight = weights[place * length + j]
        left += weight * values[j]
        right += weight * values[last - j]
      }
      smoothed[place] = left
      smoothed[last - place] = right
    }
  }

  /// Smooths all of `x`; with `shortEnds`, the places that the central weights do not reach get that filter.
  func smooth(_ x: [Double], isInsideDone: Bool, shortEnds: HendersonFilter?, into y: inout [Double]) {
    if !isInsideDone { applyCentral(x, half..<(x.count - half), into: &y) }
    guard let shortEnds else { return applyEnds(x, into: &y) }
    let reach = shortEnds.half
    shortEnds.applyCentral(x, reach..<half, into: &y)
    shortEnds.applyCentral(x, (x.count - half)..<(x.count - reach), into: &y)
    shortEnds.applyEnds(x, into: &y)
  }
}
