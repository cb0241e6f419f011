import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Residual diagnostics")
struct ResidualDiagnosticsTests {
  static let runs = ["ap-airline-td6", "ap-arma-111-101-const", "imp-airline", "imp-auto-x11"]

  private static func rows(_ file: String, of run: String) throws -> [[String: String]] {
    try References.rows("diagnostics/\(file).csv").filter { $0["run"] == run }
  }

  private static func number(_ text: some StringProtocol) throws -> Double { try #require(Double(text)) }

  private static func statistics(of run: String) throws -> [String: [String]] {
    var result: [String: [String]] = [:]
    for row in try rows("x13-statistics", of: run) {
      result[try #require(row["statistic"])] = row["value"]?.split(separator: " ").map(String.init)
    }
    return result
  }

  static func diagnostics(of run: String) throws -> ResidualDiagnostics {
    let rows = try rows("x13-residuals", of: run)
    return ResidualDiagnostics(
      residuals: try rows.map { try number($0["residual"] ?? "") },
      start: try Period(parsing: try #require(rows.first?["month"])),
      fittedParameters: Int(try number(try statistics(of: run)["nmodel"]?.first ?? "")))
  }

  @Test("correlograms of residuals and of their squares are X-13's", arguments: runs)
  func correlogram(run: String) throws {
    let diagnostics = try Self.diagnostics(of: run)
    let lags = diagnostics.correlogram(lags: 24)
    let squares = diagnostics.ofSquares.correlogram(lags: 24)
    let rows = try Self.rows("x13-correlogram", of: run)
    #expect(rows.count == 48 || rows.count == 72)
    for row in rows {
      let lag = try #require(Int(row["lag"] ?? ""))
      guard lag <= 24 else { continue }
      let ours = (row["squares"] == "1" ? squares : lags)[lag - 1]
      let label: Comment = "lag \(lag), squares \(row["squares"] ?? "")"
      func check(_ value: Double, _ column: String) throws {
        let reference = try Self.number(row[column] ?? "")
        // X-13's chi-square probabilities of odd degrees of freedom are good to eight decimals.
        let tolerance = column == "p" ? 1e-8 : 1e-12
        #expect(isClose(value, reference, relative: 1e-9, absolute: tolerance), "\(label) \(column)")
      }
      try check(ours.autocorrelation, "acf")
      try check(ours.standardError, "se")
      let freedom = try Self.number(row["df"] ?? "")
      #expect(Double(ours.ljungBox?.degreesOfFreedom ?? 0) == freedom, label)
      if let test = ours.ljungBox {
        try check(test.statistic, "ljung_box")
        try check(test.pValue, "p")
      }
      if row["squares"] == "0" {
        try check(ours.partialAutocorrelation, "pacf")
        try check(ours.partialStandardError, "pacf_se")
      }
    }
  }

  @Test("shape, Durbin–Watson, Friedman, QS and Box–Pierce are X-13's to its printed digits", arguments: runs)
  func statistics(run: String) throws {
    let diagnostics = try Self.diagnostics(of: run)
    let x13 = try Self.statistics(of: run)
    func value(_ name: String, _ position: Int = 0) throws -> Double {
      let parts = try #require(x13[name])
      return try Self.number(parts[position])
    }
    #expect(isClose(diagnostics.skewness.value, try value("skewness"), absolute: 5.1e-5))
    #expect(isClose(diagnostics.kurtosis.value, try value("kurtosis"), absolute: 5.1e-5))
    #expect(isClose(diagnostics.geary.value, try value("a"), absolute: 5.1e-5))
    #expect(isClose(diagnostics.durbinWatson, try value("durbinwatson"), relative: 1e-7))
    let friedman = try #require(diagnostics.friedman)
    #expect(isClose(friedman.statistic, try value("friedman"), relative: 1e-7))
    #expect(friedman.degreesOfFreedom == 11)
    #expect(isClose(friedman.pValue, try value("friedman", 2), relative: 1e-6))
    let qs = try #require(diagnostics.qs)
    #expect(isClose(qs.statistic, try value("qsrsd"), absolute: 5.1e-6))
    #expect(isClose(qs.pValue, try value("qsrsd", 1), absolute: 5.1e-6))
    let lags = diagnostics.correlogram()
    for (name, parts) in x13 where name.hasPrefix("bpq$") || name.hasPrefix("lbq$") {
      let lag = lags[try #require(Int(name.dropFirst(4))) - 1]
      let test = try #require(name.hasPrefix("bpq$") ? lag.boxPierce : lag.ljungBox)
      #expect(isClose(test.statistic, try Self.number(parts[0]), absolute: 5.1e-4), "\(name)")
      #expect(test.degreesOfFreedom == Int(parts[1]), "\(name)")
      #expect(isClose(test.pValue, try Self.number(parts[2]), absolute: 5.1e-4), "\(name)")
    }
  }

  @Test("the spectrum and its peaks are X-13's", arguments: runs)
  func spectrum(run: String) throws {
    let spectrum = try #require(try Self.diagnostics(of: run).spectrum)
    let rows = try Self.rows("x13-spectrum", of: run)
    #expect(rows.count == 61)
    for (index, row) in rows.enumerated() {
      #expect(isClose(spectrum.frequencies[index], try Self.number(row["frequency"] ?? ""), absolute: 1e-14))
      #expect(isClose(spectrum.decibels[index], try Self.number(row["decibel"] ?? ""), absolute: 1e-9))
    }
    let x13 = try Self.statistics(of: run)
    for (peak, name) in zip(spectrum.peaks, ["s1", "s2", "s3", "s4", "s5", "t1", "t2"]) {
      let parts = try #require(x13["spcrsd.\(name)"])
      if parts[0] == "nopeak" {
        #expect(peak.stars <= 0 && !peak.isSignificant, "\(name)")
      } else {
        #expect(isClose(peak.stars, try Self.number(parts[0]), absolute: 0.051), "\(name)")
        #expect(peak.isAboveMedian == (parts.count > 1), "\(name)")
      }
      #expect(peak.kind == (name.hasPrefix("s") ? .seasonal : .tradingDays))
    }
    let significant = spectrum.peaks.filter(\.isSignificant).map(\.frequency)
    let expected: [String: [Double]] = [
      "ap-airline-td6": [1.0 / 12], "ap-arma-111-101-const": [1.0 / 12, 0.432], "imp-airline": [],
      "imp-auto-x11": [],
    ]
    #expect(largestDifference(significant, try #require(expected[run])) < 1e-15)
  }

  @Test("Doornik and Hansen's test, skewness and kurtosis are JDemetra+'s")
  func jdemetra() throws {
    let residuals = try References.numbers("diagnostics/jdemetra-residuals.csv", column: "residual")
    let diagnostics = ResidualDiagnostics(residuals: residuals, start: .month(1950, 2), fittedParameters: 2)
    #expect(isClose(diagnostics.skewness.value, 0.022_880_337_874_930_52, relative: 1e-10))
    #expect(isClose(diagnostics.kurtosis.value, 3.587_898_031_662_710_7, relative: 1e-10))
    #expect(isClose(diagnostics.kurtosis.pValue, 0.169_593_650_826_146_86, relative: 1e-9))
    #expect(isClose(diagnostics.normality.statistic, 3.546_155_293_468_736, relative: 1e-9))
    #expect(isClose(diagnostics.normality.pValue, 0.169_809_569_920_984_73, relative: 1e-9))
  }

  private static func noise(_ count: Int, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return generator.normals(count)
  }

  @Test("tests keep their level on normal noise", arguments: [40, 120])
  func level(count: Int) {
    var rejected = [0, 0, 0]
    for seed in 0..<400 {
      let diagnostics = ResidualDiagnostics(
        residuals: Self.noise(count, seed: UInt64(seed)), start: .month(2000, 1))
      if diagnostics.normality.pValue < 0.05 { rejected[0] += 1 }
      if (diagnostics.correlogram(lags: 12)[11].ljungBox?.pValue ?? 0) < 0.05 { rejected[1] += 1 }
      if (diagnostics.friedman?.pValue ?? 0) < 0.05 { rejected[2] += 1 }
    }
    // 20 expected, with a standard deviation of 4.4; Friedman's is a little shy in three years.
    for count in rejected { #expect((3...38).contains(count), "\(rejected)") }
  }

  @Test("a season left in the residuals is found by QS, Friedman and the spectrum")
  func season() throws {
    let noise = Self.noise(120, seed: 4)
    let wave = noise.enumerated().map { $1 + Double.sin(2 * .pi * Double($0) / 6) }
    let diagnostics = ResidualDiagnostics(residuals: wave, start: .month(2000, 1))
    #expect(try #require(diagnostics.qs).pValue < 0.001)
    #expect(try #require(diagnostics.friedman).pValue < 0.001)
    let spectrum = try #require(diagnostics.spectrum)
    #expect(spectrum.peaks.filter(\.isSignificant).map(\.frequency).contains(20.0 / 120))
    #expect(!spectrum.peaks[5].isSignificant)
  }

  @Test("missing residuals are left out; what needs them all is nil")
  func missing() throws {
    var values = Self.noise(100, seed: 9)
    let complete = ResidualDiagnostics(residuals: values, start: .month(2000, 1))
    values.insert(contentsOf: [.nan, .nan], at: 0)
    let padded = ResidualDiagnostics(residuals: values, start: .month(2000, 1))
    #expect(padded.count == 100)
    #expect(padded.correlogram() == complete.correlogram())
    #expect(padded.durbinWatson == complete.durbinWatson && padded.normality == complete.normality)
    #expect(padded.friedman == complete.friedman && padded.spectrum == complete.spectrum)
    values[90] = .nan
    let gap = ResidualDiagnostics(residuals: values, start: .month(2000, 1))
    #expect(gap.friedman == nil && gap.spectrum == nil)
    #expect(gap.correlogram().count == 24 && gap.correlogram()[0].autocorrelation.isFinite)
  }

  @Test("gaps lower neither Durbin–Watson nor Ljung–Box")
  func gaps() throws {
    // Two of the three neighbours are known: (4 + 4) · 3/2 / 4; r(1) = −2/4, 4 · 6 · r² / 2.
    let small = ResidualDiagnostics(residuals: [1, -1, .nan, 1, -1], start: .month(2000, 1))
    #expect(small.durbinWatson == 3)
    #expect(try small.ljungBox(lags: 1).statistic == 3)
    #expect(ResidualDiagnostics(residuals: [1, .nan, -1], start: .month(2000, 1)).durbinWatson.isNaN)
    // Noise that is known in two months of three: on average 2, and as many as there are lags.
    var (neighbours, statistic) = (0.0, 0.0)
    for seed in 1...40 {
      let values = Self.noise(180, seed: UInt64(seed)).enumerated().map { $0 % 3 == 2 ? .nan : $1 }
      let diagnostics = ResidualDiagnostics(residuals: values, start: .month(2000, 1))
      neighbours += diagnostics.durbinWatson / 40
      statistic += try diagnostics.ljungBox(lags: 12).statistic / 40
    }
    #expect(abs(neighbours - 2) < 0.1 && abs(statistic - 12) < 2.4)
  }

  @Test("few, no or constant residuals stop nothing")
  func odd() throws {
    for values in [[], [1], [1, 2], [0, 0, 0, 0], [Double](repeating: 2, count: 120)] {
      let diagnostics = ResidualDiagnostics(residuals: values, start: .month(2000, 1), fittedParameters: 2)
      let lags = diagnostics.correlogram()
      #expect(lags.count == min(24, max(values.count - 1, 0)))
      #expect(lags.allSatisfy { $0.autocorrelation.isNaN || values.count == 2 })
      #expect(diagnostics.spectrum == nil && !(diagnostics.normality.pValue < 0.5))
      #expect(diagnostics.durbinWatson.isNaN || diagnostics.durbinWatson >= 0)
      #expect(throws: RegressionError.lags(lags: 2, fittedParameters: 2, observations: values.count)) {
        try diagnostics.ljungBox(lags: 2)
      }
    }
    let yearly = ResidualDiagnostics(residuals: Self.noise(80, seed: 1), start: .year(1940))
    #expect(yearly.qs == nil && yearly.friedman == nil && yearly.spectrum == nil)
    #expect(yearly.correlogram().count == 24)
  }
}
