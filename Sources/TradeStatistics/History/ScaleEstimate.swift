import RealModule
import TradewindNumerics

/// Estimates the scales of a ``HistoryPrior`` by maximising the marginal likelihood of the facts times the weak prior
/// on the scales.
///
/// With the facts linearised at the most probable history, the covariance of the facts is a weighted sum of three
/// matrices that are computed once, so one evaluation costs one Cholesky factorisation with a row per fact. The
/// linearisation and the maximum are found in turn (Laplace's approximation; Rasmussen & Williams 2006, §3.4, §5.4.1).
///
/// Few facts leave the scales uncertain, and one value of them would promise too much. So ``nodes`` gives the scales at
/// the points of a cubature rule for a Gaussian about the maximum, with the weights that the likelihood gives them.
struct ScaleEstimate {
  /// The scales at the maximum.
  var prior: HistoryPrior
  /// Scales to average over, with weights that sum to one.
  var nodes: [(prior: HistoryPrior, weight: Double)] = []
  /// Log marginal likelihood plus log prior density at the maximum.
  var objective: Double
  var evaluations: Int

  /// From how many singly known months on the seasonal memory is estimated too: five years of them.
  static let monthsForMemory = 60

  /// - Parameters:
  ///   - start: Where the search begins; the centre of `weak` if left out.
  ///   - weak: The weak prior on the scales.
  init(
    _ model: HistoryModel, inflation: [Double], start: HistoryPrior? = nil, weak: ScalePrior = .levels
  ) throws(LinearAlgebraError) {
    prior = start ?? weak.centre
    objective = -.infinity
    evaluations = 0
    let (model, inflation) = model.withoutRepetitions(inflation: inflation)
    let freeMemory = model.singlyKnownMonths >= Self.monthsForMemory
    let rounds = model.isLinear ? 1 : 6
    for round in 0..<rounds {
      let posterior = try HistoryPosterior(model, prior: prior, inflation: inflation)
      let surface = LikelihoodSurface(model, at: posterior.mode, inflation: inflation, prior: prior)
      var from = prior.logarithms
      if !freeMemory { from.removeLast() }
      let start = prior
      let result = minimizeNelderMead(
        from: from, steps: from.map { _ in 0.4 }, bounds: weak.logBounds(count: from.count),
        tolerance: 1e-6, maximumEvaluations: 250
      ) { p in
        let full = freeMemory ? p : p + [start.logarithms[3]]
        return -(surface.logLikelihood(start.with(logarithms: p)) + weak.logDensity(logarithms: full))
      }
      prior = prior.with(logarithms: result.point)
      evaluations += result.evaluations
      let gain = -result.value - objective
      objective = -result.value
      if abs(gain) < 1e-3 || round == rounds - 1 {
        nodes = Self.nodes(about: prior, free: result.point.count) { p in
          let full = freeMemory ? p : p + [start.logarithms[3]]
          return surface.logLikelihood(start.with(logarithms: p)) + weak.logDensity(logarithms: full)
        }
        break
      }
    }
  }

  /// The spherical rule of degree 3: the points ± √d standard deviations along the axes of the
  /// Cholesky factor of the curvature at the maximum, which moves smoothly with the facts as principal axes do not, equal
  /// weights (Stroud 1971, *Approximate Calculation of Multiple Integrals*; Arasaratnam & Haykin 2009,
  /// doi:10.1109/TAC.2009.2019800), each weighted by how far the density is from the Gaussian there.
  private static func nodes(
    about prior: HistoryPrior, free d: Int, density: ([Double]) -> Double
  ) -> [(prior: HistoryPrior, weight: Double)] {
    let centre = Array(prior.logarithms.prefix(d))
    let top = density(centre)
    // Scales are known to a tenth at best; a step of a tenth is well above rounding of the likelihood.
    let h = 0.1
    func at(_ i: Int, _ di: Double, _ j: Int, _ dj: Double) -> Double {
      var p = centre
      p[i] += di
      p[j] += dj
      return density(p)
    }
    var curvature = Matrix(rows: d, columns: d)
    for j in 0..<d {
      for i in 0...j {
        let second =
          i == j
          ? (at(i, h, i, 0) - 2 * top + at(i, -h, i, 0)) / (h * h)
          : (at(i, h, j, h) - at(i, h, j, -h) - at(i, -h, j, h) + at(i, -h, j, -h)) / (4 * h * h)
        curvature[i, j] = -second
        curvature[j, i] = -second
      }
    }
    guard let root = try? CholeskyFactorization(curvature) else { return [(prior, 1)] }
    var nodes: [(prior: HistoryPrior, weight: Double)] = []
    for axis in 0..<d {
      var unit = [Double](repeating: 0, count: d)
      unit[axis] = Double(d).squareRoot()
      // With LL′ the curvature, L⁻ᵀ turns unit vectors into steps of one standard deviation.
      let step = root.solveLowerTransposed(unit)
      for sign in [1.0, -1.0] {
        let p = centre.indices.map { centre[$0] + sign * step[$0] }
        let ratio = density(p) - top + Double(d) / 2
        let weight = ratio.isNaN ? 0 : Double.exp(min(ratio, 3))
        nodes.append((prior.with(logarithms: p), weight))
      }
    }
    let total = nodes.reduce(0) { $0 + $1.weight }
    guard total > 1e-6, total.isFinite else { return [(prior, 1)] }
    return nodes.filter { $0.weight > 1e-4 * total }.map { ($0.prior, $0.weight / total) }
  }
}

extension HistoryModel {
  /// The standard deviation of a logarithm up to which a level says all there is to say of its month: half a per cent is little beside what
  /// trade changes from month to month.
  private static let sharpLevel = 0.005

  /// The model without the facts that only repeat, with rounding, what sharp levels of single months say already. They
  /// tell nothing of the scales, and each costs a row of the matrix that is factorised a hundred times.
  fileprivate func withoutRepetitions(inflation: [Double]) -> (HistoryModel, [Double]) {
    var pinned = Set<Int>()
    for (i, observation) in observations.enumerated()
    where inflation[i] == 0 && observation.numerator.count == 1 && observation.denominator.isEmpty
      && observation.variance <= Self.sharpLevel * Self.sharpLevel
    {
      if case .logRatio = observation.form { pinned.formUnion(observation.numerator) }
    }
    let kept = observations.indices.filter { i in
      let observation = observations[i]
      let isLevel = observation.numerator.count == 1 && observation.denominator.isEmpty
      return isLevel || !(observation.numerator + observation.denominator).allSatisfy(pinned.contains)
    }
    var model = self
    model.observations = kept.map { observations[$0] }
    return (model, kept.map { inflation[$0] })
  }
}

/// The log marginal likelihood of the linearised facts as a function of the scales.
private struct LikelihoodSurface {
  private let model: HistoryModel
  private let linear: Linearisation
  private let fixed: Matrix
  private let walk: Matrix
  private let irregular: Matrix
  /// The seasonal part for the memory the surface was made with.
  private let seasonal: Matrix
  private let memory: Double

  init(_ model: HistoryModel, at z: [Double], inflation: [Double], prior: HistoryPrior) {
    self.model = model
    linear = model.linearised(at: z)
    var fixed = linear.project(model.covariance(.fixed(origin: prior.origin, drift: prior.drift)))
    for (i, variance) in model.errorVariances(inflation: inflation).enumerated() { fixed[i, i] += variance }
    self.fixed = fixed
    walk = linear.project(model.covariance(.walk))
    irregular = linear.project(model.covariance(.irregular))
    memory = prior.seasonalMemory
    seasonal = linear.project(model.covariance(.seasonal(memory: memory)))
  }

  /// −½ (r′S⁻¹r + log det S + n log 2π); −∞ where S is not positive definite.
  func logLikelihood(_ prior: HistoryPrior) -> Double {
    let pattern =
      prior.seasonalMemory == memory
      ? seasonal : linear.project(model.covariance(.seasonal(memory: prior.seasonalMemory)))
    let (l, s, u) = (
      prior.level * prior.level, prior.seasonal * prior.seasonal, prior.irregular * prior.irregular
    )
    var sum = fixed.elements
    let (w, p, e) = (walk.elements, pattern.elements, irregular.elements)
    for i in sum.indices { sum[i] += l * w[i] + s * p[i] + u * e[i] }
    let covariance = Matrix(rows: fixed.rows, columns: fixed.columns, elements: sum)
    guard let factor = try? CholeskyFactorization(covariance) else { return -.infinity }
    let white = factor.solveLower(linear.working)
    let square = white.reduce(0) { $0 + $1 * $1 }
    return -0.5 * (square + factor.logDeterminant + Double(white.count) * .log(2 * .pi))
  }
}
