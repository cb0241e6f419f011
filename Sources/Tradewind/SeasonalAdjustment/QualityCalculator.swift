import RealModule

/// Computes ``X11Quality`` from the components of an adjustment.
struct QualityCalculator {
  let parts: X11Decomposition
  let components: X11Decomposition.Components
  /// Positions of the observations.
  let range: Range<Int>
  let period: Int
  let givesFactors: Bool
  /// What irregular and seasonal factors vary about.
  let centre: Double
  /// E1, E2 and E3: where the irregular did not count, it is taken off the series, and the adjusted series is
  /// the trend.
  let observedModified: [Double]
  let adjustedModified: [Double]
  let irregularModified: [Double]

  init(_ parts: X11Decomposition) {
    self.parts = parts
    components = parts.extended
    range = parts.observedRange
    period = parts.observed.seasonalPeriod
    givesFactors = parts.specification.mode.givesFactors
    let centre = givesFactors ? 1.0 : 0
    self.centre = centre
    var (observed, adjusted) = (components.series, components.seasonallyAdjusted)
    var irregular = components.irregular
    for i in observed.indices where components.weights[i] == 0 {
      if givesFactors { observed[i] /= irregular[i] } else { observed[i] -= irregular[i] }
      adjusted[i] = components.trend[i]
      irregular[i] = centre
    }
    (observedModified, adjustedModified, irregularModified) = (observed, adjusted, irregular)
  }

  /// nil where a component does not vary, so that there is nothing to compare with.
  func quality() -> X11Quality? {
    let phase = parts.observed.season(at: 0) - 1 - range.lowerBound
    let beginning = 0..<range.upperBound
    let ratios = components.seasonalIrregular
    let expected = parts.specification.mode.usesRatios ? 1.0 : 0
    guard
      let stable = SeasonalityTests.stable(ratios, range, period: period),
      let moving = SeasonalityTests.moving(
        ratios, beginning, period: period, phase: (phase % period + period) % period, centre: expected)
    else { return nil }
    let ranks = SeasonalityTests.kruskalWallis(ratios, beginning, period: period)
    var quality = X11Quality(
      stable: stable, kruskalWallis: ranks, moving: moving,
      identifiable: SeasonalityTests.identifiable(stable: stable, moving: moving, kruskalWallis: ranks))
    quality.presence = parts.choices.presence
    quality.residual = SeasonalityTests.residual(components.seasonallyAdjusted, range, period: period)
    quality.residualLastYears = SeasonalityTests.residual(
      components.seasonallyAdjusted, range, period: period, lastYears: 3)
    guard summarise(&quality) else { return nil }
    measure(&quality)
    return quality
  }

  private func summarise(_ quality: inout X11Quality) -> Bool {
    quality.changes = X11Quality.Changes(
      observed: changes(components.series), adjusted: changes(components.seasonallyAdjusted),
      irregular: changes(components.irregular), trend: changes(components.trend),
      seasonal: changes(components.seasonal), observedModified: changes(observedModified),
      adjustedModified: changes(adjustedModified), irregularModified: changes(irregularModified))
    let changes = quality.changes
    guard changes.trend.allSatisfy({ $0 > 0 }), changes.observedModified.allSatisfy({ $0 > 0 }) else {
      return false
    }
    quality.noiseToTrend = zip(changes.irregular, changes.trend).map { $0 / $1 }
    quality.contributions = (0..<period).map { span in
      let irregular = changes.irregularModified[span] * changes.irregularModified[span]
      let trend = changes.trend[span] * changes.trend[span]
      let seasonal = changes.seasonal[span] * changes.seasonal[span]
      let total = irregular + trend + seasonal
      let modified = changes.observedModified[span] * changes.observedModified[span]
      return X11Quality.Contribution(
        irregular: irregular / total, trend: trend / total, seasonal: seasonal / total,
        total: total / modified)
    }
    guard let variances = variances() else { return false }
    quality.variances = variances
    quality.cyclicalDominance =
      1 + (quality.noiseToTrend.lastIndex { $0 >= 1 }.map { min($0 + 1, period - 1) } ?? 0)
    quality.durations = X11Quality.Durations(
      adjusted: duration(components.seasonallyAdjusted, range),
      irregular: duration(components.irregular, range),
      trend: duration(components.trend, range), averaged: averagedDuration(quality.cyclicalDominance))
    quality.irregularAutocorrelations = autocorrelations()
    return true
  }

  /// Mean absolute change over spans of 1 to a year.
  private func changes(_ values: [Double]) -> [Double] {
    (1...period).map { span in
      var (sum, count) = (0.0, 0.0)
      for i in range.lowerBound..<(range.upperBound - span) {
        // A change in per cent of an adjusted value that is not above zero has no meaning.
        if parts.specification.mode == .pseudoAdditive, !(components.seasonallyAdjusted[i] > 0) { continue }
        let change = values[i + span] - values[i]
        sum += abs(givesFactors ? change * 100 / values[i] : change)
        count += 1
      }
      return count > 0 ? sum / count : .nan
    }
  }

  /// Sums of squares of the components, in logs where they are factors, over that of the series without its
  /// trend's line.
  private func variances() -> X11Quality.Contribution? {
    func logs(_ values: [Double]) -> [Double] {
      givesFactors ? range.map { values[$0] > 0 ? Double.log(values[$0]) : .nan } : Array(values[range])
    }
    let trend = logs(components.trend)
    let n = Double(range.count)
    var slope = 0.0
    for (i, value) in trend.enumerated() { slope += value * (2 * Double(i) - n + 1) }
    slope *= 6 / (n * (n * n - 1))
    func aboutLine(_ values: [Double]) -> Double {
      let rest = values.enumerated().map { $1 - slope * Double($0) }
      let known = rest.filter { !$0.isNaN }
      let mean = known.reduce(0, +) / Double(known.count)
      return known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    func aboutZero(_ values: [Double]) -> Double { values.reduce(0) { $1.isNaN ? $0 : $0 + $1 * $1 } }
    let whole = aboutLine(logs(observedModified))
    let irregular = aboutZero(logs(irregularModified)) / whole
    guard whole > 0, irregular > 0 else { return nil }
    let (line, seasonal) = (aboutLine(trend) / whole, aboutZero(logs(components.seasonal)) / whole)
    return X11Quality.Contribution(
      irregular: irregular, trend: line, seasonal: seasonal, total: irregular + line + seasonal)
  }

  /// Periods over the number of runs up or down; equal values continue a run.
  func duration(_ values: [Double], _ range: Range<Int>) -> Double {
    var (runs, direction) = (1.0, 0.0)
    for i in range.dropFirst() {
      let step = values[i] - values[i - 1]
      if step != 0, direction * step < 0 { runs += 1 }
      if step != 0 { direction = step }
    }
    return Double(range.count - 1) / runs
  }

  /// Duration of run of the adjusted series averaged over the months for cyclical dominance, six at most; an
  /// even number is centred.
  private func averagedDuration(_ dominance: Int) -> Double {
    let length = min(dominance, 6)
    let half = length / 2
    let adjusted = components.seasonallyAdjusted
    var averages = adjusted
    let inside = (range.lowerBound + half)..<(range.upperBound - half)
    for i in inside {
      var sum = 0.0
      for j in (i - half)...(i + half) {
        sum += (length % 2 == 0 && abs(j - i) == half ? 0.5 : 1) * adjusted[j]
      }
      averages[i] = sum / Double(length)
    }
    return duration(averages, inside)
  }

  private func autocorrelations() -> [Double] {
    let values = components.irregular[range].map { $0 - centre }
    let n = Double(values.count)
    let variance = values.reduce(0) { $0 + $1 * $1 } / n
    return (1...(period + 2)).map { span in
      var sum = 0.0
      for i in span..<values.count { sum += values[i] * values[i - span] }
      return sum / ((n - Double(span)) * variance)
    }
  }
}

extension X11Decomposition {
  /// Quality statistics; nil where a component does not vary (a constant series, a series without irregular).
  public func quality() -> X11Quality? { QualityCalculator(self).quality() }
}
