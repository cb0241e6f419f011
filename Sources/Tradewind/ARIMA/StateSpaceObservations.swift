import RealModule

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
  ///   - combined: The runs, in order and without overlap.
  init(_ series: [Double], regressors: [[Double]] = [], combined: [CombinedRun] = []) {
    precondition(regressors.allSatisfy { $0.count == series.count }, "a regressor is as long as the series")
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
    runs = combined.map { run in
      let range = run.range
      var sums = regressors.map { column in
        zip(range, run.factors).reduce(0) { $0 + $1.1 * column[$1.0] }
      }
      sums.append(run.total)
      return Run(
        first: range.lowerBound, last: range.upperBound, weights: run.factors, totals: sums)
    }
    precondition(
      runs.allSatisfy { run in (run.first...run.last).allSatisfy { series[$0].isNaN } },
      "a period within a run has no value of its own")
  }

  /// How many values or totals are known.
  var informationCount: Int { isObserved.count(where: \.self) + runs.count }

  /// Replaces log Σ exp by its tangent at given values: with the shares wⱼ = fⱼ exp ŷⱼ / Σ f exp ŷ,
  /// f the factors, Σ wⱼ yⱼ = log S − log Σ f exp ŷ + Σ wⱼ ŷⱼ.
  ///
  /// - Parameters:
  ///   - combined: The runs with their totals S, above zero.
  ///   - value: ŷ of the j-th value of a run.
  mutating func linearise(_ combined: [CombinedRun], at value: (_ run: Int, _ j: Int) -> Double) {
    for (index, run) in combined.enumerated() {
      // log of factor · exp y.
      let logs = run.factors.indices.map { value(index, $0) + .log(run.factors[$0]) }
      let highest = logs.reduce(-Double.infinity) { max($0, $1) }
      let parts = logs.map { Double.exp($0 - highest) }
      let sum = parts.reduce(0, +)
      let weights = parts.map { $0 / sum }
      runs[index].weights = weights
      var total = Double.log(run.total) - highest - Double.log(sum)
      for (j, w) in weights.enumerated() { total += w * value(index, j) }
      runs[index].totals[columns - 1] = total
      for c in 0..<(columns - 1) {
        runs[index].totals[c] = weights.indices.reduce(0) {
          $0 + weights[$1] * values[(run.range.lowerBound + $1) * columns + c]
        }
      }
    }
  }
}
