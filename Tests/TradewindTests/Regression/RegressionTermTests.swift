import RealModule
import TestSupport
import Testing
import Tradewind

@Suite("Regression terms")
struct RegressionTermTests {
  static let frame = RegressionFrame(start: .month(2023, 11), count: 6, seasonalPeriod: 12)

  static func columns(
    _ term: some RegressionTerm, in frame: RegressionFrame = frame
  ) throws -> [String: [Double]] {
    let columns = try term.columns(in: frame)
    return Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.values) })
  }

  @Test("trends, steps and pulses are what their names say")
  func shapes() throws {
    #expect(try Self.columns(Trend()) == ["trend": [1, 2, 3, 4, 5, 6]])
    let cubic = try Self.columns(PolynomialTrend(degree: 3))
    #expect(cubic["trend"] == [1, 2, 3, 4, 5, 6])
    #expect(cubic["trend^2"] == [1, 4, 9, 16, 25, 36])
    #expect(cubic["trend^3"] == [1, 8, 27, 64, 125, 216])
    let bent = try Self.columns(PiecewiseTrend(knots: [.month(2024, 1)]))
    #expect(bent == ["trend": [1, 2, 3, 4, 5, 6], "trend after 2024-01": [0, 0, 0, 1, 2, 3]])
    #expect(try Self.columns(Step(at: .month(2024, 1))) == ["step 2024-01": [0, 0, 1, 1, 1, 1]])
    #expect(try Self.columns(Pulse(at: .month(2024, 1))) == ["pulse 2024-01": [0, 0, 1, 0, 0, 0]])
  }

  @Test("seasons count from January wherever the series starts")
  func seasons() throws {
    let base = try Self.columns(SeasonalDummies())
    #expect(base.count == 11)
    #expect(base["season11"] == [1, 0, 0, 0, 0, 0])
    #expect(base["season2"] == [0, 0, 0, 1, 0, 0])
    let sum = try Self.columns(SeasonalDummies(.sumToZero))
    #expect(sum["season1"] == [0, -1, 1, 0, 0, 0])
    #expect(try Self.columns(SeasonalDummies(.everySeason)).count == 12)
    let quarters = RegressionFrame(start: .quarter(2020, 3), count: 4, seasonalPeriod: 4)
    #expect(try Self.columns(SeasonalDummies(), in: quarters)["season3"] == [1, 0, 0, 0])
  }

  @Test("Fourier pairs repeat exactly every year; the last sine of an even period is left out")
  func fourier() throws {
    let frame = RegressionFrame(start: .month(2023, 11), count: 30, seasonalPeriod: 12)
    let columns = try Fourier(order: 6).columns(in: frame)
    #expect(columns.count == 11)
    for column in columns { #expect(Array(column.values[0..<12]) == Array(column.values[12..<24])) }
    // January is angle zero, March a sixth of the circle.
    #expect(columns[0].name == "S1-12")
    #expect(columns[0].values[2] == 0)
    #expect(isClose(columns[0].values[4], Double.sqrt(3) / 2, relative: 1e-15))
    #expect(columns[10].name == "C6-12")
    #expect(columns[10].values[2...5].map { $0.rounded() } == [1, -1, 1, -1])
    for order in [7, 0, -1] {
      #expect(throws: RegressionError.harmonics(order: order, highest: 6)) {
        try Fourier(order: order).columns(in: frame)
      }
    }
  }

  @Test("calendar terms are the calendar's columns")
  func calendar() throws {
    let months = Period.month(2023, 11)...Period.month(2024, 4)
    let six = CalendarRegressors.tradingDaysByWeekday(over: months)
    #expect(
      try Self.columns(TradingDays(.one)) == ["trading days": CalendarRegressors.tradingDays(over: months)])
    #expect(try Self.columns(TradingDays())["Mon"] == six[0])
    #expect(try Self.columns(TradingDays())["Sat"] == six[5])
    let length = CalendarRegressors.lengthOfMonth(over: months)
    #expect(try Self.columns(LengthOfMonth()) == ["length of month": length])
    #expect(try Self.columns(LeapYear()) == ["leap year": [0, 0, 0, 0.75, 0, 0]])
    let easter = try CalendarRegressors.easter(days: 8, over: months)
    #expect(try Self.columns(Easter()) == ["Easter -8...-1": easter])
    let feast = try Self.columns(ChineseNewYear())
    #expect(Set(feast.keys) == Set(["-7...-1", "0...6", "7...20"].map { "Chinese New Year \($0)" }))
    // 10 February 2024: all of the week from it on lies in that month.
    #expect(try #require(feast["Chinese New Year 0...6"])[3] > 0)
    let long = RegressionFrame(start: .month(1900, 1), count: 12, seasonalPeriod: 12)
    let error = #expect(throws: RegressionError.self) { try ChineseNewYear().columns(in: long) }
    guard case .holiday(.outsideTable)? = error else { throw try #require(error) }
  }

  @Test("an empty frame has empty columns")
  func empty() throws {
    let frame = RegressionFrame(start: .month(2023, 11), count: 0, seasonalPeriod: 12)
    let terms: [any RegressionTerm] = [
      Trend(), PolynomialTrend(degree: 2), SeasonalDummies(), Fourier(order: 1), TradingDays(),
      TradingDays(.one), LengthOfMonth(), LeapYear(), Easter(), ChineseNewYear(), Step(at: .month(2020, 1)),
      TransientChange(at: .month(2020, 1)), SeasonalOutlier(at: .month(2020, 1)), StockTradingDays(),
      StockTradingDays(.one), Easter(isStock: true), Outlier(.additive, at: .month(2020, 1)),
    ]
    for term in terms {
      let columns = try term.columns(in: frame)
      #expect(!columns.isEmpty)
      for column in columns { #expect(column.values.isEmpty, "\(column.name)") }
    }
  }

  @Test("a user's column is matched by period and must reach over the frame")
  func userColumn() throws {
    let column = UserColumn("price", values: [9, 1, 2, 3, 4, 5, 6, 7], start: .month(2023, 10))
    #expect(try Self.columns(column) == ["price": [1, 2, 3, 4, 5, 6]])
    #expect(throws: RegressionError.regressorMissing(name: "price", period: .month(2024, 2))) {
      try UserColumn("price", values: [9, 1, 2, 3], start: .month(2023, 10)).columns(in: Self.frame)
    }
    #expect(throws: RegressionError.regressorMissing(name: "price", period: .month(2023, 11))) {
      try UserColumn("price", values: [9, 1], start: .month(2023, 12)).columns(in: Self.frame)
    }
    #expect(throws: RegressionError.wrongUnit(term: "price", needed: .year, found: .month)) {
      try UserColumn("price", values: [9, 1], start: .year(2023)).columns(in: Self.frame)
    }
  }

  @Test("a longer frame continues the same columns")
  func continues() throws {
    let terms: [any RegressionTerm] = [
      PolynomialTrend(degree: 4), PiecewiseTrend(knots: [.month(2024, 1)]), SeasonalDummies(),
      Fourier(order: 6), TradingDays(), LengthOfMonth(), LeapYear(), Easter(), ChineseNewYear(),
      Step(at: .month(2024, 2)), Pulse(at: .month(2024, 2)), TransientChange(at: .month(2024, 2)),
      SeasonalOutlier(at: .month(2024, 2)), StockTradingDays(), Easter(isStock: true),
      Ramp(over: try PeriodRange(parsing: "2024-01..2024-03")),
      TemporaryShift(over: try PeriodRange(parsing: "2024-01..2024-03")),
    ]
    let longer = RegressionFrame(start: .month(2023, 11), count: 30, seasonalPeriod: 12)
    for term in terms {
      for (a, b) in zip(try term.columns(in: Self.frame), try term.columns(in: longer)) {
        #expect(a.name == b.name)
        #expect(a.values == Array(b.values.prefix(6)), "\(a.name)")
      }
    }
  }

  @Test("the builder takes conditions, loops and lists", arguments: [true, false])
  func builder(calendar: Bool) {
    let model = RegressionModel {
      Trend()
      if calendar { LeapYear() }
      if calendar { Easter() } else { TradingDays(.one) }
      for year in 2020...2022 { Pulse(at: .month(year, 2)) }
      [Step(at: .month(2021, 1))]
    }
    #expect(model.terms.count == (calendar ? 7 : 6))
    #expect(model.terms.contains { $0 is Easter } == calendar)
    #expect(RegressionModel {}.terms.isEmpty)
  }
}
