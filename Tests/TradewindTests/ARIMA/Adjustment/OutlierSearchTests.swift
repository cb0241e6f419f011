import TestSupport
import Testing

@testable import Tradewind

@Suite("Outlier search")
struct OutlierSearchTests {
  /// All of X-13's searches with `TRADEWIND_ALL_RUNS=1`: they take a minute without optimisation.
  static let runs =
    ["ap-all-cv35", "ap-all-cv35-addall", "ap-ao-cv30", "ap-default", "ap-lsrun3", "imp-default"]
    + AdjustmentReference.ifAll([
      "imp-all-cv35", "imp-all-cv35-addall", "imp-ao-cv30", "imp-lsrun3", "exp-all-cv35",
      "exp-all-cv35-addall",
      "exp-ao-cv30", "exp-default", "exp-lsrun3",
    ])

  static func selection(_ run: String) throws -> RegARIMASelection {
    let row = try AdjustmentReference.run(run, in: "outlier-runs")
    let search = OutlierSearch(
      AdjustmentReference.kinds(row["kinds"] ?? ""), criticalValue: Double(row["critical"] ?? ""),
      method: row["method"] == "addall" ? .addAll : .addOne)
    let model = AutomaticRegARIMA(
      transformation: .logarithm, testsTradingDays: false, easterWindows: [], outliers: search,
      order: ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)))
    return try model.select(for: AdjustmentReference.series(row["series"] ?? ""))
  }

  @Test("X-13's outliers, coefficients and AICc", arguments: runs)
  func setsEqualX13(run: String) throws {
    let row = try AdjustmentReference.run(run, in: "outlier-runs")
    let chosen = try Self.selection(run)
    #expect(chosen.outliers.map(\.description).joined(separator: " ") == row["outliers"])
    let aicc = try #require(Double(row["aicc"] ?? ""))
    #expect(isClose(chosen.aicc, aicc, absolute: 1e-5))
    #expect(isClose(chosen.fitted.informationCriteria?.aicc ?? .nan, aicc, absolute: 1e-5))
    let expected = try AdjustmentReference.coefficients(run)
    for coefficient in chosen.fitted.regression {
      let value = try #require(expected[coefficient.name])
      #expect(isClose(coefficient.estimate, value, absolute: 1e-5), "\(coefficient.name)")
    }
    let parameters = chosen.fitted.parameters
    #expect(isClose(parameters[0], expected["MA1"] ?? .nan, absolute: 1e-4))
    #expect(isClose(parameters[1], expected["seasonal MA12"] ?? .nan, absolute: 1e-4))
  }

  @Test(
    "each pass finds what X-13's pass finds, with its scales and t values",
    arguments: ["ap-ao-cv30", "imp-default"] + AdjustmentReference.ifAll(["exp-all-cv35-addall"]))
  func passesEqualX13(run: String) throws {
    let expected = try AdjustmentReference.file("outlier-steps").filter { $0["run"] == run }
    var steps: [(text: String, scales: [Double], t: Double)] = []
    for step in try Self.selection(run).steps {
      switch step {
      case .outlierAdded(let outlier, let t, let pass, let robust, let scale):
        steps.append(("\(pass) added \(outlier)", [robust, scale], t))
      case .outlierRemoved(let outlier, let t, _): steps.append(("removed \(outlier)", [], t))
      default: break
      }
    }
    #expect(steps.count == expected.count)
    for (step, row) in zip(steps, expected) {
      let isAdded = row["action"] == "added"
      let prefix = isAdded ? "\(row["pass"] ?? "") " : ""
      #expect(step.text == prefix + (row["action"] ?? "") + " " + (row["outlier"] ?? ""))
      #expect(isClose(step.t, Double(row["t"] ?? "") ?? .nan, relative: 2e-4), "\(step.text)")
      guard isAdded else { continue }
      #expect(isClose(step.scales[0], Double(row["robust"] ?? "") ?? .nan, relative: 2e-4))
      #expect(isClose(step.scales[1], Double(row["scale"] ?? "") ?? .nan, relative: 2e-4))
    }
  }

  @Test("the critical value grows with the series as X-13's does")
  func criticalValues() {
    #expect(isClose(outlierCriticalValue(count: 144), 3.88983776393407, absolute: 1e-6))
    #expect(isClose(outlierCriticalValue(count: 366), 4.06791763554091, absolute: 1e-6))
    // One month, and two independent ones: normal quantiles.
    #expect(isClose(outlierCriticalValue(count: 1), 1.959963984540054, absolute: 1e-12))
    #expect(isClose(outlierCriticalValue(count: 2), 2.236476644557, absolute: 1e-9))
    #expect(outlierCriticalValue(count: 144, significance: 0.01) > outlierCriticalValue(count: 144))
  }

  @Test("of a part of the series the months searched count, as in X-13")
  func criticalValueOfSpan() throws {
    let series = try AdjustmentReference.series("ap")
    func limit(_ span: ClosedRange<Period>?) throws -> Double {
      try AdjustmentSearch(AutomaticRegARIMA(outliers: OutlierSearch(span: span)), series).criticalValue
    }
    #expect(try limit(nil) == outlierCriticalValue(count: series.count))
    let last = series.periods.last ?? series.start
    #expect(try limit(last.advanced(by: -11)...last) == outlierCriticalValue(count: 12))
    #expect(try limit(last.advanced(by: 1)...last.advanced(by: 5)) == outlierCriticalValue(count: 1))
  }

  @Test("a scan's t statistics are those of regressions with the outlier, kind by kind")
  func scanEqualsRegression() throws {
    let series = try AdjustmentReference.series("ap").suffix(61)
    let model = AutomaticRegARIMA(
      transformation: .logarithm, outliers: OutlierSearch(Set(Outlier.Kind.allCases)))
    var search = try AdjustmentSearch(model, series)
    search.transform(logarithm: true)
    for order in [
      ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), ARIMAOrder(2, 1, 1, seasonal: (1, 0, 0)), ARIMAOrder(1, 0, 0),
      ARIMAOrder(0, 2, 1), ARIMAOrder(0, 0, 0, seasonal: (0, 1, 0)),
    ] {
      var specification = AdjustmentSpecification(order: order)
      specification.tradingDays = .one
      specification.hasConstant = order.d == 0
      specification.outliers = [FoundOutlier(kind: .additive, index: 30)]
      let fit = try search.fit(specification, from: nil)
      var buffer: [Double] = []
      let scan = try #require(
        OutlierScan(
          values: fit.values, columns: fit.columns.map(\.values), order: order, period: 12,
          parameters: fit.estimate.parameters, kinds: Set(Outlier.Kind.allCases), rate: 0.7, buffer: &buffer))
      for kind in Outlier.Kind.allCases {
        for month in [0, 1, 14, 29, 30, 31, 47, 59, 60] {
          var candidate = specification
          candidate.outliers.append(FoundOutlier(kind: kind, index: month))
          let found = scan.statistics[kind]?[month] ?? .nan
          guard let (problem, labels) = try? search.problem(candidate),
            let estimate = try? evaluate(problem, at: fit.estimate.parameters)
          else {
            // What cannot be estimated is not tested either.
            #expect(found.isNaN || abs(found) < 1e-6, "\(order) \(kind) \(month)")
            continue
          }
          let last = labels.count - 1
          let t = estimate.beta[last] / estimate.betaGram[last, last].squareRoot()
          #expect(isClose(found, t, relative: 1e-7, absolute: 1e-9), "\(order) \(kind) \(month)")
        }
      }
    }
  }

  @Test("of two outliers that explain the same the earlier or the later is added, as asked for")
  func tiesAreSettled() throws {
    // A pulse in the month before a shift: beside the pulse a shift of its own month is the same as one of the next.
    var values = try AdjustmentReference.series("ap").suffix(72).values
    for t in values.indices { values[t] *= (t == 30 ? 1.9 : 1) * (t > 30 ? 1.25 : 1) }
    let series = TimeSeries(values, start: .month(1955, 1))
    for prefersLater in [false, true] {
      var search = OutlierSearch(criticalValue: 4)
      search.prefersLater = prefersLater
      let model = AutomaticRegARIMA(
        transformation: .logarithm, testsTradingDays: false, easterWindows: [], outliers: search,
        order: ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)))
      let added = try model.select(for: series).steps.compactMap { step -> String? in
        if case .outlierAdded(let outlier, _, _, _, _) = step { "\(outlier)" } else { nil }
      }
      #expect(Array(added.prefix(2)) == ["AO1957-07", prefersLater ? "LS1957-08" : "LS1957-07"])
    }
  }
}
