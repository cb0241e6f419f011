extension RevisionHistory {
  init(_ whole: Readjustment, _ rule: RevisionHistoryRule) throws(StabilityError) {
    let series = whole.series
    let (count, period) = (series.count, series.seasonalPeriod)
    let shortest = 3 * period + 1
    let usual = SlidingSpanRule().years(for: whole.filters) * period
    if let start = rule.start, start.unit != series.start.unit {
      throw .wrongUnit(needed: series.start.unit, found: start.unit)
    }
    let first = rule.start.map { $0.ordinal - series.start.ordinal } ?? usual
    guard first >= shortest - 1, first < count - 1 else {
      throw .tooShort(
        needed: first < count - 1 ? shortest : first + 2, found: first < count - 1 ? first + 1 : count)
    }
    // The factors of the first year were known at the end of the year before.
    let lead = Self.place(of: first, in: series)
    let begin = max(shortest - 1, first - lead - 1)
    var pieces: [Int: Readjustment.Piece] = [:]
    var engine = X11Engine()
    for end in begin..<count where end >= first || end == first - lead - 1 {
      do throws(SeasonalAdjustmentError) {
        pieces[end] = try whole.adjust(
          0..<(end + 1), rule.refit == .everyPeriod ? .estimated : .held, holdsFilters: rule.holdsFilters,
          with: &engine)
      } catch {
        throw .piece(start: series.start, end: series.period(at: end), error: error)
      }
    }
    let final = whole.whole
    lags = rule.lags
    usesFactors = whole.usesFactors
    periods = series.period(at: first)..<series.period(at: count - 1)
    let usesFactors = usesFactors

    func value(_ target: Target, _ piece: Readjustment.Piece, _ t: Int) -> Double {
      func change(_ values: [Double]) -> Double {
        usesFactors ? 100 * (values[t] / values[t - 1] - 1) : values[t] - values[t - 1]
      }
      return switch target {
      case .adjusted: piece.adjusted[t]
      case .changes: change(piece.adjusted)
      case .trend: piece.trend[t]
      case .trendChanges: change(piece.trend)
      case .seasonal, .projectedSeasonal: piece.seasonal[t]
      }
    }
    var (estimates, last): ([Target: [[Double]]], [Target: [Double]]) = ([:], [:])
    for target in Target.allCases {
      last[target] = (first..<(count - 1)).map { value(target, final, $0) }
      guard target != .projectedSeasonal else { continue }
      estimates[target] = rule.lags.map { lag in
        (first..<(count - 1)).map { t in pieces[t + lag].map { value(target, $0, t) } ?? .nan }
      }
    }
    estimates[.projectedSeasonal] = [
      (first..<(count - 1)).map { t in
        let place = Self.place(of: t, in: series)
        return pieces[t - place - 1]?.seasonalForecast[place] ?? .nan
      }
    ]
    self.estimates = estimates
    self.last = last
    fits = (first..<count).compactMap { end in
      pieces[end]?.fitted.map {
        Fit(end: series.period(at: end), coefficients: $0.parameters, criteria: $0.informationCriteria)
      }
    }
    forecasts = rule.leads.compactMap { lead in
      guard lead <= period, first + lead < count else { return nil }
      let targets = (first + lead)..<count
      let values = targets.map { t -> Double in
        guard let forecast = pieces[t - lead]?.forecast, forecast.count >= lead else { return .nan }
        return forecast[lead - 1]
      }
      guard values.contains(where: { !$0.isNaN }) else { return nil }
      return ForecastErrors(
        lead: lead, start: series.period(at: targets.lowerBound), forecasts: values,
        errors: zip(series.values[targets], values).map { $0 - $1 })
    }
  }

  /// How many periods of its year lie before the one at `index`.
  private static func place(of index: Int, in series: TimeSeries) -> Int { series.season(at: index) - 1 }
}
