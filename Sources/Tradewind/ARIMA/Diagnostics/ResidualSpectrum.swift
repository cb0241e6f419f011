import RealModule

/// The spectrum of monthly residuals, by an autoregression of order 30 over the last eight years, and its peaks at
/// the frequencies of season and weekdays, as X-13 judges them.
///
/// A peak at a seasonal frequency says that the model left season, one at a trading-day frequency that calendar
/// effects are missing or wrong. Heights are in *stars*, 1/52 of the spectrum's range (a line of X-13's printed
/// plot): a peak is significant where it stands 6 stars or more above both neighbours and above the median.
///
/// References: US Census Bureau, X-13ARIMA-SEATS Reference Manual, §6.1 and §7.17; W. S. Cleveland and S. J. Devlin
/// (1980), "Calendar Effects in Monthly Time Series: Detection by Spectrum Analysis and Graphical Methods", JASA
/// 75:487–496; R. J. Soukup and D. F. Findley (1999), "On the Spectrum Diagnostics Used by X-12-ARIMA to Indicate
/// the Presence of Trading Day Effects After Modeling or Adjustment".
public struct ResidualSpectrum: Sendable, Equatable {
  /// A frequency that is looked at.
  public struct Peak: Sendable, Equatable {
    /// Whether it belongs to the season or to weekdays.
    public enum Kind: String, Sendable, Hashable, Codable {
      case seasonal
      case tradingDays
    }

    /// What its frequency belongs to.
    public let kind: Kind
    /// Cycles a month.
    public let frequency: Double
    /// The height above the higher neighbour in stars; 0 or less is no peak.
    public let stars: Double
    /// Whether the spectrum is above its median there.
    public let isAboveMedian: Bool

    /// Whether it is 6 stars high or more, and above the median.
    public var isSignificant: Bool { stars >= 6 && isAboveMedian }
  }

  /// Cycles a month, 0…½.
  public let frequencies: [Double]
  /// Ten times the decimal logarithm of the spectrum.
  public let decibels: [Double]
  /// The heights at the five seasonal frequencies 1/12 … 5/12 and the two of the weekdays, 0.3482 and 0.432.
  public let peaks: [Peak]

  /// Positions of the grid.
  private static let seasonal = [10, 20, 30, 40, 50]
  private static let weekdays = [(42, 0.3482), (52, 0.432)]
  /// The months that the spectrum is of, and the order of its autoregression.
  private static let (longest, shortest, order) = (96, 60, 30)

  /// The spectrum of the last 96 residuals; nil for fewer than 60, or where they are all equal.
  init?(of residuals: [Double]) {
    guard residuals.count >= Self.shortest else { return nil }
    // The grid of 1/120, but for the weekdays' frequencies and their neighbours at the same distance.
    var grid = (0...60).map { Double($0) / 120 }
    for (position, frequency) in Self.weekdays {
      for step in -1...1 { grid[position + step] = frequency + Double(step) / 120 }
    }
    guard let spectrum = Self.decibels(of: Array(residuals.suffix(Self.longest)), at: grid) else {
      return nil
    }
    let sorted = spectrum.sorted()
    let median = sorted[30]
    let star = (sorted[60] - sorted[0]) / 52
    func peak(_ kind: Peak.Kind, at position: Int) -> Peak {
      let height = spectrum[position] - max(spectrum[position - 1], spectrum[position + 1])
      return Peak(
        kind: kind, frequency: grid[position], stars: height / star,
        isAboveMedian: spectrum[position] > median)
    }
    frequencies = grid
    decibels = spectrum
    peaks =
      Self.seasonal.map { peak(.seasonal, at: $0) } + Self.weekdays.map { peak(.tradingDays, at: $0.0) }
  }

  /// 10 log₁₀ σ² / |1 − Σ φⱼ exp(−2πijf)|², with φ from the Yule–Walker equations.
  private static func decibels(of values: [Double], at frequencies: [Double]) -> [Double]? {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let e = values.map { $0 - mean }
    let covariances = (0...order).map { lag in
      (lag..<e.count).reduce(0) { $0 + e[$1] * e[$1 - lag] } / n
    }
    guard covariances[0] > 0 else { return nil }
    var a = [1.0]
    var variance = covariances[0]
    for k in 1...order {
      let reflection = -(0..<k).reduce(0) { $0 + a[$1] * covariances[k - $1] } / variance
      let before = a + [0]
      a = (0...k).map { before[$0] + reflection * before[k - $0] }
      variance *= 1 - reflection * reflection
    }
    guard variance > 0 else { return nil }
    return frequencies.map { frequency in
      var (real, imaginary) = (0.0, 0.0)
      for (j, coefficient) in a.enumerated() {
        let angle = 2 * Double.pi * frequency * Double(j)
        real += coefficient * Double.cos(angle)
        imaginary -= coefficient * Double.sin(angle)
      }
      return 10 * (Double.log10(variance) - Double.log10(real * real + imaginary * imaginary))
    }
  }
}

extension ResidualDiagnostics {
  /// The spectrum of the last eight years; nil for other than monthly series, fewer than 60 residuals, or a missing
  /// one among the last 96.
  public var spectrum: ResidualSpectrum? {
    guard seasonalPeriod == 12, start.unit == .month else { return nil }
    let last = Array(residuals.suffix(96))
    return last.contains(where: \.isNaN) ? nil : ResidualSpectrum(of: last)
  }
}
