/// A step on the way to a model, with its figures; printed, a sentence.
public enum SelectionStep: Sendable, Equatable {
  /// An Easter window and the AICc with it.
  public struct Window: Sendable, Equatable {
    public let days: Int
    public let aicc: Double
  }

  /// A model with its criterion, BIC per observation.
  public struct RankedModel: Sendable, Equatable {
    public let order: ARIMAOrder
    public let criterion: Double
  }

  /// A regressor that was dropped.
  public enum Regressor: String, Sendable, Equatable {
    case tradingDays = "trading days"
    case easter = "Easter"
    case constant = "the constant"
  }

  /// Not every value is above zero: no logarithms.
  case levelsNotPositive
  /// AICc of the levels and of the logarithms, both for the values as they are.
  case transformation(levelAICc: Double, logAICc: Double, isLogarithm: Bool)
  /// AICc without trading days, with six contrasts and with one (without the Jacobian, which is the same);
  /// nil where that model could not be estimated.
  case tradingDays(without: Double, six: Double?, one: Double?, chosen: TradingDays.Contrasts?)
  /// AICc without Easter and with each window.
  case easter(without: Double, windows: [Window], chosen: Int?)
  /// A test of the constant.
  case constant(t: Double, limit: Double, isKept: Bool)
  /// An outlier that a pass added: its robust t-statistic, and both scales of the residuals.
  case outlierAdded(Outlier, t: Double, pass: Int, robustScale: Double, scale: Double)
  /// An outlier that is no longer significant.
  case outlierRemoved(Outlier, t: Double, scale: Double)
  /// A regressor whose t-statistic is too small.
  case dropped(Regressor, t: Double)
  /// The default model, the confidence of its residuals' correlation and their standard deviation.
  case defaultModel(ARIMAOrder, ljungBox: Double, scale: Double)
  /// Orders of differencing, and whether the differences have a mean.
  case differences(Int, seasonal: Int, hasMean: Bool)
  /// The best models by BIC, the best first, and the one taken.
  case orders([RankedModel], chosen: ARIMAOrder)
  /// The model before was the better one.
  case backToReference(ARIMAOrder, reason: String)
  /// Residuals are still correlated: outliers are searched with a lower critical value.
  case criticalValueReduced(to: Double, ljungBox: Double)
  /// No model's residuals were uncorrelated: a long autoregression is taken.
  case lastResort(ARIMAOrder)
  /// A root near one became a difference.
  case unitRoot(ARIMAOrder)
  /// A moving average and a difference that cancel were taken out.
  case overdifferenced(ARIMAOrder)
  /// A small insignificant coefficient was dropped.
  case coefficientDropped(ARIMAOrder)
  /// A model could not be estimated, and a simpler one stands in.
  case simplified(ARIMAOrder, reason: String)
}

extension SelectionStep: CustomStringConvertible {
  public var description: String {
    switch self {
    case .levelsNotPositive: "levels: not every value is above zero"
    case .transformation(let level, let log, let isLog):
      "\(isLog ? "logarithms" : "levels"): AICc \(fixed(log, 2)) in logarithms, \(fixed(level, 2)) in levels"
    case .tradingDays(let without, let six, let one, let chosen):
      "trading days \(chosen.map { $0 == .six ? "with six contrasts" : "with one contrast" } ?? "not taken"): "
        + "AICc \(fixed(without, 2)) without, \(optional(six)) with six, \(optional(one)) with one"
    case .easter(let without, let windows, let chosen):
      "Easter \(chosen.map { "with \($0) days" } ?? "not taken"): AICc \(fixed(without, 2)) without"
        + windows.map { ", \(fixed($0.aicc, 2)) with \($0.days)" }.joined()
    case .constant(let t, let limit, let isKept):
      "constant \(isKept ? "taken" : "not taken"): t \(fixed(t, 2)), limit \(fixed(limit, 2))"
    case .outlierAdded(let outlier, let t, let pass, let robust, let scale):
      "outlier \(outlier) added in pass \(pass): t \(fixed(t, 2)); residuals' scale \(shortText(robust)) robust, \(shortText(scale)) plain"
    case .outlierRemoved(let outlier, let t, _): "outlier \(outlier) removed: t \(fixed(t, 2))"
    case .dropped(let regressor, let t): "\(regressor.rawValue) dropped: t \(fixed(t, 2))"
    case .defaultModel(let order, let ljungBox, let scale):
      "default model \(order): residuals correlated with confidence \(fixed(ljungBox, 3)), scale \(shortText(scale))"
    case .differences(let regular, let seasonal, let hasMean):
      "differences: \(regular) plain, \(seasonal) seasonal, \(hasMean ? "with" : "without") a mean"
    case .orders(let models, let chosen):
      "orders \(chosen) by BIC: "
        + models.map { "\($0.order) \(fixed($0.criterion, 3))" }.joined(separator: ", ")
    case .backToReference(let order, let reason): "back to \(order): \(reason)"
    case .criticalValueReduced(let value, let ljungBox):
      "outliers searched again from t \(fixed(value, 2)) on: residuals correlated with confidence \(fixed(ljungBox, 3))"
    case .lastResort(let order): "\(order) as a last resort: residuals stay correlated"
    case .unitRoot(let order): "\(order): an autoregressive root near one became a difference"
    case .overdifferenced(let order): "\(order): a moving average that cancels a difference was taken out"
    case .coefficientDropped(let order): "\(order): an insignificant coefficient was dropped"
    case .simplified(let order, let reason): "\(order) in place of a larger model: \(reason)"
    }
  }
}

private func optional(_ value: Double?) -> String { value.map { fixed($0, 2) } ?? "none" }
