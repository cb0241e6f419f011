import RealModule

/// What a seasonal adjustment left, and whether it was called for.
///
/// ```swift
/// let diagnostics = adjusted.diagnostics()
/// print(diagnostics.verdict)                                    // seasonal: identifiable seasonality present
/// for part in AdjustmentDiagnostics.Part.allCases {
///   let check = diagnostics.seasonality(of: part)
///   print(part, check?.qs?.pValue ?? .nan, check?.qsLastYears?.pValue ?? .nan)
/// }
/// print(diagnostics.tradingDays(in: .irregular)?.pValue ?? .nan)
/// ```
///
/// Nothing is computed before it is asked for, and nothing is kept: ask once. See <doc:JudgingAnAdjustment> for how to read each.
public struct AdjustmentDiagnostics: Sendable {
  /// What can be tested.
  public enum Part: String, Sendable, Hashable, Codable, CaseIterable {
    /// The series as it was observed (X-13's `ori`), with estimates where values were missing.
    case observed
    /// The series without the effects of regressors, B1 (X-13's `orievadj`, and its spectrum of the original series).
    case linearized
    /// The residuals of the model (X-13's `rsd`); none without a model.
    case residuals
    /// The adjusted series D11 (`sadj`).
    case adjusted
    /// The adjusted series without extreme values and without the outliers of a model, E2 (`sadjevadj`, and X-13's spectrum of the
    /// adjusted series).
    case adjustedModified
    /// The irregular D13 without the outliers of a model (`irr`).
    case irregular
    /// The irregular without extreme values too, E3 (`irrevadj`, and X-13's spectrum of the irregular).
    case irregularModified

    /// Whether a season there is one that the adjustment left.
    public var isAfterAdjustment: Bool { self != .observed && self != .linearized }
  }

  /// M1 to M11, Q, and the tests of tables F2 and F3; nil where a component does not vary.
  public let quality: X11Quality?
  /// Whether the series is seasonal; nil where the tests are not defined, such as for a season without any irregular.
  public let verdict: SeasonalityVerdict?

  /// Whether a season was taken out.
  public let isSeasonallyAdjusted: Bool

  let parts: X11Decomposition
  let model: FittedARIMA?
  let observed: [Double]
  let adjusted: [Double]
  /// Series without extremes.
  private let modified: QualityCalculator

  init(
    _ parts: X11Decomposition, quality: X11Quality?, verdict: SeasonalityVerdict?, model: FittedARIMA?,
    observed: [Double], adjusted: [Double], isSeasonallyAdjusted: Bool = true
  ) {
    self.parts = parts
    self.quality = quality
    self.verdict = verdict
    self.model = model
    self.observed = observed
    self.adjusted = adjusted
    self.isSeasonallyAdjusted = isSeasonallyAdjusted
    modified = QualityCalculator(parts)
  }

  private var usesFactors: Bool { parts.specification.mode.givesFactors }
  private var start: Period { parts.observed.start }

  /// How many times a series that is not stationary is differenced: as many times as in the model, but once at least and twice at
  /// most.
  var differences: Int { Self.differences(of: model) }

  static func differences(of model: FittedARIMA?) -> Int {
    guard let order = model?.model.order else { return 1 }
    return max(1, min(2, order.d + order.seasonalD))
  }

  /// The tests for a season in a part; nil for the residuals without a model, or where one is missing.
  public func seasonality(of part: Part) -> SeasonalityCheck? {
    guard let (values, start) = values(of: part) else { return nil }
    let isStationary = part == .residuals || part == .irregular || part == .irregularModified
    return SeasonalityCheck(
      values, start: start, seasonalPeriod: parts.observed.seasonalPeriod,
      differences: isStationary ? 0 : differences,
      usesFactors: part != .residuals && usesFactors && values.allSatisfy { $0 > 0 },
      centre: part != .residuals && usesFactors ? 1 : 0)
  }

  /// The spectrum of the last eight years; nil for other than months, less than 60 values, or where one is missing.
  public func spectrum(of part: Part, method: Spectrum.Method = .autoregression) -> Spectrum? {
    seasonality(of: part)?.spectrum(method)
  }

  /// The test for weekdays left in a part: of its logarithms where effects are factors, and of one difference unless it is the
  /// irregular or the residuals. nil as ``ResidualTradingDays/test(_:start:differences:)``.
  ///
  /// - Parameters:
  ///   - part: What is tested.
  ///   - lastYears: Look at so many years alone, 1 or more; nil for all. JDemetra+ looks at eight.
  public func tradingDays(in part: Part, lastYears: Int? = nil) -> HypothesisTest? {
    guard let check = seasonality(of: part) else { return nil }
    let values = check.usesFactors ? check.values.map { Double.log($0) } : check.values
    let kept = lastYears.map { min(max(1, $0) * check.seasonalPeriod, values.count) } ?? values.count
    return ResidualTradingDays.test(
      Array(values.suffix(kept)), start: check.start.advanced(by: values.count - kept),
      differences: check.differences > 0 ? 1 : 0)
  }

  /// Whether a trend is left in the irregular: the F test (the square of t) of a straight line; nil where it does not vary.
  public var trendInIrregular: HypothesisTest? {
    let values = parts.irregular
    let line = values.indices.map { Double($0) - Double(values.count - 1) / 2 }
    let ones = [Double](repeating: 1, count: values.count)
    return LinearRestriction.test(values, tested: [line], others: [ones])
  }

  private func values(of part: Part) -> ([Double], Period)? {
    func inside(_ values: [Double]) -> [Double] { Array(values[parts.observedRange]) }
    switch part {
    case .observed: return (observed, start)
    case .linearized: return (parts.observed.values, start)
    case .adjusted: return (adjusted, start)
    case .adjustedModified: return (inside(modified.adjustedModified), start)
    case .irregular: return (parts.irregular, start)
    case .irregularModified: return (inside(modified.irregularModified), start)
    case .residuals:
      guard let diagnostics = model?.residualDiagnostics, !diagnostics.residuals.contains(where: \.isNaN)
      else {
        return nil
      }
      return (diagnostics.residuals, diagnostics.start)
    }
  }
}

extension X11Decomposition {
  /// What the adjustment left, and whether the series is seasonal.
  public func diagnostics() -> AdjustmentDiagnostics {
    AdjustmentDiagnostics(
      self, quality: quality(), verdict: verdict(after: nil), model: nil, observed: observed.values,
      adjusted: seasonallyAdjusted)
  }
}

extension AdjustedSeries {
  /// What the adjustment left, and whether the series is seasonal.
  public func diagnostics() -> AdjustmentDiagnostics {
    AdjustmentDiagnostics(
      parts, quality: quality(), verdict: verdict, model: fitted, observed: completed.values,
      adjusted: seasonallyAdjusted, isSeasonallyAdjusted: isSeasonallyAdjusted)
  }
}
