extension SlidingSpans {
  init(_ whole: Readjustment, _ rule: SlidingSpanRule) throws(StabilityError) {
    let series = whole.series
    let period = series.seasonalPeriod
    let length = rule.years(for: whole.choices.seasonalFilters) * period
    let count = min(rule.spans, (series.count - length) / period + 1)
    guard series.count >= length, count >= 2 else {
      throw .tooShort(needed: length + period, found: series.count)
    }
    // The last span ends with the series, each earlier one a year before the next.
    let first = series.count - length - (count - 1) * period
    var engine = X11Engine()
    var spans: [Span] = []
    for number in 0..<count {
      let begin = first + number * period
      let range = begin..<(begin + length)
      do throws(SeasonalAdjustmentError) {
        let piece = try whole.adjust(
          range, rule.estimatesCoefficients ? .estimated : .held, holdsFilters: true, with: &engine)
        spans.append(Span(piece, series.period(at: begin)..<series.period(at: begin + length)))
      } catch {
        throw .piece(
          start: series.period(at: begin), end: series.period(at: begin + length - 1), error: error)
      }
    }
    self.spans = spans
    func compare(
      _ values: (Span) -> [Double], lag: Int = 0, _ threshold: Double,
      limits: ClosedRange<Double> = 0.15...0.25
    ) throws(StabilityError) -> Comparison {
      let result = Self.compare(
        spans.map(values), lag: lag, period: period, start: series.period(at: first), threshold, limits)
      guard let result else { throw .tooShort(needed: length + period, found: series.count) }
      return result
    }
    let hasCalendar = whole.usesFactors && spans.contains { $0.calendar.contains { $0 != 1 } }
    seasonal = whole.usesFactors ? try compare(\.seasonal, rule.threshold) : nil
    calendar = hasCalendar ? try compare(\.calendar, rule.calendarThreshold) : nil
    adjusted = try compare(\.adjusted, rule.threshold)
    changes = try compare(\.adjusted, lag: 1, rule.threshold, limits: 0.35...0.40)
    yearlyChanges = try compare(\.adjusted, lag: period, rule.threshold, limits: 0.02...0.10)
  }

  /// Largest differences between the estimates of spans that begin a year after each other; nil where no period has two.
  private static func compare(
    _ estimates: [[Double]], lag: Int, period: Int, start: Period, _ threshold: Double,
    _ limits: ClosedRange<Double>
  ) -> Comparison? {
    let length = estimates[0].count
    var differences: [Double] = []
    var begin: Int?
    for t in 0..<(length + (estimates.count - 1) * period) {
      var (low, high, found) = (Double.infinity, -Double.infinity, 0)
      for (number, values) in estimates.enumerated() {
        let i = t - number * period
        guard i >= lag, i < length else { continue }
        let value = lag == 0 ? values[i] : 100 * (values[i] / values[i - lag] - 1)
        guard value.isFinite else { continue }
        (low, high, found) = (min(low, value), max(high, value), found + 1)
      }
      guard found >= 2 else { continue }
      if begin == nil { begin = t }
      differences.append(lag == 0 ? 100 * (high - low) / abs(low) : high - low)
    }
    guard let begin, let summary = StabilitySummary(of: differences) else { return nil }
    return Comparison(
      start: start.advanced(by: begin), differences: differences, threshold: threshold, limits: limits,
      summary: summary)
  }
}

extension SlidingSpans.Span {
  init(_ piece: Readjustment.Piece, _ periods: Range<Period>) {
    self.periods = periods
    seasonal = piece.seasonal
    adjusted = piece.adjusted
    calendar = piece.calendar
    identifiable = piece.identifiable
    guard let tests = piece.combinedTests else {
      (stable, moving, m7) = (nil, nil, nil)
      return
    }
    let (first, second) = SeasonalityTests.combined(stable: tests.stable, moving: tests.moving)
    (stable, moving, m7) = (tests.stable.value, tests.moving.value, ((first + second) / 2).squareRoot())
  }
}
