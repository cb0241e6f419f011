import RealModule

/// The least-squares search for the parameters and initial states of one form.
///
/// With S = Σ e² and G the geometric mean of f, −2 log L is n log S + 2 Σ log f = n log(S G²) up to a constant, the sum of
/// squares of rₜ = eₜ G (G = 1 for additive errors). So Levenberg's and Marquardt's method applies as it is. The general
/// driver in TradewindNumerics reduces J by QR at each step; here the columns are few and well scaled, J is made four
/// columns at a time beside the residuals, and J′J with a small Cholesky costs a fraction of that.
///
/// This file holds where the search stands; `+Objective` the objective and its derivatives there, `+Steps` how it moves and
/// `+Factor` the equations for that.
struct ETSSearch {
  let form: ETS.Form
  let period: Int
  let region: ETS.Region
  let objective: ETS.Objective
  let freeStates: Bool
  /// What holds states and parameters; nil for none.
  let shrinkage: ETS.Shrinkage?
  let columns: ETSColumns
  /// The parameters' priors by column.
  private(set) var priors: [(column: Int, prior: ETS.Shrinkage.Prior)] = []
  private let fixed: ETS.Parameters
  let centre: ETS.State
  let observed: Double
  var kernel: ETSKernel

  // The point, its objective, J′J by columns of lanes, and J′r.
  var x: [Double]
  var value = Double.infinity
  /// −2 log L at the point, without the penalties, if the objective is the likelihood.
  var minusTwoLogLikelihood = Double.infinity
  var normal: [Lane]
  var gradient: [Lane]
  var trial: [Double]
  var trialPass = ETSKernel.Pass()
  /// What the states' penalty was at the last trial point.
  var lastStatePenalty = 0.0
  /// Of absolute errors: their mean where the search began, and over how much of it |e| is rounded off at zero.
  var errorSize: Double?
  var smoothing = 0.1
  var lower: [Double]
  var upper: [Double]
  var scales: [Double]
  var isFree: [Bool]
  // Of a step: the coordinates it is for (as ones among zeros too), its Cholesky factor, the right side and solution, and the step itself.
  var isActive: [Bool]
  var mask: [Lane]
  var factor: [Lane]
  var solution: [Lane]
  var delta: [Double]
  var mu = 1e-3
  var growth = 2.0
  var evaluations = 0
  var hasConverged = false

  init(
    y: [Double], form: ETS.Form, period: Int, region: ETS.Region, objective: ETS.Objective,
    fixed: ETS.Parameters, states: ETS.State, freeStates: Bool, shrinkage: ETS.Shrinkage?
  ) {
    self.form = form
    self.period = form.isSeasonal ? period : 0
    self.region = region
    self.objective = objective
    self.fixed = fixed
    self.freeStates = freeStates
    self.shrinkage = freeStates ? shrinkage : nil
    centre = states
    observed = Double(y.count { !$0.isNaN })
    columns = ETSColumns(form: form, period: period, freeStates: freeStates)
    var steps = 1
    if case .averageMeanSquaredError(let horizon) = objective { steps = horizon }
    kernel = ETSKernel(y: y, period: self.period, columns: columns, errorsPerPeriod: steps)
    let lanes = columns.lanes
    x = [Double](repeating: 0, count: 4 * lanes)
    (trial, lower, upper, scales, delta) = (x, x, x, x, x)
    isFree = [Bool](repeating: false, count: 4 * lanes)
    isActive = isFree
    gradient = [Lane](repeating: Lane(), count: lanes)
    (solution, mask) = (gradient, gradient)
    normal = [Lane](repeating: Lane(), count: 4 * lanes * lanes)
    factor = normal
    setBounds()
    if let shrinkage = self.shrinkage {
      for (column, prior) in [
        (columns.alpha, shrinkage.alpha), (columns.beta, shrinkage.beta), (columns.gamma, shrinkage.gamma),
        (columns.phi, shrinkage.phi),
      ] {
        if let column, let prior, lower[column] < upper[column] { priors.append((column, prior)) }
      }
    }
    if let level = columns.level { x[level] = states.level }
    if let slope = columns.slope { x[slope] = states.slope ?? 0 }
    for (j, column) in columns.seasons.enumerated() { x[column] = states.seasonal[j] }
  }

  /// Whether errors are relative and the objective is their likelihood.
  var isRelative: Bool { form.error == .multiplicative && objective == .likelihood }

  /// Whether β and γ are searched for as parts of α and of 1 − α.
  var isNested: Bool { region == .usual }

  private mutating func setBounds() {
    let (least, most) = (1e-4, 0.9999)
    let isWide = region == .admissible
    lower[0] = fixed.alpha ?? max(least, isWide ? 0 : fixed.beta ?? 0)
    upper[0] = fixed.alpha ?? max(lower[0], isWide ? 1.9999 : min(most, 1 - (fixed.gamma ?? 0)))
    if let beta = columns.beta, fixed.beta == nil {
      (lower[beta], upper[beta]) = (least, isWide ? 3.9999 : most)
    }
    if let gamma = columns.gamma, fixed.gamma == nil {
      (lower[gamma], upper[gamma]) = (least, isWide ? 1.9999 : most)
    }
    if let phi = columns.phi { (lower[phi], upper[phi]) = (fixed.phi ?? 0.8, fixed.phi ?? 0.98) }
    guard let level = columns.level else { return }
    for column in level..<columns.count { (lower[column], upper[column]) = (-.infinity, .infinity) }
  }

  /// The model's own parameters at a point.
  func point(at x: [Double]) -> ETSPoint {
    var p = ETSPoint()
    p.alpha = x[0]
    if lower[0] < upper[0] { p.alphaSeed[0] = 1 }
    if let column = columns.beta {
      p.beta = fixed.beta ?? (isNested ? x[0] * x[column] : x[column])
      if fixed.beta == nil {
        p.betaSeed[column] = isNested ? x[0] : 1
        if isNested { p.betaSeed[0] = x[column] * p.alphaSeed[0] }
      }
    }
    if let column = columns.phi {
      p.phi = x[column]
      p.phiSeed[column] = 1
    }
    if let column = columns.gamma {
      p.gamma = fixed.gamma ?? (isNested ? (1 - x[0]) * x[column] : x[column])
      if fixed.gamma == nil {
        p.gammaSeed[column] = isNested ? 1 - x[0] : 1
        if isNested { p.gammaSeed[0] = -x[column] * p.alphaSeed[0] }
      }
    }
    p.level = columns.level.map { x[$0] } ?? centre.level
    p.slope = columns.slope.map { x[$0] } ?? centre.slope ?? 0
    return p
  }

  /// The kernel's initial seasons at the trial point.
  mutating func placeTrialSeasons() {
    guard period > 0 else { return }
    guard freeStates else {
      for j in 0..<period { kernel.seasonal[j] = centre.seasonal[j] }
      return
    }
    for (j, column) in columns.seasons.enumerated() { kernel.seasonal[j] = trial[column] }
    kernel.seasonal[period - 1] = lastSeason(at: trial)
  }

  /// Free seasons add up to 0, or to their number where they multiply.
  func lastSeason(at x: [Double]) -> Double {
    var last = form.season == .multiplicative ? Double(period) : 0
    for column in columns.seasons { last -= x[column] }
    return last
  }

  /// Where the search stands, in the model's terms.
  var parameters: ETS.Parameters {
    let p = point(at: x)
    return ETS.Parameters(
      alpha: p.alpha, beta: form.hasTrend ? p.beta : nil, gamma: form.isSeasonal ? p.gamma : nil,
      phi: form.trend.isDamped ? p.phi : nil)
  }

  var state: ETS.State {
    guard let level = columns.level else { return centre }
    let seasonal = period > 0 ? columns.seasons.map { x[$0] } + [lastSeason(at: x)] : []
    return ETS.State(level: x[level], slope: columns.slope.map { x[$0] }, seasonal: seasonal)
  }
}
