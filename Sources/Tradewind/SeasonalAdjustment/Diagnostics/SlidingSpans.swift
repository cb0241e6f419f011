/// Whether an adjustment holds when the series begins and ends elsewhere: the same periods adjusted in up to four overlapping spans.
///
/// ```swift
/// let spans = try adjusted.slidingSpans()
/// print(spans.seasonal?.share ?? .nan)       // 0.083: of the months' factors, 8.3 % move by more than 3 %
/// print(spans.changes.share, spans.yearlyChanges.share)
/// ```
///
/// A period counts where two spans or more have it. Its figure is the largest less the smallest estimate, in per cent of the smallest
/// (factors and the adjusted series), or in percentage points (changes). Findley and others call an adjustment good where up to
/// 15 % of the months exceed 3 %, problematic to 25 %, and not acceptable beyond; for changes the limits are 35 % and 40 %, and
/// changes from year to year should exceed 3 % in 2 % of the months or fewer, 10 % at the very most.
///
/// Each span is adjusted as the whole series was: by its seasonal filters and its model, with the model's ARMA coefficients held
/// (X-13's `fixmdl=yes`) and regression coefficients estimated anew. ``SlidingSpanRule/estimatesCoefficients`` has all of them
/// estimated.
///
/// Reference: D. F. Findley, B. C. Monsell, H. B. Shulman and M. G. Pugh (1990), "Sliding-Spans Diagnostics for Seasonal and Related
/// Adjustments", Journal of the American Statistical Association 85:345–355; X-13ARIMA-SEATS
/// Reference Manual, §7.15 (`slidingspans`).
public struct SlidingSpans: Sendable {
  /// One span.
  public struct Span: Sendable {
    /// Its periods.
    public let periods: Range<Period>
    /// Seasonal factors (D10), one a period.
    public let seasonal: [Double]
    /// The adjusted series (D11).
    public let adjusted: [Double]
    /// Calendar factors (D18); empty without a model.
    public let calendar: [Double]
    /// F of stable and moving seasonality and M7; nil where they are not defined.
    public let stable, moving, m7: Double?
    /// The combined test.
    public let identifiable: IdentifiableSeasonality?
  }

  /// What a share of unstable periods says.
  public enum Finding: String, Sendable, Hashable, Codable, CaseIterable {
    /// The adjustment is stable enough.
    case good
    /// Look for the months that are to blame, and for another filter or model.
    case problematic
    /// The adjusted series should not be published as it is.
    case notAcceptable
  }

  /// What was compared, over all periods that two spans or more have.
  public struct Comparison: Sendable {
    /// The first period with a figure.
    public let start: Period
    /// The largest difference between spans, in per cent or percentage points, one a period.
    public let differences: [Double]
    /// Beyond which a period is unstable, in the same unit.
    public let threshold: Double
    /// Up to which share of unstable periods the adjustment is good, and from which on it is not acceptable, 0…1.
    public let limits: ClosedRange<Double>
    /// The share of unstable periods, 0…1.
    public var share: Double { Double(differences.count { $0 > threshold }) / Double(differences.count) }
    /// What Findley and others say of such a share.
    public var finding: Finding {
      share <= limits.lowerBound ? .good : share <= limits.upperBound ? .problematic : .notAcceptable
    }
    /// How many periods are unstable.
    public var exceedances: Int { differences.count { $0 > threshold } }
    /// Mean and hinges.
    public let summary: StabilitySummary

    /// The same for one season, 1…12 or 1…4; nil where it has none.
    public func summary(ofSeason season: Int) -> StabilitySummary? {
      let perYear = start.unit.periodsPerYear
      return StabilitySummary(
        of: differences.indices.filter {
          let place = start.advanced(by: $0).ordinal % perYear
          return (place < 0 ? place + perYear : place) + 1 == season
        }.map { differences[$0] })
    }

    /// The same for one year; nil where it has none.
    public func summary(ofYear year: Int) -> StabilitySummary? {
      StabilitySummary(
        of: differences.indices.filter { start.advanced(by: $0).year == year }.map { differences[$0] })
    }
  }

  /// The spans, the earliest first.
  public let spans: [Span]
  /// Seasonal factors (S %); nil in an additive adjustment, which has none.
  public let seasonal: Comparison?
  /// Calendar factors (TD %), by a threshold of 2 %; nil without calendar effects and in an additive adjustment.
  public let calendar: Comparison?
  /// The adjusted series (A %).
  public let adjusted: Comparison
  /// Changes of the adjusted series on the period before (MM %).
  public let changes: Comparison
  /// Changes on the year before (YY %).
  public let yearlyChanges: Comparison
}

/// How sliding spans are laid.
public struct SlidingSpanRule: Sendable, Hashable {
  /// How many spans there are at most, 2…4.
  public var spans: Int
  /// How many years a span has; nil for what the longest seasonal filter needs: 6 up to 3 × 3 and for the stable filter, 8 for 3 × 5, 11
  /// for 3 × 9, 17 for 3 × 15.
  public var years: Int?
  /// Whether the model's ARMA coefficients are estimated anew in each span (X-13: `fixmdl=no`).
  public var estimatesCoefficients: Bool
  /// Beyond which per cent a factor, the adjusted series or a change is unstable (X-13: `cutseas`, `cutchng`).
  public var threshold: Double
  /// The same for calendar factors (X-13: `cuttd`).
  public var calendarThreshold: Double

  /// X-13's defaults.
  ///
  /// - Precondition: two to four spans, of four years or more.
  public init(
    spans: Int = 4, years: Int? = nil, estimatesCoefficients: Bool = false, threshold: Double = 3,
    calendarThreshold: Double = 2
  ) {
    precondition((2...4).contains(spans), "there are two to four spans, not \(spans)")
    precondition(years ?? 4 >= 4, "a span has four years or more")
    self.spans = spans
    self.years = years
    self.estimatesCoefficients = estimatesCoefficients
    self.threshold = threshold
    self.calendarThreshold = calendarThreshold
  }

  /// The years of a span for these filters.
  func years(for filters: [X11SeasonalFilter]) -> Int {
    years
      ?? filters.map { filter in
        switch filter {
        case .s3x5, .automatic, .x11Default: 8
        case .s3x9: 11
        case .s3x15: 17
        case .s3x1, .s3x3, .stable: 6
        }
      }.max() ?? 8
  }
}

extension X11Decomposition {
  /// Adjusts the series again in overlapping spans.
  ///
  /// - Throws: ``StabilityError``: fewer than two spans fit into the series, or one cannot be adjusted.
  public func slidingSpans(_ rule: SlidingSpanRule = SlidingSpanRule()) throws(StabilityError) -> SlidingSpans
  {
    try SlidingSpans(Readjustment(self), rule)
  }
}

extension AdjustedSeries {
  /// Adjusts the series again in overlapping spans.
  ///
  /// - Throws: ``StabilityError``: fewer than two spans fit into the series, or one cannot be adjusted.
  public func slidingSpans(_ rule: SlidingSpanRule = SlidingSpanRule()) throws(StabilityError) -> SlidingSpans
  {
    try SlidingSpans(Readjustment(self), rule)
  }
}
