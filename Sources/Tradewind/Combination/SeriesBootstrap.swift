import TradewindNumerics

/// Series that might have been observed in the place of one: its trend and season with another run of what they leave over.
///
/// The series is transformed by Box and Cox, with λ in 0…1 by Guerrero's method, and taken apart by ``STL`` with a periodic season; the remainder is
/// drawn anew in blocks, which keeps its autocorrelation, and what results is transformed back: Bergmeir, Hyndman and Benítez (2016), section 2.
/// Where STL does not apply (no season, less than two, or one that is never observed) a local line by loess through the seven
/// nearest values (the paper: six) is all there is. Values stay as they are where one is not above zero, or where there are less than two seasons for a choice of λ.
///
/// A missing value is missing in every copy: the remainders of the known periods follow upon each other as if there were no gaps. Where all
/// values are above zero no value of a copy is below a tenth of the smallest, which λ above 0 does not see to. All copies of a constant series are that series.
struct SeriesBootstrap: Sendable {
  let series: TimeSeries
  /// λ; nil where values are not transformed.
  let lambda: Double?
  /// Trend and season of each period, on the transformed scale.
  let centre: [Double]
  /// The periods that are known.
  let known: [Int]
  /// What trend and season leave over of them.
  let remainder: [Double]
  /// How many remainders follow upon each other as they were observed.
  let blockLength: Int
  private let isConstant: Bool
  /// What a copy does not fall below.
  private let least: Double

  /// - Parameters:
  ///   - series: At least one value, none infinite.
  ///   - blockLength: Of remainders, at least 1; nil for two seasons, or 8 periods where there is none, at most half of the values.
  init(_ series: TimeSeries, blockLength: Int? = nil) {
    self.series = series
    known = series.values.indices.filter { !series.values[$0].isNaN }
    let values = series.values
    let smallest = known.reduce(Double.infinity) { min($0, values[$1]) }
    let largest = known.reduce(-Double.infinity) { max($0, values[$1]) }
    isConstant = !(smallest < largest)
    least = smallest > 0 ? 0.1 * smallest : -.infinity
    let chosen = smallest > 0 ? try? BoxCox.guerrero().chosen(for: series) : nil
    lambda = chosen
    let transformed = TimeSeries(
      chosen.map { lambda in values.map { BoxCox.transform($0, lambda) } } ?? values, start: series.start,
      seasonalPeriod: series.seasonalPeriod)
    let centre = Self.centre(of: transformed, known)
    self.centre = centre
    remainder = known.map { transformed.values[$0] - centre[$0] }
    let usual = series.seasonalPeriod > 1 ? 2 * series.seasonalPeriod : 8
    self.blockLength = max(1, min(blockLength ?? min(usual, known.count / 2), known.count))
  }

  /// Trend and season, also inside gaps.
  private static func centre(of series: TimeSeries, _ known: [Int]) -> [Double] {
    if let parts = try? STL().decompose(series) { return zip(parts.trend, parts.seasonal).map { $0 + $1 } }
    guard !known.isEmpty else { return series.values }
    var points = LoessPoints(positions: known.map { $0 + 1 })
    points.values = known.map { series.values[$0] }
    var line = series.values
    Loess(window: 7, degree: 1, jump: 1).smooth(
      points, 0..<known.count, count: series.count, into: &line, at: 0)
    return line
  }

  /// As many remainders as there are known periods: whole blocks in a row, each as likely as any other, of the first one a random part left out.
  ///
  /// - Parameter keepsEnd: Whether the last block is the one observed, behind the drawn ones that then end before it.
  func drawnRemainder(keepsEnd: Bool = false, using generator: inout SeededGenerator) -> [Double] {
    func below(_ count: Int) -> Int { min(Int(generator.nextUniform() * Double(count)), count - 1) }
    let count = remainder.count - (keepsEnd ? blockLength : 0)
    var drawn: [Double] = []
    drawn.reserveCapacity(remainder.count + blockLength)
    var left = below(blockLength)
    while drawn.count < count {
      let first = below(remainder.count - blockLength + 1)
      drawn += remainder[first + left..<first + blockLength]
      left = 0
    }
    return Array(drawn.prefix(count)) + remainder[count...]
  }

  /// The series with other remainders, one for each known period.
  func copy(with remainders: [Double]) -> TimeSeries {
    guard !isConstant else { return series }
    var result = series
    for (t, rest) in zip(known, remainders) {
      let value = centre[t] + rest
      result.values[t] = max(least, lambda.map { BoxCox.inverse(value, $0) } ?? value)
    }
    return result
  }
}
