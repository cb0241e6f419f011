import RealModule

/// What the regressors of a model explain, by the part of the series it belongs to.
///
/// Each array covers the series with its extension. Effects are factors where the model is one of logarithms, and
/// differences in the unit of the series where it is not; the prior factor of the leap year is part of the calendar.
struct RegressionEffects: Sendable {
  let usesFactors: Bool
  let calendar: [Double]
  let trend: [Double]
  let seasonal: [Double]
  let irregular: [Double]
  /// Of regressors that belong to no part.
  let other: [Double]

  /// The effects over a frame that holds the series from `first` on.
  ///
  /// A constant is no effect: it is part of what X-11 takes apart. Level shifts and the like are measured from
  /// the last observed value, as X-13 does, so that the series goes into X-11 at its present level.
  init(_ fitted: FittedARIMA, in frame: RegressionFrame, first: Int) throws(RegressionError) {
    let model = fitted.model
    usesFactors = model.transform == .log
    let layout = try RegressionLayout(of: model.regressors, in: frame, after: model.hasConstant ? 1 : 0)
    let beta = fitted.estimate.beta
    var sums: [RegressionRole: [Double]] = [:]
    for (term, block) in zip(model.regressors, layout.blocks) {
      let role: RegressionRole = block.role == .tradingDays ? .holiday : block.role
      for (index, column) in zip(block.columns, try term.columns(in: frame)) {
        for (t, x) in column.values.enumerated() {
          sums[role, default: Array(repeating: 0, count: frame.count)][t] += beta[index] * x
        }
      }
    }
    if let last = sums[.trend]?[first + fitted.series.count - 1] {
      sums[.trend] = sums[.trend]?.map { $0 - last }
    }
    let (usesFactors, count) = (usesFactors, frame.count)
    func effect(_ role: RegressionRole) -> [Double] {
      let sum = sums[role] ?? Array(repeating: 0, count: count)
      return usesFactors ? sum.map { Double.exp($0) } : sum
    }
    trend = effect(.trend)
    seasonal = effect(.seasonal)
    irregular = effect(.irregular)
    other = effect(.user)
    if let prior = model.prior, usesFactors {
      calendar = zip(effect(.holiday), prior.values(in: frame)).map { $0 * $1 }
    } else {
      calendar = effect(.holiday)
    }
  }

  /// All of them together.
  var all: [Double] {
    combined(combined(combined(calendar, trend), combined(seasonal, irregular)), other)
  }

  /// Two effects together.
  func combined(_ a: [Double], _ b: [Double]) -> [Double] {
    usesFactors ? zip(a, b).map { $0 * $1 } : zip(a, b).map { $0 + $1 }
  }

  /// Values without an effect.
  func without(_ values: [Double], _ effect: [Double]) -> [Double] {
    usesFactors ? zip(values, effect).map { $0 / $1 } : zip(values, effect).map { $0 - $1 }
  }
}
