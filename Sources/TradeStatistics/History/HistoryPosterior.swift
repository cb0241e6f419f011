import RealModule
import TradewindNumerics

/// The log levels given the facts, as a Gaussian about the most probable history.
struct HistoryPosterior {
  /// The most probable value of every variable.
  var mode: [Double]
  /// S⁻¹(y − H m): how hard each fact pulls.
  var pull: [Double]
  /// S = HKH′ + R, factorised.
  var marginal: CholeskyFactorization
  /// How badly the facts fit together: (y − H m)′S⁻¹(y − H m), a sum of squares in standard deviations.
  var misfit: Double
  /// Gauss–Newton rounds that were needed.
  var rounds: Int
  /// g with mode = m + K g.
  private var dual: [Double]
  /// The prior covariance of all variables.
  private(set) var covariance: Matrix
  /// The facts in their linear form at the mode, and KH′.
  private var linear: Linearisation
  private var kh: Matrix
  /// L⁻¹HK with LL′ = S, if covariances are to be read off.
  private var whitened: Matrix?

  /// Solves the model by Gauss–Newton with step halving.
  ///
  /// With K the prior covariance, R the error variances and H the linearised observations, each round solves
  /// S a = y − f(z) + H(z − m), S = HKH′ + R, and steps towards m + KH′a; only a matrix with one row per fact is ever
  /// factorised. See Bell & Cathey (1993, IEEE Transactions on Automatic Control 38(2):294–297, doi:10.1109/9.250476)
  /// for this update as Gauss–Newton.
  ///
  /// - Parameters:
  ///   - start: The solution of a model with the same prior that differs in the sources' deviations at most.
  ///   - tolerance: The move of a log level at which the search ends.
  ///   - forCovariances: Whether covariances will be read off; otherwise each is computed from scratch.
  /// - Throws: ``LinearAlgebraError`` if S is not positive definite, which a positive error variance prevents.
  init(
    _ model: HistoryModel, prior: HistoryPrior, inflation: [Double] = [],
    startingAt start: HistoryPosterior? = nil, tolerance: Double = 1e-9, forCovariances: Bool = true
  ) throws(LinearAlgebraError) {
    let n = model.variables.count
    let k = start?.covariance(for: model) ?? model.covariance(prior)
    let errors = model.errorVariances(inflation: inflation)
    var dual = [Double](repeating: 0, count: n)  // g with z − m = K g
    if let start { for i in 0..<min(n, start.dual.count) { dual[i] = start.dual[i] } }
    var deviation = k * dual  // z − m
    var cost = Self.cost(model, deviation, dual, errors)
    var rounds = 0
    while true {
      rounds += 1
      let linear = model.linearised(at: Self.sum(model.mean, deviation))
      let kh = linear.times(k)
      var s = linear.sandwich(kh)
      for i in errors.indices { s[i, i] += errors[i] }
      let factor = try CholeskyFactorization(s)
      let a = factor.solve(linear.working)
      let newDual = linear.transposeTimes(a, count: n)
      let newDeviation = kh * a
      var step = 1.0
      var moved = 0.0
      var accepted = false
      while step > 1e-4 {
        let trialDeviation = Self.blend(deviation, newDeviation, step)
        let trialDual = Self.blend(dual, newDual, step)
        let trialCost = Self.cost(model, trialDeviation, trialDual, errors)
        // Near the optimum the cost no longer resolves a step; one that loses nothing visible is taken.
        if trialCost <= cost + 1e-9 * max(1, abs(cost)) {
          moved = zip(trialDeviation, deviation).reduce(0) { max($0, abs($1.0 - $1.1)) }
          (deviation, dual, cost) = (trialDeviation, trialDual, trialCost)
          accepted = true
          break
        }
        step /= 2
      }
      if !accepted || moved < tolerance || model.isLinear || rounds == 50 {
        mode = Self.sum(model.mean, deviation)
        self.dual = dual
        pull = a
        misfit = zip(a, linear.working).reduce(0) { $0 + $1.0 * $1.1 }
        marginal = factor
        covariance = k
        self.linear = linear
        self.kh = kh
        whitened = forCovariances ? factor.solveLower(kh.transposed()) : nil
        self.rounds = rounds
        return
      }
    }
  }

  /// The facts in their linear form at the mode: the covariance that the prior gives them, errors left out, and y − H m.
  var linearForm: (signal: Matrix, working: [Double]) { (linear.sandwich(kh), linear.working) }

  /// The prior covariance of a model with the same months, but perhaps with other sources set free.
  private func covariance(for model: HistoryModel) -> Matrix? {
    let n = model.variables.count
    let months = model.variables.prefix { if case .month = $0 { true } else { false } }.count
    guard months <= covariance.rows, model.effects.isEmpty else { return nil }
    if months == n, n == covariance.rows { return covariance }
    let known = covariance.elements
    var k = [Double](repeating: 0, count: n * n)
    for j in 0..<months {
      for i in 0..<months { k[i + j * n] = known[i + j * covariance.rows] }
    }
    for j in months..<n { k[j + j * n] = model.sourceVariance(j) }
    return Matrix(rows: n, columns: n, elements: k)
  }

  /// Posterior covariance of the given variables.
  func covariance(of variables: [Int]) -> Matrix {
    let whitened = whitened ?? marginal.solveLower(kh.transposed())
    let count = variables.count
    var c = Matrix(rows: count, columns: count)
    let columns = variables.map { whitened.column($0) }
    for j in 0..<count {
      for i in 0...j {
        var dot = 0.0
        for row in 0..<whitened.rows { dot += columns[i][row] * columns[j][row] }
        let value = covariance[variables[i], variables[j]] - dot
        c[i, j] = value
        c[j, i] = value
      }
    }
    for i in 0..<count { c[i, i] = max(c[i, i], 0) }
    return c
  }

  /// What independent draws of the given variables are multiplied by.
  func drawingFactor(of variables: [Int]) -> DrawingFactor {
    var c = covariance(of: variables)
    // Months known exactly have no variance; this little keeps the factorisation and is not seen in any digit.
    for i in variables.indices { c[i, i] += 1e-12 }
    return DrawingFactor(c)
  }

  /// Posterior standard deviation of one variable.
  func standardDeviation(of variable: Int) -> Double {
    let whitened = whitened ?? marginal.solveLower(kh.transposed())
    var variance = covariance[variable, variable]
    for row in 0..<whitened.rows { variance -= whitened[row, variable] * whitened[row, variable] }
    return max(variance, 0).squareRoot()
  }

  private static func sum(_ a: [Double], _ b: [Double]) -> [Double] { a.indices.map { a[$0] + b[$0] } }

  private static func blend(_ a: [Double], _ b: [Double], _ step: Double) -> [Double] {
    a.indices.map { a[$0] + step * (b[$0] - a[$0]) }
  }

  /// Half the penalty of the prior plus half the weighted squares of what the facts are missed by.
  private static func cost(
    _ model: HistoryModel, _ deviation: [Double], _ dual: [Double], _ errors: [Double]
  ) -> Double {
    let z = model.levels(at: sum(model.mean, deviation))
    var total = zip(deviation, dual).reduce(0) { $0 + $1.0 * $1.1 }
    for (i, observation) in model.observations.enumerated() {
      let miss = observation.value - observation.predicted(at: z)
      total += miss * miss / errors[i]
    }
    return total.isNaN ? .infinity : total / 2
  }
}
