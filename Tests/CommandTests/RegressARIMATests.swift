import Foundation
import Testing

@Suite("tradewind regress --arima")
struct RegressARIMATests {
  struct Fit: Decodable {
    struct Coefficient: Decodable {
      let name: String
      let estimate: Double
    }
    struct Window: Decodable {
      let windows: [[Int]]
      let aicc: Double
    }
    struct Step: Decodable {
      let period: String
      let mean, median: Double
    }
    let model, transform: String
    let prior: String?
    let aicc: Double
    let regression, derived, arma: [Coefficient]
    let windows: [Window]
    let steps: [String]
    let forecasts: [Step]
  }

  private static let imports = [
    "regress", ProjectTests.imports, "--series", "imports_100m_usd", "--from", "2000-01", "--through",
    "2013-12",
  ]

  private static func fit(_ options: String...) async throws -> Fit {
    let run = try await Command.run(imports + options + ["--format", "json"])
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    return try JSONDecoder().decode(Fit.self, from: Data(run.output.utf8))
  }

  @Test("China's imports: with automatic windows AICc falls from 1669 to 1574, X-13's best")
  func windows() async throws {
    let fit = try await Self.fit(
      "--arima", "0,1,1,0,1,1", "--calendar", "td1,leap-factor,cny", "--outliers", "LS2008-11", "--log",
      "--horizon", "2")
    #expect(fit.model == "ARIMA(0,1,1)(0,1,1)12" && fit.transform == "log" && fit.prior == "leapYear")
    #expect(fit.windows.count == 25)
    let without = try #require(fit.windows.first { $0.windows.isEmpty })
    #expect(abs(without.aicc - 1669.25) < 0.01 && abs(fit.aicc - 1574.32) < 0.01)
    #expect(
      fit.regression.map(\.name) == [
        "trading days", "LS2008-11", "Chinese New Year -7...-1", "Chinese New Year 0...6",
      ])
    #expect(fit.derived.map(\.name) == ["Sat and Sun"] && fit.arma.map(\.name) == ["ma1", "sma1"])
    #expect(fit.forecasts.map(\.period) == ["2014-01", "2014-02"])
    #expect(fit.steps.isEmpty)
  }

  @Test("what auto finds is what one would give: scale, orders, trading days, outlier, windows")
  func automatic() async throws {
    let fit = try await Self.fit("--arima", "auto", "--calendar", "auto,cny", "--outliers", "auto")
    #expect(fit.model == "ARIMA(0,1,1)(0,1,1)12" && fit.transform == "log" && fit.prior == "leapYear")
    #expect(abs(fit.aicc - 1574.32) < 0.01)
    #expect(
      fit.regression.map(\.name) == [
        "Chinese New Year -7...-1", "Chinese New Year 0...6", "trading days", "LS2008-11",
      ])
    #expect(fit.steps.contains { $0.hasPrefix("outlier LS2008-11 added") })
  }

  @Test("months known only in total are estimated, and add up to it; a missing one has an interval")
  func combined() async throws {
    let levels = (0..<60).map { 100 + 2 * $0 + [9, -20, 4, 0, 3, 1, -2, 5, 8, -3, 6, 10][$0 % 12] }
    var text = "month,x\n"
    for (index, level) in levels.enumerated() where index != 30 && !(index % 12 == 0 && index >= 24) {
      let value = index % 12 == 1 && index >= 24 ? level + levels[index - 1] : level + (index * 7) % 5
      text += "\(2001 + index / 12)-\(index % 12 < 9 ? "0" : "")\(index % 12 + 1),\(value)\n"
    }
    let options = ["--arima", "0,1,1,0,1,1", "--combined", "january-february"]
    let run = try await Command.run(["regress", "-", "--format", "json"] + options, input: Data(text.utf8))
    #expect(run.status == 0, "\(run.errors)")
    struct Result: Decodable {
      struct Month: Decodable {
        let period: String
        let estimate: Double
        let isCombined: Bool
      }
      let interpolated: [Month]
    }
    let months = try JSONDecoder().decode([Result].self, from: Data(run.output.utf8))[0].interpolated
    #expect(
      months.map(\.period) == ["2003-01", "2003-02", "2003-07", "2004-01", "2004-02", "2005-01", "2005-02"])
    #expect(months.map(\.isCombined) == [true, true, false, true, true, true, true])
    #expect(abs(months[0].estimate + months[1].estimate - Double(levels[24] + levels[25])) < 1e-6)
    let table = try await Command.run(["regress", "-"] + options, input: Data(text.utf8))
    #expect(table.output.contains("of a known sum") && table.output.contains("missing"))
  }

  @Test("fixed windows, outliers of every kind and a constant are taken as given")
  func given() async throws {
    let fit = try await Self.fit(
      "--arima", "(2,1,0)", "--constant", "--calendar", "td6,leap,cny10/0,easter15,length", "--outliers",
      "AO2001-02,TC2003-04,SO2005-02,TL2003-04..2003-06,RP2008-09..2009-02", "--levels")
    #expect(fit.transform == "none" && fit.model == "ARIMA(2,1,0)")
    #expect(
      fit.regression.map(\.name) == [
        "constant", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "leap year", "Chinese New Year -10...-1",
        "Chinese New Year 0...6", "Easter -15...-1", "length of month", "AO2001-02", "TC2003-04", "SO2005-02",
        "shift 2003-04..2003-06", "ramp 2008-09..2009-02",
      ])
    #expect(fit.derived.map(\.name) == ["Sun"] && fit.arma.map(\.name) == ["ar1", "ar2"])
  }

  @Test("the README shows what the tool prints")
  func readme() async throws {
    let folder = examplesData.appending(path: "../..").standardized
    let readme = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
    let options =
      "regress Examples/Data/china-exports-imports-monthly-1983-2013.csv --series imports_100m_usd "
      + "--from 2000-01 --arima auto --calendar auto,cny --outliers auto --horizon 3"
    let run = try await Command.run(options.split(separator: " ").map(String.init), in: folder)
    #expect(readme.contains("`tradewind \(options)` says:\n\n```text\n\(run.output)```\n"), "\(run.output)")
  }

  @Test("--steps says how the model was chosen; without a season the spectrum is silent")
  func steps() async throws {
    let years =
      "year,x\n" + (0..<40).map { "\(1980 + $0),\(100 + 3 * $0 + [4, -2, 7, 1, -5][$0 % 5])\n" }.joined()
    let run = try await run(
      "regress", on: years, named: "x.csv", "--arima", "auto", "--steps", "--outliers", "auto")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("\n1. "))
    #expect(!run.output.contains("peaks of the spectrum") && !run.output.contains("season left"))
  }

  @Test("as CSV it is coefficients, or forecasts where any are asked for")
  func csv() async throws {
    let coefficients = try await Command.run(Self.imports + ["--arima", "0,1,1", "--log", "--format", "csv"])
    let rows = coefficients.output.split(separator: "\n")
    #expect(rows.count == 2 && rows[0] == "unique_id,term,estimate,std_error,t,p")
    #expect(rows[1].hasPrefix("imports_100m_usd,ma1,"))
    let forecasts = try await Command.run(
      Self.imports + ["--arima", "0,1,1", "--log", "--format", "csv", "--horizon", "2", "--level", "90"])
    let lines = forecasts.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[0] == "unique_id,ds,mean,median,lo-90,hi-90")
    #expect(lines[1].hasPrefix("imports_100m_usd,2014-01,"))
  }

  @Test("a constant series has nothing to explain and says so; what cannot be fitted is exit 65")
  func odd() async throws {
    let flat = "month,x\n" + (1...9).map { "2020-0\($0),5\n" }.joined()
    let constant = try await run("regress", on: flat, named: "x.csv", "--arima", "0,1,1")
    #expect(constant.status == 0 && constant.output.contains("leave nothing to explain: every residual is 0"))
    let short = try await run("regress", on: flat, named: "x.csv", "--arima", "0,1,1,0,1,1")
    #expect(short.status == 65)
    #expect(short.errors == "tradewind: x.csv: x: ARIMA(0,1,1)(0,1,1) needs 16 observations, there are 9\n")
    let unit = try await run(
      "regress", on: flat, named: "x.csv", "--arima", "0,1,1", "--outliers", "LS2020-Q1")
    #expect(unit.status == 65 && unit.errors.contains("LS2020-Q1 needs periods of one quarter"))
    let horizon = try await run(
      "regress", on: "year,x\n2097,3\n2098,1\n2099,4\n2100,2\n", named: "x.csv", "--arima", "0,0,0",
      "--calendar",
      "cny7/0", "--horizon", "1")
    #expect(horizon.status == 65, "\(horizon.errors)")
  }

  @Test(
    "wrong usage is exit 64 and says what is right",
    arguments: [
      (["--arima", "0,1"], "p,d,q or p,d,q,P,D,Q, or auto"),
      (["--arima", "0,1,-1"], "--arima"),
      (["--arima", "0,9,1"], "--arima"),
      (["--arima", "0,1,1", "--newey-west"], "--newey-west is for a plain regression"),
      (["--arima", "0,1,1", "--calendar", "estaer"], "did you mean 'easter'?"),
      (["--arima", "0,1,1", "--calendar", "leap-factor"], "give --log too"),
      (["--arima", "auto", "--log", "--calendar", "leap-factor"], "for given orders without auto"),
      (["--arima", "0,1,1", "--outliers", "AO2001-13"], "'AO2001-13' is no outlier"),
      (["--arima", "0,1,1", "--outliers", "TL2001-01..2000-01"], "is no outlier"),
      (["--arima", "auto", "--constant"], "tests it itself"),
      (["--log", "--levels"], "choose one"),
      (["--combined", "january-february"], "given orders"),
      (["--arima", "auto", "--combined", "january-february"], "given orders"),
      (["--arima", "0,1,1", "--combined", "february-january"], "such as january-february"),
      (["--calendar", "auto"], "belong to --arima"),
      (["--outliers", "auto"], "belong to --arima"),
      (["--levels"], "belong to --arima"),
      (["--steps"], "belong to --arima"),
      (["--arima", "0,1,1", "--calendar", "cny", "--chinese-new-year"], "give its days once"),
      (["--arima", "auto", "--calendar", "cny,cny7/14"], "give its days once"),
    ])
  func wrongUsage(options: [String], words: String) async throws {
    let run = try await Command.run(["regress", ProjectTests.imports] + options)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(words), "\(run.errors)")
  }
}
