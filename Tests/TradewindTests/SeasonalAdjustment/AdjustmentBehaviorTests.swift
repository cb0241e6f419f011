import TestSupport
import Testing

@testable import Tradewind

/// What real and odd series do to an adjustment from start to end.
@Suite("Seasonal adjustment: odd series")
struct AdjustmentBehaviorTests {
  static let airline = SeasonalAdjustmentTests.airline

  static let ways: [(name: String, adjustment: SeasonalAdjustment)] = [
    ("logarithms", SeasonalAdjustment(.given(ARIMA(airline, transform: .log)))),
    ("levels", SeasonalAdjustment(.given(ARIMA(airline)))),
    ("automatic", SeasonalAdjustment()),
  ]

  /// Eight years that grow, with a season and noise, times `scale`.
  static func regular(_ count: Int = 96, scale: Double = 1) -> [Double] {
    OddSeries.regular(count).map { $0 * scale }
  }

  static func adjust(
    _ values: [Double], _ adjustment: SeasonalAdjustment
  ) -> Result<AdjustedSeries, SeasonalAdjustmentError> {
    Result { () throws(SeasonalAdjustmentError) in
      try adjustment.adjust(TimeSeries(values, start: .month(2001, 3), name: "a"))
    }
  }

  static func isFinite(_ one: AdjustedSeries) -> Bool {
    [
      one.seasonal, one.calendar, one.combined, one.seasonallyAdjusted, one.trend, one.irregular,
      one.outlook.seasonal, one.outlook.combined, one.outlook.series,
    ].allSatisfy { $0.allSatisfy(\.isFinite) }
  }

  @Test("odd series are adjusted to finite components or refused in words", arguments: 0..<3)
  func odd(way: Int) {
    let (name, adjustment) = Self.ways[way]
    for one in OddSeries.difficult + OddSeries.constant + OddSeries.withoutObservations + OddSeries.infinite {
      let result = Result { () throws(SeasonalAdjustmentError) in try adjustment.adjust(one.series) }
      switch result {
      case .failure(let error):
        #expect(!error.description.isEmpty && error.description.count < 200, "\(one), \(name)")
      case .success(let adjusted):
        #expect(Self.isFinite(adjusted), "\(one), \(name)")
        if let quality = adjusted.quality() { #expect((0...3).contains(quality.q), "\(one), \(name)") }
      }
    }
  }

  @Test("the scale of a series does not matter", arguments: 0..<3)
  func scale(way: Int) throws {
    let (name, adjustment) = Self.ways[way]
    let one = try Self.adjust(Self.regular(), adjustment).get()
    // Powers of two, so that rounding is the same; the largest value is about 140.
    for scale in [0x1p-190, 0x1p-20, 0x1p20, 0x1p190] {
      let other = try Self.adjust(Self.regular(scale: scale), adjustment).get()
      for (a, b) in zip(one.seasonallyAdjusted, other.seasonallyAdjusted) {
        #expect(isClose(b / scale, a, relative: 1e-6), "\(name), \(scale)")
      }
      let (a, b) = (try #require(one.quality()), try #require(other.quality()))
      #expect(isClose(b.q, a.q, relative: 1e-4), "\(name), \(scale)")
    }
  }

  @Test("values whose powers overflow or vanish are refused in words", arguments: [1e300, 1e-300])
  func range(scale: Double) {
    let values = Self.regular(scale: scale)
    for (name, adjustment) in Self.ways {
      guard case .failure(.x11(.outOfRange(let period, let value))) = Self.adjust(values, adjustment) else {
        Issue.record("\(name), \(scale) was not refused")
        continue
      }
      #expect(value == values.max() && period.year >= 2008)
    }
    for mode in X11Mode.allCases {
      #expect(throws: X11Error.self) {
        try X11(mode: mode).decompose(TimeSeries(values, start: .month(2001, 3)))
      }
    }
    let error = X11Error.outOfRange(period: .month(2009, 1), value: 1.4e302)
    #expect(
      error.description
        == "the largest value, that of 2009-01, is 1.4e+302; choose a unit in which it lies between 1e-60 and 1e60"
    )
  }

  @Test("a constant has a season of one and no measures of quality", arguments: 0..<3)
  func constant(way: Int) throws {
    let one = try Self.adjust(Array(repeating: 7, count: 60), Self.ways[way].adjustment).get()
    #expect(one.seasonallyAdjusted.allSatisfy { isClose($0, 7, relative: 1e-9) })
    #expect(one.outlook.series.allSatisfy { isClose($0, 7, relative: 1e-9) })
    #expect(one.quality() == nil)
  }

  @Test("thirty-six months are enough, whatever is chosen")
  func shortest() throws {
    for (name, adjustment) in Self.ways {
      let one = try Self.adjust(Self.regular(36), adjustment).get()
      #expect(one.parts.choices.seasonalFilters.allSatisfy { $0 == .stable }, "\(name)")
    }
  }

  @Test("a season of one half only moves out of the other half")
  func half() throws {
    let season = [-20.0, 15, 8, -5, 12, -9, 3, 18, -14, 6, -11, -3]
    let values = (0..<192).map { (t: Int) -> Double in
      let noise = Double((t * 37) % 11 - 5) / 2
      return t < 96 ? 200 + season[t % 12] + noise : 200 + noise
    }
    let one = try Self.adjust(values, Self.ways[1].adjustment).get()
    func size(_ range: Range<Int>) -> Double {
      range.reduce(0) { $0 + abs(one.seasonal[$1]) } / Double(range.count)
    }
    #expect(size(0..<48) > 8 && size(156..<192) < 2)
    let quality = try #require(one.quality())
    #expect(quality.moving.probability < 0.001)
  }

  @Test("M3's series N2592 has an automatic adjustment")
  func lostInRounding() throws {
    // The roots of the autoregressions that look for differences lie on the unit circle.
    let text = """
      2670 2700 2728 2748 2772 2790 2810 2828 2852 2880 2906 2924 2948 2962 2982 3002 3016 3040 3056 3070 3088 3096 3110 3122 3140 3158 3170 \
      3188 3210 3234 3258 3286 3302 3324 3342 3358 3370 3390 3414 3432 3456 3474 3498 3520 3542 3568 3588 3616 3642 3670 3684 3708 3732 3756 \
      3778 3800 3834 3864 3904 3938 3960 3982 4012 4042 4070 4098 4126 4150 4176 4198 4222 4246 4264 4274 4298 4308 4330 4348 4362 4378 4390 \
      4402 4416 4454 4488 4520 4556 4596 4634 4674 4720 4776 4838 4882 4906 4934 5024 5082 5118 5126 5138 5158 5192 5226 5256 5288 5316 5344 \
      5380 5416 5438 5472 5502 5532 5590 5648 5710 5750 5790 5844 5890 5940 5986 6036 6088 6144 6194 6248 6308 6352 6390 6428 6506 6584
      """
    let values = text.split(separator: " ").compactMap { Double($0) }
    #expect(values.count == 134)
    #expect(Self.isFinite(try Self.adjust(values, SeasonalAdjustment()).get()))
  }
}
