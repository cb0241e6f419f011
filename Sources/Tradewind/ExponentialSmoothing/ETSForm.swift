extension ETS {
  /// How the innovation enters: added to the forecast, or in proportion to it.
  public enum ErrorComponent: Sendable, Hashable, Codable {
    /// y = f + ε; the spread does not depend on the level.
    case additive
    /// y = f (1 + ε); the spread grows with the level. For values above zero only.
    case multiplicative
  }

  /// How the level moves on.
  public enum TrendComponent: Sendable, Hashable, Codable, CaseIterable {
    /// The level stays where it is.
    case none
    /// A slope is added each period.
    case additive
    /// As `additive`, the slope shrinking by φ each period.
    case additiveDamped
    /// The level is multiplied by a growth factor each period. For values above zero only.
    case multiplicative
    /// As `multiplicative`, the factor's power shrinking by φ each period.
    case multiplicativeDamped

    var isMultiplicative: Bool { self == .multiplicative || self == .multiplicativeDamped }
    var isDamped: Bool { self == .additiveDamped || self == .multiplicativeDamped }
  }

  /// How the season enters.
  public enum SeasonComponent: Sendable, Hashable, Codable, CaseIterable {
    /// There is no season.
    case none
    /// Each season adds its own amount; a year's amounts start with sum 0.
    case additive
    /// Each season multiplies by its own factor; a year's factors start with mean 1. For values above zero only.
    case multiplicative
  }

  /// One of the thirty models: error, trend and season.
  ///
  /// ```swift
  /// let form = ETS.Form(error: .multiplicative, trend: .additiveDamped, season: .multiplicative)
  /// print(form)  // ETS(M,Ad,M)
  /// ```
  public struct Form: Sendable, Hashable, Codable, CustomStringConvertible {
    public var error: ErrorComponent
    public var trend: TrendComponent
    public var season: SeasonComponent

    public init(
      error: ErrorComponent = .additive, trend: TrendComponent = .none, season: SeasonComponent = .none
    ) {
      self.error = error
      self.trend = trend
      self.season = season
    }

    /// The form that a short name means: `MAdN`, `M,Ad,N` or `ETS(M,Ad,N)`; nil for any other text.
    public init?(_ name: some StringProtocol) {
      let letters = String(name).split(separator: ",").joined()
      let isNamed = letters.hasPrefix("ETS(") && letters.hasSuffix(")")
      let bare = isNamed ? String(letters.dropFirst(4).dropLast()) : letters
      guard let form = Form.all.first(where: { $0.letters == bare }) else { return nil }
      self = form
    }

    /// All thirty, the simplest first.
    public static let all: [Form] = SeasonComponent.allCases.flatMap { season in
      TrendComponent.allCases.flatMap { trend in
        [ErrorComponent.additive, .multiplicative].map { Form(error: $0, trend: trend, season: season) }
      }
    }

    /// As in the literature: `ETS(M,Ad,N)`.
    public var description: String { "ETS(\(errorLetter),\(trendLetters),\(seasonLetter))" }

    var letters: String { errorLetter + trendLetters + seasonLetter }
    private var errorLetter: String { error == .additive ? "A" : "M" }
    private var trendLetters: String {
      switch trend {
      case .none: "N"
      case .additive: "A"
      case .additiveDamped: "Ad"
      case .multiplicative: "M"
      case .multiplicativeDamped: "Md"
      }
    }
    private var seasonLetter: String {
      switch season {
      case .none: "N"
      case .additive: "A"
      case .multiplicative: "M"
      }
    }

    /// Whether the model makes sense for values above zero only.
    public var needsPositiveValues: Bool {
      error == .multiplicative || trend.isMultiplicative || season == .multiplicative
    }

    /// Additive errors with a multiplicative season or trend: their forecasts can divide by something near zero, and
    /// automatic choice leaves them out, as R does.
    var isUnstable: Bool { error == .additive && (season == .multiplicative || trend.isMultiplicative) }
  }
}

extension ETS.Form {
  var hasTrend: Bool { trend != .none }
  var isSeasonal: Bool { season != .none }

  /// How many smoothing parameters there are: α, β, γ, φ as far as they apply.
  var smoothingCount: Int { 1 + (hasTrend ? 1 : 0) + (isSeasonal ? 1 : 0) + (trend.isDamped ? 1 : 0) }

  /// How many initial states are free: level, slope, and the seasons less the one that the others determine.
  func stateCount(period: Int) -> Int { 1 + (hasTrend ? 1 : 0) + (isSeasonal ? period - 1 : 0) }
}
