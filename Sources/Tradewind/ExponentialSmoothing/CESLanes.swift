/// Numbers of some models side by side, or of one alone: all that the recursion needs of them.
protocol CESLanes: Sendable {
  init(repeating value: Double)
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
}

extension Double: CESLanes {
  init(repeating value: Double) { self = value }
}

extension SIMD4: CESLanes where Scalar == Double {}

/// Six lanes: a point of the full season and its four neighbours need five.
struct CESWideLanes: CESLanes {
  var low: SIMD4<Double>
  var high: SIMD2<Double>

  init(_ low: SIMD4<Double>, _ high: SIMD2<Double>) { (self.low, self.high) = (low, high) }

  @inline(__always)
  init(repeating value: Double) { self.init(SIMD4(repeating: value), SIMD2(repeating: value)) }

  @inline(__always)
  static func + (a: Self, b: Self) -> Self { Self(a.low + b.low, a.high + b.high) }
  @inline(__always)
  static func - (a: Self, b: Self) -> Self { Self(a.low - b.low, a.high - b.high) }
  @inline(__always)
  static func * (a: Self, b: Self) -> Self { Self(a.low * b.low, a.high * b.high) }
}

/// Sums of squares and products of the errors: of four points their squares, or of a point and its neighbours, one for each
/// coordinate, what the search needs.
struct CESSums {
  /// Σ e², or Σ r d: d is r, the point's error, followed by the first three neighbours' differences from it.
  var first = SIMD4<Double>.zero
  /// Σ dⱼ d for these neighbours, and for the fourth.
  var second = SIMD4<Double>.zero
  var third = SIMD4<Double>.zero
  var fourth = SIMD4<Double>.zero
  var fifth = SIMD4<Double>.zero
  /// The square of the fourth neighbour's difference.
  var last = 0.0

  @inline(__always)
  mutating func addSquares(_ e: SIMD4<Double>) { first += e * e }

  @inline(__always)
  mutating func addProducts(_ e: SIMD4<Double>, _ kind: CES.Seasonality) {
    let d = differences(e)
    first += d[0] * d
    second += d[1] * d
    third += d[2] * d
    if kind == .partial { fourth += d[3] * d }
  }

  @inline(__always)
  mutating func addProducts(_ e: CESWideLanes) {
    let d = differences(e.low)
    let d4 = e.high[0] - d[0]
    first += d[0] * d
    second += d[1] * d
    third += d[2] * d
    fourth += d[3] * d
    fifth += d4 * d
    last += d4 * d4
  }

  @inline(__always)
  private func differences(_ e: SIMD4<Double>) -> SIMD4<Double> {
    let r = e[0]
    return e - SIMD4(0, r, r, r)
  }
}
