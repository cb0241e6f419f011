import Tradewind

/// Why a series cannot be adjusted, with the option that would help.
struct AdjustmentAdvice: Error, CustomStringConvertible {
  let description: String

  /// nil where no option helps.
  init?(_ error: any Error) {
    let advice: String? =
      switch error {
      case let error as X11Error: Self.advice(error)
      case SeasonalAdjustmentError.x11(let error): Self.advice(error)
      case ForecastError.notPositive: "--mode additive takes the values themselves"
      default: nil
      }
    guard let advice else { return nil }
    description = "\(error); \(advice)"
  }

  private static func advice(_ error: X11Error) -> String? {
    switch error {
    case .missing: "--arima auto estimates what is missing"
    case .notPositive(_, let value, let mode):
      value < 0 || mode == .pseudoAdditive
        ? "--mode additive takes all values"
        : "--mode pseudo-additive takes zeros, --mode additive all values"
    case .trendNotPositive, .zeroSeasonalFactor: "--mode additive takes all values"
    default: nil
    }
  }
}
