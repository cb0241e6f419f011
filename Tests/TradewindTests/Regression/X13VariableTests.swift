import RealModule
import TestSupport
import Testing
import Tradewind

@Suite("X-13's regression variables")
struct X13VariableTests {
  /// Airline passengers with two years of forecasts.
  static let frame = RegressionFrame(start: .month(1949, 1), count: 168, seasonalPeriod: 12)

  private func expectEqual(
    _ term: some RegressionTerm, _ file: String, _ names: [String], shift: Double = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let columns = try term.columns(in: Self.frame)
    #expect(columns.count == names.count, sourceLocation: sourceLocation)
    for (column, name) in zip(columns, names) {
      let reference = try References.numbers("regression/\(file).csv", column: name)
      let difference = largestDifference(column.values.map { $0 + shift }, reference)
      #expect(difference <= 1e-14, "\(name)", sourceLocation: sourceLocation)
    }
  }

  @Test("outliers of every kind and ramps are X-13's columns; steps and ramps start from 0, X-13's end at 0")
  func outliers() throws {
    let file = "x13-ap-airline-outliers"
    try expectEqual(Pulse(at: .month(1951, 5)), file, ["AO1951.May"])
    try expectEqual(Step(at: .month(1954, 1)), file, ["LS1954.Jan"], shift: -1)
    try expectEqual(TransientChange(at: .month(1956, 6)), file, ["TC1956.Jun"])
    try expectEqual(SeasonalOutlier(at: .month(1958, 3)), file, ["SO1958.Mar"])
    let ramp = Ramp(over: try PeriodRange(parsing: "1957-01..1957-12"))
    try expectEqual(ramp, file, ["Rp1957.01-1957.12"], shift: -11)
    for (text, name, shift) in [
      ("AO1951-05", "AO1951.May", 0.0), ("ls1954-01", "LS1954.Jan", -1), ("TC1956-06", "TC1956.Jun", 0),
      ("SO1958-03", "SO1958.Mar", 0),
    ] {
      let outlier = try Outlier(parsing: text)
      try expectEqual(outlier, file, [name], shift: shift)
      #expect(outlier.description == text.uppercased())
      #expect(try outlier.columns(in: Self.frame).map(\.name) == [outlier.description])
    }
  }

  @Test("seasonal contrasts against December, and the constant of a differenced model, are X-13's")
  func seasons() throws {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    try expectEqual(SeasonalDummies(.sumToZero), "x13-ap-seasonal-dummies", months)
    try expectEqual(Trend(), "x13-ap-seasonal-dummies", ["Constant"])
  }

  @Test("the leap year's prior factor is what X-13's trading-day factors hold beyond the six coefficients")
  func priorFactor() throws {
    let factors = try References.numbers("regression/x13-ap-airline-td6-factors.csv", column: "td")
    let coefficients = [
      -0.0062834094085746, -0.00316573973621372, -0.00301634015929219, -0.00240892344797831,
      0.00234395636885427,
      0.00407144068376775,
    ]
    let frame = RegressionFrame(start: .month(1949, 1), count: factors.count, seasonalPeriod: 12)
    let columns = TradingDays().columns(in: frame)
    let prior = PriorFactor.leapYear.values(in: frame)
    for (index, factor) in factors.enumerated() {
      let effect = zip(coefficients, columns).reduce(0) { $0 + $1.0 * $1.1.values[index] }
      #expect(
        isClose(prior[index] * Double.exp(effect), factor, relative: 1e-12), "\(frame.period(at: index))")
    }
  }

  @Test("prior factors are days by their mean length, of a year too")
  func priorFactors() {
    func expectEqual(_ factor: PriorFactor, from start: Period, days: [Double], mean: [Double]) {
      let season = start.unit.periodsPerYear
      let frame = RegressionFrame(start: start, count: days.count, seasonalPeriod: season)
      #expect(factor.values(in: frame) == zip(days, mean).map { $0 / $1 }, "\(factor) \(start)")
    }
    expectEqual(.leapYear, from: .month(2024, 1), days: [31, 29, 31], mean: [31, 28.25, 31])
    expectEqual(.lengthOfMonth, from: .month(2024, 1), days: [31, 29], mean: [30.4375, 30.4375])
    expectEqual(.leapYear, from: .quarter(2023, 1), days: [90, 91], mean: [90.25, 91])
    expectEqual(.lengthOfMonth, from: .quarter(2023, 1), days: [90, 91], mean: [91.3125, 91.3125])
    expectEqual(.leapYear, from: .year(2023), days: [365, 366], mean: [365.25, 365.25])
    expectEqual(.lengthOfMonth, from: .year(2023), days: [], mean: [])
  }

  @Test("a transient change decays by 0.7 a month in series of any period")
  func transientChange() throws {
    let quarters = RegressionFrame(start: .quarter(2020, 1), count: 4, seasonalPeriod: 4)
    let values = try TransientChange(at: .quarter(2020, 2)).columns(in: quarters)[0].values
    #expect(values[0] == 0 && values[1] == 1)
    #expect(isClose(values[2], 0.343, relative: 1e-15) && isClose(values[3], 0.117_649, relative: 1e-14))
    let slow = try TransientChange(at: .quarter(2019, 4), rate: 0.5).columns(in: quarters)[0].values
    #expect(slow == [0.5, 0.25, 0.125, 0.0625])
  }

  @Test("shifts last their range; ramps go from one level to another in three ways")
  func shapes() throws {
    let frame = RegressionFrame(start: .month(2020, 1), count: 6, seasonalPeriod: 12)
    let range = try PeriodRange(parsing: "2020-02..2020-04")
    #expect(try TemporaryShift(over: range).columns(in: frame)[0].values == [0, 1, 1, 1, 0, 0])
    let expected: [Ramp.Shape: [Double]] = [
      .linear: [0, 0, 1, 2, 2, 2], .accelerating: [0, 0, 1, 4, 4, 4], .decelerating: [0, 0, 3, 4, 4, 4],
    ]
    for shape in Ramp.Shape.allCases {
      #expect(try Ramp(over: range, shape: shape).columns(in: frame)[0].values == expected[shape])
    }
    let early = try PeriodRange(parsing: "2019-11..2020-03")
    #expect(try Ramp(over: early).columns(in: frame)[0].values == [2, 3, 4, 4, 4, 4])
    #expect(
      throws: RegressionError.wrongUnit(term: "shift 2020-02..2020-04", needed: .month, found: .quarter)
    ) {
      try TemporaryShift(over: range).columns(
        in: RegressionFrame(start: .quarter(2020, 1), count: 6, seasonalPeriod: 4))
    }
  }

  @Test(
    "one contrast of a stock is what accumulates when workdays add 1 and each day of the weekend takes 2.5")
  func stock() throws {
    let days = StockTradingDays(day: 31, .six).columns(in: Self.frame)
    for (column, name) in zip(days, CalendarRegressors.weekdayNames) {
      #expect(column.name == name)
      let reference = try References.numbers("calendar/x13-ap-airline-stock.csv", column: name)
      #expect(Array(column.values.prefix(reference.count)) == Array(reference.prefix(column.values.count)))
    }
    // The flow from the end of one month to the end of the next is the difference of the stocks.
    let stock = StockTradingDays(day: 31, .one).columns(in: Self.frame)[0].values
    let flow = TradingDays(.one).columns(in: Self.frame)[0].values
    for index in 1..<stock.count {
      let added = 2.5 * (stock[index] - stock[index - 1])
      #expect(isClose(added, flow[index], absolute: 1e-12), "\(Self.frame.period(at: index))")
    }
  }

  @Test(
    "the stock's Easter adds up the flow's, wherever the series begins in its year", arguments: [1, 3, 8])
  func easterStock(month: Int) throws {
    let frame = RegressionFrame(start: .month(2010, month), count: 40, seasonalPeriod: 12)
    let flow = try Easter(days: 8).columns(in: frame)[0].values
    let stock = try Easter(days: 8, isStock: true).columns(in: frame)[0].values
    #expect(stock.count == 40)
    for index in 1..<stock.count {
      #expect(isClose(stock[index] - stock[index - 1], flow[index], absolute: 1e-13))
      if frame.period(at: index).month > 3 { #expect(abs(stock[index]) < 1e-13) }
    }
    #expect(stock.contains { abs($0) > 0.1 })
  }

  @Test("a text that is no outlier is named", arguments: ["", "AO", "XX2001-01", "LS2001-13", "AO2001-01 "])
  func notAnOutlier(text: String) {
    let error = #expect(throws: RegressionError.self) { try Outlier(parsing: text) }
    guard case .notAnOutlier? = error else {
      Issue.record("\(text) gave \(String(describing: error))")
      return
    }
  }

  @Test("every term says which part of a series it belongs to, and a user's column what it is told")
  func roles() throws {
    let range = try PeriodRange(parsing: "2020-02..2020-04")
    let month = Period.month(2020, 2)
    let expected: [(any RegressionTerm, RegressionRole)] = [
      (Trend(), .trend), (PolynomialTrend(degree: 2), .trend), (PiecewiseTrend(knots: []), .trend),
      (Step(at: month), .trend), (TemporaryShift(over: range), .trend), (Ramp(over: range), .trend),
      (Pulse(at: month), .irregular), (TransientChange(at: month), .irregular),
      (SeasonalDummies(), .seasonal), (Fourier(order: 1), .seasonal), (SeasonalOutlier(at: month), .seasonal),
      (TradingDays(), .tradingDays), (StockTradingDays(), .tradingDays), (LeapYear(), .tradingDays),
      (LengthOfMonth(), .tradingDays), (Easter(), .holiday), (ChineseNewYear(), .holiday),
      (MovingHoliday(.easter, windows: []), .holiday), (UserColumn("x", values: [], start: month), .user),
      (UserColumn("x", values: [], start: month, role: .holiday), .holiday),
      (Outlier(.levelShift, at: month), .trend), (Outlier(.seasonal, at: month), .seasonal),
    ]
    for (term, role) in expected { #expect(term.role == role, "\(term.title)") }
    #expect(RegressionRole.allCases.filter(\.isCalendar) == [.tradingDays, .holiday])
  }
}
