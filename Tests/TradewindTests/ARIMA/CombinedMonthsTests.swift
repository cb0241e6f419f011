import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

private let airline = ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1))

private func januaryFebruary(_ years: ClosedRange<Int>) throws -> [PeriodRange] {
  try years.map { try PeriodRange(from: .month($0, 1), through: .month($0, 2)) }
}

private func imports(from year: Int = 2000) throws -> TimeSeries {
  let series = try ExampleData.china().first { $0.name == "imports_100m_usd" }
  return try #require(series).slice(from: .month(year, 1), through: .month(2013, 12))
}

@Suite("Combined months")
struct CombinedMonthsTests {
  @Test("a run is recognised where its months are missing and its last holds the sum")
  func recognition() throws {
    let nan = Double.nan
    let series = TimeSeries(
      // 2020-02 begins the series; 2021 combined; 2022 known; 2023 lacks both; 2024 combined.
      [5] + [Double](repeating: 1, count: 10) + [nan, 7] + [Double](repeating: 1, count: 10) + [2, 3]
        + [Double](repeating: 1, count: 10) + [nan, nan] + [Double](repeating: 1, count: 10) + [nan, 9],
      start: .month(2020, 2))
    #expect(try CombinedMonths.januaryFebruary.ranges(in: series) == [11...12, 47...48])
    #expect(try CombinedMonths.januaryFebruary.ranges(in: series.prefix(48)) == [11...12])
    let runs = try januaryFebruary(2020...2024)
    #expect(throws: ARIMAError.knownWithinRun(period: .month(2022, 1), run: runs[2])) {
      try CombinedMonths(runs).ranges(in: series)
    }
    #expect(try CombinedMonths([runs[4], runs[1], runs[3]]).ranges(in: series) == [11...12, 47...48])
    let quarter = try PeriodRange(from: .month(2021, 2), through: .month(2021, 4))
    #expect(throws: ARIMAError.overlappingRuns(runs[1], quarter)) {
      try CombinedMonths([quarter, runs[1]]).ranges(in: series)
    }
    let quarters = TimeSeries([1, nan, 3], start: .quarter(2020, 1))
    #expect(throws: ARIMAError.self) { try CombinedMonths.januaryFebruary.ranges(in: quarters) }
  }

  @Test("two names of months are read, and nothing else")
  func parsing() {
    #expect(CombinedMonths(parsing: "January-February") == .januaryFebruary)
    #expect(CombinedMonths(parsing: "march-may") == CombinedMonths(eachYear: 3...5))
    for text in ["", "january", "february-january", "january-", "january-january", "1-2", "jan-feb-mar"] {
      #expect(CombinedMonths(parsing: text) == nil)
    }
  }

  @Test("combining hides all but the total")
  func combining() throws {
    let year = TimeSeries((1...12).map(Double.init), start: .month(2024, 1))
    let runs = try januaryFebruary(2024...2025)
    let combined = year.combining(runs)
    #expect(combined.values[0].isNaN && combined.values[1] == 3)
    #expect(Array(combined.values[2...]) == Array(year.values[2...]))
  }

  @Test("the months of a run add up to its total on either scale, a prior factor or not")
  func adding() throws {
    let full = try imports().prefix(80)
    let year = try PeriodRange(from: .month(2004, 3), through: .month(2005, 4))
    let runs = try januaryFebruary(2002...2004) + [year]
    let series = full.combining(runs)
    for transform in RegressionTransform.allCases {
      for prior in [nil, PriorFactor.leapYear] where prior != nil || transform == .log {
        let model = ARIMA(airline, transform: transform, prior: prior, combined: CombinedMonths(runs))
        let fit = try model.fit(to: series)
        let months = fit.interpolated(levels: [0.8])
        #expect(months.count == 6 + 14 && months.allSatisfy { $0.isCombined })
        let completed = fit.completedSeries
        for run in runs {
          let sum = run.periods.reduce(0) { $0 + (completed[$1] ?? .nan) }
          #expect(isClose(sum, series[run.last] ?? .nan, relative: 1e-9))
        }
        for month in months {
          #expect(month.standardError > 0)
          #expect(month.intervals[0].lower < month.estimate && month.estimate < month.intervals[0].upper)
        }
      }
    }
  }

  @Test("in logarithms the months are the most probable ones with that total")
  func mode() throws {
    let full = try imports().prefix(84)
    let runs = try januaryFebruary(2002...2003)
    let model = ARIMA(airline, transform: .log, combined: .januaryFebruary)
    let problem = try model.problem(for: full.combining(runs))
    let parameters = [-0.5, -0.4]
    let law = try StateSpaceFit(problem, parameters: parameters, beta: []).interpolated()
    // The sum of squares of the complete series as a function of one January, February being what is left of the total.
    for (index, run) in problem.combined.enumerated() {
      let sum = { (january: Double) in
        var complete = problem
        complete.combined = []
        for (t, mean) in zip(law.times, law.means) { complete.values[t] = mean }
        complete.values[run.range.lowerBound] = january
        complete.values[run.range.upperBound] = Double.log(run.total - Double.exp(january))
        return try evaluate(complete, at: parameters).variance
      }
      let best = law.means[2 * index]
      let (below, here, above) = (try sum(best - 1e-3), try sum(best), try sum(best + 1e-3))
      #expect(below > here && above > here)
      // The derivative vanishes against the curvature.
      #expect(abs(above - below) < 1e-3 * (above + below - 2 * here))
    }
  }

  @Test("in logarithms the likelihood is that of dense matrices with the totals' tangents")
  func tangents() throws {
    let full = try imports().prefix(60)
    let model = ARIMA(airline, transform: .log, combined: CombinedMonths(eachYear: 1...3)) { Trend() }
    let quarter = { try PeriodRange(from: .month($0, 1), through: .month($0, 3)) }
    var problem = try model.problem(for: full.combining([try quarter(2000), try quarter(2002)]))
    problem.columns = [
      RegressionColumn(name: "x", values: (0..<60).map { Double.sin(Double($0 * $0)) })
    ]
    let parameters = [-0.5, -0.4]
    let estimate = try evaluate(problem, at: parameters)
    let law = try StateSpaceFit(problem, parameters: parameters, beta: estimate.beta).interpolated()
    var tangent = problem
    tangent.combinedScale = .none
    var weights: [[Double]] = []
    for (index, run) in problem.combined.enumerated() {
      let logs = Array(law.means[3 * index..<3 * index + 3])
      let shares = logs.map { Double.exp($0) / run.total }
      weights.append(shares)
      tangent.combined[index].total = zip(shares, logs).reduce(0) { $0 + $1.0 * $1.1 }
    }
    // Dense runs have the regression's part outside: take it away from the total, and put it back.
    let x = problem.columns[0].values
    var errors = tangent
    errors.columns = []
    for t in errors.values.indices { errors.values[t] -= estimate.beta[0] * x[t] }
    for (index, run) in problem.combined.enumerated() {
      for (j, t) in run.range.enumerated() {
        errors.combined[index].total -= weights[index][j] * estimate.beta[0] * x[t]
      }
    }
    let dense = try DenseARIMA(errors, at: parameters, weights: weights)
    #expect(isClose(estimate.logLikelihood, dense.logLikelihood, absolute: 1e-7))
    for (i, t) in law.times.enumerated() {
      #expect(isClose(law.means[i], dense.values[t] + estimate.beta[0] * x[t], absolute: 1e-8))
    }
  }

  @Test("hidden months are found again within their intervals, and forecasts stay close")
  func recovery() throws {
    let full = try imports().slice(from: .month(2000, 1), through: .month(2010, 12))
    let hidden = full.combining(try januaryFebruary(2006...2010))
    let terms: [any RegressionTerm] = [ChineseNewYear(), Step(at: .month(2008, 11))]
    let all = try ARIMA(airline, transform: .log, regressors: terms).fit(to: full)
    let some = try ARIMA(airline, transform: .log, combined: .januaryFebruary, regressors: terms).fit(
      to: hidden)
    let months = some.interpolated(levels: [0.99])
    #expect(months.count == 10)
    for month in months {
      let truth = full[month.period] ?? .nan
      #expect(month.intervals[0].lower < truth && truth < month.intervals[0].upper)
    }
    let (known, unknown) = (all.forecast(horizon: 6), some.forecast(horizon: 6))
    for h in 0..<6 { #expect(isClose(unknown.median[h], known.median[h], relative: 0.03)) }
    // What the single months would have told is lost, so intervals are no narrower in units of the innovations.
    #expect(some.informationCriteria?.observations == (all.informationCriteria?.observations ?? 0) - 5)
    // The sum taken for February's own value is another story.
    let naive = try ARIMA(airline, transform: .log, regressors: terms).fit(to: hidden).forecast(horizon: 2)
    #expect(naive.median[1] > 1.5 * known.median[1])
  }

  @Test("a run published after the fit is taken up by the update")
  func update() throws {
    let full = try imports(from: 2004)
    let hidden = full.combining(try januaryFebruary(2010...2012))
    let model = ARIMA(airline, transform: .log, combined: .januaryFebruary)
    let fit = try model.fit(to: hidden.slice(from: full.start, through: .month(2011, 12)))
    let updated = try fit.updated(with: [.nan, hidden[.month(2012, 2)] ?? .nan])
    #expect(updated.interpolated().count == 6)
    let sum = updated.completedSeries.values.suffix(2).reduce(0, +)
    #expect(isClose(sum, hidden[.month(2012, 2)] ?? .nan, relative: 1e-9))
    #expect(updated.fittedValues.count == updated.series.count)
    // What was fitted stands; the fitted value at the run's end is the total's.
    let last = updated.fittedValues[updated.series.count - 1]
    #expect(isClose(last, hidden[.month(2012, 2)] ?? .nan, relative: 0.2))
    #expect(updated.parameters == fit.parameters)
    let forecast = updated.forecast(horizon: 3)
    #expect(forecast.start == .month(2012, 3) && forecast.mean.allSatisfy { $0.isFinite })
    // January alone tells nothing yet.
    let waiting = try fit.updated(with: [.nan])
    #expect(waiting.interpolated().count == 5)
    #expect(
      isClose(waiting.forecast(horizon: 1).median[0], fit.forecast(horizon: 2).median[1], relative: 1e-9))
  }
}
