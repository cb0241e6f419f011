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
  /// What a model took off before, over the extended series; nil without one.
  let effects: ModelEffects?

  /// Effects of a model beside the components of X-11, over the extended series; see ``X11Quality/Contribution``.
  struct ModelEffects {
    let calendar: [Double]
    /// Level shifts and the like.
    let level: [Double]
    /// All effects that stay in the adjusted series.
    let prior: [Double]
    /// The adjusted series with them.
    let adjusted: [Double]
  }

  init(_ parts: X11Decomposition, effects: ModelEffects? = nil) {
    self.parts = parts
    self.effects = effects
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

  /// Whether there is more than the rounding of a model's forecasts of a constant.
  private var varies: Bool {
    var (least, largest) = (Double.infinity, -Double.infinity)
    for value in components.series { (least, largest) = (min(least, value), max(largest, value)) }
    return largest - least > 1e-11 * max(abs(least), abs(largest))
  }

  /// nil where a component does not vary, so that there is nothing to compare with.
  func quality() -> X11Quality? {
    guard varies, let tests = parts.combinedTest() else { return nil }
    var quality = X11Quality(
      stable: tests.stable, kruskalWallis: tests.kruskalWallis, moving: tests.moving,
      identifiable: tests.identifiable)
    quality.presence = parts.choices.presence
    let adjusted = effects?.adjusted ?? components.seasonallyAdjusted
    quality.residual = SeasonalityTests.residual(adjusted, range, period: period)
    quality.residualLastYears = SeasonalityTests.residual(adjusted, range, period: period, lastYears: 3)
    guard summarise(&quality) else { return nil }
    measure(&quality)
    return quality
  }

  /// What the observed series had before a model took the calendar off.
  private func withCalendar(_ values: [Double]) -> [Double] { with(effects?.calendar, values) }

  private func with(_ effect: [Double]?, _ values: [Double]) -> [Double] {
    guard let effect else { return values }
    return zip(values, effect).map { givesFactors ? $0 * $1 : $0 + $1 }
  }

  private func summarise(_ quality: inout X11Quality) -> Bool {
    let none = [Double](repeating: 0, count: period)
    quality.changes = X11Quality.Changes(
      observed: changes(withCalendar(components.series)), adjusted: changes(components.seasonallyAdjusted),
      irregular: changes(components.irregular), trend: changes(components.trend),
      seasonal: changes(components.seasonal), prior: effects.map { self.changes($0.prior) } ?? none,
      calendar: effects.map { self.changes($0.calendar) } ?? none,
      observedModified: changes(withCalendar(observedModified)), adjustedModified: changes(adjustedModified),
      irregularModified: changes(irregularModified))
    let changes = quality.changes
    guard changes.trend.allSatisfy({ $0 > 0 }), changes.observedModified.allSatisfy({ $0 > 0 }) else {
      return false
    }
    quality.noiseToTrend = zip(changes.irregular, changes.trend).map { $0 / $1 }
    quality.contributions = (0..<period).map { span in
      let irregular = changes.irregularModified[span] * changes.irregularModified[span]
      let trend = changes.trend[span] * changes.trend[span]
      let seasonal = changes.seasonal[span] * changes.seasonal[span]
      let prior = changes.prior[span] * changes.prior[span]
      let calendar = changes.calendar[span] * changes.calendar[span]
      let total = irregular + trend + seasonal + prior + calendar
      let modified = changes.observedModified[span] * changes.observedModified[span]
      return X11Quality.Contribution(
        irregular: irregular / total, trend: trend / total, seasonal: seasonal / total, prior: prior / total,
        calendar: calendar / total, total: total / modified)
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
    func aboutMean(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / n
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    // X-13 has level shifts in the series, beside a trend without them.
    let whole = aboutLine(logs(with(effects?.level, withCalendar(observedModified))))
    let irregular = aboutZero(logs(irregularModified)) / whole
    guard whole > 0, irregular > 0 else { return nil }
    let (line, seasonal) = (aboutLine(trend) / whole, aboutZero(logs(components.seasonal)) / whole)
    let prior = effects.map { aboutMean(logs($0.prior)) / whole } ?? 0
    let calendar = effects.map { aboutZero(logs($0.calendar)) / whole } ?? 0
    return X11Quality.Contribution(
      irregular: irregular, trend: line, seasonal: seasonal, prior: prior, calendar: calendar,
      total: irregular + line + seasonal + prior + calendar)
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
