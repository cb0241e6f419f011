/// Something about an adjustment that deserves a second look.
public enum AdjustmentConcern: Sendable, Equatable {
  /// The series is not seasonal, or doubtfully; and whether it was adjusted all the same.
  case season(SeasonalityVerdict, isAdjusted: Bool)
  /// Q is 1 or more.
  case quality(q: Double)
  /// A measure is 1 or more.
  case measure(X11Quality.Measure, value: Double)
  /// A season is left, by QS or the F test; of the last years where `years` says how many.
  case seasonLeft(AdjustmentDiagnostics.Part, test: String, years: Int?, probability: Double)
  /// Weekdays are left, by the F test; of the last years where `years` says how many.
  case tradingDaysLeft(AdjustmentDiagnostics.Part, years: Int?, probability: Double)
  /// The spectrum of the last eight years has a peak.
  case peak(AdjustmentDiagnostics.Part, Spectrum.Peak)
  /// A straight line is left in the irregular.
  case trendLeft(probability: Double)
  /// The largest difference between the totals of a year, if it is above 1 %.
  case yearlyTotal(YearlyTotal)
  /// The model's residuals are correlated up to two years' distance (Ljung and Box).
  case correlatedResiduals(lags: Int, probability: Double)
  /// The model's residuals are not normal (Doornik and Hansen): intervals and outlier tests rest on that.
  case residualsNotNormal(probability: Double)
  /// More than 5 % of the observations are outliers of the model.
  case outliers(count: Int, observations: Int)
}

extension AdjustmentDiagnostics {
  /// What deserves a second look, the gravest first; empty where nothing does.
  ///
  /// Tests count below 1 %, measures from 1 on, peaks where they are significant. With some thirty tests of a good adjustment, one of
  /// them fails by chance in every fourth.
  public func concerns() -> [AdjustmentConcern] {
    var result: [AdjustmentConcern] = []
    if let verdict, verdict.finding != .present {
      result.append(.season(verdict, isAdjusted: isSeasonallyAdjusted))
    }
    if let quality {
      if quality.q >= 1 { result.append(.quality(q: quality.q)) }
      for measure in X11Quality.Measure.allCases {
        if let value = quality[measure], value >= 1 { result.append(.measure(measure, value: value)) }
      }
    }
    return result + seasonLeft + tradingDaysLeft + peaks + slowMovements + ofTheModel
  }

  /// Below which probability a test counts.
  static let level = 0.01

  private var seasonLeft: [AdjustmentConcern] {
    var result: [AdjustmentConcern] = []
    let ofMeans: [(FTest?, Int?)] = [(quality?.residual, nil), (quality?.residualLastYears, 3)]
    for (test, years) in ofMeans {
      if let test, test.probability < Self.level {
        result.append(.seasonLeft(.adjusted, test: "F", years: years, probability: test.probability))
      }
    }
    for part in [Part.adjusted, .adjustedModified, .irregular, .irregularModified, .residuals] {
      guard let check = seasonality(of: part) else { continue }
      let correlations: [(HypothesisTest?, Int?)] = [
        (check.qs, nil), (check.qsLastYears, SeasonalityCheck.recentYears),
      ]
      for (test, years) in correlations {
        if let test, test.pValue < Self.level {
          result.append(.seasonLeft(part, test: "QS", years: years, probability: test.pValue))
        }
      }
    }
    return result
  }

  private var tradingDaysLeft: [AdjustmentConcern] {
    var result: [AdjustmentConcern] = []
    for part in [Part.adjusted, .irregular, .residuals] {
      for years in [nil, SeasonalityCheck.recentYears] {
        if let test = tradingDays(in: part, lastYears: years), test.pValue < Self.level {
          result.append(.tradingDaysLeft(part, years: years, probability: test.pValue))
        }
      }
    }
    return result
  }

  private var peaks: [AdjustmentConcern] {
    [Part.adjustedModified, .irregularModified, .residuals].flatMap { part in
      (spectrum(of: part)?.peaks ?? []).filter(\.isSignificant).map { .peak(part, $0) }
    }
  }

  private var slowMovements: [AdjustmentConcern] {
    var result: [AdjustmentConcern] = []
    if let test = trendInIrregular, test.pValue < Self.level {
      result.append(.trendLeft(probability: test.pValue))
    }
    let largest = yearlyTotals.max { abs($0.relativeDifference) < abs($1.relativeDifference) }
    if let largest, abs(largest.relativeDifference) > 0.01 { result.append(.yearlyTotal(largest)) }
    return result
  }
}

extension AdjustmentDiagnostics {
  private var ofTheModel: [AdjustmentConcern] {
    guard let model else { return [] }
    var result: [AdjustmentConcern] = []
    let diagnostics = model.residualDiagnostics
    let lags = 2 * diagnostics.seasonalPeriod
    if let test = try? diagnostics.ljungBox(lags: lags), test.pValue < Self.level {
      result.append(.correlatedResiduals(lags: lags, probability: test.pValue))
    }
    let normality = diagnostics.normality
    if normality.pValue < Self.level { result.append(.residualsNotNormal(probability: normality.pValue)) }
    let outliers = model.model.regressors.count { $0 is Outlier }
    if outliers * 20 > observed.count {
      result.append(.outliers(count: outliers, observations: observed.count))
    }
    return result
  }
}

extension AdjustmentConcern: CustomStringConvertible {
  /// One sentence, such as `season left in the adjusted series (QS, last 8 years)`.
  public var description: String {
    func of(_ years: Int?) -> String { years.map { ", last \($0) years" } ?? "" }
    return switch self {
    case .season(let verdict, let isAdjusted):
      "\(verdict)\(isAdjusted ? "" : "; no season was taken out")"
    case .quality: "Q is not below 1"
    case .measure(let measure, _): "\(measure.name) is not below 1"
    case .seasonLeft(let part, let test, let years, _): "season left in \(part.words) (\(test)\(of(years)))"
    case .tradingDaysLeft(let part, let years, _): "weekdays left in \(part.words) (F\(of(years)))"
    case .peak(let part, let peak):
      "peak of \(peak.kind == .seasonal ? "the season" : "weekdays") in the spectrum of \(part.words)"
    case .trendLeft: "a straight line is left in the irregular"
    case .yearlyTotal(let total): "the adjusted total of \(total.year) is more than 1 % from the observed one"
    case .correlatedResiduals(let lags, _): "the model's residuals are correlated (Ljung–Box, \(lags) lags)"
    case .residualsNotNormal: "the model's residuals are not normal (Doornik–Hansen)"
    case .outliers(let count, let observations): "\(count) outliers in \(observations) observations"
    }
  }
}

extension AdjustmentDiagnostics.Part {
  /// With an article, for a sentence: `the adjusted series`.
  public var words: String {
    switch self {
    case .observed: "the observed series"
    case .linearized: "the series without effects"
    case .residuals: "the residuals"
    case .adjusted: "the adjusted series"
    case .adjustedModified: "the adjusted series without extremes"
    case .irregular: "the irregular"
    case .irregularModified: "the irregular without extremes"
    }
  }
}
