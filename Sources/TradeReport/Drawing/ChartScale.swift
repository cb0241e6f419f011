/// A straight scale from values to pixels. What lies beyond its ends stands at them.
struct ChartScale {
  /// The values at the ends.
  let low: Double, high: Double
  /// Where they stand.
  let from: Double, to: Double

  /// A scale over the whole of some ticks.
  init(_ ticks: AxisTicks, from: Double, to: Double) {
    (low, high) = (ticks.values.first ?? 0, ticks.values.last ?? 1)
    (self.from, self.to) = (from, to)
  }

  /// The place of a value; of one that is missing, the scale's beginning.
  func callAsFunction(_ value: Double) -> Double {
    // Halves, because the extent of an axis from −1e308 to 1e308 is infinite.
    let share = (value / 2 - low / 2) / (high / 2 - low / 2)
    return from + (share.isFinite ? min(1, max(0, share)) : value > high ? 1 : 0) * (to - from)
  }
}

extension AxisTicks {
  /// Ticks over these values; they begin (or end) at zero unless all values lie far from it.
  init(covering values: some Sequence<Double>, intervals: Int, zero: Bool? = nil) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite { (low, high) = (min(low, value), max(high, value)) }
    if low > high { (low, high) = (0, 1) }
    if zero ?? (low > 0 && low < 0.6 * high), low > 0 { low = 0 }
    if zero ?? (high < 0 && high > 0.6 * low), high < 0 { high = 0 }
    self.init(covering: low, high, intervals: intervals)
  }

  /// The axis of forecasts: all points, ranges up to 2.5 times the largest of them, and zero unless all lies far from it.
  init(covering points: [Double], reaching bounds: [Double]) {
    let finite = points.filter(\.isFinite)
    var (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    let reach = 2.5 * min(max(-low, high), 1e307)
    for bound in bounds where bound.isFinite {
      let within = reach > 0 ? min(reach, max(-reach, bound)) : bound
      (low, high) = (min(low, within), max(high, within))
    }
    self.init(covering: [low, high], intervals: 6)
  }

  /// The text at a tick, in the unit of a format.
  func label(_ tick: Double, _ format: QuantityFormat) -> String {
    guard let digits = DecimalDigits(tick)?.shifted(by: format.shift) else { return "" }
    let places = max(0, -(power + format.shift))
    return places > 6 ? digits.powerText : digits.text(decimals: places, format.language)
  }
}
