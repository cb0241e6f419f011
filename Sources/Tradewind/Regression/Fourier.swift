import RealModule

/// A smooth season: sines and cosines of the first few harmonics of the year.
///
/// Columns `S1-12`, `C1-12`, `S2-12`, … for a seasonal period of 12. Their phase is counted from the first
/// season of the year, so that the coefficients of series with different starts compare. (R's `fourier`
/// counts from the first observation; the fitted values are the same.) The sine of the highest harmonic of an
/// even period is zero everywhere and left out.
public struct Fourier: RegressionTerm, Hashable {
  /// How many harmonics.
  public let order: Int

  /// The first `order` harmonics, 1 to half the seasonal period.
  public init(order: Int) {
    self.order = order
  }

  /// `season`.
  public var title: String { "season" }
  /// Part of the season.
  public var role: RegressionRole { .seasonal }

  /// A sine and a cosine for each harmonic.
  ///
  /// - Throws: ``RegressionError/notSeasonal(term:seasonalPeriod:)`` for a seasonal period of 1,
  ///   ``RegressionError/harmonics(order:highest:)`` for an order that the period does not have.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    let m = frame.seasonalPeriod
    guard m > 1 else { throw .notSeasonal(term: "Fourier", seasonalPeriod: m) }
    guard (1...(m / 2)).contains(order) else { throw .harmonics(order: order, highest: m / 2) }
    let seasons = (0..<frame.count).map { frame.season(at: $0) }
    var columns: [RegressionColumn] = []
    for k in 1...order {
      // The angle is reduced in whole numbers first: the columns repeat exactly.
      let angles = (0..<m).map { 2 * Double.pi * Double(k * $0 % m) / Double(m) }
      if 2 * k < m {
        let sines = angles.map { Double.sin($0) }
        columns.append(RegressionColumn(name: "S\(k)-\(m)", values: seasons.map { sines[$0] }))
      }
      let cosines = angles.map { Double.cos($0) }
      columns.append(RegressionColumn(name: "C\(k)-\(m)", values: seasons.map { cosines[$0] }))
    }
    return columns
  }
}
