import RealModule
import TradewindNumerics

/// What an automatic choice decides on, at any point of its way.
struct AdjustmentSpecification: Sendable, Equatable {
  var order: ARIMAOrder
  var hasConstant = false
  /// Trading days, which bring the leap year with them.
  var tradingDays: TradingDays.Contrasts?
  /// The days of the Easter term.
  var easter: Int?
  /// Outliers found, in the order of time.
  var outliers: [FoundOutlier] = []

  init(order: ARIMAOrder) { self.order = order }

  /// Whether there is any regressor beside those that are given.
  var hasRegressors: Bool { hasConstant || tradingDays != nil || easter != nil || !outliers.isEmpty }
}

/// An outlier by kind and position.
struct FoundOutlier: Sendable, Hashable {
  var kind: Outlier.Kind
  var index: Int
}

/// What a regression coefficient belongs to.
enum AdjustmentLabel: Sendable, Hashable {
  case constant, user, tradingDays, leapYear, easter
  case outlier(FoundOutlier)
}

/// A specification, estimated.
struct AdjustmentFit: Sendable {
  var specification: AdjustmentSpecification
  /// The series on the scale of the model, NaN where a month is missing.
  var values: [Double]
  var columns: [RegressionColumn]
  var labels: [AdjustmentLabel]
  var estimate: RegARIMAEstimate

  /// The t-statistic of a regression coefficient, with the maximum-likelihood variance.
  func tValue(_ index: Int) -> Double {
    estimate.beta[index] / (estimate.variance * estimate.betaGram[index, index]).squareRoot()
  }

  /// The t-statistics of the coefficients with a label that passes.
  func tValues(_ isIncluded: (AdjustmentLabel) -> Bool) -> [Double] {
    labels.indices.filter { isIncluded(labels[$0]) }.map { tValue($0) }
  }

  /// The t-statistic of minus the sum of coefficients: the day that has no column.
  func derivedTValue(_ label: AdjustmentLabel) -> Double {
    let indices = labels.indices.filter { labels[$0] == label }
    var (sum, variance) = (0.0, 0.0)
    for i in indices {
      sum -= estimate.beta[i]
      for j in indices { variance += estimate.betaGram[i, j] }
    }
    return variance > 0 ? sum / (estimate.variance * variance).squareRoot() : 0
  }

  /// Regression coefficients, ARMA coefficients and the variance.
  var parameterCount: Int { estimate.beta.count + specification.order.coefficientCount + 1 }

  /// AICc without the Jacobian of the transformation.
  var aicc: Double {
    let (n, k) = (Double(estimate.effectiveObservations), Double(parameterCount))
    // With no more observations than that the correction has no meaning: a model not to be chosen.
    guard n > k + 1 else { return .infinity }
    return -2 * (estimate.logLikelihood - n * k / (n - k - 1))
  }

  /// A series less the regressors with labels that pass.
  func less(_ series: [Double], _ isIncluded: (AdjustmentLabel) -> Bool) -> [Double] {
    var result = series
    for (i, label) in labels.enumerated() where isIncluded(label) {
      let column = columns[i].values
      for t in result.indices { result[t] -= estimate.beta[i] * column[t] }
    }
    return result
  }

  /// The differences of a series less the whole regression.
  func regressionResiduals(_ series: [Double], period: Int) -> [Double] {
    specification.order.differenced(less(series) { _ in true }, period: period)
  }
}
