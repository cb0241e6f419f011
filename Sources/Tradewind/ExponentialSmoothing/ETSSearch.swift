import RealModule

/// The least-squares search for the parameters and initial states of one form.
///
/// With S = Σ e² and G the geometric mean of f, −2 log L is n log S + 2 Σ log f = n log(S G²) up to a constant, the sum of
/// squares of rₜ = eₜ G (G = 1 for additive errors). So Levenberg's and Marquardt's method applies as it is. The general
/// driver in TradewindNumerics reduces J by QR at each step; here the columns are few and well scaled, J is made four
/// columns at a time beside the residuals, and J′J with a small Cholesky costs a fraction of that.
struct ETSSearch {
  let form: ETS.Form
  let period: Int
  let region: ETS.Region
  let isRelative: Bool
  let freeStates: Bool
  /// How strongly the initial slope and seasons are held: errors of one innovation's standard deviation, times this.
  let penalty: (slope: Double, season: Double)?
  private let fixed: ETS.Parameters
  private let centre: ETS.State
  private let observed: Double
  private var kernel: ETSKernel

  // The point, its objective, J′J and J′r; the same of a trial.
  private(set) var x: [Double]
  private(set) var value = Double.infinity
  private var normal: [Double]
  private var gradient: [Double]
  private var trial: [Double]
  private var trialNormal: [Double]
  private var trialGradient: [Double]
  private var lower: [Double]
  private var upper: [Double]
  private var scales: [Double]
  private var free: [Int] = []
  private var factor: [Double]
  private var delta: [Double]
  /// The free coordinates that a step leaves inside the box, and their step.
  private var active: [Int] = []
  private var solution: [Double]
  private(set) var evaluations = 0
  private(set) var hasConverged = false

  init(
    y: [Double], form: ETS.Form, period: Int, region: ETS.Region, objective: ETS.Objective,
    fixed: ETS.Parameters, states: ETS.State, freeStates: Bool, penalty: (slope: Double, season: Double)?
  ) {
    self.form = form
    self.period = form.isSeasonal ? period : 0
    self.region = region
    self.fixed = fixed
    self.freeStates = freeStates
    self.penalty = freeStates ? penalty : nil
    isRelative = form.error == .multiplicative && objective == .likelihood
    centre = states
    observed = Double(y.count { !$0.isNaN })
    kernel = ETSKernel(y: y, period: period, isSeasonal: form.isSeasonal, freeStates: freeStates)
    let side = 4 * kernel.lanes
    x = [Double](repeating: 0, count: side)
    (trial, gradient, trialGradient, lower, upper, scales, delta) = (x, x, x, x, x, x, x)
    solution = x
    normal = [Double](repeating: 0, count: side * side)
    (trialNormal, factor) = (normal, normal)
    setBounds()
    if freeStates {
      x[4] = states.level
      x[5] = states.slope ?? 0
      for j in 0..<max(0, self.period - 1) { x[6 + j] = states.seasonal[j] }
    }
  }

  /// Whether β and γ are searched for as parts of α and of 1 − α.
  private var isNested: Bool { region == .usual }

  private mutating func setBounds() {
    let (least, most) = (1e-4, 0.9999)
    let isWide = region == .admissible
    lower[0] = fixed.alpha ?? max(isWide ? 1e-4 : least, isWide ? 0 : fixed.beta ?? 0)
    upper[0] = fixed.alpha ?? max(lower[0], isWide ? 1.9999 : min(most, 1 - (fixed.gamma ?? 0)))
    if form.hasTrend, fixed.beta == nil { (lower[1], upper[1]) = (least, isWide ? 3.9999 : most) }
    if form.isSeasonal, fixed.gamma == nil { (lower[2], upper[2]) = (least, isWide ? 1.9999 : most) }
    if form.trend.isDamped {
      lower[3] = fixed.phi ?? 0.8
      upper[3] = fixed.phi ?? 0.98
    }
    guard freeStates else { return }
    (lower[4], upper[4]) = (-.infinity, .infinity)
    if form.hasTrend { (lower[5], upper[5]) = (-.infinity, .infinity) }
    for j in 0..<max(0, period - 1) { (lower[6 + j], upper[6 + j]) = (-.infinity, .infinity) }
  }

  /// The model's own parameters at a point.
  private func point(at x: [Double]) -> ETSPoint {
    var p = ETSPoint()
    p.alpha = x[0]
    if lower[0] < upper[0] { p.alphaSeed[0] = 1 }
    if form.hasTrend {
      p.beta = fixed.beta ?? (isNested ? x[0] * x[1] : x[1])
      if fixed.beta == nil {
        p.betaSeed[1] = isNested ? x[0] : 1
        if isNested { p.betaSeed[0] = x[1] * p.alphaSeed[0] }
      }
      if form.trend.isDamped {
        p.phi = x[3]
        p.phiSeed[3] = 1
      }
    }
    if form.isSeasonal {
      p.gamma = fixed.gamma ?? (isNested ? (1 - x[0]) * x[2] : x[2])
      if fixed.gamma == nil {
        p.gammaSeed[2] = isNested ? 1 - x[0] : 1
        if isNested { p.gammaSeed[0] = -x[2] * p.alphaSeed[0] }
      }
    }
    p.level = freeStates ? x[4] : centre.level
    p.slope = freeStates && form.hasTrend ? x[5] : centre.slope ?? 0
    return p
  }

  private func seasons(at x: [Double], into seasonal: inout [Double]) {
    guard period > 0 else { return }
    guard freeStates else {
      for j in 0..<period { seasonal[j] = centre.seasonal[j] }
      return
    }
    // Whatever the heuristic seasons add up to, the free ones do too.
    var last = form.season == .multiplicative ? Double(period) : 0
    for j in 0..<period - 1 {
      seasonal[j] = x[6 + j]
      last -= x[6 + j]
    }
    seasonal[period - 1] = last
  }

  /// The objective at the trial point, with J′J and J′r; infinite where it is not defined.
  private mutating func evaluateTrial() -> Double {
    evaluations += 1
    let p = point(at: trial)
    if region == .admissible,
      !isStable(form: form, alpha: p.alpha, beta: p.beta, gamma: p.gamma, phi: p.phi, period: period)
    {
      return .infinity
    }
    seasons(at: trial, into: &kernel.seasonal)
    if form.season == .multiplicative, !kernel.seasonal.allSatisfy({ $0 > 0 }) { return .infinity }
    let pass = kernel.run(form, relative: isRelative, p)
    guard pass.isDefined else { return .infinity }
    for i in trialNormal.indices { trialNormal[i] = 0 }
    for i in trialGradient.indices { trialGradient[i] = 0 }
    kernel.accumulate(gram: &trialNormal, gradient: &trialGradient)
    let sum = pass.sumOfSquares + addPenalty(p)
    guard isRelative else { return sum }
    // r = eG and ∂r = G (∂e + e ∂log G).
    let side = 4 * kernel.lanes
    let scale = Double.exp(2 * pass.logScale / observed)
    for j in 0..<side {
      let cj = kernel.logGradient[j / 4][j % 4] / observed
      for i in j..<side {
        let ci = kernel.logGradient[i / 4][i % 4] / observed
        let cross = trialGradient[i] * cj + trialGradient[j] * ci + sum * ci * cj
        trialNormal[i + j * side] = scale * (trialNormal[i + j * side] + cross)
      }
    }
    for j in 0..<side {
      trialGradient[j] = scale * (trialGradient[j] + sum * kernel.logGradient[j / 4][j % 4] / observed)
    }
    return scale * sum
  }

  /// Σ (w · (state − heuristic state))², added to J′J and J′r. In units of the innovation: y's for additive errors, a part
  /// of the level for multiplicative ones. The heuristic level is the unit of conversion, so that the weights are constant.
  private mutating func addPenalty(_ p: ETSPoint) -> Double {
    guard let penalty else { return 0 }
    let side = 4 * kernel.lanes
    let level = max(abs(centre.level), 1e-3)
    var sum = 0.0
    func weight(_ held: Double, isRatio: Bool) -> Double {
      isRelative ? (isRatio ? held : held / level) : (isRatio ? held * level : held)
    }
    if form.hasTrend {
      let w = weight(penalty.slope, isRatio: form.trend.isMultiplicative)
      let difference = w * (trial[5] - (centre.slope ?? 0))
      sum += difference * difference
      trialNormal[5 + 5 * side] += w * w
      trialGradient[5] += w * difference
    }
    guard period > 0 else { return sum }
    let w = weight(penalty.season, isRatio: form.season == .multiplicative)
    var last = form.season == .multiplicative ? Double(period) : 0
    for j in 0..<period - 1 { last -= trial[6 + j] }
    let lastDifference = w * (last - centre.seasonal[period - 1])
    sum += lastDifference * lastDifference
    for j in 0..<period - 1 {
      let difference = w * (trial[6 + j] - centre.seasonal[j])
      sum += difference * difference
      trialGradient[6 + j] += w * (difference - lastDifference)
      for i in j..<period - 1 { trialNormal[6 + i + (6 + j) * side] += i == j ? 2 * w * w : w * w }
    }
    return sum
  }

  private mutating func acceptTrial(_ trialValue: Double) {
    swap(&x, &trial)
    swap(&normal, &trialNormal)
    swap(&gradient, &trialGradient)
    value = trialValue
    let side = x.count
    free.removeAll(keepingCapacity: true)
    for i in 0..<side {
      scales[i] = max(scales[i], normal[i + i * side])
      let isPressed = (x[i] <= lower[i] && gradient[i] >= 0) || (x[i] >= upper[i] && gradient[i] <= 0)
      if lower[i] < upper[i], !isPressed, normal[i + i * side] > 0 { free.append(i) }
    }
  }

  /// Starts at smoothing parameters α, β/α, γ/(1 − α), φ and the states where the search stands.
  ///
  /// - Returns: Whether the objective is defined there.
  mutating func start(alpha: Double, slope: Double, season: Double, phi: Double) -> Bool {
    let part = [alpha, isNested ? slope : slope * alpha, isNested ? season : season * (1 - alpha), phi]
    for i in x.indices {
      trial[i] = i < 4 ? min(max(part[i], lower[i]), upper[i]) : x[i]
      scales[i] = 0
    }
    hasConverged = false
    var first = evaluateTrial()
    // Seasons and slopes that make f negative somewhere: weaker ones.
    for _ in 0..<6 where !first.isFinite && freeStates {
      let neutralSeason = form.season == .multiplicative ? 1.0 : 0
      let neutralSlope = form.trend.isMultiplicative ? 1.0 : 0
      trial[5] = form.hasTrend ? (trial[5] + neutralSlope) / 2 : 0
      for j in 0..<max(0, period - 1) { trial[6 + j] = (trial[6 + j] + neutralSeason) / 2 }
      first = evaluateTrial()
    }
    guard first.isFinite else { return false }
    acceptTrial(first)
    return true
  }

  private var mu = 1e-3
  private var growth = 2.0

  /// Goes on until the objective, n log S, promises to fall by less than `tolerance`, or for a number of steps.
  mutating func run(tolerance: Double, steps: Int) {
    guard value.isFinite else { return }
    (mu, growth) = (1e-3, 2)
    for _ in 0..<steps where !hasConverged {
      guard value > 0, !free.isEmpty else { break }
      guard let predicted = proposeTrial() else {
        mu *= growth
        growth *= 2
        if mu > 1e12 {
          hasConverged = true
          break
        }
        continue
      }
      if observed * predicted <= tolerance * value || trial == x {
        hasConverged = true
        break
      }
      let trialValue = evaluateTrial()
      let actual = value - trialValue
      guard actual > 0 else {
        mu *= growth
        growth *= 2
        if mu > 1e12 { hasConverged = true }
        continue
      }
      let ratio = 2 * min(actual / predicted, 1e6) - 1
      mu *= max(1.0 / 3, 1 - ratio * ratio * ratio)
      growth = 2
      acceptTrial(trialValue)
    }
    if free.isEmpty || value == 0 { hasConverged = true }
  }

  /// The trial point and the decrease that the linear model promises there; nil if J′J + μD has no Cholesky factor or
  /// nothing is promised. Coordinates that a step would carry out of the box go to its side, and the others' step is
  /// computed again with them there.
  private mutating func proposeTrial() -> Double? {
    for i in trial.indices {
      trial[i] = x[i]
      delta[i] = 0
    }
    active = free
    var rounds = 0
    while !active.isEmpty {
      guard factorise() else { return nil }
      solve()
      rounds += 1
      var isCut = false
      for (a, i) in active.enumerated() where !(lower[i]...upper[i]).contains(x[i] + solution[a]) {
        delta[i] = (solution[a] < 0 ? lower[i] : upper[i]) - x[i]
        isCut = true
      }
      if !isCut || rounds == 4 {
        for (a, i) in active.enumerated() {
          delta[i] = min(max(solution[a], lower[i] - x[i]), upper[i] - x[i])
        }
        break
      }
      active.removeAll { x[$0] + delta[$0] == lower[$0] || x[$0] + delta[$0] == upper[$0] || delta[$0] != 0 }
    }
    let side = x.count
    var predicted = 0.0
    for i in free {
      var product = 0.0
      for j in free { product += normal[max(i, j) + min(i, j) * side] * delta[j] }
      predicted -= delta[i] * (2 * gradient[i] + product)
      trial[i] = min(max(x[i] + delta[i], lower[i]), upper[i])
    }
    return predicted > 0 ? predicted : nil
  }

  /// The active coordinates' step, given where the others go.
  private mutating func solve() {
    let k = active.count
    let side = x.count
    for (a, i) in active.enumerated() {
      var sum = -gradient[i]
      for j in free where delta[j] != 0 { sum -= normal[max(i, j) + min(i, j) * side] * delta[j] }
      for b in 0..<a { sum -= factor[a * k + b] * solution[b] }
      solution[a] = sum / factor[a * k + a]
    }
    for a in (0..<k).reversed() {
      var sum = solution[a]
      for b in a + 1..<max(a + 1, k) { sum -= factor[b * k + a] * solution[b] }
      solution[a] = sum / factor[a * k + a]
    }
  }

  /// Cholesky, row by row: L of J′J + μD over the active coordinates.
  private mutating func factorise() -> Bool {
    let k = active.count
    let side = x.count
    let (mu, free, scales, matrix) = (self.mu, active, self.scales, normal)
    let a = matrix.span
    var l = factor.mutableSpan
    for i in 0..<k {
      for j in 0...i {
        var sum = a[free[i] + free[j] * side]
        if i == j { sum += mu * scales[free[i]] }
        for c in 0..<j { sum -= l[i * k + c] * l[j * k + c] }
        if i == j {
          guard sum > 0 else { return false }
          l[i * k + i] = sum.squareRoot()
        } else {
          l[i * k + j] = sum / l[j * k + j]
        }
      }
    }
    return true
  }

  /// Where the search stands, in the model's terms.
  var parameters: ETS.Parameters {
    let p = point(at: x)
    return ETS.Parameters(
      alpha: p.alpha, beta: form.hasTrend ? p.beta : nil, gamma: form.isSeasonal ? p.gamma : nil,
      phi: form.trend.isDamped ? p.phi : nil)
  }

  var state: ETS.State {
    guard freeStates else { return centre }
    var seasonal = [Double](repeating: 0, count: period)
    seasons(at: x, into: &seasonal)
    return ETS.State(level: x[4], slope: form.hasTrend ? x[5] : nil, seasonal: seasonal)
  }
}
