/// How an automatic ARIMA model was chosen.
public struct ARIMAChoice: Sendable, Hashable {
  /// A model that was tried.
  public struct Trial: Sendable, Hashable {
    /// What came of it.
    public enum Outcome: Sendable, Hashable {
      /// The criterion's value, the less the better.
      case value(Double)
      /// A root of one of the polynomials has this modulus, too near to the unit circle (less than 1.01).
      case nearUnitRoot(Double)
      /// Its estimation was stopped when it could hardly become the best any more.
      case hopeless
      /// It could not be estimated; the text says why.
      case failed(String)
    }

    public let order: ARIMAOrder
    public let hasConstant: Bool
    public let outcome: Outcome
    /// Whether it was the best of all until then.
    public let isBest: Bool
  }

  /// The tests for differences that were made, in their order.
  public internal(set) var tests: [UnitRootTest] = []
  /// The models that were tried, in their order; none where ``fallback`` says why.
  public internal(set) var trials: [Trial] = []
  /// Why there was no search, or none that led to a model: the series, or what differencing leaves of it, is constant, or there
  /// are too few observations. Nil if the search chose the model.
  public internal(set) var fallback: String?
  /// What was minimised.
  public internal(set) var criterion: AutoARIMA.Criterion
  /// The orders chosen.
  public internal(set) var order = ARIMAOrder(0, 0, 0)
  /// Whether the model chosen has a mean or a drift.
  public internal(set) var hasConstant = false
  /// The length of the season.
  public let seasonalPeriod: Int

  init(criterion: AutoARIMA.Criterion, seasonalPeriod: Int) {
    self.criterion = criterion
    self.seasonalPeriod = seasonalPeriod
  }

  /// Every test and every model in words, one line each, the choice last.
  public var path: [String] {
    var lines = tests.map(\.description)
    lines.append("differences: \(order.d), over a season: \(order.seasonalD)")
    for trial in trials { lines.append("\(text(trial.order, trial.hasConstant)): \(text(trial))") }
    if let fallback { lines.append(fallback) }
    lines.append("chosen: \(text(order, hasConstant))")
    return lines
  }

  private func text(_ trial: Trial) -> String {
    switch trial.outcome {
    case .value(let value):
      "\(criterion.text) \(decimals(value, 2))\(trial.isBest ? ", the best so far" : "")"
    case .nearUnitRoot(let modulus):
      "rejected, a root of modulus \(decimals(modulus, 4)) is too near to the unit circle"
    case .hopeless: "given up, it could hardly become the best"
    case .failed(let reason): "rejected, \(reason)"
    }
  }

  private func text(_ order: ARIMAOrder, _ hasConstant: Bool) -> String {
    let constant = order.d + order.seasonalD == 0 ? " with mean" : " with drift"
    return order.text(period: seasonalPeriod) + (hasConstant ? constant : "")
  }
}

extension AutoARIMA.Criterion {
  var text: String {
    switch self {
    case .aic: "AIC"
    case .aicc: "AICc"
    case .bic: "BIC"
    }
  }

  func value(_ criteria: InformationCriteria) -> Double {
    switch self {
    case .aic: criteria.aic
    case .aicc: criteria.aicc
    case .bic: criteria.bic
    }
  }
}

/// A number with so many digits behind the point, for messages.
private func decimals(_ x: Double, _ digits: Int) -> String {
  guard x.isFinite, abs(x) < 1e12 else { return "\(x)" }
  var scale = 1
  for _ in 0..<digits { scale *= 10 }
  let whole = Int((abs(x) * Double(scale)).rounded())
  let fraction = String(whole % scale)
  let zeros = String(repeating: "0", count: digits - fraction.count)
  return "\(x < 0 && whole > 0 ? "-" : "")\(whole / scale).\(zeros)\(fraction)"
}
