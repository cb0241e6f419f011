import Tradewind

/// A series that has broken forecasting programs, with a label for messages.
public struct OddSeries: Sendable, CustomStringConvertible {
  public let description: String
  public let series: TimeSeries

  init(_ description: String, _ values: [Double], start: Period = .month(2019, 11), season: Int? = nil) {
    self.description = description
    series = TimeSeries(values, start: start, seasonalPeriod: season, name: description)
  }

  /// Nothing but missing values, or nothing at all: there is one right answer, ``ForecastError/noObservations(count:)``.
  public static let withoutObservations = [
    OddSeries("empty", []),
    OddSeries("one missing", [.nan]),
    OddSeries("all missing", [Double](repeating: .nan, count: 40)),
  ]

  /// An infinite value among good ones: the right answer is ``ForecastError/notFinite(period:value:)``.
  public static let infinite = [
    OddSeries("infinite in the middle", replacing(20, by: .infinity)),
    OddSeries("infinite at the end", replacing(59, by: -.infinity)),
    OddSeries("infinite at the start", replacing(0, by: .infinity)),
  ]

  /// The same value throughout: whoever answers says that value.
  public static let constant = [
    OddSeries("all equal", [Double](repeating: 7.25, count: 40)),
    OddSeries("all zero", [Double](repeating: 0, count: 40)),
    OddSeries("all equal, quarters", [Double](repeating: 7.25, count: 21), start: .quarter(2015, 2)),
    OddSeries("all equal, years", [Double](repeating: 7.25, count: 12), start: .year(2001)),
    OddSeries("all equal, gaps", (0..<40).map { $0 % 3 == 1 ? .nan : 7.25 }),
  ]

  /// Short, extreme, negative, spiky and gappy series, and other seasons than a year of months.
  public static let difficult =
    [
      OddSeries("length 1", [3]),
      OddSeries("length 2", [3, 5]),
      OddSeries("length 3", [3, 5, 4]),
      OddSeries("period + 1", Array(regular(60).prefix(13))),
      OddSeries("two periods", Array(regular(60).prefix(24))),
      OddSeries("two periods + 1", Array(regular(60).prefix(25))),
      OddSeries("single spike", (0..<40).map { $0 == 17 ? 1000 : 0 }),
      OddSeries("spike at the end", (0..<40).map { $0 == 39 ? 1000 : 0 }),
      OddSeries("spike on a level", (0..<40).map { $0 == 17 ? 1e6 : 10 }),
      OddSeries("1e-12", regular(60).map { $0 * 1e-12 }),
      OddSeries("1e12", regular(60).map { $0 * 1e12 }),
      OddSeries("1e12 with a small swing", regular(60).map { 1e12 + $0 }),
      OddSeries("negative", regular(60).map { -$0 }),
      OddSeries("both signs", regular(60).map { $0 - 100 }),
      OddSeries("half missing", regular(60).enumerated().map { [3, 4, 6].contains($0 % 7) ? .nan : $1 }),
      OddSeries("every other missing", regular(60).enumerated().map { $0 % 2 == 0 ? .nan : $1 }),
      OddSeries("first year missing", regular(60).enumerated().map { $0 < 12 ? .nan : $1 }),
      OddSeries("last months missing", regular(60).enumerated().map { $0 > 54 ? .nan : $1 }),
      OddSeries("one observation among gaps", (0..<30).map { $0 == 11 ? 4 : .nan }),
      OddSeries("mostly zero", (0..<60).map { $0 % 7 == 3 ? Double(2 + $0 % 5) : 0 }),
      OddSeries("straight line", (0..<40).map { 100 + 2 * Double($0) }),
      OddSeries("falls to zero", (0..<40).map { max(0, 60 - 3 * Double($0)) }),
      OddSeries("exact season", (0..<48).map { [10, 20, 30, 25, 5, 1, 2, 3, 9, 11, 14, 12][$0 % 12] }),
      OddSeries("alternating", (0..<48).map { $0 % 2 == 0 ? 1 : 9 }),
    ]
    + [1, 4, 12, 52].map { OddSeries("season \($0)", regular(120, season: $0), season: $0) }
    + [
      OddSeries("season longer than the series", regular(30), season: 52),
      OddSeries("quarters", regular(44, season: 4), start: .quarter(2010, 3)),
      OddSeries("years", regular(25, season: 1), start: .year(1999)),
    ]

  /// A level of about 100 that grows, swings with the season and has noise of 4; always above zero.
  public static func regular(_ count: Int, season: Int = 12) -> [Double] {
    // Noise without a generator: the fractional parts of multiples of √2 are spread evenly over 0…1.
    (0..<count).map { i in
      let noise = (Double(i * i + 3 * i) * 1.414_213_562_373_095_1).truncatingRemainder(dividingBy: 1)
      let place = Double(i % season) / Double(season)
      let swing = season == 1 ? 0 : 60 * place * (1 - place) - 10
      return 100 + 0.3 * Double(i) + swing + 14 * (noise - 0.5)
    }
  }

  private static func replacing(_ index: Int, by value: Double) -> [Double] {
    var values = regular(60)
    values[index] = value
    return values
  }
}
