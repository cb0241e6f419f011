/// The passes over a series that X-11 is made of. They allocate nothing; the caller owns every array.
enum X11Arithmetic {
  /// `a` without `b`: a / b, or a − b.
  static func remove(
    _ a: [Double], _ b: [Double], byDivision: Bool, _ range: Range<Int>, into result: inout [Double]
  ) {
    let (x, y) = (a.span, b.span)
    var z = result.mutableSpan
    if byDivision {
      for i in range { z[i] = x[i] / y[i] }
    } else {
      for i in range { z[i] = x[i] - y[i] }
    }
  }

  /// The mean over one year, centred: period + 1 values, those at the ends with half weight. `range` holds the
  /// values to average over; the result is known half a year inside it.
  static func centredYear(_ x: [Double], _ range: Range<Int>, period: Int, into result: inout [Double]) {
    let values = x.span
    var averages = result.mutableSpan
    let half = period / 2
    guard range.count > 2 * half else { return }
    let scale = 1 / Double(2 * period)
    var earlier = 0.0
    for j in range.lowerBound..<(range.lowerBound + period) { earlier += values[j] }
    for i in (range.lowerBound + half)..<(range.upperBound - half) {
      // Summed afresh each time: a running total would carry the rounding of a large value along.
      var later = 0.0
      var j = i &- half &+ 1
      while j <= i &+ half {
        later += values[j]
        j &+= 1
      }
      averages[i] = (earlier + later) * scale
      earlier = later
    }
  }

  /// Continues `seasonal` beyond `known` to the whole array by repeating its first and last year.
  static func repeatYears(_ seasonal: inout [Double], known: Range<Int>, period: Int) {
    var values = seasonal.mutableSpan
    var i = known.upperBound
    while i < values.count {
      values[i] = values[i - period]
      i += 1
    }
    i = known.lowerBound - 1
    while i >= 0 {
      values[i] = values[i + period]
      i -= 1
    }
  }

  /// Replaces what is not above zero by the mean of its nearest neighbours that are, looked for in `observed`,
  /// or by the one there is. Whether all values are now above zero.
  static func makePositive(_ trend: inout [Double], observed: Range<Int>) -> Bool {
    for i in trend.indices where !(trend[i] > 0) {
      var before = i - 1
      while before >= observed.lowerBound, !(trend[before] > 0) { before -= 1 }
      var after = i + 1
      while after < observed.upperBound, !(trend[after] > 0) { after += 1 }
      let hasBefore = before >= observed.lowerBound
      let hasAfter = after < observed.upperBound
      switch (hasBefore, hasAfter) {
      case (true, true): trend[i] = (trend[after] + trend[before]) / 2
      case (true, false): trend[i] = trend[before]
      case (false, true): trend[i] = trend[after]
      case (false, false): return false
      }
    }
    return true
  }
}
