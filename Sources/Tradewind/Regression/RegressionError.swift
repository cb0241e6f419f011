/// Why a regression cannot be fitted, tested or continued.
public enum RegressionError: Error, Sendable, Equatable {
  /// The series is empty or every value is missing.
  case noObservations(count: Int)
  /// The model has neither an intercept nor a term.
  case noTerms
  /// Fewer observations than coefficients plus one, which the residual variance needs.
  case tooFewObservations(needed: Int, found: Int)
  /// Every observation has the same value: there is nothing to explain.
  case constantSeries(value: Double)
  /// An observation is infinite.
  case notFinite(period: Period, value: Double)
  /// A logarithm was asked for, and an observation is zero or negative.
  case notPositive(period: Period, value: Double)
  /// A regressor is infinite or missing where the series is observed, or where it is to be predicted.
  case regressorNotFinite(name: String, period: Period, value: Double)
  /// The values given for a regressor do not reach this period.
  case regressorMissing(name: String, period: Period)
  /// A term counts in another unit than the series: a step in a month in a quarterly series, say.
  case wrongUnit(term: String, needed: Period.Unit, found: Period.Unit)
  /// A seasonal term in a series without a season.
  case notSeasonal(term: String, seasonalPeriod: Int)
  /// More harmonics than half the seasonal period, or fewer than one.
  case harmonics(order: Int, highest: Int)
  /// The dates of a holiday do not reach over the periods.
  case holiday(HolidayError)
  /// A text does not name an outlier's kind and period.
  case notAnOutlier(text: String)
  /// A lag is below 1, leaves no degree of freedom after `fittedParameters`, or is not below the number of
  /// `observations`.
  case lags(lags: Int, fittedParameters: Int, observations: Int)
  /// The columns are too ill-conditioned for the linear algebra; the text says what it found.
  case numerical(String)
}

extension RegressionError: CustomStringConvertible {
  /// One sentence with the numbers in it, such as `12 observations are too few: 14 are needed`.
  public var description: String {
    switch self {
    case .noObservations(let count):
      count == 0 ? "the series is empty" : "all \(count) values are missing"
    case .noTerms:
      "the model has neither an intercept nor a term"
    case .tooFewObservations(let needed, let found):
      "\(found) \(found == 1 ? "observation is" : "observations are") too few: \(needed) are needed"
    case .constantSeries(let value):
      "every observation is \(value): there is nothing to explain"
    case .notFinite(let period, let value):
      "the value of \(period) is \(value)"
    case .notPositive(let period, let value):
      "the value of \(period) is \(value); logarithms need values above zero"
    case .regressorNotFinite(let name, let period, let value):
      "the regressor \(name) is \(value) in \(period)"
    case .regressorMissing(let name, let period):
      "the regressor \(name) has no value for \(period)"
    case .wrongUnit(let term, let needed, let found):
      "\(term) needs periods of one \(needed.rawValue); the series has one value a \(found.rawValue)"
    case .notSeasonal(let term, let seasonalPeriod):
      "\(term) needs a season; the seasonal period is \(seasonalPeriod)"
    case .harmonics(let order, let highest):
      "\(order) harmonics were asked for; 1 to \(highest) exist"
    case .holiday(let error):
      error.description
    case .notAnOutlier(let text):
      "\(text) is not an outlier: AO, LS, TC or SO and a period are expected, such as LS2008-11"
    case .lags(let lags, let fittedParameters, let observations):
      "\(lags) lags: a test needs more than the \(fittedParameters) fitted parameters "
        + "and fewer than the \(observations) observations"
    case .numerical(let text):
      text
    }
  }
}
