/// What a test says about whether a series must be differenced before a stationary model fits it.
///
/// ```swift
/// if let test = UnitRootTest.kpss(imports), test.asksForDifference {
///   print(test)  // KPSS 1.27 > 0.463 at 5 % with 2 lags: difference
/// }
/// ```
///
/// Every test leaves out what it cannot say: it is nil for a constant series, one without observations, or one too short
/// for its regression. Missing values are left out by the tests for an ordinary difference, which close the gap, and are
/// put on a straight line between their neighbours by the tests for a seasonal one.
public struct UnitRootTest: Sendable, Hashable {
  /// Which test.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case kpss, augmentedDickeyFuller, phillipsPerron, seasonalStrength, ocsb, canovaHansen
  }

  /// What stands beside the random part.
  public enum Deterministic: String, Sendable, Hashable, Codable, CaseIterable {
    /// A constant level.
    case level
    /// A level and a straight line.
    case trend
  }

  public let kind: Kind
  /// The test's statistic.
  public let statistic: Double
  /// What it is compared with.
  public let criticalValue: Double
  /// The probability, in 0…1, of exceeding the critical value under the null hypothesis; nil where the critical value is
  /// no quantile but a threshold.
  public let significance: Double?
  /// The lags in the long-run variance or in the test's regression.
  public let lags: Int
  /// Whether the series should be differenced: once, or over a season.
  public let asksForDifference: Bool

  init(
    _ kind: Kind, statistic: Double, criticalValue: Double, significance: Double?, lags: Int,
    asksForDifference: Bool
  ) {
    self.kind = kind
    self.statistic = statistic
    self.criticalValue = criticalValue
    self.significance = significance
    self.lags = lags
    self.asksForDifference = asksForDifference
  }

  /// Whether the difference asked for is one over a season.
  public var isSeasonal: Bool {
    switch kind {
    case .kpss, .augmentedDickeyFuller, .phillipsPerron: false
    case .seasonalStrength, .ocsb, .canovaHansen: true
    }
  }

  /// Who proposed the test, and where the critical value is from.
  public var source: String {
    switch kind {
    case .kpss:
      "Kwiatkowski, Phillips, Schmidt and Shin (1992), Journal of Econometrics 54, 159–178, Table 1, "
        + "doi:10.1016/0304-4076(92)90104-Y"
    case .augmentedDickeyFuller:
      "Said and Dickey (1984), Biometrika 71, 599–607, doi:10.1093/biomet/71.3.599; critical values of MacKinnon (1991)"
    case .phillipsPerron:
      "Phillips and Perron (1988), Biometrika 75, 335–346, doi:10.1093/biomet/75.2.335; critical values of "
        + "MacKinnon (1991)"
    case .seasonalStrength:
      "Wang, Smith and Hyndman (2006), Data Mining and Knowledge Discovery 13, 335–364, "
        + "doi:10.1007/s10618-005-0039-x; threshold of R's forecast package"
    case .ocsb:
      "Osborn, Chui, Smith and Birchenhall (1988), Oxford Bulletin of Economics and Statistics 50, 361–377, "
        + "doi:10.1111/j.1468-0084.1988.mp50004002.x; critical values of R's forecast package, a curve through simulated ones"
    case .canovaHansen:
      "Canova and Hansen (1995), Journal of Business & Economic Statistics 13, 237–252, "
        + "doi:10.1080/07350015.1995.10524598; critical values by inversion of the limit's characteristic function"
    }
  }
}

extension UnitRootTest: CustomStringConvertible {
  public var description: String {
    let name =
      switch kind {
      case .kpss: "KPSS"
      case .augmentedDickeyFuller: "augmented Dickey–Fuller"
      case .phillipsPerron: "Phillips–Perron"
      case .seasonalStrength: "seasonal strength"
      case .ocsb: "OCSB"
      case .canovaHansen: "Canova–Hansen"
      }
    let sign = statistic > criticalValue ? ">" : "≤"
    let level = significance.map { " at \(shortText(100 * $0)) %" } ?? ""
    let lagText = kind == .seasonalStrength ? "" : " with \(lags) \(lags == 1 ? "lag" : "lags")"
    let conclusion = asksForDifference ? (isSeasonal ? "seasonal difference" : "difference") : "no difference"
    return
      "\(name) \(shortText(statistic)) \(sign) \(shortText(criticalValue))\(level)\(lagText): \(conclusion)"
  }
}

/// A number with three significant digits, for messages.
func shortText(_ x: Double) -> String {
  guard x.isFinite, x != 0 else { return x == 0 ? "0" : "\(x)" }
  var scale = 1.0
  while abs(x) * scale < 100, scale < 1e6 { scale *= 10 }
  let rounded = (x * scale).rounded() / scale
  return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
}
