/// An ARIMA model that was chosen, and how.
public struct ARIMAChoice: Sendable {
  /// A model that was tried.
  public struct Trial: Sendable, Hashable {
    /// What came of it.
    public enum Outcome: Sendable, Hashable {
      /// The criterion's value, the less the better.
      case value(Double)
      /// A root of one of the polynomials has this modulus, too near to the unit circle (at most 1.01).
      case nearUnitRoot(Double)
      /// It could not come near the best model any more when its estimation was stopped.
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

  /// The model chosen, fitted.
  public let fitted: FittedARIMA
  /// The tests for differences that were made, in their order.
  public let tests: [UnitRootTest]
  /// The models that were tried, in their order; none where ``fallback`` says why.
  public let trials: [Trial]
  /// Why there was no search: the series, or what differencing leaves of it, is constant. Nil if there was one.
  public let fallback: String?
  /// What was minimised.
  public let criterion: AutoARIMA.Criterion

  /// Every test and every model in words, one sentence each, the choice last.
  public var path: [String] {
    var lines = tests.map(\.description)
    let order = fitted.model.order
    lines.append("differences: \(order.d), over a season: \(order.seasonalD)")
    if let fallback { lines.append(fallback) }
    let period = fitted.series.seasonalPeriod
    for trial in trials {
      let model = Self.text(trial.order, trial.hasConstant, period: period)
      let outcome =
        switch trial.outcome {
        case .value(let value):
          "\(criterion.text) \(decimals(value, 2))" + (trial.isBest ? ", the best so far" : "")
        case .nearUnitRoot(let modulus):
          "rejected, a root at \(decimals(modulus, 4)) is too near to the unit circle"
        case .hopeless: "given up, it could not become the best"
        case .failed(let reason): "rejected, \(reason)"
        }
      lines.append("\(model): \(outcome)")
    }
    lines.append("chosen: \(Self.text(order, fitted.model.hasConstant, period: period))")
    return lines
  }

  private static func text(_ order: ARIMAOrder, _ hasConstant: Bool, period: Int) -> String {
    let constant = order.d + order.seasonalD == 0 ? " with mean" : " with drift"
    return order.text(period: period) + (hasConstant ? constant : "")
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
