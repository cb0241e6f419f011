import RealModule

/// What the regressors of a model explain, by the part of the series it belongs to.
///
/// Each array covers the series with its extension. Effects are factors where the model is one of logarithms, and
/// differences in the unit of the series where it is not; the prior factor of the leap year is part of the calendar.
struct RegressionEffects: Sendable {
  let usesFactors: Bool
  /// Weekdays, leap years with their prior factor, the length of the month.
  let tradingDays: [Double]
  /// Feasts.
  let holidays: [Double]
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
      for (index, column) in zip(block.columns, try term.columns(in: frame)) {
        for (t, x) in column.values.enumerated() {
          sums[block.role, default: Array(repeating: 0, count: frame.count)][t] += beta[index] * x
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
    holidays = effect(.holiday)
    if let prior = model.prior, usesFactors {
      tradingDays = zip(effect(.tradingDays), prior.values(in: frame)).map { $0 * $1 }
    } else {
      tradingDays = effect(.tradingDays)
    }
  }

  /// Trading days and feasts.
  var calendar: [Double] { combined(tradingDays, holidays) }

  /// All of them together.
  var all: [Double] {
    combined(combined(combined(calendar, trend), combined(seasonal, irregular)), other)
  }

  /// Outliers and other regressors of trend, season and irregular.
  var outliers: [Double] { combined(combined(trend, seasonal), irregular) }

  /// The effects of some of its periods.
  subscript(range: Range<Int>) -> RegressionEffects { RegressionEffects(self, range) }

  private init(_ whole: RegressionEffects, _ range: Range<Int>) {
    func part(_ values: [Double]) -> [Double] { Array(values[range]) }
    usesFactors = whole.usesFactors
    (tradingDays, holidays) = (part(whole.tradingDays), part(whole.holidays))
    (trend, seasonal) = (part(whole.trend), part(whole.seasonal))
    (irregular, other) = (part(whole.irregular), part(whole.other))
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
