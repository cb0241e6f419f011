import TestSupport
import Testing

@testable import Tradewind

@Suite("Windows of the Chinese New Year")
struct HolidayWindowTests {
  /// The model of the reference; X-13's `td1coef` in logs has the leap year's factor.
  static let model = ARIMA(
    ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log, prior: .leapYear,
    regressors: [TradingDays(.one), Outlier(.levelShift, at: .month(2008, 11))])

  static func series(_ name: String) throws -> TimeSeries {
    let series = try #require(try ExampleData.china().first { $0.name == "\(name)_100m_usd" })
    return series.slice(from: .month(2000, 1), through: .month(2013, 12))
  }

  /// The dates that the reference regressors were made from; three differ from the true calendar.
  static func listedNewYear() throws -> Holiday {
    let holidays = try HolidayFile.parse(try References.text("calendar/holidays.csv"), file: "holidays.csv")
    return try #require(holidays.first { $0.name == "cny" })
  }

  @Test("the whole grid is X-13's: likelihood, AICC, coefficients, t", arguments: ["imp", "exp"])
  func grid(name: String) throws {
    let search = HolidayWindowSearch(Self.model, holiday: try Self.listedNewYear())
    let choice = try search.choose(for: try Self.series(name == "imp" ? "imports" : "exports"))
    let rows = try References.rows("regarima/x13-cny-window-grid.csv").filter { $0["series"] == name }
    #expect(rows.count == 25 && choice.candidates.count == 25 && choice.leftOut.isEmpty)
    for row in rows {
      let windows = ["before", "during", "after"].compactMap { row[$0] }.filter { !$0.isEmpty }
        .map { $0.replacing("..", with: "...") }
      let label = windows.isEmpty ? "no effect" : windows.joined(separator: ", ")
      let ours = try #require(choice.candidates.first { $0.description == label })
      func number(_ column: String) throws -> Double { try #require(Double(row[column] ?? "")) }
      #expect(isClose(ours.logLikelihood, try number("loglik"), absolute: 1e-6), "\(label)")
      #expect(isClose(ours.aicc, try number("aicc"), absolute: 2e-6), "\(label)")
      for (k, coefficient) in ours.coefficients.enumerated() {
        #expect(isClose(coefficient.estimate, try number("coef_\(k + 1)"), absolute: 6e-6), "\(label) \(k)")
        #expect(isClose(coefficient.tStatistic, try number("t_\(k + 1)"), absolute: 6e-3), "\(label) \(k)")
      }
    }
    let least = try rows.map { try #require(Double($0["aicc"] ?? "")) }.min()
    #expect(isClose(choice.best.aicc, try #require(least), absolute: 2e-6))
  }

  @Test("China's imports: the search finds X-13's best window, and AICC falls from 1669 to 1574 or less")
  func imports() throws {
    let choice = try HolidayWindowSearch(Self.model).choose(for: try Self.series("imports"))
    #expect(choice.best.windows == [-7 ... -1, 0...6])
    #expect(choice.best.aicc < 1574.33)
    #expect(isClose(try #require(choice.gain), 1669.25 - 1574.32, absolute: 0.05))
    #expect(
      choice.fitted.informationCriteria.map { isClose($0.aicc, choice.best.aicc, absolute: 1e-6) } == true)
    #expect(choice.fitted.model.regressors.count == 3)
  }

  @Test("a candidate that other regressors determine is left out; a holiday that ends too early is an error")
  func errors() throws {
    var model = Self.model
    let series = try Self.series("imports")
    model.regressors.append(ChineseNewYear(windows: [0...6]))
    let choice = try HolidayWindowSearch(model, candidates: [[], [0...6], [-7 ... -1]]).choose(for: series)
    #expect(choice.leftOut == [[0...6]] && choice.candidates.count == 2)
    let dates = try (2000...2012).map { try #require(CalendarFacts.chineseNewYear(year: $0)) }
    let short = try Holiday("short", dates: dates)
    #expect(throws: ForecastError.self) { try HolidayWindowSearch(model, holiday: short).choose(for: series) }
    #expect(throws: ForecastError.self) { try HolidayWindowSearch(model, candidates: []).choose(for: series) }
  }

  @Test("the default grid has 25 candidates, each once")
  func defaultGrid() {
    let grid = HolidayWindowSearch.grid()
    #expect(grid.count == 25 && Set(grid).count == 25)
    #expect(grid.contains([-20 ... -1, 0...6, 7...26]) && grid.contains([]))
  }
}
