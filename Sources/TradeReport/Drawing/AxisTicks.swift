/// The labelled values of an axis: multiples of 1, 2 or 5 times a power of ten that cover a range.
///
/// The steps are those of P. S. Heckbert, "Nice numbers for graph labels", Graphics Gems (1990), pp. 61–63, chosen so
/// that there are at most as many intervals as wanted.
struct AxisTicks: Equatable {
  /// The ticks in rising order, at least two. The first is not above the range, the last not below it.
  let values: [Double]
  /// The power of ten of the step, which says how many places a label needs.
  let power: Int

  /// Ticks for `lower...upper` with at most `intervals` (2 or more) steps between them.
  ///
  /// The ends may come in either order. A range without extent is widened to hold zero (0…1 if it is zero itself),
  /// ends that are not finite give 0…1. Beyond 10^±300 the ticks are the two ends themselves.
  init(covering lower: Double, _ upper: Double, intervals: Int) {
    var (low, high) = lower.isFinite && upper.isFinite ? (min(lower, upper), max(lower, upper)) : (0, 1)
    if low == high { (low, high) = low == 0 ? (0, 1) : (min(low, 0), max(high, 0)) }
    let wanted = Double(max(2, intervals))
    // Two quotients, because the width of a huge range would overflow.
    let start = DecimalDigits(high / wanted - low / wanted)?.magnitude ?? 0
    guard (-300...300).contains(start) else {
      self.init(values: [low, high], power: DecimalDigits(max(-low, high))?.magnitude ?? 0)
      return
    }
    // The first step that is wide enough may need one interval more, because its multiples do not begin at the
    // range's end; then the next step serves.
    for power in start...(start + 2) {
      for factor in [1, 2, 5] {
        guard let counts = Self.counts(low, high, factor, power), Double(counts.count - 1) <= wanted else {
          continue
        }
        self.init(values: counts.map { Self.value($0, factor, power) }, power: power)
        return
      }
    }
    // Only a range far narrower than its distance from zero comes here (1e16 to 1e16 + 2).
    self.init(covering: min(low, 0), max(high, 0), intervals: intervals)
  }

  private init(values: [Double], power: Int) {
    self.values = values
    self.power = power
  }

  /// The multiples of factor × 10^power that cover the range, or nil if they are too large to count exactly.
  private static func counts(_ low: Double, _ high: Double, _ factor: Int, _ power: Int) -> ClosedRange<Int>?
  {
    let unit = Double("1e\(power.magnitude)") ?? 1
    let ends = [low, high].map { (power < 0 ? $0 * unit : $0 / unit) / Double(factor) }
    guard ends.allSatisfy({ $0.magnitude < 1e14 }) else { return nil }
    var (first, last) = (Int(ends[0].rounded(.down)), Int(ends[1].rounded(.up)))
    // The division is rounded, so each end is checked against the values that will be drawn.
    if value(first, factor, power) > low { first -= 1 }
    if value(first + 1, factor, power) <= low { first += 1 }
    if value(last, factor, power) < high { last += 1 }
    if last - 1 > first, value(last - 1, factor, power) >= high { last -= 1 }
    return first...max(last, first + 1)
  }

  /// count × factor × 10^power, rounded once, so that three tenths are 0.3 and not 0.30000000000000004.
  private static func value(_ count: Int, _ factor: Int, _ power: Int) -> Double {
    Double("\(count * factor)e\(power)") ?? 0
  }
}
