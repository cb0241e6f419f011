/// A total adjusted in two ways, directly and by its parts.
public struct AdjustedAggregate: Sendable {
  /// One series and its adjustment. Values are in the unit of the series.
  public struct Member: Sendable {
    /// The series that was adjusted, with estimates where values were missing.
    public let completed: TimeSeries
    /// The series without season and calendar.
    public let seasonallyAdjusted: [Double]
    /// Its trend.
    public let trend: [Double]
    /// X-11's part of it.
    public let x11: X11Decomposition
    /// With a model: all of it.
    public let whole: AdjustedSeries?

    init(_ x11: X11Decomposition) {
      (completed, self.x11, whole) = (x11.observed, x11, nil)
      (seasonallyAdjusted, trend) = (x11.seasonallyAdjusted, x11.trend)
    }

    init(_ whole: AdjustedSeries) {
      (completed, x11, self.whole) = (whole.completed, whole.parts, whole)
      (seasonallyAdjusted, trend) = (whole.seasonallyAdjusted, whole.trend)
    }
  }

  /// A part with its weight in the total.
  public struct Part: Sendable {
    /// What the part counts in the total.
    public let weight: Double
    /// Its adjustment.
    public let adjustment: Member
    /// Its name.
    public var name: String { adjustment.completed.name }
  }

  /// The total by one of the two ways.
  public struct Way: Sendable {
    /// Without season and calendar, in the unit of the total.
    public let seasonallyAdjusted: [Double]
    /// The trend, in the unit of the total.
    public let trend: [Double]
    /// How rough the adjusted series is; nil with less than three years.
    public let roughness: AdjustmentRoughness?
    /// The same in the last three years.
    public let recentRoughness: AdjustmentRoughness?
    /// Whether there is a season left; nil where nothing is left to test against.
    public let residualSeasonality: FTest?
    /// The same in the last three years.
    public let recentResidualSeasonality: FTest?
  }

  /// How far the two ways are apart. In per cent of the direct one where its adjustment is by factors and all of it is
  /// above zero; otherwise in the unit of the total.
  public struct Difference: Sendable, Equatable {
    /// Indirect less direct, period by period.
    public let values: [Double]
    /// Whether the values are percentages.
    public let isRelative: Bool
    /// The largest of them, without its sign.
    public let largest: Double
    /// Where that is.
    public let largestPeriod: Period
    /// Their mean without signs.
    public let meanAbsolute: Double
    /// The root of their mean square.
    public let rootMeanSquare: Double
    /// In how many periods one rises and the other falls.
    public let oppositeChanges: Int
  }

  /// The total as a series of its own: with its filters, model and tables.
  public let total: Member
  /// The parts, in the order they were given; a rest comes last.
  public let parts: [Part]
  /// What a published total has beyond the named parts, where that stays above zero and can be adjusted: then it is the
  /// last of ``parts``.
  public let rest: Part?
  /// What a published total has beyond the named parts where that cannot be adjusted: it is added as it is.
  public let discrepancy: [Double]?
  /// The total adjusted as one series.
  public let direct: Way
  /// The total as the sum of its adjusted parts.
  public let indirect: Way
  /// How far the two are apart.
  public let difference: Difference

  /// The total that was adjusted directly.
  public var observed: TimeSeries { total.completed }
}

extension AdjustedAggregate {
  init(direct total: Member, parts: [Part], hasRest: Bool, discrepancy: [Double]?) {
    self.total = total
    self.parts = parts
    rest = hasRest ? parts.last : nil
    self.discrepancy = discrepancy
    let count = total.completed.count
    let zeros = [Double](repeating: 0, count: count)
    func sum(_ values: (Member) -> [Double]) -> [Double] {
      var sum = discrepancy.map { $0.map { $0.isNaN ? 0 : $0 } } ?? zeros
      for part in parts {
        for (t, value) in values(part.adjustment).enumerated() where t < count {
          sum[t] += part.weight * value
        }
      }
      return sum
    }
    let usesFactors = total.x11.specification.mode.givesFactors
    let period = total.completed.seasonalPeriod
    func way(_ adjusted: [Double], _ trend: [Double]) -> Way {
      let recent = max(0, count - 3 * period)..<count
      return Way(
        seasonallyAdjusted: adjusted, trend: trend,
        roughness: AdjustmentRoughness(adjusted, 0..<count, period: period, usesFactors: usesFactors),
        recentRoughness: AdjustmentRoughness(adjusted, recent, period: period, usesFactors: usesFactors),
        residualSeasonality: SeasonalityTests.residual(adjusted, 0..<count, period: period),
        recentResidualSeasonality: SeasonalityTests.residual(
          adjusted, 0..<count, period: period, lastYears: 3))
    }
    direct = way(total.seasonallyAdjusted, total.trend)
    indirect = way(sum(\.seasonallyAdjusted), sum(\.trend))
    difference = Difference(
      direct: direct.seasonallyAdjusted, indirect: indirect.seasonallyAdjusted, usesFactors: usesFactors,
      start: total.completed.start)
  }
}

extension AdjustedAggregate.Difference {
  fileprivate init(direct: [Double], indirect: [Double], usesFactors: Bool, start: Period) {
    isRelative = usesFactors && direct.allSatisfy { $0 > 0 }
    let relative = isRelative
    values = zip(direct, indirect).map { relative ? 100 * ($1 - $0) / $0 : $1 - $0 }
    var (largest, place, sum, squares, opposite) = (0.0, 0, 0.0, 0.0, 0)
    for (t, value) in values.enumerated() {
      if abs(value) > largest { (largest, place) = (abs(value), t) }
      sum += abs(value)
      squares += value * value
      if t > 0, (direct[t] - direct[t - 1]) * (indirect[t] - indirect[t - 1]) < 0 { opposite += 1 }
    }
    self.largest = largest
    largestPeriod = start.advanced(by: place)
    let n = Double(max(values.count, 1))
    meanAbsolute = sum / n
    rootMeanSquare = (squares / n).squareRoot()
    oppositeChanges = opposite
  }
}
