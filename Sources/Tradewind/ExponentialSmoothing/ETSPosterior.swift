import RealModule
import TradewindNumerics

/// The law of smoothing parameters and initial states around their estimate: Laplace's approximation.
///
/// In the coordinates x of ``ETSSearch`` −2 log of the posterior is n log V(x), V = r′r the penalised sum of squares. By Gauss and Newton its half has the curvature J′J / τ² at
/// the estimate, τ² = V / n. Here τ² is the part of V that is errors over the degrees of freedom, as in ``FittedETS/variance``. With δ = x less the estimate the density is
/// exp(−g′δ − ½ δ′Pδ) within the search's bounds, P = J′J / τ² and g the gradient, which is not zero where a bound holds the estimate back.
///
/// States are not bounded. With P = LL′ and the states first, L = (A 0; B C), the parameters by themselves have the precision CC′, and the states given them are
/// normal: A′ δₛ = z − B′ δₚ. The parameters, four at the most, are drawn by turns, each given the others from a normal law cut off at its bounds (Gibbs' sampler).
struct ETSPosterior {
  /// Stands at the estimate, or where it was last put.
  private var search: ETSSearch
  private let estimate: [Double]
  /// The columns that are free: states, then smoothing parameters.
  private let columns: [Int]
  private let states: Int
  /// L, one array a row.
  let lower: [[Double]]
  /// CC′ and g of the smoothing parameters.
  private let precision: [[Double]]
  private let gradient: [Double]
  /// Where the chain of the smoothing parameters stands.
  private var chain: [Double]
  private var isWarm = false

  /// - Parameters:
  ///   - search: At the estimate, for the likelihood.
  ///   - degreesOfFreedom: Observations less what was estimated, at least 1.
  /// - Returns: nil where nothing is left to explain, or nothing is uncertain.
  init?(_ search: ETSSearch, degreesOfFreedom: Double) {
    let sum = search.trialPass.sumOfSquares
    let scale = sum / degreesOfFreedom * (search.value / (sum + search.lastStatePenalty))
    let free = search.x.indices.filter {
      search.lower[$0] < search.upper[$0] && search.element($0, $0) > 0
    }
    let isBounded = { (column: Int) in search.lower[column].isFinite }
    columns = free.filter { !isBounded($0) } + free.filter(isBounded)
    states = columns.count { !isBounded($0) }
    guard scale > 0, scale.isFinite, !columns.isEmpty else { return nil }
    var matrix = Matrix(rows: columns.count, columns: columns.count)
    for (a, i) in columns.enumerated() {
      for (b, j) in columns.enumerated() { matrix[a, b] = search.element(i, j) / scale }
    }
    guard let factor = Self.factor(matrix) else { return nil }
    lower = columns.indices.map { i in (0...i).map { factor[i, $0] } }
    let parameters = states..<columns.count
    precision = parameters.map { [states, lower] i in
      parameters.map { j in
        (states...min(i, j)).reduce(0) { $0 + lower[i][$1] * lower[j][$1] }
      }
    }
    gradient = parameters.map { [columns] p in
      let column = columns[p]
      let slope = search.gradient[column / 4][column % 4] / scale
      let near = 1e-6 * (search.upper[column] - search.lower[column])
      let isHeld =
        (search.x[column] - search.lower[column] < near && slope > 0)
        || (search.upper[column] - search.x[column] < near && slope < 0)
      return isHeld ? slope : 0
    }
    chain = [Double](repeating: 0, count: parameters.count)
    estimate = search.x
    self.search = search
  }

  /// L of a curvature, to which as little is added as what the data do not tell apart needs: that is left to the bounds.
  private static func factor(_ curvature: Matrix) -> Matrix? {
    for share in [1e-12, 1e-9, 1e-6] {
      var firm = curvature
      for i in 0..<firm.rows { firm[i, i] *= 1 + share }
      if let factor = try? CholeskyFactorization(firm) { return factor.lower }
    }
    return nil
  }

  /// A draw, in the units of the search.
  mutating func draw(using generator: inout SeededGenerator) -> (ETS.Parameters, ETS.State) {
    // One parameter alone has no need of a chain.
    let sweeps = chain.count < 2 ? 1 : isWarm ? 3 : 50
    isWarm = true
    for _ in 0..<sweeps { sweep(using: &generator) }
    var delta = [Double](repeating: 0, count: states) + chain
    for i in (0..<states).reversed() {
      var rest = generator.nextNormal()
      for j in i + 1..<max(columns.count, i + 1) { rest -= lower[j][i] * delta[j] }
      delta[i] = rest / lower[i][i]
    }
    for (column, change) in zip(columns, delta) { search.x[column] = estimate[column] + change }
    return (search.parameters, search.state)
  }

  private mutating func sweep(using generator: inout SeededGenerator) {
    for j in chain.indices {
      let column = columns[states + j]
      var pull = gradient[j]
      for k in chain.indices where k != j { pull += precision[j][k] * chain[k] }
      let deviation = 1 / precision[j][j].squareRoot()
      let mean = -pull / precision[j][j]
      let z = truncatedNormal(
        from: (search.lower[column] - estimate[column] - mean) / deviation,
        to: (search.upper[column] - estimate[column] - mean) / deviation, generator.nextUniform())
      chain[j] = min(
        max(mean + deviation * z, search.lower[column] - estimate[column]),
        search.upper[column] - estimate[column])
    }
  }
}

/// The quantile of probability `u` of the standard normal law between two bounds.
func truncatedNormal(from a: Double, to b: Double, _ u: Double) -> Double {
  // In the lower tail probabilities keep their digits.
  if a > 0 { return -truncatedNormal(from: -b, to: -a, 1 - u) }
  if b - a < 1e-6 { return a + u * (b - a) }
  let normal = NormalDistribution.standard
  let (below, above) = (normal.cumulative(a), normal.cumulative(b))
  let p = below + u * (above - below)
  guard p > 0 else { return b }
  return p < 0.5
    ? normal.quantile(p) : normal.quantile(upperTail: max(normal.survival(b), 0) + (1 - u) * (above - below))
}

extension ETSTask {
  /// The law of a fit's parameters and states, in the search's units; nil where nothing is left to explain, or nothing is uncertain.
  ///
  /// Whatever the parameters made best, the likelihood's curvature there counts.
  func posterior(of fit: FittedETS) -> ETSPosterior? {
    var options = self.options
    options.objective = .likelihood
    let task = ETSTask(series: series, options: options)
    let scaled = task.scaled(for: fit.form)
    let state = fit.initialState.changed(
      fit.form, factor: 1 / scaled.unit, shift: -scaled.origin / scaled.unit)
    var search = task.search(fit.form)
    guard search.move(to: fit.parameters, state) else { return nil }
    let freedom = search.observed - Double(options.estimatedCount(fit.form, series))
    return ETSPosterior(search, degreesOfFreedom: max(1, freedom))
  }
}

extension ETSSearch {
  /// Moves to parameters and states in the search's units, wherever it stood.
  ///
  /// - Returns: Whether the objective is defined there.
  mutating func move(to parameters: ETS.Parameters, _ state: ETS.State) -> Bool {
    trial = x
    let alpha = parameters.alpha ?? 0
    // A part of nothing is any; it changes nothing.
    func share(_ part: Double?, _ whole: Double) -> Double { whole > 0 ? (part ?? 0) / whole : 0 }
    trial[0] = alpha
    if let column = columns.beta, lower[column] < upper[column] {
      trial[column] = isNested ? share(parameters.beta, alpha) : parameters.beta ?? 0
    }
    if let column = columns.gamma, lower[column] < upper[column] {
      trial[column] = isNested ? share(parameters.gamma, 1 - alpha) : parameters.gamma ?? 0
    }
    if let column = columns.phi { trial[column] = parameters.phi ?? 1 }
    if let column = columns.level { trial[column] = state.level }
    if let column = columns.slope { trial[column] = state.slope ?? 0 }
    for (j, column) in columns.seasons.enumerated() { trial[column] = state.seasonal[j] }
    for i in trial.indices where lower[i] <= upper[i] { trial[i] = min(max(trial[i], lower[i]), upper[i]) }
    let value = evaluateTrial()
    guard value.isFinite, value > 0 else { return false }
    acceptTrial(value)
    return true
  }
}
