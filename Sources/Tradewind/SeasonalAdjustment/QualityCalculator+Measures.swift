import RealModule

// Table F3.
extension QualityCalculator {
  func measure(_ quality: inout X11Quality) {
    let perMonth = Double(12 / period)
    let n = Double(range.upperBound)
    let choices = parts.choices
    var found: [X11Quality.Measure: Double] = [:]
    // Of what prior effects leave. In the variance their share may be above one, since level shifts are measured from the
    // last value: X-13 takes the distance from one.
    let (shares, variances) = (quality.contributions[period / 4 - 1], quality.variances)
    found[.m1] = shares.irregular / (1 - shares.prior) / 0.1
    found[.m2] = variances.irregular / abs(1 - variances.prior) / 0.1
    found[.m3] = (choices.noiseToTrend * perMonth - 1) / 2
    found[.m4] =
      abs(3 * (n - 1) / quality.durations.irregular - 2 * n + 1) / ((1.6 * n - 2.9).squareRoot() * 2.577)
    found[.m5] = (dominance(quality) * perMonth - 0.5) / 5
    found[.m6] = abs(choices.movingSeasonality.global - 4) / 2.5
    let (first, second) = SeasonalityTests.combined(stable: quality.stable, moving: quality.moving)
    found[.m7] = ((first + second) / 2).squareRoot()
    let hasStableFilter = parts.specification.seasonalFilters.contains(.stable)
    if !hasStableFilter, range.upperBound / period >= 6 { measureSeason(&found) }
    quality.measures = found.mapValues { min(3, max(0, $0)) }
    average(&quality)
  }

  /// Months for cyclical dominance between two whole numbers, where the line through I/C reaches 1.
  private func dominance(_ quality: X11Quality) -> Double {
    let ratios = quality.noiseToTrend
    let months = quality.cyclicalDominance
    guard months > 1 else {
      return min(1, max(0.5, 1 + (ratios[0] - 1) / (ratios[0] - ratios[1])))
    }
    let fall = ratios[months - 2] - ratios[months - 1]
    if fall <= 0, months == period { return Double(12 / period) * 15.5 }
    return Double(months) + (ratios[months - 1] - 1) / fall
  }

  /// M8 to M11, from the seasonal factors in units of their standard deviation.
  private func measureSeason(_ found: inout [X11Quality.Measure: Double]) {
    let seasonal = components.seasonal
    let beginning = 0..<range.upperBound
    let squares = beginning.reduce(0.0) { $0 + (seasonal[$1] - centre) * (seasonal[$1] - centre) }
    let deviation = (squares / Double(beginning.count)).squareRoot()
    func distance(_ i: Int, _ j: Int) -> Double { abs(seasonal[i] - seasonal[j]) / deviation }
    var (steps, stepCount, drift) = (0.0, 0.0, 0.0)
    var (recentSteps, recentStepCount, recentDrift, recentCount) = (0.0, 0.0, 0.0, 0.0)
    for season in 0..<period {
      let years = (beginning.count - season + period - 1) / period
      let last = season + (years - 1) * period
      for i in stride(from: season + period, through: last, by: period) {
        steps += distance(i, i - period)
        stepCount += 1
      }
      drift += distance(last, season) / Double(years - 1)
      // Recent years: from the sixth last to the third last. The last two are still to be revised.
      let end = last - 2 * period
      let begin = end - 3 * period
      guard begin >= 0 else { continue }
      recentDrift += distance(end, begin) / 3
      recentCount += 1
      for i in stride(from: begin + period, through: end, by: period) {
        recentSteps += distance(i, i - period)
        recentStepCount += 1
      }
    }
    found[.m8] = 10 * steps / stepCount
    found[.m9] = 10 * drift / Double(period)
    found[.m10] = recentStepCount > 0 ? 10 * recentSteps / recentStepCount : 0
    found[.m11] = recentCount > 0 ? 10 * recentDrift / recentCount : 0
  }

  /// Q. Where M8 to M11 are left out, M7 takes the weights of M8 and M9, M1 that of M10 and M2 that of M11.
  private func average(_ quality: inout X11Quality) {
    let standIns: [X11Quality.Measure: X11Quality.Measure] = [.m8: .m7, .m9: .m7, .m10: .m1, .m11: .m2]
    let countsM6 = parts.choices.seasonalFilters.allSatisfy { $0 == .s3x5 }
    var (sum, weights, ofM2) = (0.0, 0.0, 0.0)
    for measure in X11Quality.Measure.allCases where measure != .m6 || countsM6 {
      let source = quality.measures[measure] == nil ? standIns[measure] ?? measure : measure
      sum += (quality.measures[source] ?? 0) * measure.weight
      weights += measure.weight
      if source == .m2 { ofM2 += measure.weight }
    }
    quality.q = sum / weights
    quality.qWithoutM2 = (sum - (quality.measures[.m2] ?? 0) * ofM2) / (weights - ofM2)
  }
}
