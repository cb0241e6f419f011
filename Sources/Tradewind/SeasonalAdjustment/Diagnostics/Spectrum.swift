import RealModule

/// The spectrum of a monthly series over the last eight years, and its peaks at the frequencies of season and weekdays, as
/// X-13 judges them.
///
/// ```swift
/// let spectrum = adjusted.diagnostics().spectrum(of: .adjustedModified)
/// for peak in spectrum?.peaks ?? [] where peak.isSignificant { print(peak.kind, peak.frequency) }
/// ```
///
/// In residuals and adjusted series, a peak at a seasonal frequency says that season is left, one at a trading-day
/// frequency that calendar effects are missing or wrong. Heights are in *stars*, 1/52 of the spectrum's range (a line of
/// X-13's printed plot): a peak is significant where it stands 6 stars or more above both neighbours and above the median.
///
/// X-13 takes the autoregression unless it is told otherwise, and so do we; JDemetra+ shows both, and judges peaks of the
/// autoregression together with those of a spectrum by Tukey's window, which is not here.
///
/// References: US Census Bureau, X-13ARIMA-SEATS Reference Manual, §6.1 and §7.17; W. S. Cleveland and S. J. Devlin
/// (1980), "Calendar Effects in Monthly Time Series: Detection by Spectrum Analysis and Graphical Methods", JASA
/// 75:487–496; R. J. Soukup and D. F. Findley (1999), "On the Spectrum Diagnostics Used by X-12-ARIMA to Indicate
/// the Presence of Trading Day Effects After Modeling or Adjustment".
public struct Spectrum: Sendable, Equatable {
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

  /// How it is estimated.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// By an autoregression of order 30 (X-13: `type=arspec`): σ²/|φ(e^(−2πif))|², with φ from the Yule–Walker equations.
    case autoregression
    /// By the values themselves (X-13: `type=periodogram`): |Σ xₜ e^(−2πift)|²/n, at frequency 0 that of 1/120.
    case periodogram
  }

  /// How it was estimated.
  public let method: Method
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

  /// The spectrum of the last 96 values, less their mean; nil for fewer than 60, or where they are all equal.
  public init?(of values: [Double], method: Method = .autoregression) {
    guard values.count >= Self.shortest else { return nil }
    // The grid of 1/120, but for the weekdays' frequencies and their neighbours at the same distance.
    var grid = (0...60).map { Double($0) / 120 }
    for (position, frequency) in Self.weekdays {
      for step in -1...1 { grid[position + step] = frequency + Double(step) / 120 }
    }
    let last = Array(values.suffix(Self.longest))
    // A seasonal frequency is compared with those 1/120 beside it, also where the grid has a weekdays' one there.
    let beside = Self.seasonal.flatMap { [Double($0 - 1) / 120, Double($0 + 1) / 120] }
    guard
      let all =
        method == .autoregression
        ? Self.decibels(of: last, at: grid + beside) : Self.periodogram(of: last, at: grid + beside)
    else { return nil }
    let (spectrum, neighbours) = (Array(all[..<grid.count]), Array(all[grid.count...]))
    let sorted = spectrum.sorted()
    let median = sorted[30]
    let star = (sorted[60] - sorted[0]) / 52
    func peak(_ kind: Peak.Kind, at position: Int, beside higher: Double) -> Peak {
      let height = spectrum[position] - higher
      return Peak(
        kind: kind, frequency: grid[position], stars: height / star,
        isAboveMedian: spectrum[position] > median)
    }
    self.method = method
    frequencies = grid
    decibels = spectrum
    peaks =
      Self.seasonal.enumerated().map {
        peak(.seasonal, at: $1, beside: max(neighbours[2 * $0], neighbours[2 * $0 + 1]))
      }
      + Self.weekdays.map {
        peak(.tradingDays, at: $0.0, beside: max(spectrum[$0.0 - 1], spectrum[$0.0 + 1]))
      }
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
    return frequencies.map { 10 * (Double.log10(variance) - Double.log10(squaredTransform(of: a, at: $0))) }
  }

  /// 10 log₁₀ |Σ xₜ exp(−2πift)|²/n.
  private static func periodogram(of values: [Double], at frequencies: [Double]) -> [Double]? {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let e = values.map { $0 - mean }
    let variance = e.reduce(0) { $0 + $1 * $1 } / n
    guard variance > 0 else { return nil }
    // Far below what rounding leaves: a frequency that a pure wave does not have is no depth without end.
    let floor = variance * 1e-12
    return frequencies.map { frequency in
      let known = frequency == 0 ? frequencies[1] : frequency
      return 10 * Double.log10(max(floor, squaredTransform(of: e, at: known) / n))
    }
  }

  /// |Σ xⱼ exp(−2πijf)|².
  private static func squaredTransform(of x: [Double], at frequency: Double) -> Double {
    var (real, imaginary) = (0.0, 0.0)
    for (j, value) in x.enumerated() {
      let angle = 2 * Double.pi * frequency * Double(j)
      real += value * Double.cos(angle)
      imaginary -= value * Double.sin(angle)
    }
    return real * real + imaginary * imaginary
  }
}

extension ResidualDiagnostics {
  /// The spectrum of the last eight years; nil for other than monthly series, fewer than 60 residuals, or a missing
  /// one among the last 96.
  public var spectrum: Spectrum? {
    guard seasonalPeriod == 12, start.unit == .month else { return nil }
    let last = Array(residuals.suffix(96))
    return last.contains(where: \.isNaN) ? nil : Spectrum(of: last)
  }
}
