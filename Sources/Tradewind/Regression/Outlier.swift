/// An outlier by its kind and date, as official statistics write it: `AO2009-01`, `LS2008-11`.
///
/// ```swift
/// let crisis = try Outlier(parsing: "LS2008-11")
/// print(crisis, crisis.role)  // LS2008-11 trend
/// ```
///
/// The same columns as ``Pulse``, ``Step``, ``TransientChange`` and ``SeasonalOutlier``, named by the text.
public struct Outlier: RegressionTerm, Hashable {
  /// What happened.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Additive outlier: one period alone, see ``Pulse``.
    case additive = "AO"
    /// Level shift: for good, see ``Step``.
    case levelShift = "LS"
    /// Transient (temporary) change: fading away, see ``TransientChange``.
    case transientChange = "TC"
    /// Seasonal outlier: one season for good, see ``SeasonalOutlier``.
    case seasonal = "SO"
  }

  /// What happened.
  public let kind: Kind
  /// When it happened, or began.
  public let period: Period

  /// What happened, and when.
  public init(_ kind: Kind, at period: Period) {
    self.kind = kind
    self.period = period
  }

  /// Reads `LS2008-11`: `AO`, `LS`, `TC` or `SO` in either case, then a period.
  ///
  /// - Throws: ``RegressionError/notAnOutlier(text:)``.
  public init(parsing text: some StringProtocol) throws(RegressionError) {
    guard let kind = Kind(rawValue: text.prefix(2).uppercased()) else {
      throw .notAnOutlier(text: quoted(text))
    }
    do throws(PeriodError) {
      self.init(kind, at: try Period(parsing: text.dropFirst(2)))
    } catch {
      throw .notAnOutlier(text: quoted(text))
    }
  }

  /// The same as a term of its own kind.
  private var term: any RegressionTerm {
    switch kind {
    case .additive: Pulse(at: period)
    case .levelShift: Step(at: period)
    case .transientChange: TransientChange(at: period)
    case .seasonal: SeasonalOutlier(at: period)
    }
  }

  /// Kind and period, such as `LS2008-11`.
  public var title: String { description }
  /// That of the kind: a level shift is part of the trend, a seasonal outlier of the season, the others of the
  /// irregular part.
  public var role: RegressionRole { term.role }

  /// One column, named by kind and period.
  ///
  /// - Throws: ``RegressionError/wrongUnit(term:needed:found:)`` when the period counts in another unit than the
  ///   series, ``RegressionError/notSeasonal(term:seasonalPeriod:)`` for a seasonal outlier in a series without a
  /// season.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    // A wrong unit is reported under the outlier's own name.
    _ = try frame.index(of: period, term: description)
    return try term.columns(in: frame).map { RegressionColumn(name: description, values: $0.values) }
  }
}

extension Outlier: CustomStringConvertible {
  /// `LS2008-11`.
  public var description: String { kind.rawValue + "\(period)" }
}
