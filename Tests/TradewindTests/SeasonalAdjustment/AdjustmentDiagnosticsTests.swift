import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("What an adjustment left")
struct AdjustmentDiagnosticsTests {
  /// X-13's diagnostics of a run: the words of each entry.
  static func entries(of run: String) throws -> [String: [String]] {
    var result: [String: [String]] = [:]
    for row in try References.rows("x11/diagnostics.csv") where row["run"] == run {
      result[row["key"] ?? ""] = row["value"]?.split(separator: " ").map(String.init)
    }
    return result
  }

  /// The adjustment of a run with a model: what X-13 was told, or what it chose.
  static func adjusted(_ run: String) throws -> AdjustedSeries {
    let series = try AdjustmentReference.series(String(run.prefix { $0 != "-" }))
    if run.contains("airline") {
      let calendar: [any RegressionTerm] = run.contains("td6") ? [TradingDays(.six), LeapYear()] : []
      let model = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log, regressors: calendar)
      var adjustment = SeasonalAdjustment(.given(model))
      if run.contains("fc60") { (adjustment.forecasts, adjustment.backcasts) = (60, 12) }
      if run.contains("s3x5") { adjustment.x11 = X11(seasonalFilter: .s3x5, trendFilter: .terms(13)) }
      return try adjustment.adjust(series)
    }
    let chosen: [String: String] = [
      "ap-auto": "AO1951-05", "imp-auto": "LS1985-01 AO1993-01 LS2008-11 AO2009-01",
      "exp-auto": "AO1985-10 LS1987-01 AO1988-01 LS1988-02 LS1989-01 AO1993-01 LS2008-11",
      "imp-cny3": "LS1985-01 LS2008-11",
      "exp-cny3": "AO1985-10 LS1987-01 LS1988-01 LS1989-01 AO1993-01 LS2008-11",
    ]
    let order = ARIMAOrder(0, 1, run.hasPrefix("imp") ? 2 : 1, seasonal: (0, 1, 1))
    var terms: [any RegressionTerm] = [TradingDays(.one)]
    if run == "ap-auto" { terms.append(Easter(days: 1)) }
    if run.hasSuffix("cny3") { terms += try AdjustmentReference.holidays("cny3") }
    for text in try #require(chosen[run]).split(separator: " ") { terms.append(try Outlier(parsing: text)) }
    let model = ARIMA(order, transform: .log, prior: .leapYear, regressors: terms)
    return try SeasonalAdjustment(.given(model)).adjust(series)
  }

  static let runs =
    [
      "ap-airline-fc12", "ap-airline-td6-lpreg-fc12", "imp-airline-fc12", "imp-airline-td6-lpreg-fc12",
      "ap-auto",
      "imp-auto", "exp-auto", "imp-cny3", "exp-cny3",
    ]
    + AdjustmentReference.ifAll(
      ["ap", "imp", "exp"].flatMap { name in ["fc60-bc12", "s3x5-h13"].map { "\(name)-airline-\($0)" } }
        + ["exp-airline-fc12", "exp-airline-td6-lpreg-fc12"])

  private static func near(_ ours: Double, _ printed: String?, _ places: Int, _ label: Comment) {
    let printed = printed ?? ""
    #expect(X11QualityTests.agrees(ours, printed, decimals: places), "\(label): \(ours), X-13 \(printed)")
  }

  @Test("shares of F2, M1, M2 and Q after a model have X-13's printed digits", arguments: runs)
  func shares(run: String) throws {
    let entries = try Self.entries(of: run)
    let quality = try #require(try Self.adjusted(run).quality())
    func check(_ ours: X11Quality.Contribution, _ key: String, isRelative: Bool) throws {
      let printed = try #require(entries[key])
      var values = [ours.irregular, ours.trend, ours.seasonal, ours.prior, ours.calendar]
      values += isRelative ? [1, ours.total] : [ours.total]
      #expect(printed.count == values.count)
      for (a, b) in zip(values, printed) { Self.near(a * 100, b, 2, "\(key)") }
    }
    for span in [1, 3, 6, 9, 12] {
      try check(quality.contributions[span - 1], span < 10 ? "f2.b0\(span)" : "f2.b12", isRelative: true)
    }
    try check(quality.variances, "f2.f", isRelative: false)
    #expect("\(quality.cyclicalDominance)" == entries["f2.mcd"]?[0])
    Self.near(quality[.m1] ?? .nan, entries["f3.m01"]?[0], 3, "M1")
    Self.near(quality[.m2] ?? .nan, entries["f3.m02"]?[0], 3, "M2")
    Self.near(quality.q, entries["f3.q"]?[0], 2, "Q")
    Self.near(quality.qWithoutM2, entries["f3.qm2"]?[0], 2, "Q without M2")
    for (test, key) in [(quality.residual, "d11.f"), (quality.residualLastYears, "d11.3y.f")] {
      Self.near(test?.value ?? .nan, entries[key]?[0], 3, "\(key)")
    }
  }

  static let parts: [(AdjustmentDiagnostics.Part, String)] = [
    (.observed, "ori"), (.linearized, "orievadj"), (.adjusted, "sadj"), (.adjustedModified, "sadjevadj"),
    (.irregular, "irr"), (.irregularModified, "irrevadj"),
  ]

  @Test(
    "QS of all parts, and of their last eight years, has X-13's printed digits",
    arguments: runs + [
      "ap-add-s3x5-h13", "ap-logadd-s3x5-h13", "imp-mult-stable", "imp-mult-s3x9-h23",
      "exp-pseudoadd-s3x5-h13",
      "exp-mult-default",
    ])
  func qs(run: String) throws {
    let entries = try Self.entries(of: run)
    let diagnostics: AdjustmentDiagnostics
    if Self.runs.contains(run) {
      diagnostics = try Self.adjusted(run).diagnostics()
    } else {
      let core = try X11Run(run)
      diagnostics = try core.specification.decompose(core.series).diagnostics()
    }
    for (part, name) in Self.parts {
      let check = try #require(diagnostics.seasonality(of: part))
      for (test, key) in [(check.qs, "qs\(name)"), (check.qsLastYears, "qss\(name)")] {
        let test = try #require(test)
        let theirs = try #require(Double(entries[key]?[0] ?? ""))
        // Coefficients of the model agree to six or seven digits.
        #expect(
          isClose(test.statistic, theirs, relative: 3e-6, absolute: 2e-4),
          "\(key): \(test.statistic), X-13 \(theirs)")
        Self.near(test.pValue, entries[key]?[1], 4, "\(key)")
      }
    }
  }

  @Test(
    "spectra and their peaks are X-13's", arguments: ["ap-auto", "imp-auto", "exp-auto", "imp-airline-fc12"])
  func spectra(run: String) throws {
    let diagnostics = try Self.adjusted(run).diagnostics()
    let entries = try Self.entries(of: run)
    let rows = try References.rows("x11/spectra.csv").filter { $0["run"] == run }
    for (part, series, key) in [
      (AdjustmentDiagnostics.Part.linearized, "original", "spcori"), (.adjustedModified, "adjusted", "spcsa"),
      (.irregularModified, "irregular", "spcirr"),
    ] {
      let spectrum = try #require(diagnostics.spectrum(of: part))
      let own = rows.filter { $0["series"] == series }
      #expect(own.count == 61)
      for (i, row) in own.enumerated() {
        let theirs = try #require(Double(row["decibels"] ?? ""))
        #expect(
          isClose(spectrum.decibels[i], theirs, absolute: 2e-3),
          "\(series) \(i): \(spectrum.decibels[i]), \(theirs)")
      }
      for (peak, name) in zip(spectrum.peaks, ["s1", "s2", "s3", "s4", "s5", "t1", "t2"]) {
        let words = try #require(entries["\(key).\(name)"])
        if words[0] == "nopeak" {
          #expect(peak.stars <= 0.001, "\(key) \(name)")
        } else {
          #expect(
            isClose(peak.stars, Double(words[0]) ?? .nan, absolute: 0.06), "\(key) \(name): \(peak.stars)")
          #expect(peak.isAboveMedian == (words.count > 1), "\(key) \(name)")
        }
      }
    }
  }

  // MARK: - JDemetra+

  @Test("Friedman, Kruskal–Wallis, seasonal dummies and trading days of the same series are JDemetra+'s")
  func jdemetra() throws {
    let rows = try References.rows("x11/jdemetra-series.csv")
    let tests = try References.rows("x11/jdemetra-tests.csv")
    for run in ["imp-rsa5-cny3", "ap-rsa5"] {
      let own = rows.filter { $0["run"] == run }
      let start = try Period(parsing: try #require(own.first?["ds"]))
      func series(_ column: String) -> TimeSeries {
        let values = own.map { Double($0[column] ?? "") ?? .nan }
        let first = values.firstIndex { !$0.isNaN } ?? values.count
        return TimeSeries(Array(values[first...]), start: start.advanced(by: first))
      }
      let residuals = series("residual")
      // Differenced as the model is.
      let checks = [
        "sa": SeasonalityCheck(of: series("d11"), differences: 2),
        "i": SeasonalityCheck(of: series("d13"), differences: 0),
        "res": SeasonalityCheck(of: residuals, differences: 0, usesFactors: false),
      ]
      for row in tests where row["run"] == run {
        let (part, name) = (row["part"] ?? "", row["test"] ?? "")
        let check = try #require(checks[part])
        let ours: HypothesisTest?
        switch name {
        case "kw": ours = check.kruskalWallis
        case "friedman": ours = check.friedman
        case "f": ours = check.dummies
        case "td": ours = ResidualTradingDays.test(residuals.values, start: residuals.start)
        default: ours = part == "res" ? check.qs : nil
        }
        guard let ours else {
          // QS of adjusted series and irregular is of logarithms there, of the values here.
          #expect(name == "qs" && part != "res", "\(run) \(part) \(name)")
          continue
        }
        let label: Comment = "\(run) \(part) \(name)"
        #expect(
          isClose(ours.statistic, try #require(Double(row["value"] ?? "")), relative: 1e-9, absolute: 1e-12),
          label)
        #expect(isClose(ours.pValue, try #require(Double(row["probability"] ?? "")), relative: 1e-8), label)
      }
    }
  }

  // MARK: - Laws

  private static func noise(_ count: Int, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return generator.normals(count)
  }

  @Test(
    "a wave in noise is a peak of both spectra, noise is none, a short or constant series has no spectrum")
  func waves() throws {
    let wave = Self.noise(96, seed: 3).enumerated().map { $1 + 3 * Double.cos(2 * .pi * Double($0) / 4) }
    for method in Spectrum.Method.allCases {
      let spectrum = try #require(Spectrum(of: wave, method: method))
      #expect(spectrum.method == method && spectrum.frequencies.count == 61)
      #expect(spectrum.peaks.filter(\.isSignificant).map(\.frequency).contains(0.25), "\(method)")
      #expect(Spectrum(of: Array(wave[..<59]), method: method) == nil)
      #expect(Spectrum(of: [Double](repeating: 2, count: 96), method: method) == nil)
      #expect(Spectrum(of: wave.map { $0 > 3 ? .nan : $0 }, method: method) == nil)
      // Scale and level change no peak.
      let other = try #require(Spectrum(of: wave.map { 100 + 7 * $0 }, method: method))
      for (a, b) in zip(spectrum.peaks, other.peaks) { #expect(isClose(a.stars, b.stars, absolute: 1e-6)) }
    }
  }

  @Test("weekdays are found where they are, in levels and in differences, and rarely where they are not")
  func weekdays() throws {
    let start = Period.month(2005, 3)
    let frame = RegressionFrame(start: start, count: 120, seasonalPeriod: 12)
    let monday = TradingDays(.six).columns(in: frame)[0].values
    let level = zip(monday, Self.noise(120, seed: 1)).map { $0 + 0.5 * $1 }
    let walk = level.indices.map { t in level[t] + 0.1 * Double(t) }
    #expect((ResidualTradingDays.test(level, start: start)?.pValue ?? .nan) < 1e-6)
    #expect((ResidualTradingDays.test(walk, start: start, differences: 1)?.pValue ?? .nan) < 1e-4)
    var rejected = 0
    for seed in 0..<200 {
      let test = try #require(ResidualTradingDays.test(Self.noise(96, seed: UInt64(seed)), start: start))
      #expect(test.degreesOfFreedom == 6 && test.denominatorDegreesOfFreedom == 90)
      if test.pValue < 0.05 { rejected += 1 }
    }
    // 10 expected, with a standard deviation of 3.
    #expect((1...20).contains(rejected))
    #expect(ResidualTradingDays.test(Array(level[..<7]), start: start) == nil)
    #expect(ResidualTradingDays.test([Double](repeating: 1, count: 60), start: start) == nil)
    #expect(ResidualTradingDays.test(level, start: .year(1900)) == nil)
  }

  static let airline = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)))

  @Test("a series without season is reported so, and not adjusted unless that is asked for")
  func withoutSeason() throws {
    let values = Self.noise(120, seed: 11).map { 100 + $0 }
    let series = TimeSeries(values, start: .month(2010, 1))
    var adjustment = SeasonalAdjustment(.given(Self.airline))
    let left = try adjustment.adjust(series)
    let verdict = try #require(left.verdict)
    #expect(verdict.finding == .absent && verdict.combined == .notPresent)
    #expect((verdict.qs?.pValue ?? .nan) > 0.01)
    #expect("\(verdict)" == "not seasonal: identifiable seasonality not present")
    #expect(!left.isSeasonallyAdjusted)
    #expect(left.seasonal.allSatisfy { $0 == 0 } && left.outlook.seasonal.allSatisfy { $0 == 0 })
    #expect(left.seasonallyAdjusted == values)
    for t in values.indices {
      #expect(isClose(left.trend[t] + left.irregular[t], values[t], relative: 1e-12))
    }
    #expect(left.diagnostics().verdict == verdict)

    adjustment.adjustsAnyway = true
    let asked = try adjustment.adjust(series)
    #expect(asked.isSeasonallyAdjusted && asked.verdict == verdict)
    #expect(asked.seasonal == asked.parts.seasonal)
    #expect(try X11(mode: .additive).decompose(series).diagnostics().verdict?.finding == .absent)
  }

  @Test("of noise hardly a series is called seasonal, of series with a season each is")
  func verdicts() throws {
    var findings: [SeasonalityVerdict.Finding: Int] = [:]
    for seed in 0..<60 {
      let noise = Self.noise(96, seed: UInt64(seed))
      let series = TimeSeries(noise.map { 100 + $0 }, start: .month(2010, 1))
      let found = try #require(try X11(mode: .additive).decompose(series).diagnostics().verdict)
      findings[found.finding, default: 0] += 1
      let season = noise.enumerated().map { 100 + $1 + ($0 % 12 == 2 ? 5 : $0 % 12 == 7 ? -4 : 0) }
      let seasonal = TimeSeries(season, start: .month(2010, 1))
      #expect(try X11(mode: .additive).decompose(seasonal).diagnostics().verdict?.finding == .present)
    }
    #expect(findings[.present] == nil)
    #expect((findings[.absent] ?? 0) >= 55)
  }

  @Test("a trend left in the irregular is found, and none where there is none")
  func trendLeft() throws {
    let diagnostics = try Self.adjusted("ap-airline-fc12").diagnostics()
    #expect((diagnostics.trendInIrregular?.pValue ?? .nan) > 0.2)
    let parts = try X11().decompose(AdjustmentReference.series("ap"))
    #expect((parts.diagnostics().trendInIrregular?.pValue ?? .nan) > 0.2)
    #expect(parts.diagnostics().seasonality(of: .residuals) == nil)
    #expect(parts.diagnostics().tradingDays(in: .residuals) == nil)
  }

  @Test("quarters have tests but no spectrum, a constant series has no tests")
  func edges() throws {
    let quarters = TimeSeries(
      Self.noise(60, seed: 2).enumerated().map { 50 + $1 + [4, -1, 0, -3][$0 % 4] }, start: .quarter(2000, 1))
    let diagnostics = try X11().decompose(quarters).diagnostics()
    for part in AdjustmentDiagnostics.Part.allCases where part != .residuals {
      let check = try #require(diagnostics.seasonality(of: part))
      #expect(check.spectrum() == nil && check.qs != nil && check.friedman != nil)
      #expect(diagnostics.tradingDays(in: part) != nil)
    }
    #expect((diagnostics.seasonality(of: .observed)?.qs?.pValue ?? .nan) < 1e-6)
    let constant = SeasonalityCheck(
      of: TimeSeries([Double](repeating: 3, count: 100), start: .month(2000, 1)))
    #expect(constant.qs == nil && constant.dummies == nil && constant.spectrum() == nil)
    let short = SeasonalityCheck(of: TimeSeries([1, 2, 3, 4, 5], start: .month(2000, 1)))
    #expect(
      short.qs == nil && short.qsLastYears == nil && short.friedman == nil && short.kruskalWallis == nil)
    let gap = SeasonalityCheck(
      of: TimeSeries((0..<100).map { $0 == 50 ? .nan : Double($0 % 12) }, start: .month(2000, 1)))
    #expect(gap.kruskalWallis == nil && gap.dummies == nil && gap.qs == nil)
  }

  @Test("yearly totals are those of whole calendar years, and forced ones are kept")
  func yearlyTotals() throws {
    let imports = try AdjustmentReference.series("imp")
    var adjustment = SeasonalAdjustment(
      .given(ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log)))
    adjustment.totals = ForcedTotals()
    let adjusted = try adjustment.adjust(imports)
    let totals = adjusted.diagnostics().yearlyTotals
    // July 1983 to December 2013.
    #expect(totals.map(\.year) == Array(1984...2013))
    let first = imports.values[6..<18].reduce(0, +)
    #expect(totals[0].observed == first)
    #expect(isClose(totals[0].adjusted, adjusted.seasonallyAdjusted[6..<18].reduce(0, +), relative: 1e-14))
    #expect(totals.allSatisfy { abs($0.relativeDifference) < 0.05 })
    #expect(
      try X11().decompose(imports.suffix(40)).diagnostics().yearlyTotals.map(\.year) == [2011, 2012, 2013])
  }

  @Test("a good adjustment raises few concerns, a stable filter on a moving season raises those that say so")
  func concerns() throws {
    let good = try Self.adjusted("ap-auto").diagnostics().concerns().map(\.description)
    // X-13 finds the same peaks.
    #expect(good.contains("peak of weekdays in the spectrum of the adjusted series without extremes"))
    #expect(good.contains("peak of weekdays in the spectrum of the irregular without extremes"))
    #expect(!good.contains { $0.contains("season left") || $0.contains("weekdays left") })
    #expect(good.count <= 5)
    let run = try X11Run("imp-mult-stable")
    let bad = try run.specification.decompose(run.series).diagnostics().concerns()
    let words = bad.map(\.description)
    #expect(words.contains("season left in the adjusted series (QS, last 8 years)"))
    #expect(words.contains("season left in the irregular (QS)"))
    // Heavy tails, and correlation that an airline model of differences cannot have.
    let odd = Self.noise(144, seed: 5).enumerated().map { t, e in
      500 + 40 * Double.sin(2 * .pi * Double(t) / 12) + Double.pow(e, 5)
    }
    let model = ARIMA(ARIMAOrder(0, 1, 0, seasonal: (0, 1, 0)))
    let ofModel = try SeasonalAdjustment(.given(model)).adjust(TimeSeries(odd, start: .month(2000, 1)))
      .diagnostics().concerns().map(\.description)
    #expect(ofModel.contains("the model's residuals are correlated (Ljung–Box, 24 lags)"))
    #expect(ofModel.contains("the model's residuals are not normal (Doornik–Hansen)"))
    let noise = TimeSeries(Self.noise(120, seed: 11).map { 100 + $0 }, start: .month(2010, 1))
    let none = try SeasonalAdjustment(.given(Self.airline)).adjust(noise).diagnostics().concerns()
    #expect(
      none.first?.description
        == "not seasonal: identifiable seasonality not present; no season was taken out")
  }
}
