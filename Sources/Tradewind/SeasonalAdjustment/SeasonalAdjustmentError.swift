/// Why a series cannot be adjusted from start to end.
public enum SeasonalAdjustmentError: Error, Sendable, Equatable {
  /// The model cannot be chosen or fitted, or has no forecasts.
  case model(ForecastError)
  /// X-11 cannot adjust what the model leaves.
  case x11(X11Error)
  /// A regressor has no value before the series or after it, where it was to be extended.
  case regression(RegressionError)
  /// Factors go with logarithms, differences with the values themselves.
  case modeMismatch(mode: X11Mode, isLogarithmic: Bool)
  /// A prior factor in a model of the values themselves, whose effects are differences.
  case factorAmongDifferences
  /// The series cannot be extended: the model gives no number there.
  case noExtension(period: Period)
  /// A value is missing and the model gives no estimate of it.
  case noEstimate(period: Period)
  /// The yearly totals cannot be forced.
  case totals(ForcedTotalsError)
}

extension SeasonalAdjustmentError: CustomStringConvertible {
  /// One sentence with the numbers in it.
  public var description: String {
    switch self {
    case .model(let error): error.description
    case .x11(let error): error.description
    case .regression(let error): error.description
    case .modeMismatch(let mode, let isLogarithmic):
      "\(mode == .additive ? "an additive" : "a \(mode.rawValue)") adjustment does not go with a model of "
        + (isLogarithmic ? "logarithms" : "the values themselves")
    case .factorAmongDifferences:
      "a prior factor needs a model of logarithms: effects of the others are differences"
    case .noExtension(let period): "the model gives no value of \(period) to extend the series by"
    case .noEstimate(let period): "the value of \(period) is missing, and the model gives no estimate of it"
    case .totals(let error): error.description
    }
  }
}
