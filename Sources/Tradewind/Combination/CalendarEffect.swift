import RealModule

/// What the calendar does to a monthly series: the Chinese New Year, which moves between January and February, and trading days.
///
/// Found by the airline model of the logarithms with these regressors, by AICc: a term stays only if it lowers AICc by more
/// than ``CalendarEffect/evidence``, the holiday, with the usual windows and with those chosen, by more than ``CalendarEffect/holidayEvidence``, since a search finds
/// something in any series. What is found is taken out of the series before
/// it is forecast, and put back.
struct CalendarEffect: Sendable {
  /// What takes part, such as `Chinese New Year -15...-1, 0...6` and `trading days`.
  let terms: [String]
  /// By how much AICc falls.
  let gain: Double
  private let model: ARIMA
  private let coefficients: [Double]

  /// By how much AICc must fall for a term to be taken: chance alone does so in less than one of a hundred series.
  static let evidence = 12.0
  /// The same for the holiday, whose windows are chosen among many: with 12 the first months of trade series were forecast worse.
  static let holidayEvidence = 20.0
  /// The fewest observations that are searched: six years show the day of the holiday in six places.
  static let observationsNeeded = 72

  private static let airline = ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1))

  /// The effects in a series; nil if there is no evidence of any, or the series is not one of months above zero.
  init?(in series: TimeSeries) {
    guard series.start.unit == .month, series.seasonalPeriod == 12,
      series.count - series.missingCount >= Self.observationsNeeded,
      series.values.allSatisfy({ $0 > 0 || $0.isNaN }),
      var best = Self.fit([], series), var criterion = best.informationCriteria?.aicc
    else { return nil }
    let without = criterion
    var regressors: [any RegressionTerm] = []
    var terms: [String] = []
    if let holiday = Self.fit([ChineseNewYear()], series), let aicc = holiday.informationCriteria?.aicc,
      criterion - aicc > Self.holidayEvidence,
      let choice = try? HolidayWindowSearch(ARIMA(Self.airline, transform: .log)).choose(for: series),
      criterion - choice.best.aicc > Self.holidayEvidence
    {
      best = choice.fitted
      criterion = choice.best.aicc
      regressors = [ChineseNewYear(windows: choice.best.windows)]
      terms.append("Chinese New Year \(choice.best)")
    }
    let days: [any RegressionTerm] = regressors + [TradingDays(.one)]
    if let working = Self.fit(days, series), let aicc = working.informationCriteria?.aicc,
      criterion - aicc > Self.evidence
    {
      best = working
      criterion = aicc
      terms.append("trading days")
    }
    guard !terms.isEmpty else { return nil }
    self.terms = terms
    gain = without - criterion
    model = best.model
    coefficients = best.regression.map(\.estimate)
  }

  private static func fit(_ regressors: [any RegressionTerm], _ series: TimeSeries) -> FittedARIMA? {
    try? ARIMA(airline, transform: .log, regressors: regressors).fit(to: series)
  }

  /// The factors of a series' periods and of so many periods after it; nil where the holiday's dates end.
  func factors(of series: TimeSeries, horizon: Int) -> [Double]? {
    let frame = model.frame(of: series, horizon: horizon)
    guard let columns = try? model.columns(in: frame), columns.count == coefficients.count else { return nil }
    return (0..<frame.count).map { t in
      .exp(zip(columns, coefficients).reduce(0) { $0 + $1.0.values[t] * $1.1 })
    }
  }
}
