import RealModule
import TradewindNumerics

/// What a model says of the coming steps: a centre, and errors by what each step brings that is new.
///
/// The error of step h is Σᵢ factor[h][i] zᵢ, i ≤ h, with independent standard normal zᵢ: zᵢ is what step i adds to the steps
/// before it. Every normal law has exactly one such form with a non-negative diagonal, the Cholesky factor of its covariance, so that
/// the zᵢ of several models of one series mean the same and can be taken as the same.
struct InnovationOutlook {
  /// The point of each step: the median, for a mean of means the mean.
  var centre: [Double]
  /// A lower triangle: row h has h + 1 elements.
  var factor: [[Double]]

  /// What a fitted model says; nil where it is not finite. Without levels the centre alone.
  ///
  /// Laws that are not normal enter with the covariance of their draws, and with the width of their own 95 % intervals.
  init?(of fitted: any FittedModel, _ request: ForecastRequest) {
    if !request.levels.isEmpty, let source = fitted as? any InnovationSource {
      guard let outlook = source.innovationOutlook(request) else { return nil }
      self = outlook
    } else {
      let levels = request.levels.isEmpty ? [] : [0.95]
      let forecast = fitted.forecast(
        ForecastRequest(horizon: request.horizon, levels: levels, paths: request.paths, seed: request.seed))
      self.init(centre: forecast.median, factor: [])
      if !levels.isEmpty {
        guard let triangle = forecast.joint.innovationFactor(request.horizon) else { return nil }
        factor = triangle
        for h in factor.indices { widen(h, to: forecast.intervals[h][0].width / (2 * z975)) }
      }
    }
    guard centre.allSatisfy(\.isFinite), factor.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
  }

  init(centre: [Double], factor: [[Double]]) {
    self.centre = centre
    self.factor = factor
  }

  /// The standard deviation of a step's error.
  func deviation(_ h: Int) -> Double { factor[h].reduce(0) { $0 + $1 * $1 }.squareRoot() }

  /// Scales a step's error to a standard deviation; an error of none stays so.
  mutating func widen(_ h: Int, to deviation: Double) {
    let present = self.deviation(h)
    guard present > 0 else { return }
    for i in factor[h].indices { factor[h][i] *= deviation / present }
  }

  /// From logarithms to values: each step with the width of its 95 % interval.
  func exponential(_ inverse: (Double) -> Double) -> InnovationOutlook {
    var result = InnovationOutlook(centre: centre.map(inverse), factor: factor)
    for h in factor.indices {
      let reach = z975 * deviation(h)
      result.widen(h, to: (inverse(centre[h] + reach) - inverse(centre[h] - reach)) / (2 * z975))
    }
    return result
  }

  /// What it becomes when `shift` is added and the sum multiplied by `scale`, step by step.
  func transformed(shift: [Double], scale: [Double]) -> InnovationOutlook {
    InnovationOutlook(
      centre: centre.indices.map { (centre[$0] + shift[$0]) * scale[$0] },
      factor: zip(factor, scale).map { row, scale in row.map { $0 * scale } })
  }

  /// The Cholesky factor of the covariance of any factor.
  static func triangle(_ factor: [[Double]]) -> [[Double]] {
    DrawingFactor.rows(of: JointLaw.covariance(of: factor))
  }
}

/// The normal law's 97.5 % quantile.
let z975 = 1.959_963_984_540_054

extension JointLaw {
  /// The law's errors by innovations; nil for points only.
  fileprivate func innovationFactor(_ horizon: Int) -> [[Double]]? {
    if case .movingAverage(_, _, let shared) = self, shared == .none {
      return factor(horizon)?.enumerated().map { Array($1.prefix($0 + 1)) }
    }
    return covariance(horizon).map(DrawingFactor.rows)
  }
}

/// A fitted model that knows its outlook without draws.
protocol InnovationSource {
  func innovationOutlook(_ request: ForecastRequest) -> InnovationOutlook?
}

extension FittedTransformed: InnovationSource {
  func innovationOutlook(_ request: ForecastRequest) -> InnovationOutlook? {
    InnovationOutlook(of: base, request)?.exponential { BoxCox.inverse($0, lambda) }
  }
}

extension FittedSeasonallyAdjusted: InnovationSource {
  func innovationOutlook(_ request: ForecastRequest) -> InnovationOutlook? {
    let (shift, scale) = seasonAhead(request.horizon)
    return InnovationOutlook(of: base, request)?.transformed(shift: shift, scale: scale)
  }
}

extension FittedARIMA: InnovationSource {
  func innovationOutlook(_ request: ForecastRequest) -> InnovationOutlook? {
    let law = normalLaw(request.horizon)
    let median = model.isIdentity ? law.mean : model.untransformed(law.mean, from: series.count, series)
    var outlook = InnovationOutlook(centre: median, factor: InnovationOutlook.triangle(law.factor))
    if model.isIdentity { return outlook }
    for h in median.indices {
      guard model.transform == .log else {
        // A prior factor multiplies.
        outlook.widen(h, to: outlook.deviation(h) * abs(median[h] / law.mean[h]))
        continue
      }
      // Half the width of the 95 % interval of a log-normal law, in deviations.
      outlook.widen(h, to: median[h] * .sinh(z975 * outlook.deviation(h)) / z975)
    }
    return outlook
  }
}
