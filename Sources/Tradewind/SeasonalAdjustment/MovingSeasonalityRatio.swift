import RealModule

/// How much the irregular moves from year to year compared with the season: Ī/S̄ of each season and of all.
///
/// The seasonal-irregular values of each season are split by a seven-year mean. The longer the series, the
/// less the two movements are distorted by the mean's ends; both are corrected for that.
///
/// Reference: J. Lothian (1984), "The Identification and Treatment of Moving Seasonality in the X-11 Seasonal
/// Adjustment Method", Statistics Canada; Ladiray and Quenneville (2001), step D9.
public struct MovingSeasonalityRatios: Sendable, Equatable {
  /// Ī of each season, January or the first quarter first: mean absolute change from year to year, in per cent
  /// (multiplicative and pseudo-additive), times 100 (log-additive) or in the unit of the series (additive).
  public internal(set) var irregular: [Double]
  /// S̄ of each season, likewise.
  public internal(set) var seasonal: [Double]
  /// Ī/S̄ of each season; 999.99 where the season does not move.
  public internal(set) var ratios: [Double]
  /// All seasons together. It chooses the seasonal filter.
  public internal(set) var global: Double

  init(period: Int) {
    irregular = Array(repeating: 0, count: period)
    seasonal = irregular
    ratios = irregular
    global = 0
  }

  /// X-13's mark for a ratio without a finite value.
  static let boundless = 999.99
}

extension MovingSeasonalityRatios {
  /// Computes them over `range` of the seasonal-irregular values. `phase` is the season, from 0, of position 0.
  mutating func compute(
    _ ratios: [Double], _ range: Range<Int>, period: Int, phase: Int, mode: X11Mode,
    years: inout [Double], smoothed: inout [Double]
  ) {
    let percent = mode.usesRatios
    var (totalIrregular, totalSeasonal) = (0.0, 0.0)
    for offset in 0..<period {
      let season = (range.lowerBound + offset + phase) % period
      var count = 0
      for i in stride(from: range.lowerBound + offset, to: range.upperBound, by: period) {
        years[count] = ratios[i]
        count += 1
      }
      // Seven-year mean; three years at each end are continued by the mean of the outermost three.
      let first = (years[0] + years[1] + years[2]) / 3
      let last = (years[count - 1] + years[count - 2] + years[count - 3]) / 3
      for i in 0..<count {
        var sum = 0.0
        for j in (i - 3)...(i + 3) { sum += j < 0 ? first : j >= count ? last : years[j] }
        smoothed[i] = sum / 7
      }
      var (movement, seasonalMovement) = (0.0, 0.0)
      var previous = Self.irregular(years[0], smoothed[0], mode)
      for i in 1..<count {
        let value = Self.irregular(years[i], smoothed[i], mode)
        if percent {
          movement += abs(value - previous) / previous
          seasonalMovement += abs(smoothed[i] - smoothed[i - 1]) / smoothed[i - 1]
        } else {
          movement += abs(value - previous)
          seasonalMovement += abs(smoothed[i] - smoothed[i - 1])
        }
        previous = value
      }
      let changes = count - 1
      let correction = Self.lengthCorrection(changes)
      let scale = percent ? 100.0 : 1
      movement *= scale * correction.irregular
      seasonalMovement *= scale * correction.seasonal
      totalIrregular += movement
      totalSeasonal += seasonalMovement
      self.ratios[season] = Self.ratio(movement, seasonalMovement)
      let unit = (mode == .logAdditive ? 100 : 1) / Double(changes)
      irregular[season] = movement * unit
      seasonal[season] = seasonalMovement * unit
    }
    global = Self.ratio(totalIrregular, totalSeasonal)
  }

  private static func irregular(_ ratio: Double, _ seasonal: Double, _ mode: X11Mode) -> Double {
    switch mode {
    case .multiplicative: ratio / seasonal
    case .pseudoAdditive: ratio - seasonal + 1
    case .additive, .logAdditive: ratio - seasonal
    }
  }

  private static func ratio(_ irregular: Double, _ seasonal: Double) -> Double {
    seasonal != 0 && irregular <= 999 * seasonal ? irregular / seasonal : boundless
  }

  /// Corrections for the number of year-to-year changes, 2 or more; from six on by the closed forms, with the
  /// constants as X-11 rounds them (√3, √72, √150, …).
  private static func lengthCorrection(_ changes: Int) -> (irregular: Double, seasonal: Double) {
    if changes < 6 {
      let irregular = [1.00000, 1.02584, 1.01779, 1.01383]
      let seasonal = [1.00000, 3.00000, 1.55291, 1.30095]
      return (irregular[changes - 2], seasonal[changes - 2])
    }
    let n = Double(changes)
    return (
      n * 12.247449 / (73.239334 + (n - 6) * 12.247449), n * 1.732051 / (8.485281 + (n - 6) * 1.732051)
    )
  }
}
