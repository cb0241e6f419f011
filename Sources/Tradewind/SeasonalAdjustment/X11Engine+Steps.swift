import RealModule

// The steps that parts B, C and D have in common.
extension X11Engine {
  var usesRatios: Bool { x11.mode.usesRatios }
  var isPseudoAdditive: Bool { x11.mode == .pseudoAdditive }
  var whole: Range<Int> { 0..<count }
  /// Where the first trend is known: half a year is lost at each end.
  var inner: Range<Int> { (period / 2)..<(count - period / 2) }
  /// The same for the observations alone.
  var insideObserved: Range<Int> {
    (observed.lowerBound + period / 2)..<(observed.upperBound - period / 2)
  }
  /// What the irregular varies about.
  var centre: Double { usesRatios ? 1 : 0 }

  /// Steps 2 and 3 (4 in parts C and D): first trend and the seasonal-irregular values by it.
  mutating func firstTrend(_ table: X11Table) throws(X11Error) {
    X11Arithmetic.centredYear(modified, whole, period: period, into: &trend)
    if isPseudoAdditive, let low = inner.first(where: { !(trend[$0] > 0) }) {
      throw .trendNotPositive(table: table, period: start.advanced(by: low))
    }
    X11Arithmetic.remove(modified, trend, byDivision: usesRatios, inner, into: &ratios)
  }

  /// Smooths the seasonal-irregular values of each season over the years, and centres the result over each year.
  mutating func seasonalFactors(_ range: Range<Int>, stage: X11SeasonalFilter.Stage) {
    // A season that moves cannot be told from the irregular in less than five years.
    let isShort = range.count < 5 * period
    for offset in 0..<period {
      let start = range.lowerBound + offset
      var found = 0
      for i in stride(from: start, to: range.upperBound, by: period) {
        years[found] = ratios[i]
        found += 1
      }
      let filter = filters[(start + phase) % period].resolved(at: stage)
      Self.smooth(years, found, isShort ? .stable : filter, into: &smoothed)
      found = 0
      for i in stride(from: start, to: range.upperBound, by: period) {
        seasonal[i] = smoothed[found]
        found += 1
      }
    }
    centre(range)
  }

  private static func smooth(
    _ years: [Double], _ count: Int, _ filter: X11SeasonalFilter, into smoothed: inout [Double]
  ) {
    switch filter {
    case .s3x1: SeasonalFilterWeights.s3x1.apply(years, count: count, into: &smoothed)
    case .s3x3: SeasonalFilterWeights.s3x3.apply(years, count: count, into: &smoothed)
    case .s3x5, .automatic, .x11Default:
      SeasonalFilterWeights.s3x5.apply(years, count: count, into: &smoothed)
    case .s3x9: SeasonalFilterWeights.s3x9.apply(years, count: count, into: &smoothed)
    case .s3x15 where count >= 20: SeasonalFilterWeights.s3x15.apply(years, count: count, into: &smoothed)
    case .s3x15, .stable:
      let mean = SeasonalFilterWeights.mean(years.span, count)
      for i in 0..<count { smoothed[i] = mean }
    }
  }

  /// Takes the mean over one year, centred, off the seasonal factors. For half a year at each end the nearest
  /// mean stands in, or with a stable season that of the same season of the nearest year.
  private mutating func centre(_ range: Range<Int>) {
    X11Arithmetic.centredYear(seasonal, range, period: period, into: &level)
    let half = period / 2
    let first = range.lowerBound + half
    let last = range.upperBound - 1 - half
    for distance in 1...half {
      level[first - distance] =
        isStable(at: first - distance) && first - distance + period <= last
        ? level[first - distance + period] : level[first]
      level[last + distance] =
        isStable(at: last + distance) && last + distance - period >= first
        ? level[last + distance - period] : level[last]
    }
    if usesRatios {
      for i in range { seasonal[i] /= level[i] }
    } else {
      for i in range { seasonal[i] -= level[i] }
    }
  }

  private func isStable(at position: Int) -> Bool {
    let filter = filters[(position + phase) % period]
    return filter == .stable || filter == .s3x15 && observed.count < 20 * period
  }

  /// Step 5: seasonal factors of the first trend's values, repeated where these are not known; and step 6, what
  /// remains of the series without them.
  mutating func firstAdjustment() throws(X11Error) {
    seasonalFactors(inner, stage: .first)
    X11Arithmetic.repeatYears(&seasonal, known: inner, period: period)
    guard isPseudoAdditive else {
      return X11Arithmetic.remove(modified, seasonal, byDivision: usesRatios, whole, into: &adjusted)
    }
    for i in whole {
      if inner.contains(i) {
        adjusted[i] = modified[i] - trend[i] * (seasonal[i] - 1)
      } else {
        // Without a trend to scale them the factors can only divide.
        guard seasonal[i] != 0 else { throw .zeroSeasonalFactor(period: start.advanced(by: i)) }
        adjusted[i] = modified[i] / seasonal[i]
      }
    }
  }

  /// Steps 10 to 13: the series B1 without the seasonal factors, and without the trend as well.
  mutating func secondAdjustment() {
    if isPseudoAdditive {
      for i in whole { adjusted[i] = b1[i] - trend[i] * (seasonal[i] - 1) }
    } else {
      X11Arithmetic.remove(b1, seasonal, byDivision: usesRatios, whole, into: &adjusted)
    }
    X11Arithmetic.remove(adjusted, trend, byDivision: usesRatios, whole, into: &irregular)
  }

  /// The irregular that seasonal factors leave of the seasonal-irregular values (steps 4 and 9 of part B).
  mutating func irregularOfRatios(_ range: Range<Int>) {
    if isPseudoAdditive {
      for i in range { irregular[i] = ratios[i] - seasonal[i] + 1 }
    } else {
      X11Arithmetic.remove(ratios, seasonal, byDivision: usesRatios, range, into: &irregular)
    }
  }

  /// Decides by Cochran's test, where asked to, how the irregular's variance is taken.
  mutating func decideRule(_ range: Range<Int>) {
    switch x11.calendarSigma {
    case .movingFiveYears: rule = .movingFiveYears
    case .bySeason: rule = .bySeason
    case .byGroup(let seasons): rule = .byGroup(seasons)
    case .bySeasonIfSignificant:
      let differ = CochranTest.rejectsEqualVariances(irregular, range, period: period, centre: centre)
      rule = differ ? .bySeason : .movingFiveYears
    }
  }

  /// Weights of the irregular over `range`, with standard deviations over `basis`.
  mutating func weighIrregular(_ range: Range<Int>, basis: Range<Int>) {
    ExtremeValueWeights(
      rule: rule, lower: x11.lowerSigma, upper: x11.upperSigma, period: period, phase: phase, centre: centre
    ).assign(irregular, range, basis: basis, into: &weights, excluded: &excluded)
  }

  /// Step 20: what the extremes have too much; and the series B1 without it.
  mutating func takeOffExtremes() {
    if usesRatios {
      for i in whole { extremes[i] = irregular[i] / (1 + weights[i] * (irregular[i] - 1)) }
    } else {
      for i in whole { extremes[i] = irregular[i] * (1 - weights[i]) }
    }
    if isPseudoAdditive {
      for i in whole { modified[i] = trend[i] * (seasonal[i] + (irregular[i] / extremes[i] - 1)) }
    } else {
      X11Arithmetic.remove(b1, extremes, byDivision: usesRatios, whole, into: &modified)
    }
  }
}
