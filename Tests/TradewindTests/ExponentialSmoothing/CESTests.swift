import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Complex exponential smoothing")
struct CESTests {
  static let kinds = CES.Seasonality.allCases

  private func number(_ row: [String: String], _ column: String) throws -> Double {
    try #require(Double(row[column] ?? ""))
  }

  private func sample(_ count: Int) -> TimeSeries {
    var generator = SeededGenerator(seed: 8)
    var level = 80.0
    let values = (0..<count).map { i in
      level += 0.2 + generator.nextNormal()
      return level + generator.nextNormal() + 2 * Double((i % 12) - 6)
    }
    return TimeSeries(values, start: .month(2010, 4))
  }

  @Test("at statsforecast's parameters errors and forecasts are its own", arguments: kinds)
  func recursion(kind: CES.Seasonality) throws {
    let rows = try References.rows("ces/statsforecast.csv").filter { $0["model"] == kind.letter }
    for series in try m3Series() {
      let expected = rows.filter { $0["series"] == series.name }
      let first = try #require(expected.first)
      let names = ["alpha_0", "alpha_1", "beta_0", "beta_1"].prefix(kind.parameters)
      let point = try names.map { try number(first, $0) }
      let lanes = CESSearch.Vector(
        point[0], point[1], point.count > 2 ? point[2] : 0, point.count > 3 ? point[3] : 0)
      let problem = try CESProblem(kind, series)
      let fit = FittedCES(series, CES.Candidate(problem: problem, result: .init(point: lanes, squares: 0)))
      #expect(isClose(fit.sumOfSquares, try number(first, "sse"), relative: 1e-9), "\(series.name)")
      for (mean, row) in zip(fit.forecast(horizon: 18).mean, expected) {
        #expect(isClose(mean, try number(row, "mean"), relative: 1e-9), "\(series.name)")
      }
    }
  }

  @Test("the search's sum of squares, slopes and curvature are those of the errors", arguments: kinds)
  func derivatives(kind: CES.Seasonality) throws {
    let problem = try CESProblem(kind, sample(60))
    let candidate = { (point: CESSearch.Vector) in
      CES.Candidate(problem: problem, result: .init(point: point, squares: 0))
    }
    var search = CESSearch(problem)
    let x = CESRegion.place(of: [1.3, 1.02, 0.4, 0.95])
    let place = search.evaluate(x)
    let errors = FittedCES(sample(60), candidate(CESRegion.point(x))).residuals
    #expect(isClose(place.squares, dot(errors, errors), relative: 1e-12))
    var columns: [[Double]] = []
    for j in 0..<kind.parameters {
      var (up, down) = (x, x)
      up[j] += 1e-4
      down[j] -= 1e-4
      let (a, b) = (candidate(CESRegion.point(up)), candidate(CESRegion.point(down)))
      let (above, below) = (FittedCES(sample(60), a).residuals, FittedCES(sample(60), b).residuals)
      columns.append(zip(above, below).map { ($0 - $1) / 2e-4 })
    }
    let model = [place.model.columns.0, place.model.columns.1, place.model.columns.2, place.model.columns.3]
    let size = (0..<kind.parameters).map { dot(columns[$0], columns[$0]).squareRoot() }
    let length = dot(errors, errors).squareRoot()
    for j in 0..<kind.parameters {
      #expect(isClose(place.model.slope[j], dot(columns[j], errors), absolute: 1e-4 * size[j] * length))
      for k in 0..<kind.parameters {
        #expect(isClose(model[j][k], dot(columns[j], columns[k]), absolute: 1e-4 * size[j] * size[k]))
      }
    }
  }

  @Test("a step to the boxed minimum solves the equations of what is free, and stays in the box")
  func boxedMinimum() throws {
    let model = CESQuadratic(
      slope: [-1, 2, -30, 4],
      columns: ([4, 1, 0.5, 0], [1, 3, 0.2, 1], [0.5, 0.2, 5, 0.3], [0, 1, 0.3, 2]))
    let all = CESQuadratic.Mask(repeating: true)
    let wide = CESSearch.Vector(repeating: 100)
    let free = try #require(model.boxedMinimum(from: .zero, free: all, lower: -wide, upper: wide))
    for j in 0..<4 { #expect(isClose((model.slope + model.times(free))[j], 0, absolute: 1e-12)) }
    let upper = CESSearch.Vector(100, 100, 2, 100)
    let held = try #require(model.boxedMinimum(from: .zero, free: all, lower: -wide, upper: upper))
    #expect(held[2] == 2)
    for j in [0, 1, 3] { #expect(isClose((model.slope + model.times(held))[j], 0, absolute: 1e-12)) }
    #expect(model.gain(free) > model.gain(held) && model.gain(held) > model.gain(0.9 * held))
    let hollow = CESQuadratic(
      slope: .one, columns: ([-1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]))
    #expect(hollow.boxedMinimum(from: .zero, free: all, lower: -wide, upper: wide) == nil)
  }

  @Test("a place's coordinates and its point belong together, and the arc bounds what is stable")
  func region() {
    for (real, imaginary) in [(1.1, 1.0), (1.7, 0.95), (1.02, 1.05), (1.4, 0.7)] {
      let point = CESSearch.Vector(real, imaginary, 0.3, 0.9)
      let back = CESRegion.point(CESRegion.place(of: point))
      #expect((0..<4).allSatisfy { isClose(back[$0], point[$0], relative: 1e-12) })
      #expect(CESRegion.isStable(CESRegion.place(of: point)))
    }
    let onArc = CESRegion.point([0, 1.2, 0.1, 0.1])
    #expect(isClose((onArc[0] - 0.5) * (onArc[0] - 0.5) + 0.04, 0.25, relative: 1e-12))
    #expect(!CESRegion.isStable([-1e-6, 1.2, 0.1, 0.1]) && !CESRegion.isStable([1, 0.5, 0.1, 0.1]))
  }

  @Test("the optimum is no worse than statsforecast's, to 10⁻⁵, where that is stable", arguments: kinds)
  func optimum(kind: CES.Seasonality) throws {
    let rows = try References.rows("ces/statsforecast.csv").filter { $0["model"] == kind.letter }
    for series in try m3Series() {
      let row = try #require(rows.first { $0["series"] == series.name })
      let (real, imaginary) = (try number(row, "alpha_0") - 0.5, try number(row, "alpha_1") - 1)
      guard real * real + imaginary * imaginary > 0.25 else { continue }
      let fit = try CES(kind).fit(to: series)
      #expect(fit.sumOfSquares <= (try number(row, "sse")) * (1 + 1e-5), "\(series.name)")
    }
  }

  @Test("scaling the data scales forecasts and intervals", arguments: [nil] + kinds.map { Optional($0) })
  func scales(kind: CES.Seasonality?) throws {
    let series = sample(72)
    let plain = try CES(kind).fit(to: series).forecast(horizon: 18)
    // Powers of two are exact at every step, whatever their size.
    for factor in [0x1p-40, -8, 0x1p40] {
      let scaled = TimeSeries(series.values.map { $0 * factor }, start: series.start)
      let forecast = try CES(kind).fit(to: scaled).forecast(horizon: 18)
      #expect(forecast.mean == plain.mean.map { $0 * factor })
      for (a, b) in zip(forecast.intervals, plain.intervals) {
        #expect(isClose(a[1].width, b[1].width * abs(factor), relative: 1e-9))
      }
    }
  }

  @Test("a constant series is forecast as it is, with intervals of no width", arguments: kinds)
  func constant(kind: CES.Seasonality) throws {
    for value in [0.0, 7, -3, 1e-12, 1e12] {
      let series = TimeSeries([Double](repeating: value, count: 40), start: .month(2020, 1))
      let forecast = try CES(kind).fit(to: series).forecast(horizon: 14)
      #expect(forecast.mean.allSatisfy { isClose($0, value, relative: 1e-9) })
      #expect(forecast.intervals.allSatisfy { $0[1].width <= 1e-9 * abs(value) })
    }
  }

  @Test("a series of pure season goes on, with the simple season")
  func pureSeason() throws {
    let year = [5.0, 7, 1, -4, 2, 8, 3, 9, 6, 0, 4, 11]
    let series = TimeSeries((0..<48).map { year[$0 % 12] }, start: .month(2020, 1))
    let forecast = try CES(.simple).fit(to: series).forecast(horizon: 24)
    for h in 0..<24 { #expect(isClose(forecast.mean[h], year[h % 12], absolute: 1e-9)) }
  }

  @Test("short series and series without a season give typed errors")
  func short() throws {
    for kind in Self.kinds {
      let needed = kind.observationsNeeded(period: 12)
      let model = "CES(\(kind.letter))"
      for count in [1, 2, 3, needed - 1] {
        #expect(throws: ForecastError.tooShort(model: model, needed: needed, found: count)) {
          try CES(kind).fit(to: sample(count))
        }
      }
      let forecast = try CES(kind).fit(to: sample(needed)).forecast(horizon: 5)
      #expect(forecast.mean.allSatisfy { $0.isFinite })
    }
    let yearly = TimeSeries((0..<30).map { Double($0 * $0 % 7) }, start: .year(1990))
    #expect(throws: ForecastError.notSeasonal(model: "CES(F)", seasonalPeriod: 1)) {
      try CES(.full).fit(to: yearly)
    }
    #expect(try CES().fit(to: yearly).seasonality == .nonseasonal)
    #expect(try CES().fit(to: sample(13)).seasonality == .nonseasonal)
  }

  @Test("odd series give finite forecasts")
  func odd() throws {
    let wave = sample(60).values
    let spike = (0..<40).map { $0 == 17 ? 1000.0 : 0 }
    let half = wave.enumerated().map { $0.offset % 2 == 0 ? $0.element : .nan }
    let late = [Double](repeating: .nan, count: 24) + wave
    for (i, values) in [spike, half, late, wave.map { -$0 }, wave.map { $0 - 80 }].enumerated() {
      let fit = try CES().fit(to: TimeSeries(values, start: .month(2015, 1)))
      let forecast = fit.forecast(horizon: 18)
      #expect(forecast.mean.allSatisfy { $0.isFinite }, "case \(i)")
      #expect(
        forecast.intervals.allSatisfy { $0[1].width.isFinite && $0[0].width <= $0[1].width }, "case \(i)")
    }
  }

  @Test("a gap is taken as what was expected of it", arguments: kinds)
  func gap(kind: CES.Seasonality) throws {
    let fit = try CES(kind).fit(to: sample(60))
    let expected = fit.forecast(horizon: 4)
    let skipped = try fit.updated(with: [.nan, .nan])
    #expect(skipped.forecast(horizon: 2).mean == Array(expected.mean.suffix(2)))
    let asExpected = try fit.updated(with: Array(expected.mean.prefix(2)))
    for (a, b) in zip(asExpected.forecast(horizon: 2).mean, expected.mean.suffix(2)) {
      #expect(isClose(a, b, relative: 1e-12))
    }
  }

  @Test("the law's weights are what a surprise adds to the periods after it", arguments: kinds)
  func weights(kind: CES.Seasonality) throws {
    let fit = try CES(kind).fit(to: sample(60))
    let plain = fit.forecast(horizon: 20)
    guard case .movingAverage(let weights, let variance, _) = plain.joint else {
      Issue.record("not a moving average")
      return
    }
    #expect(weights[0] == 1 && variance == fit.variance)
    let surprised = try fit.updated(with: [plain.mean[0] + 1]).forecast(horizon: 19)
    for h in 1..<20 {
      #expect(isClose(surprised.mean[h - 1] - plain.mean[h], weights[h], absolute: 1e-9))
    }
  }

  @Test("the choice takes the smallest AICc")
  func choice() throws {
    for series in try m3Series() {
      let fits = try Self.kinds.map { try CES($0).fit(to: series) }
      let chosen = try #require(try CES().fit(to: series).informationCriteria?.aicc)
      #expect(chosen == fits.compactMap { $0.informationCriteria?.aicc }.min())
    }
  }
}
