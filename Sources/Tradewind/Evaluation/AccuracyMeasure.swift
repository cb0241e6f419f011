/// A measure of how good forecasts were. With the error e = actual − forecast, y the actual and f the forecast:
///
/// | measure | formula | where it is undefined |
/// | --- | --- | --- |
/// | ``meanError`` (ME) | mean e | |
/// | ``mae`` | mean \|e\| | |
/// | ``rmse`` | √ mean e² | |
/// | ``mape`` | 100 mean \|e / y\| | cells with y = 0 are left out |
/// | ``smape`` | 200 mean \|e\| / (\|y\| + \|f\|), from 0 to 200 as in the M3 competition | 0 where y = f = 0 |
/// | ``wape`` | 100 Σ\|e\| / Σ\|y\| | series with Σ\|y\| = 0 |
/// | ``bias`` | 100 Σ e / Σ\|y\|: above zero if forecasts were too low | series with Σ\|y\| = 0 |
/// | ``mase`` | mean \|e\| / s, s the mean absolute seasonal difference of what was known at the origin | cells with s = 0 or none |
/// | ``rmsse`` | √ mean e² / q, q the mean squared seasonal difference | cells with q = 0 or none |
/// | ``pinball`` | mean over the intervals' ends u of level τ: τ (y − u) if y ≥ u, else (1 − τ)(u − y); in units of s | as MASE |
/// | ``crps`` | continuous ranked probability score, in units of s | as MASE; forecasts without a law |
/// | ``msis(level:)`` | mean interval score: (width + 2/α times what lies outside), in units of s, α = 1 − level | as MASE |
/// | ``coverage(level:)`` | 100 times the part that lay inside, ends included | |
/// | ``width(level:)`` | mean width of the interval, in units of s | as MASE |
/// | ``energyScore`` | ``SamplePaths/energyScore(of:)`` of all steps, in units of s | as MASE; no draws asked for |
///
/// For many series each measure is taken over a series' cells first, and then averaged over the series that have it: so every
/// series counts the same. ME, MAE and RMSE have the series' unit and mean nothing over series of different size (``isScaleFree``).
///
/// References: R. J. Hyndman and A. B. Koehler (2006), *International Journal of Forecasting* 22, 679–688,
/// doi:10.1016/j.ijforecast.2006.03.001 (MASE); S. Makridakis and M. Hibon (2000), *ibid.* 16, 451–476,
/// doi:10.1016/S0169-2070(00)00057-1 (sMAPE); S. Makridakis, E. Spiliotis and V. Assimakopoulos (2020), *ibid.* 36, 54–74,
/// doi:10.1016/j.ijforecast.2019.04.014 (MSIS, OWA); T. Gneiting and A. E. Raftery (2007), *Journal of the American Statistical
/// Association* 102, 359–378, doi:10.1198/016214506000001437 (CRPS, interval and energy scores).
public enum AccuracyMeasure: Sendable, Hashable {
  case meanError, mae, rmse
  case mape, smape, wape, bias
  case mase, rmsse
  case pinball, crps, energyScore
  case msis(level: Double)
  case coverage(level: Double)
  case width(level: Double)

  /// The field's abbreviation, such as `MASE` or `MSIS 95`.
  public var name: String {
    switch self {
    case .meanError: "ME"
    case .mae: "MAE"
    case .rmse: "RMSE"
    case .mape: "MAPE"
    case .smape: "sMAPE"
    case .wape: "WAPE"
    case .bias: "bias"
    case .mase: "MASE"
    case .rmsse: "RMSSE"
    case .pinball: "pinball"
    case .crps: "CRPS"
    case .energyScore: "energy"
    case .msis(let level): "MSIS \(percentText(level))"
    case .coverage(let level): "coverage \(percentText(level))"
    case .width(let level): "width \(percentText(level))"
    }
  }

  /// What a measure's numbers are in.
  public enum Unit: String, Sendable, Hashable, CaseIterable {
    /// The unit of the series.
    case series = "unit of the series"
    /// Per cent, such as 95 for all but a twentieth.
    case percent
    /// The mean absolute seasonal difference of what was known at the origin: errors of the seasonal naive method there are 1.
    case scale = "seasonal naive errors"
  }

  /// What its numbers are in.
  public var unit: Unit {
    switch self {
    case .meanError, .mae, .rmse: .series
    case .mape, .smape, .wape, .bias, .coverage: .percent
    case .mase, .rmsse, .pinball, .crps, .energyScore, .msis, .width: .scale
    }
  }

  /// Whether it has no unit, so that series of different size can be averaged.
  public var isScaleFree: Bool { unit != .series }

  /// Whether smaller is better. Not so of ``meanError``, ``bias`` and ``coverage(level:)``, which are best at zero and at their level,
  /// nor of ``width(level:)``, which says nothing without the coverage.
  public var isLoss: Bool {
    switch self {
    case .meanError, .bias, .coverage, .width: false
    default: true
    }
  }
}

/// A level as per cent: `95`, `99.5`.
private func percentText(_ level: Double) -> String {
  let percent = (level * 1e6).rounded() / 1e4
  return percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
}
