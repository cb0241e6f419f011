/// Seasonal adjustment of a total and of its parts: the total as a series of its own (direct), and the sum of the
/// adjusted parts (indirect).
///
/// ```swift
/// let world = try AggregateAdjustment(.x11(X11())).adjust("imports", of: partners.map { .init($0) })
/// world.direct.seasonallyAdjusted      // the total, adjusted
/// world.indirect.seasonallyAdjusted    // the sum of the adjusted partners
/// world.difference.largest             // how far they are apart
/// world.indirect.roughness             // and how rough each is
/// ```
///
/// Adjusted parts do not add up to the adjusted total: each way of adjusting is nonlinear, and chooses its filters, outliers
/// and calendar anew. Parts with seasons of their own (oranges and coal) speak for the indirect way, parts that share
/// one (partners of one commodity) for the direct way; whichever leaves no season and is smoother is the better one.
///
/// | here | X-13 | JDemetra+ |
/// | --- | --- | --- |
/// | ``Part/weight`` | `series{ comptype compwt }`, sums and differences only | – |
/// | the direct adjustment | the spec of `composite{}` | the total's own specification |
/// | ``AdjustedAggregate/indirect`` | tables ISA, ISF, IIR, ITN | sum of the parts, by hand |
/// | ``AdjustmentRoughness`` | R1, R2 of the composite's output | – |
///
/// The trend of the indirect adjustment is the sum of the parts' trends, so that trends add up as adjusted series do.
/// X-13 instead smooths the indirect adjusted series by 13 terms (quarterly 5).
///
/// Reference: US Census Bureau, X-13ARIMA-SEATS Reference Manual, version 1.1, §7.4 (`composite`). C. C. H. Hood and D. F. Findley
/// (2001), "Comparing Direct and Indirect Seasonal Adjustments of Aggregate Series", Proceedings of the American
/// Statistical Association.
public struct AggregateAdjustment: Sendable {
  /// How a series is adjusted.
  public enum Method: Sendable {
    /// By X-11 alone.
    case x11(X11)
    /// By a regression with ARIMA errors and X-11 after it.
    case model(SeasonalAdjustment)
  }

  /// A part of the total.
  public struct Part: Sendable {
    /// The part itself.
    public var series: TimeSeries
    /// What it counts in the total: 1 where it is added, −1 where it is taken off (imports, in a balance).
    public var weight: Double
    /// How this part is adjusted; nil for ``AggregateAdjustment/parts``.
    public var method: Method?

    /// A part that counts `weight`.
    public init(_ series: TimeSeries, weight: Double = 1, method: Method? = nil) {
      (self.series, self.weight, self.method) = (series, weight, method)
    }
  }

  /// How the total is adjusted.
  public var total: Method
  /// How each part is adjusted that has no method of its own.
  public var parts: Method

  /// Parts as the total, unless they are to be adjusted in another way.
  public init(_ total: Method, parts: Method? = nil) {
    (self.total, self.parts) = (total, parts ?? total)
  }

  /// Adjusts a total and its parts over the periods that all of them cover.
  ///
  /// Missing values need a method with a model, which estimates them part by part; the total is missing where a part is.
  ///
  /// - Parameters:
  ///   - name: The total's name.
  ///   - parts: The parts, one at least, of one unit of time.
  ///   - published: The total as it is published; the sum of the parts if left out. What it has beyond them is a part
  ///     of its own (``AdjustedAggregate/rest``).
  /// - Throws: ``AggregateError``: parts without a common period or twice the same name, a weight of zero, or what
  ///   kept the total or a part from being adjusted.
  public func adjust(
    _ name: String, of parts: [Part], published: TimeSeries? = nil
  ) throws(AggregateError) -> AdjustedAggregate {
    let parts = try Self.aligned(parts, with: published)
    var observed = try Self.total(of: parts.members, named: name)
    var rest: TimeSeries?
    if let published = parts.published {
      rest = Self.rest(of: published, beyond: observed.values)
      observed.values = published.values
    }

    var engine = X11Engine()
    let direct: AdjustedAggregate.Member
    do throws(SeasonalAdjustmentError) {
      direct = try total.adjust(observed, with: &engine)
    } catch {
      throw .total(name: name, error)
    }
    var members: [AdjustedAggregate.Part] = []
    for part in parts.members {
      do throws(SeasonalAdjustmentError) {
        let adjusted = try (part.method ?? self.parts).adjust(part.series, with: &engine)
        members.append(.init(weight: part.weight, adjustment: adjusted))
      } catch {
        throw .part(name: part.series.name, error)
      }
    }
    var discrepancy: [Double]?
    if let rest {
      // A rest that is a flow of its own is adjusted like the parts; a mere discrepancy has no season to speak of.
      if let adjusted = self.parts.adjusted(rest: rest, with: &engine) {
        members.append(.init(weight: 1, adjustment: adjusted))
      } else {
        discrepancy = rest.values
      }
    }
    return AdjustedAggregate(
      direct: direct, parts: members, hasRest: members.count > parts.members.count, discrepancy: discrepancy)
  }

  /// The sum of parts over the periods that all of them cover; missing where a part is.
  ///
  /// - Throws: ``AggregateError``, as ``adjust(_:of:published:)``.
  public static func sum(of parts: [Part], named name: String) throws(AggregateError) -> TimeSeries {
    try total(of: try aligned(parts, with: nil).members, named: name)
  }

  private static func total(of parts: [Part], named name: String) throws(AggregateError) -> TimeSeries {
    guard let first = parts.first?.series else { throw .noParts }
    var sum = [Double](repeating: 0, count: first.count)
    for part in parts {
      for (t, value) in part.series.values.enumerated() { sum[t] += part.weight * value }
    }
    return TimeSeries(sum, start: first.start, seasonalPeriod: first.seasonalPeriod, name: name)
  }

  /// What a published total has beyond its parts; nil where that is no more than rounding in the last digits.
  private static func rest(of published: TimeSeries, beyond sum: [Double]) -> TimeSeries? {
    var rest = published
    rest.name = "rest of " + published.name
    var (largest, scale) = (0.0, 0.0)
    for t in sum.indices {
      rest.values[t] -= sum[t]
      if !rest.values[t].isNaN { largest = max(largest, abs(rest.values[t])) }
      if !published.values[t].isNaN { scale = max(scale, abs(published.values[t])) }
    }
    return largest > 1e-9 * scale ? rest : nil
  }

  /// The parts, and the total if it is published, over the periods that all cover.
  private static func aligned(
    _ parts: [Part], with published: TimeSeries?
  ) throws(AggregateError) -> (members: [Part], published: TimeSeries?) {
    guard let first = parts.first?.series else { throw .noParts }
    var names = Set<String>()
    var (start, end) = (first.start, first.end)
    for series in parts.map(\.series) + (published.map { [$0] } ?? []) {
      guard names.insert(series.name).inserted else { throw .repeated(name: series.name) }
      guard series.start.unit == first.start.unit, series.seasonalPeriod == first.seasonalPeriod else {
        throw .differentUnits(first.name, series.name)
      }
      (start, end) = (max(start, series.start), min(end, series.end))
    }
    guard start <= end else { throw .nothingInCommon }
    var members = parts
    for (i, part) in parts.enumerated() {
      guard part.weight != 0, part.weight.isFinite else {
        throw .weight(name: part.series.name, weight: part.weight)
      }
      members[i].series = part.series.slice(from: start, through: end)
    }
    return (members, published?.slice(from: start, through: end))
  }
}

extension AggregateAdjustment.Method {
  /// The adjustment of a rest above zero; nil for a mere discrepancy, or where it cannot be adjusted.
  fileprivate func adjusted(rest: TimeSeries, with engine: inout X11Engine) -> AdjustedAggregate.Member? {
    guard rest.values.allSatisfy({ $0 > 0 || $0.isNaN }) else { return nil }
    do throws(SeasonalAdjustmentError) { return try adjust(rest, with: &engine) } catch { return nil }
  }

  fileprivate func adjust(
    _ series: TimeSeries, with engine: inout X11Engine
  ) throws(SeasonalAdjustmentError) -> AdjustedAggregate.Member {
    switch self {
    case .x11(let x11):
      do throws(X11Error) {
        return AdjustedAggregate.Member(try engine.decompose(series, by: x11))
      } catch {
        throw .x11(error)
      }
    case .model(let adjustment):
      return AdjustedAggregate.Member(try adjustment.adjust(series, with: &engine))
    }
  }
}

/// Why a total and its parts cannot be adjusted.
public enum AggregateError: Error, Sendable, Equatable {
  /// There is no part.
  case noParts
  /// Two series have the same name.
  case repeated(name: String)
  /// Two series count in different units of time, or have seasons of different lengths.
  case differentUnits(String, String)
  /// No period is covered by all.
  case nothingInCommon
  /// A weight is zero or not finite.
  case weight(name: String, weight: Double)
  /// The total cannot be adjusted.
  case total(name: String, SeasonalAdjustmentError)
  /// A part cannot be adjusted.
  case part(name: String, SeasonalAdjustmentError)
}

extension AggregateError: CustomStringConvertible {
  /// One sentence with the names in it.
  public var description: String {
    switch self {
    case .noParts: "a total needs one part at least"
    case .repeated(let name): "'\(name)' is named twice among the total and its parts"
    case .differentUnits(let one, let other): "'\(one)' and '\(other)' do not have the same kind of periods"
    case .nothingInCommon: "no period is covered by the total and all of its parts"
    case .weight(let name, let weight): "'\(name)' cannot count \(weight) times in a total"
    case .total(let name, let error): "the total \(name): \(error)"
    case .part(let name, let error): "the part \(name): \(error)"
    }
  }
}
