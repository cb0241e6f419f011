import RealModule

// Steps D9 to D13.
extension X11Engine {
  /// The global moving seasonality ratio decides for every season whose filter is automatic.
  ///
  /// 2.5 or less: 3 × 3; 3.5 to 5.5: 3 × 5; 6.5 or more: 3 × 9. In between, the last year is left out and the
  /// ratio computed again, as long as five years remain; after that 3 × 5. Only whole calendar years count at the
  /// end. At exactly 2.5 and 5.5 JDemetra+ leaves a year out; X-13 and we take 3 × 3 and 3 × 5.
  mutating func chooseSeasonalFilters() {
    if filters.contains(.automatic) {
      var end = observed.upperBound - (observed.upperBound + phase) % period
      var chosen: X11SeasonalFilter?
      while chosen == nil, end >= 5 * period {
        movingSeasonality(0..<end)
        choices.globalRatios.append(choices.movingSeasonality.global)
        switch choices.movingSeasonality.global {
        case ...2.5: chosen = .s3x3
        case 6.5...: chosen = .s3x9
        case 3.5...5.5: chosen = .s3x5
        default: end -= period
        }
      }
      for season in 0..<period where filters[season] == .automatic { filters[season] = chosen ?? .s3x5 }
    }
    movingSeasonality(0..<observed.upperBound)
    // What was applied: X-11 has no moving season for less than five years.
    let isShort = count < 5 * period
    choices.seasonalFilters = filters.map { isShort ? .stable : $0.resolved(at: .second) }
  }

  private mutating func movingSeasonality(_ range: Range<Int>) {
    choices.movingSeasonality.compute(
      ratios, range, period: period, phase: phase, mode: x11.mode, years: &years, smoothed: &smoothed)
  }

  /// D10 to D13: from the factors of the modified series to the components of the series itself.
  mutating func finalComponents() throws(X11Error) {
    // The trend is that of the series without extremes (D1) and without season.
    if isPseudoAdditive {
      for i in whole { adjusted[i] = modified[i] - trend[i] * (seasonal[i] - 1) }
    } else {
      X11Arithmetic.remove(modified, seasonal, byDivision: usesRatios, whole, into: &adjusted)
    }
    continueSeasonal()
    hendersonTrend(.d)
    if x11.mode == .logAdditive { takeExponentials() }
    if x11.mode.givesFactors { try positive(.d12) }
    if isPseudoAdditive {
      for i in whole { adjusted[i] = series[i] - trend[i] * (seasonal[i] - 1) }
    } else {
      X11Arithmetic.remove(series, seasonal, byDivision: x11.mode.givesFactors, whole, into: &adjusted)
    }
    X11Arithmetic.remove(adjusted, trend, byDivision: x11.mode.givesFactors, whole, into: &irregular)
  }

  /// Seasonal factors of the year after the extended series: each is the last one of its season and half the
  /// step to it from the year before.
  private mutating func continueSeasonal() {
    for offset in 0..<period {
      let last = seasonal[count - period + offset]
      seasonalNext[offset] = last + 0.5 * (last - seasonal[count - 2 * period + offset])
    }
  }

  /// From logs to the scale of the series. The exponential of a mean of logs lies below the mean: the trend is
  /// raised by the irregular's share of that, exp(σ²/2), and by the smoothed seasonal factors for the season's.
  ///
  /// Reference: Y. Thompson and T. Ozaki (1992), "Transformation Bias in Estimates from the Log-Additive
  /// Decomposition", US Bureau of the Census, as X-13 has it: σ² is the mean square of table C13.
  private mutating func takeExponentials() {
    var sum = 0.0
    for i in whole { sum += irregular[i] * irregular[i] }
    let bias = Double.exp(sum / Double(2 * count))
    for i in whole {
      seasonal[i] = Double.exp(seasonal[i])
      trend[i] = Double.exp(trend[i])
    }
    for offset in 0..<period { seasonalNext[offset] = Double.exp(seasonalNext[offset]) }
    let (filter, ends) = (henderson(2 * period - 1, noiseRatio: 4.5), shortEnds(2 * period - 1))
    filter.smooth(seasonal, isInsideDone: false, shortEnds: ends, into: &level)
    for i in whole { trend[i] *= bias * level[i] }
  }

  /// Sees to it that a trend which factors refer to is above zero everywhere.
  mutating func positive(_ table: X11Table) throws(X11Error) {
    guard X11Arithmetic.makePositive(&trend, observed: observed) else {
      throw .trendNotPositive(table: table, period: start)
    }
  }
}
