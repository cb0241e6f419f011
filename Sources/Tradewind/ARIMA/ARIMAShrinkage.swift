import RealModule

/// How the coefficients of a seasonal ARIMA model are held near those that many monthly series have.
///
/// A short series says little about its seasonal coefficients: the likelihood is flat, and its maximum often lies at the region's edge, where the
/// season never changes or nothing of it is kept. A normal prior of each coefficient adds ((x − centre) / deviation)² to −2 log L, and the estimate is
/// the mode of the posterior; the longer the series, the less the priors count.
///
/// ```swift
/// let model = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log, shrinkage: .standard)
/// let best = ARIMA.shrunken                      // (1,1,2)(1,0,1), the orders that gain most by it
/// ```
///
/// The priors are of the partial autocorrelations of each polynomial, which lie between −1 and 1 whatever its order. Those of
/// moving averages are those of the inverse filter, so that positive values smooth: for (0,1,1)(0,1,1) they are −θ₁ and −Θ₁, the θ and Θ of
/// (1 − θB)(1 − ΘBˢ). Where some coefficients of a polynomial are held, its others have the priors themselves, in the same sign for
/// autoregressive parts and as −θ for moving averages.
///
/// Empirical Bayes methods: G. Casella (1985), "An introduction to empirical Bayes data analysis", *The American Statistician* 39:83–87,
/// doi:10.1080/00031305.1985.10479400. How the standard values were found and what they are worth <doc:ARIMAModels> says.
public struct ARIMAShrinkage: Sendable, Hashable, Codable {
  /// A normal prior: −2 log L grows by ((x − centre) / deviation)².
  public typealias Prior = ETS.Shrinkage.Prior

  /// The priors of one polynomial.
  public struct Polynomial: Sendable, Hashable, Codable {
    /// Of the first lag; nil for none.
    public var first: Prior?
    /// Of each further lag; nil for none.
    public var further: Prior?

    public init(first: Prior? = nil, further: Prior? = nil) {
      self.first = first
      self.further = further
    }
  }

  /// φ.
  public var ar: Polynomial
  /// θ.
  public var ma: Polynomial
  /// Φ.
  public var seasonalAR: Polynomial
  /// Θ.
  public var seasonalMA: Polynomial

  public init(
    ar: Polynomial = Polynomial(), ma: Polynomial = Polynomial(), seasonalAR: Polynomial = Polynomial(),
    seasonalMA: Polynomial = Polynomial()
  ) {
    self.ar = ar
    self.ma = ma
    self.seasonalAR = seasonalAR
    self.seasonalMA = seasonalMA
  }

  /// For logarithms of monthly series with one ordinary and no seasonal difference: a season that is nearly kept (Φ near 0.93) and
  /// slowly renewed (Θ near 0.75), changes that are smoothed by half, and little else.
  public static let standard = ARIMAShrinkage(
    ar: Polynomial(first: Prior(centre: 0.2, deviation: 0.2), further: Prior(centre: 0, deviation: 0.2)),
    ma: Polynomial(first: Prior(centre: 0.5, deviation: 0.2), further: Prior(centre: 0.1, deviation: 0.15)),
    seasonalAR: Polynomial(
      first: Prior(centre: 0.93, deviation: 0.05), further: Prior(centre: 0, deviation: 0.2)),
    seasonalMA: Polynomial(
      first: Prior(centre: 0.75, deviation: 0.1), further: Prior(centre: 0, deviation: 0.2)))

  func prior(of coefficient: ARIMAConstraints.Coefficient) -> Prior? {
    let polynomial =
      switch coefficient.kind {
      case .ar: ar
      case .ma: ma
      case .seasonalAR: seasonalAR
      case .seasonalMA: seasonalMA
      }
    return coefficient.lag == 1 ? polynomial.first : polynomial.further
  }
}

extension ARIMA {
  /// (1,1,2)(1,0,1) of the logarithms with ``ARIMAShrinkage/standard`` priors: over 18 months the single model of least error on
  /// M3's training spans and on trade series. The season is nearly kept and slowly renewed, with little else.
  public static let shrunken = ARIMA(
    ARIMAOrder(1, 1, 2, seasonal: (1, 0, 1)), transform: .log, shrinkage: .standard)
}

/// The priors of one model, by the coordinates its likelihood is searched in.
struct ARMAPenalty: Sendable {
  private let priors: [(coordinate: Int, sign: Double, prior: ARIMAShrinkage.Prior)]

  init(_ shrinkage: ARIMAShrinkage?, order: ARIMAOrder, coordinates: ARMACoordinates) {
    guard let shrinkage else {
      priors = []
      return
    }
    let coefficients = order.coefficients
    priors = coordinates.free.enumerated().compactMap { i, j in
      // A coordinate that is a coefficient itself has its sign.
      let isMoving = coefficients[j].kind == .ma || coefficients[j].kind == .seasonalMA
      let sign = isMoving && !coordinates.isPartial(i) ? -1.0 : 1
      return shrinkage.prior(of: coefficients[j]).map { (i, sign, $0) }
    }
  }

  var isEmpty: Bool { priors.isEmpty }

  /// A point with the centres of the priors in it.
  func centred(_ point: [Double]) -> [Double] {
    var result = point
    for (i, sign, prior) in priors { result[i] = sign * prior.centre }
    return result
  }

  /// What is added to −2 log L at a point.
  func value(at point: [Double]) -> Double {
    var sum = 0.0
    for (i, sign, prior) in priors {
      let distance = (sign * point[i] - prior.centre) / prior.deviation
      sum += distance * distance
    }
    return sum
  }

  /// ½ of the second derivative of that by each coordinate.
  func curvatures(_ count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    for (i, _, prior) in priors { result[i] = 1 / (prior.deviation * prior.deviation) }
    return result
  }

  /// What residuals of `count` values are multiplied by, so that n log Σ r² has grown by the penalty.
  func factor(at point: [Double], count: Int) -> Double {
    priors.isEmpty ? 1 : Double.exp(value(at: point) / Double(2 * max(1, count)))
  }
}

extension RegARIMAProblem {
  /// What the priors add to −2 log L at parameters φ, θ, Φ, Θ.
  func penalty(at parameters: [Double]) -> Double {
    let coordinates = ARMACoordinates(order: order, constraints: constraints)
    return ARMAPenalty(shrinkage, order: order, coordinates: coordinates).value(
      at: coordinates.point(of: parameters))
  }
}
