import RealModule

// Step 7, and the final trend D12.
extension X11Engine {
  enum Part { case b, c, d }

  /// Henderson trend of the adjusted series, its length fixed or chosen by I/C.
  mutating func hendersonTrend(_ part: Part) {
    let base = henderson(period + 1)
    let inside = base.half..<(count - base.half)
    base.applyCentral(adjusted, inside, into: &trend)
    choices.noiseToTrend = noiseToTrend(within: inside)
    let length = trendLength(part, perMonth: choices.noiseToTrend * 12 / Double(period))
    choices.trendLength = length
    let (filter, ends) = (henderson(length), shortEnds(length))
    filter.smooth(adjusted, isInsideDone: length == base.length, shortEnds: ends, into: &trend)
  }

  /// Ī/C̄: mean absolute change of what the trend leaves over, by that of the trend, over the observations.
  /// 999 where the trend does not move.
  private func noiseToTrend(within inside: Range<Int>) -> Double {
    let end = min(inside.upperBound, observed.upperBound - inside.lowerBound)
    let (values, slow) = (adjusted.span, trend.span)
    var (noise, movement) = (0.0, 0.0)
    var i = inside.lowerBound
    if usesRatios {
      var previous = values[i] / slow[i]
      while i + 1 < end {
        let next = values[i + 1] / slow[i + 1]
        movement += abs(slow[i + 1] - slow[i]) / slow[i]
        noise += abs(next - previous) / previous
        previous = next
        i += 1
      }
    } else {
      var previous = values[i] - slow[i]
      while i + 1 < end {
        let next = values[i + 1] - slow[i + 1]
        movement += abs(slow[i + 1] - slow[i])
        noise += abs(next - previous)
        previous = next
        i += 1
      }
    }
    return movement == 0 ? 999 : noise / movement
  }

  private func trendLength(_ part: Part, perMonth ratio: Double) -> Int {
    if case .terms(let length) = x11.trendFilter { return length }
    let base = period + 1
    if ratio < 1 { return period == 12 ? 9 : base }
    if ratio < 3.5 || part == .b { return base }
    return period == 12 ? 23 : 7
  }

  /// X-11 has no end weights for 7 terms: it shortens the average to 5, and takes the weights of these.
  mutating func shortEnds(_ length: Int) -> HendersonFilter? {
    length == 7 && !x11.keepsSevenTermEnds ? henderson(5, noiseRatio: 0.001) : nil
  }

  /// The filter of a length, with the I/C that X-11 gives its ends: 1 up to 9 terms, 3.5 up to 13, 4.5 beyond;
  /// quarterly 0.001 up to 5 terms, 4.5 beyond.
  ///
  /// X-13 carries the I/C of an automatic choice from one part to the next: where part B took 9 terms and part
  /// C takes 13, these get the ends of I/C = 1. As Ladiray and Quenneville describe it, and as JDemetra+ does,
  /// the ends here depend on the length alone.
  mutating func henderson(_ length: Int, noiseRatio: Double? = nil) -> HendersonFilter {
    let ratio =
      noiseRatio ?? (period == 4 ? (length <= 5 ? 0.001 : 4.5) : length <= 9 ? 1 : length <= 13 ? 3.5 : 4.5)
    let found = hendersons.first { $0.length == length && $0.noiseRatio == ratio }
    if let found { return found }
    let filter = HendersonFilter(length: length, noiseRatio: ratio)
    hendersons.append(filter)
    return filter
  }
}
