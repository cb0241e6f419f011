import TestSupport
import Testing

@testable import Tradewind

@Suite("Sliding spans and revision history")
struct StabilityTests {
  static let airline = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log)

  static func adjusted(_ name: String, x11: X11 = X11()) throws -> AdjustedSeries {
    try SeasonalAdjustment(.given(airline), x11: x11).adjust(AdjustmentReference.series(name))
  }

  /// X-13's summaries of a run: the numbers of each entry.
  static func entries(of run: String) throws -> [String: [Double]] {
    var result: [String: [Double]] = [:]
    for row in try References.rows("x11/stability.csv") where row["run"] == run {
      result[row["key"] ?? ""] = (row["value"] ?? "").split(separator: " ").compactMap { Double($0) }
    }
    return result
  }

  // MARK: - Sliding spans

  @Test("every estimate of four spans, and their largest differences, are X-13's to 1e-6")
  func spans() throws {
    let spans = try Self.adjusted("ap", x11: X11(seasonalFilter: .s3x5)).slidingSpans()
    #expect(spans.spans.count == 4)
    #expect(spans.spans[0].periods == .month(1950, 1)..<(.month(1958, 1)))
    let comparisons = [
      "seasonal": try #require(spans.seasonal), "changes": spans.changes,
      "yearly-changes": spans.yearlyChanges,
    ]
    var compared = 0
    for row in try References.rows("x11/sliding-spans.csv") {
      let (figure, date) = (row["figure"] ?? "", try Period(parsing: row["ds"] ?? ""))
      for (number, span) in spans.spans.enumerated() {
        guard let theirs = Double(row["span\(number + 1)"] ?? "") else { continue }
        let i = date.ordinal - span.periods.lowerBound.ordinal
        let ours =
          switch figure {
          case "seasonal": span.seasonal[i] * 100
          case "changes": 100 * (span.adjusted[i] / span.adjusted[i - 1] - 1)
          default: 100 * (span.adjusted[i] / span.adjusted[i - 12] - 1)
          }
        #expect(isClose(ours, theirs, relative: 1e-6, absolute: 1e-6), "\(figure) \(date) span \(number + 1)")
        compared += 1
      }
      if let theirs = Double(row["difference"] ?? "") {
        let comparison = try #require(comparisons[figure])
        let ours = comparison.differences[date.ordinal - comparison.start.ordinal]
        #expect(isClose(ours, theirs, relative: 1e-6, absolute: 1e-6), "\(figure) \(date)")
        compared += 1
      }
    }
    #expect(compared > 1300)
  }

  @Test(
    "shares of unstable months, hinges, means by month and year, and tests of spans have X-13's printed digits"
  )
  func spanSummaries() throws {
    let spans = try Self.adjusted("ap", x11: X11(seasonalFilter: .s3x5)).slidingSpans()
    let entries = try Self.entries(of: "ap-slidingspans")
    for (letter, comparison) in [
      ("a", try #require(spans.seasonal)), ("d", spans.changes), ("e", spans.yearlyChanges),
    ] {
      let shares = try #require(entries["s2.\(letter).per"])
      #expect(
        Double(comparison.exceedances) == shares[0] && Double(comparison.differences.count) == shares[1])
      #expect(isClose(comparison.share * 100, shares[2], absolute: 5.1e-4))
      for month in 1...9 {
        let theirs = try #require(entries["s3.\(letter).brk.p0\(month)"])
        let ours = try #require(comparison.summary(ofSeason: month))
        #expect(isClose(ours.mean, try #require(theirs.last), relative: 1e-6), "\(letter) month \(month)")
      }
      // X-13 writes 0 for a year without a figure.
      for year in 1...9 {
        let theirs = try #require(entries["s3.\(letter).brk.y0\(year)"]?.last)
        #expect(
          isClose(comparison.summary(ofYear: 1950 + year)?.mean ?? 0, theirs, relative: 1e-6),
          "\(letter) \(1950 + year)")
      }
    }
    #expect(spans.seasonal?.finding == .good && spans.changes.finding == .good)
    #expect(spans.yearlyChanges.finding == .good)
    for (n, span) in spans.spans.enumerated() {
      #expect(isClose(span.stable ?? .nan, try #require(entries["ssfstab"])[n], absolute: 5.1e-3))
      #expect(isClose(span.moving ?? .nan, try #require(entries["ssfmov"])[n], absolute: 5.1e-3))
      #expect(isClose(span.m7 ?? .nan, try #require(entries["ssm7"])[n], absolute: 5.1e-3))
      #expect(span.identifiable == .present)
    }
    // Not compared: X-13's figures after the upper hinge, which are not in order.
    let summary = try #require(spans.seasonal).summary
    for (ours, theirs) in zip(
      [summary.minimum, summary.lowerHinge, summary.median, summary.upperHinge], [0.019, 0.470, 0.744, 1.212])
    { #expect(isClose(ours, theirs, absolute: 5.1e-4)) }
  }

  // MARK: - Revision history

  @Test(
    "first and last estimates, forecasts, coefficients and likelihoods with each new month are X-13's",
    arguments: ["ap"] + AdjustmentReference.ifAll(["imp"]))
  func history(run: String) throws {
    let rule = RevisionHistoryRule(start: run == "imp" ? .month(2005, 1) : nil)
    let history = try Self.adjusted(run).revisionHistory(rule)
    if run == "ap" { #expect(history.periods == .month(1957, 1)..<(.month(1960, 12))) }
    // X-13 was told to search to 1e-10 for ap, and stopped at its usual 1e-5 for imp: see the next test.
    let tolerance = run == "ap" ? 1e-6 : 1e-4
    var largest: [String: Double] = [:]
    func compare(_ ours: Double, _ theirs: String?, _ figure: String, scale: Double? = nil) throws {
      let theirs = try #require(Double(theirs ?? ""))
      let difference = abs(ours - theirs) / (scale ?? abs(theirs))
      largest[figure] = max(largest[figure] ?? 0, difference)
    }
    for row in try References.rows("x11/history.csv") where row["run"] == run {
      let (figure, date) = (row["figure"] ?? "", try Period(parsing: row["ds"] ?? ""))
      let i = date.ordinal - history.periods.lowerBound.ordinal
      if let target = RevisionHistory.Target(rawValue: figure) {
        guard i < history.periods.count else { continue }
        let factor = target == .seasonal || target == .projectedSeasonal ? 100.0 : 1
        // Changes are compared on the scale of the series, 100 %.
        let scale = figure.lowercased().hasSuffix("changes") ? 100.0 : nil
        try compare(history.estimates(of: target)[i] * factor, row["first"], figure, scale: scale)
        try compare(history.lastEstimates(of: target)[i] * factor, row["last"], figure, scale: scale)
      } else if figure.hasPrefix("forecast") {
        let forecasts = try #require(history.forecasts.first { figure == "forecast-\($0.lead)" })
        let place = date.ordinal - forecasts.start.ordinal
        try compare(forecasts.forecasts[place], row["first"], figure)
        try compare(forecasts.errors[place], row["last"], figure, scale: forecasts.forecasts[place])
      } else {
        let fit = try #require(history.fits.first { $0.end == date })
        if figure == "ma" {
          // X-13 has the opposite sign.
          try compare(-fit.coefficients[0], row["first"], figure, scale: 1)
          try compare(-fit.coefficients[1], row["last"], figure, scale: 1)
        } else {
          let criteria = try #require(fit.criteria)
          try compare(criteria.logLikelihood, row["first"], figure)
          try compare(criteria.aicc, row["last"], figure)
        }
      }
    }
    #expect(largest.count == (run == "ap" ? 10 : 7))
    for (figure, difference) in largest {
      // Coefficients are the least certain: the likelihood is flat about its top.
      let limit = figure == "ma" ? 2e-4 : tolerance
      #expect(difference < limit, "\(figure)")
      if AdjustmentReference.isComplete { print("history of \(run), \(figure): \(difference)") }
    }
  }

  @Test("with the coefficients that X-13 found, the first estimates of imports are X-13's to 1e-6")
  func givenCoefficients() throws {
    let series = try AdjustmentReference.series("imp")
    var rows: [String: [String: (Double, Double)]] = [:]
    for row in try References.rows("x11/history.csv") where row["run"] == "imp" {
      guard let first = Double(row["first"] ?? ""), let last = Double(row["last"] ?? "") else { continue }
      rows[row["ds"] ?? "", default: [:]][row["figure"] ?? ""] = (first, last)
    }
    var compared = 0
    for (date, figures) in rows {
      guard let ma = figures["ma"], let adjusted = figures["adjusted"], let trend = figures["trend"] else {
        continue
      }
      let period = try Period(parsing: date)
      var model = Self.airline
      model.constraints = ARIMAConstraints.none.holding(.ma, lags: [1], at: -ma.0)
        .holding(.seasonalMA, lags: [1], at: -ma.1)
      let known = series.prefix(period.ordinal - series.start.ordinal + 1)
      let ours = try SeasonalAdjustment(.given(model)).adjust(known)
      #expect(isClose(ours.seasonallyAdjusted[known.count - 1], adjusted.0, relative: 1e-6), "\(date)")
      #expect(isClose(ours.trend[known.count - 1], trend.0, relative: 1e-6), "\(date)")
      compared += 1
    }
    #expect(compared >= 15)
  }

  @Test("means by month and year, and hinges, of absolute revisions are X-13's")
  func historySummaries() throws {
    let history = try Self.adjusted("ap").revisionHistory()
    let entries = try Self.entries(of: "ap-history")
    for (key, target) in [
      ("r01.lag00", RevisionHistory.Target.adjusted), ("r02.lag00", .changes), ("r04.lag00", .trend),
      ("r05.lag00", .trendChanges), ("r06.lag00", .seasonal), ("r06.proj", .projectedSeasonal),
    ] {
      func check(_ ours: Double?, _ name: String) throws {
        let theirs = try #require(entries["\(key).\(name)"]?.last)
        // Revisions of 0.6 per cent: differences of 1e-6 per cent are of estimates that agree to 1e-8.
        #expect(isClose(ours ?? .nan, theirs, absolute: 1e-5), "\(key) \(name)")
      }
      let summary = try #require(history.summary(of: target))
      try check(summary.mean, "aar.all")
      try check(summary.minimum, "hinge.min")
      try check(summary.lowerHinge, "hinge.25p")
      try check(summary.median, "hinge.med")
      try check(summary.upperHinge, "hinge.75p")
      try check(summary.maximum, "hinge.max")
      try check(history.summary(of: target, season: 1)?.mean, "aar.p01")
      try check(history.summary(of: target, season: 12)?.mean, "aar.p12")
      for year in 1...4 { try check(history.summary(of: target, year: 1956 + year)?.mean, "aar.y0\(year)") }
    }
  }

  // MARK: - Laws

  @Test("a season that does not change and no noise: nothing is unstable, nothing is revised")
  func steady() throws {
    let season: [Double] = [5, -3, 1, 0, 2, -4, 3, 1, -2, -6, 1, 2]
    let values = (0..<144).map { t in 100 + season[t % 12] }
    let series = TimeSeries(values, start: .month(2010, 4))
    let parts = try X11(mode: .additive, seasonalFilter: .stable, trendFilter: .terms(13)).decompose(series)
    let spans = try parts.slidingSpans()
    #expect(spans.seasonal == nil && spans.calendar == nil)
    #expect(spans.adjusted.summary.maximum < 1e-6 && spans.changes.summary.maximum < 1e-6)
    #expect(spans.spans.last?.periods.upperBound == series.end.next)
    let history = try parts.revisionHistory()
    #expect(history.forecasts.isEmpty && history.fits.isEmpty)
    let revised = try #require(history.summary(of: RevisionHistory.Target.adjusted))
    #expect(revised.maximum < 1e-6)
  }

  @Test("with all data there is nothing left to revise, and longer lags are revised less")
  func lags() throws {
    let parts = try X11().decompose(AdjustmentReference.series("ap"))
    let history = try parts.revisionHistory(RevisionHistoryRule(start: .month(1958, 1), lags: [0, 12, 24]))
    let (estimates, last) = (history.estimates(of: .adjusted, lag: 12), history.lastEstimates(of: .adjusted))
    // December 1959 with twelve more months is December 1959 of the whole series.
    #expect(estimates[23] == last[23])
    #expect(estimates.dropFirst(24).allSatisfy { $0.isNaN })
    let means = [0, 12, 24].compactMap { history.summary(of: .adjusted, lag: $0)?.mean }
    #expect(means.count == 3 && means[0] > means[1] && means[1] > means[2])
    #expect(history.estimates(of: .adjusted, lag: 7).isEmpty)
    #expect(history.summary(of: .adjusted, lag: 7) == nil)
  }

  @Test("later data changes no earlier estimate, and held coefficients are held")
  func past() throws {
    let series = try AdjustmentReference.series("ap")
    let rule = RevisionHistoryRule(start: .month(1959, 1), refit: .never)
    let model = SeasonalAdjustment(.given(Self.airline))
    let adjusted = try model.adjust(series)
    let history = try adjusted.revisionHistory(rule)
    #expect(history.fits.allSatisfy { $0.coefficients == adjusted.fitted.parameters })
    let parts = try X11().decompose(series)
    let shorter = try X11().decompose(series.prefix(138))
    let (a, b) = (try parts.revisionHistory(rule), try shorter.revisionHistory(rule))
    let count = b.periods.count
    #expect(Array(a.estimates(of: .trend).prefix(count)) == b.estimates(of: .trend))
  }

  @Test("outliers outside of a span are left out, regressors inside stay")
  func regressors() throws {
    let model = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log) {
      TradingDays(.one)
      Outlier(.additive, at: .month(1949, 6))
      Outlier(.levelShift, at: .month(1960, 8))
    }
    let adjusted = try SeasonalAdjustment(.given(model)).adjust(AdjustmentReference.series("ap"))
    let spans = try adjusted.slidingSpans(SlidingSpanRule(years: 8))
    #expect(spans.spans.allSatisfy { $0.calendar.contains { $0 != 1 } })
    #expect(spans.calendar?.threshold == 2)
    let history = try adjusted.revisionHistory(RevisionHistoryRule(start: .month(1960, 7), refit: .never))
    #expect(history.periods.count == 5)
  }

  @Test("what is too short, or cannot be adjusted, says so in words")
  func refusals() throws {
    let parts = try X11(seasonalFilter: .s3x3).decompose(AdjustmentReference.series("ap").prefix(80))
    #expect {
      try parts.slidingSpans()
    } throws: { "\($0)" == "80 periods are too few to compare estimates: 84 are needed" }
    #expect(throws: StabilityError.self) {
      try parts.revisionHistory(RevisionHistoryRule(start: .month(1950, 1)))
    }
    #expect {
      try parts.revisionHistory(RevisionHistoryRule(start: .quarter(1953, 1)))
    } throws: {
      "\($0)" == "the history is to start in a quarter, but the series counts in months"
    }
    #expect(throws: StabilityError.self) {
      try parts.revisionHistory(RevisionHistoryRule(start: .month(1999, 1)))
    }
  }
}
