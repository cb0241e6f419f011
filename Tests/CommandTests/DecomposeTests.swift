import Foundation
import Testing

@Suite("tradewind decompose")
struct DecomposeTests {
  /// Two years of a straight line with a pattern of four quarters that adds up to zero: the answer is known on paper.
  static let quarters = """
    quarter,imports
    2022-Q1,11
    2022-Q2,12
    2022-Q3,10
    2022-Q4,17
    2023-Q1,15
    2023-Q2,16
    2023-Q3,14
    2023-Q4,21

    """

  @Test("a classical decomposition as CSV names its columns and leaves empty what is not known")
  func classicalCSV() async throws {
    let run = try await run(
      "decompose", on: Self.quarters, named: "quarters.csv", "--method", "classical", "--format", "csv")
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(
      run.output == """
        unique_id,ds,observed,trend,seasonal,remainder,seasonally_adjusted
        imports,2022-Q1,11,,0,,11
        imports,2022-Q2,12,,0,,12
        imports,2022-Q3,10,13,-3,0,13
        imports,2022-Q4,17,14,3,0,14
        imports,2023-Q1,15,15,0,0,15
        imports,2023-Q2,16,16,0,0,16
        imports,2023-Q3,14,,-3,,17
        imports,2023-Q4,21,,3,,18

        """)
  }

  @Test("as a table it is aligned and says how strong trend and season are")
  func classicalTable() async throws {
    let run = try await run("decompose", on: Self.quarters, named: "quarters.csv", "--method", "classical")
    #expect(
      run.output == """
        imports: classical, additive, 2022-Q1 to 2023-Q4, 8 periods
        strength of the season 1.00, of the trend 1.00 (0 none, 1 nothing else)

        period   observed  trend  seasonal  remainder  adjusted
        ───────  ────────  ─────  ────────  ─────────  ────────
        2022-Q1     11.00      –      0.00          –     11.00
        2022-Q2     12.00      –      0.00          –     12.00
        2022-Q3     10.00  13.00     −3.00       0.00     13.00
        2022-Q4     17.00  14.00      3.00       0.00     14.00
        2023-Q1     15.00  15.00      0.00       0.00     15.00
        2023-Q2     16.00  16.00      0.00       0.00     16.00
        2023-Q3     14.00      –     −3.00          –     17.00
        2023-Q4     21.00      –      3.00          –     18.00

        """)
  }

  @Test("as JSON a missing component is null")
  func json() async throws {
    let run = try await run(
      "decompose", on: Self.quarters, named: "quarters.csv", "--method", "classical", "--format", "json")
    let parts = try JSONDecoder().decode([Parts].self, from: Data(run.output.utf8))[0]
    #expect(parts.series == "imports" && parts.method == "classical" && parts.mode == "additive")
    #expect(parts.seasonalPeriod == 4 && parts.seasonalStrength == 1 && parts.trendStrength == 1)
    #expect(parts.period.first == "2022-Q1" && parts.period.last == "2023-Q4")
    #expect(parts.components["trend"] == [nil, nil, 13, 14, 15, 16, nil, nil])
    #expect(parts.components["seasonal"] == [0, 0, -3, 3, 0, 0, -3, 3])
    #expect(
      parts.components.keys.sorted() == ["observed", "remainder", "seasonal", "seasonallyAdjusted", "trend"])
  }

  private struct Parts: Decodable {
    let series, method, mode: String
    let seasonalPeriod: Int
    let seasonalStrength, trendStrength: Double
    let period: [String]
    let components: [String: [Double?]]
  }

  @Test("the seasonal window and robustness of STL reach the method")
  func options() async throws {
    let file = examplesData.appending(path: "china-exports-imports-monthly-1983-2013.csv")
      .path(percentEncoded: false)
    let common = ["decompose", file, "--series", "imports_100m_usd", "--format", "csv"]
    let periodic = try await Command.run(common)
    let changing = try await Command.run(common + ["--seasonal-window", "7"])
    let robust = try await Command.run(common + ["--robust"])
    #expect(periodic.output.split(separator: "\n").count == 367)
    #expect(periodic.output != changing.output)
    #expect(
      robust.output.hasPrefix("unique_id,ds,observed,trend,seasonal,remainder,seasonally_adjusted,weight\n"))
    // A season that repeats exactly has the same figure in the same month of all years.
    func seasonal(_ run: Command) -> [Substring] {
      run.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[4] }
    }
    #expect(seasonal(periodic)[0] == seasonal(periodic)[12])
    #expect(seasonal(changing)[0] != seasonal(changing)[12])
  }

  @Test("what belongs to STL is refused with the classical method")
  func wrongCombination() async throws {
    let run = try await run("decompose", on: Self.quarters, "--method", "classical", "--robust")
    #expect(run.status == 64)
    #expect(run.errors.contains("--robust belongs to --method stl or mstl"))
  }

  @Test("several seasons have a column each, which add up to the season; lengths are read or refused")
  func severalSeasons() async throws {
    var months = "month,a\n"
    for t in 0..<72 { months += "\(2010 + t / 12)-\(t % 12 < 9 ? "0" : "")\(t % 12 + 1),\(t % 3 + t % 12)\n" }
    let result = try await run(
      "decompose", on: months, named: "m.csv", "--method", "mstl", "--periods", "12, 3", "--format", "csv")
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(lines[0].suffix(2) == ["seasonal_3", "seasonal_12"])
    for line in lines.dropFirst() {
      let numbers = line.compactMap { Double($0) }.suffix(6)
      let (season, parts) = (numbers.dropFirst(1).first ?? .nan, numbers.suffix(2))
      #expect(abs(season - parts.reduce(0, +)) < 1e-9)
    }
    let wrong = try await run(
      "decompose", on: months, named: "m.csv", "--method", "mstl", "--periods", "12,1")
    #expect(
      wrong.status == 64 && wrong.errors.contains("--periods: '1' is not a whole number from 2 to 9999"))
    let misplaced = try await run("decompose", on: months, named: "m.csv", "--periods", "12")
    #expect(misplaced.status == 64 && misplaced.errors.contains("--periods belongs to --method mstl"))
  }

  private static let imports = examplesData.appending(path: "china-exports-imports-monthly-1983-2013.csv")
    .path(percentEncoded: false)
  private static let x11 = ["decompose", imports, "--series", "imports_100m_usd", "--method", "x11"]

  @Test("X-11 as a table says what it chose and how good it is")
  func x11Table() async throws {
    let run = try await Command.run(Self.x11)
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix(
        """
        imports_100m_usd: x11, multiplicative, 1983-07 to 2013-12, 366 periods
        seasonal filter 3 × 5 (I/S 3.34), trend of 13 terms (I/C 2.14), \

        """.dropLast(1)))
    let line = run.output.split(separator: "\n")[2]
    #expect(line == "identifiable seasonality present; Q 0.42 (acceptable); all measures below 1")
  }

  @Test("X-11 as CSV has the components, the weights and the tables asked for, in X-11's order")
  func x11CSV() async throws {
    let run = try await Command.run(Self.x11 + ["--format", "csv", "--tables", "d9,b2"])
    let lines = run.output.split(separator: "\n")
    #expect(
      lines[0] == "unique_id,ds,observed,trend,seasonal,remainder,seasonally_adjusted,weight,b2,d9")
    #expect(lines.count == 367)
    // The first trend is not known for half a year.
    let cells = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(cells[6][8] == "" && cells[7][8] != "")
  }

  @Test("forced totals are a column whose years add up as observed", arguments: ["denton", "0.9,1"])
  func forced(method: String) async throws {
    let run = try await Command.run(Self.x11 + ["--format", "csv", "--force", method])
    let rows = run.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows[0][8] == "forced")
    // 1990 begins 78 months after July 1983.
    let year = rows[79..<91]
    let (observed, forced) = (year.compactMap { Double($0[2]) }, year.compactMap { Double($0[8]) })
    let adjusted = year.compactMap { Double($0[6]) }
    #expect(year.first?[1] == "1990-01" && observed.count == 12 && forced.count == 12)
    #expect(abs(observed.reduce(0, +) - forced.reduce(0, +)) < 1e-6)
    #expect(abs(observed.reduce(0, +) - adjusted.reduce(0, +)) > 0.01)
  }

  @Test("the options of X-11 reach the method")
  func x11Options() async throws {
    let plain = try await Command.run(Self.x11 + ["--format", "csv"])
    for options in [
      ["--mode", "additive"], ["--mode", "log-additive"], ["--mode", "pseudo-additive"],
      ["--seasonal-filter", "s3x9"], ["--trend-length", "23"], ["--sigma", "1.8,2.8"],
      ["--calendar-sigma", "all"],
      ["--seasonal-filter", "s3x3,s3x3,s3x3,s3x5,s3x5,s3x5,s3x5,s3x5,s3x5,stable,msr,x11default"],
    ] {
      let run = try await Command.run(Self.x11 + ["--format", "csv"] + options)
      #expect(run.status == 0 && run.output != plain.output, "\(options)")
    }
  }

  @Test("X-11 as JSON has choices, quality and the coming year's factors")
  func x11JSON() async throws {
    let run = try await Command.run(Self.x11 + ["--format", "json"])
    let parts = try JSONDecoder().decode(Adjusted.self, from: Data(run.output.utf8))
    #expect(parts.method == "x11" && parts.mode == "multiplicative" && parts.trendLength == 13)
    #expect(
      parts.seasonalFilters == Array(repeating: "s3x5", count: 12) && parts.seasonalForecast.count == 12)
    #expect(parts.quality.measures.count == 11 && parts.quality.identifiableSeasonality == "present")
    #expect(parts.quality.q < 1)
    #expect(
      parts.components.keys.sorted()
        == ["observed", "remainder", "seasonal", "seasonallyAdjusted", "trend", "weight"])
  }

  private struct Adjusted: Decodable {
    let method, mode: String
    let trendLength: Int
    let seasonalFilters: [String]
    let seasonalForecast: [Double]
    let quality: Quality
    let components: [String: [Double?]]

    struct Quality: Decodable {
      let q: Double
      let measures: [String: Double]
      let identifiableSeasonality: String
    }
  }

  @Test("a model before X-11 adds calendar and combined factors, and names itself")
  func adjustment() async throws {
    let model = ["--arima", "0,1,1,0,1,1", "--calendar", "td1,leap-factor", "--outliers", "LS2008-11"]
    let run = try await Command.run(Self.x11 + model + ["--format", "csv"])
    let rows = run.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(
      rows[0].joined(separator: ",")
        == "unique_id,ds,observed,trend,seasonal,remainder,seasonally_adjusted,weight,calendar,combined")
    #expect(rows.count == 367)
    for row in rows.dropFirst() {
      let numbers = row.dropFirst(2).compactMap { Double($0) }
      let (observed, adjusted, combined) = (numbers[0], numbers[4], numbers[7])
      #expect(abs(adjusted * combined / observed - 1) < 1e-12)
      #expect(abs(numbers[2] * numbers[6] / combined - 1) < 1e-12)
    }
    // February 1984 has 29 days of 28.25, and a weekday more than usual.
    #expect((Double(rows[8][8]) ?? 0) > 29 / 28.25)

    let table = try await Command.run(Self.x11 + model)
    #expect(
      table.output.split(separator: "\n")[1]
        == "after log ARIMA(0,1,1)(0,1,1)12 with 2 regressors: trading days, LS2008-11")
    let json = try await Command.run(Self.x11 + model + ["--format", "json"])
    let entry = try JSONDecoder().decode(Adjustment.self, from: Data(json.output.utf8))
    #expect(entry.outlook.period.first == "2014-01" && entry.outlook.combined.count == 12)
    #expect(entry.components["calendar"]?.count == 366)
    let levels = try await Command.run(Self.x11 + ["--arima", "0,1,1,0,1,1", "--mode", "additive"])
    #expect(levels.output.contains("after ARIMA(0,1,1)(0,1,1)12\n"))
    let refused = try await Command.run(Self.x11 + ["--calendar", "td1"])
    #expect(refused.status == 64 && refused.errors.contains("belong to --arima"))
    let twice = try await Command.run(Self.x11 + ["--arima", "auto", "--calendar", "cny,cny7/14"])
    #expect(twice.status == 64 && twice.errors.contains("give its days once"))
  }

  private struct Adjustment: Decodable {
    let model: String
    let outlook: Outlook
    let components: [String: [Double?]]

    struct Outlook: Decodable {
      let period: [String]
      let seasonal, calendar, combined, series: [Double]
    }
  }

  @Test("what belongs to X-11 is refused elsewhere, and what X-11 cannot adjust is said")
  func x11Refusals() async throws {
    let other = try await run("decompose", on: Self.quarters, "--trend-length", "13")
    #expect(other.status == 64 && other.errors.contains("--tables and --show belong to --method x11"))
    let mode = try await run("decompose", on: Self.quarters, "--mode", "log-additive")
    #expect(mode.status == 64 && mode.errors.contains("belong to --method x11"))
    let even = try await Command.run(Self.x11 + ["--trend-length", "12"])
    #expect(even.status == 64 && even.errors.contains("--trend-length is an odd number from 3 on, not 12"))
    let short = try await run("decompose", on: Self.quarters, named: "quarters.csv", "--method", "x11")
    #expect(short.status == 65)
    #expect(
      short.errors == "tradewind: quarters.csv: imports: 8 periods are too few: X-11 needs three years, 12\n")
    let filters = try await Command.run(Self.x11 + ["--seasonal-filter", "s3x3,s3x3,s3x3,s3x5"])
    #expect(filters.status == 65 && filters.errors.contains("names 4 filters for 12 seasons"))
  }

  @Test("a series that cannot be decomposed says why; others of the file go on without it")
  func tooShort() async throws {
    let one = try await run("decompose", on: "month,a\n2020-01,1\n2020-02,2\n", named: "s.csv")
    #expect(one.status == 65)
    #expect(one.output.isEmpty)
    #expect(one.errors == "tradewind: s.csv: a: 2 periods are too few: two seasons of 12 need 24\n")

    let two = "series,date,value\n" + "long,2020,1\nlong,2021,2\nlong,2022,1\nlong,2023,2\nshort,2023,7\n"
    let both = try await run(
      "decompose", on: two, named: "s.csv", "--season", "2", "--format", "csv", "--method", "classical")
    #expect(both.status == 0)
    #expect(both.output.split(separator: "\n").count == 5)
    #expect(both.errors == "tradewind: left out: short: 1 period is too few: two seasons of 2 need 4\n")
    let named = try await run("decompose", on: two, named: "s.csv", "--season", "2", "--series", "short")
    #expect(named.status == 65)
  }

  @Test("--chart draws the components one above the other", arguments: ["stl", "mstl", "classical", "x11"])
  func chart(_ method: String) async throws {
    try await withFolder { folder in
      let file = examplesData.appending(path: "us-imports-from-china-monthly-1985-2025.csv").path(
        percentEncoded: false)
      let run = try await Command.run(
        ["decompose", file, "--method", method, "--chart", "parts.svg"], in: folder)
      #expect(run.status == 0)
      let chart = try String(contentsOf: folder.appending(path: "parts.svg"), encoding: .utf8)
      for name in ["observed (thin) and seasonally adjusted", "trend", "seasonal", "remainder"] {
        #expect(chart.contains(">\(name)<"), "\(name)")
      }
    }
  }

  @Test(
    "--chart-kind subseries draws each month's years and the season through them",
    arguments: [
      ["stl"], ["classical", "--mode", "multiplicative"], ["x11"], ["x11", "--arima", "0,1,1,0,1,1"],
    ])
  func subseries(_ method: [String]) async throws {
    try await withFolder { folder in
      let file = examplesData.appending(path: "us-imports-from-china-monthly-1985-2025.csv").path(
        percentEncoded: false)
      let run = try await Command.run(
        ["decompose", file, "--quiet", "--chart", "months.svg", "--chart-kind", "subseries", "--method"]
          + method,
        in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let chart = try String(contentsOf: folder.appending(path: "months.svg"), encoding: .utf8)
      for text in [">Jan<", ">Dec<", ">season<", ">season \(method == ["stl"] ? "+" : "×") remainder<"] {
        #expect(chart.contains(text), "\(text)")
      }
    }
    let without = try await Command.run(["decompose", ProjectTests.imports, "--chart-kind", "subseries"])
    #expect(without.status == 64 && without.errors.contains("--chart-kind needs --chart"))
  }
}
