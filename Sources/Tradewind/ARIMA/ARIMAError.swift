/// Why an ARIMA model has no likelihood on a series.
public enum ARIMAError: Error, Sendable, Equatable {
  /// Fewer observations than differencing, coefficients and the variance need.
  case tooFewObservations(needed: Int, found: Int)
  /// A value of the transformed series is infinite.
  case notFinite(index: Int, value: Double)
  /// A regressor is infinite or missing.
  case regressorNotFinite(name: String, index: Int, value: Double)
  /// A regressor that the others (and the differences) determine.
  case collinear(AliasedTerm)
  /// Coefficients held at values that leave no stationary (autoregressive part) or invertible (moving-average part) model.
  case outsideRegion(ARIMAConstraints.Kind)
  /// Nothing is left to explain: the differences, less the regressors, are zero throughout.
  case noVariation
  /// What is known determines neither this value nor, through differencing, the later ones that build on it: a season
  /// that was never observed, for example.
  case undetermined(index: Int)
  /// Two runs of combined months have months in common.
  case overlappingRuns(PeriodRange, PeriodRange)
  /// A month within a combined run, not its last, has a value of its own.
  case knownWithinRun(period: Period, run: PeriodRange)
  /// The model does not apply with missing values.
  case missingValues(count: Int)
  /// A regression term that does not suit the series.
  case regression(RegressionError)
  /// The search found no point at which the likelihood is defined; the text says what stopped it.
  case numerical(String)
}

extension ARIMAError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooFewObservations(let needed, let found):
      "\(found) \(found == 1 ? "observation is" : "observations are") too few: \(needed) are needed"
    case .notFinite(let index, let value): "value \(index + 1) is \(value)"
    case .regressorNotFinite(let name, let index, let value):
      "the regressor \(name) is \(value) at value \(index + 1)"
    case .collinear(let term): "collinear regressors: \(term), after differencing"
    case .outsideRegion(let kind):
      switch kind {
      case .ar: "the autoregressive coefficients held leave no stationary model"
      case .seasonalAR: "the seasonal autoregressive coefficients held leave no stationary model"
      case .ma: "the moving-average coefficients held leave no invertible model"
      case .seasonalMA: "the seasonal moving-average coefficients held leave no invertible model"
      }
    case .noVariation: "the differenced series, less the regressors, is zero throughout"
    case .undetermined(let index):
      "what is known determines neither value \(index + 1) nor the later ones that build on it"
    case .overlappingRuns(let first, let second):
      "the combined months \(first) and \(second) overlap"
    case .knownWithinRun(let period, let run):
      "\(period) has a value, and is one of the combined months \(run), whose total stands at the last of them"
    case .missingValues(let count): "\(count) values are missing"
    case .regression(let error): error.description
    case .numerical(let text): text
    }
  }
}
