/// What is known of a series and its regressors, period by period, where some periods are missing or known only in
/// total.
///
/// The columns are the regressors and, last, the series, each with one value a period. All columns share the pattern of
/// the series: what is not observed of it is not read of them, so that any linear filter of y − Xβ is the same filter of
/// every column.
struct StateSpaceObservations: Sendable {
  /// A run of periods of which only Σ weightⱼ · (value of the j-th period) is known.
  struct Run: Sendable {
    let first: Int
    let last: Int
    /// One a period; 1 where the total is a plain sum.
    var weights: [Double]
    /// The known total of each column.
    var totals: [Double]
  }

  /// How many periods there are.
  let count: Int
  /// How many columns: the regressors and the series.
  let columns: Int
  /// Row after row; rows of periods that are not observed are not read.
  let values: [Double]
  /// Whether the value of the period itself is known.
  let isObserved: [Bool]
  /// In order, without overlap; none of their periods is observed.
  var runs: [Run]

  /// - Parameters:
  ///   - series: The values, NaN where missing or known only as a part of a run.
  ///   - regressors: Columns as long as the series.
  ///   - runs: The runs as ranges of indices, in order and without overlap.
  ///   - totals: Their totals of the series, each the plain sum.
  init(_ series: [Double], regressors: [[Double]] = [], runs: [ClosedRange<Int>] = [], totals: [Double] = [])
  {
    precondition(regressors.allSatisfy { $0.count == series.count }, "a regressor is as long as the series")
    precondition(runs.count == totals.count, "each run has a total")
    let columns = regressors.count + 1
    var values = [Double](repeating: 0, count: series.count * columns)
    for (t, y) in series.enumerated() {
      for (j, x) in regressors.enumerated() { values[t * columns + j] = x[t] }
      values[t * columns + columns - 1] = y
    }
    self.count = series.count
    self.columns = columns
    self.values = values
    isObserved = series.map { !$0.isNaN }
    self.runs = zip(runs, totals).map { range, total in
      var sums = regressors.map { column in range.reduce(0) { $0 + column[$1] } }
      sums.append(total)
      return Run(
        first: range.lowerBound, last: range.upperBound,
        weights: [Double](repeating: 1, count: range.count), totals: sums)
    }
    precondition(
      self.runs.allSatisfy { run in (run.first...run.last).allSatisfy { series[$0].isNaN } },
      "a period within a run has no value of its own")
  }

  /// How many values or totals are known.
  var informationCount: Int { isObserved.count(where: \.self) + runs.count }
}
