import RealModule
import Tradewind
import TradewindNumerics

/// Draws the levels of all parts for given levels of their whole, at one value of the scales.
///
/// Each draw is the solution of its own small problem (randomised maximum likelihood; Oliver, Reynolds & Liu 2008, *Inverse
/// Theory for Petroleum Reservoir Characterization and History Matching*, §10.4): log shares η* are drawn from the prior,
/// every figure is moved within its rounding, and η = η* + KH′a is found for which a = R⁻¹(y − f(η)). For linear figures this
/// draws exactly from the posterior. H and S = HKH′ + R are those at the most probable shares; the solution of the
/// linear problem is the start, and from there a step costs one solution with S and the shares' sums anew, until every
/// figure is met. Parts are at last the whole times shares that sum to one, so they add up whether or not all figures
/// could be met.
struct ShareSampler {
  /// Steps after which a draw is taken as it is.
  private static let mostSteps = 20

  private let months: Int
  private let parts: Int
  /// The place (part, then month) of each of the model's variables.
  private let places: [Int]
  /// The variables of each month with trade.
  private let members: [(month: Int, variables: [Int])]
  private let centre: [Double]
  /// The root of the prior covariance of one part, rows one after another.
  private let root: [Double]
  /// H at the most probable shares, and what it leaves of the figures there: f(η̂) − H η̂.
  private let rows: [[(variable: Int, weight: Double)]]
  private let constant: [Double]
  private let observations: [Observation]
  /// The months of a share's whole, empty for other figures.
  private let shareMonths: [Range<Int>]
  private let errors: [Double]
  /// What a figure may be missed by.
  private let tolerance: [Double]
  /// How far a figure may lie from what is stated.
  private let rounding: [Double]

  // One draw.
  private var shares: [Double]
  private var start: [Double]
  private var levels: [Double]
  private var noise: [Double]
  private var pull: [Double]
  private var trial: [Double]
  private var target: [Double]
  private var offset: [Double]
  private var chord: ChordStep

  init(_ parts: PartsModel, node: Int) throws(LinearAlgebraError) {
    let model = parts.facts.model
    let (posterior, prior, _) = parts.nodes[node]
    months = parts.whole.count
    self.parts = parts.series.count
    let first = parts.selection.months.lowerBound
    let count = months
    places = model.variables.map { variable in
      if case .month(let block, let ordinal) = variable { block * count + ordinal - first } else { 0 }
    }
    members = zip(model.compositions, parts.whole.indices.filter { parts.whole[$0].isFinite }).map {
      ($1, $0.members)
    }
    centre = model.mean
    var single = HistoryModel()
    for month in 0..<months { _ = single.position(of: .month(block: 0, ordinal: first + month)) }
    let factor = try CholeskyFactorization(single.covariance(prior))
    root = factor.lower.transposed().elements
    let linear = model.linearised(at: posterior.mode)
    rows = linear.rows
    // The working values are y − f(η̂) + H(η̂ − m).
    constant = linear.rows.indices.map { i in
      let shift = linear.rows[i].reduce(0) { $0 + $1.weight * model.mean[$1.variable] }
      return model.observations[i].value - linear.working[i] - shift
    }
    chord = ChordStep(posterior, linear)
    self.observations = model.observations
    shareMonths = parts.facts.facts.map { fact in
      fact.measure == .share
        ? fact.period.ordinals.lowerBound - first..<fact.period.ordinals.upperBound - first + 1 : 0..<0
    }
    errors = model.errorVariances(inflation: parts.inflation)
    tolerance = errors.map { max(0.05 * $0.squareRoot(), 1e-6) }
    let variances = zip(model.observations, parts.inflation).map { $0.variance + $1 }
    rounding = variances.map { (3 * $0).squareRoot() }
    let (n, m) = (model.variables.count, observations.count)
    shares = [Double](repeating: 0, count: n)
    (start, levels) = (shares, shares)
    noise = [Double](repeating: 0, count: months * self.parts)
    pull = [Double](repeating: 0, count: m)
    (trial, target, offset) = (pull, pull, pull)
  }

  /// New noise for a pair of draws.
  mutating func renew(_ generator: inout SeededGenerator) {
    for i in noise.indices { noise[i] = generator.nextNormal() }
  }

  /// One draw.
  ///
  /// - Parameters:
  ///   - sign: 1 or −1, to use the noise twice.
  ///   - whole: The whole's log levels; −∞ without trade.
  ///   - result: The levels by part, then month, written from `position` on.
  /// - Returns: Whether all figures were met.
  mutating func draw(
    sign: Double, whole: ArraySlice<Double>, using generator: inout SeededGenerator,
    into result: inout [Double],
    at position: Int
  ) -> Bool {
    let base = whole.startIndex
    drawStart(sign)
    for i in observations.indices {
      target[i] = observations[i].value + rounding[i] * (2 * generator.nextUniform() - 1)
      offset[i] = observations[i].offset
      if !shareMonths[i].isEmpty {
        var sum = 0.0
        for t in shareMonths[i] { sum += .exp(whole[base + t]) }
        offset[i] = -.log(sum)
      }
      pull[i] = 0
    }
    let isMet = solve(whole)
    for i in 0..<months * parts { result[position + i] = 0 }
    for v in levels.indices { result[position + places[v]] = levels[v] }
    return isMet
  }

  /// η* from the prior: each part's months through the root of their covariance.
  private mutating func drawStart(_ sign: Double) {
    for v in start.indices {
      let place = places[v]
      let (first, month) = (place - place % months, place % months)
      var sum = 0.0
      for t in 0...month { sum += root[month * months + t] * noise[first + t] }
      start[v] = centre[v] + sign * sum
    }
  }

  /// Steps towards the pull that meets all figures, halved where they lead away.
  private mutating func solve(_ whole: ArraySlice<Double>) -> Bool {
    if observations.isEmpty {
      _ = evaluate(pull, whole)
      return true
    }
    for i in chord.miss.indices {
      var predicted = constant[i]
      for (v, weight) in rows[i] { predicted += weight * start[v] }
      chord.miss[i] = target[i] - predicted
    }
    chord.solve()
    for i in pull.indices { pull[i] = chord.step[i] }
    var worst = evaluate(pull, whole)
    var length = 1.0
    chord.solve()
    for _ in 0..<Self.mostSteps {
      if worst <= 1 { return true }
      for i in pull.indices { trial[i] = pull[i] + length * chord.step[i] }
      let reached = evaluate(trial, whole)
      if reached < worst || length < 0.1 {
        for i in pull.indices { pull[i] = trial[i] }
        worst = reached
        length = min(1, 2 * length)
        chord.solve()
      } else {
        length /= 2
      }
    }
    _ = evaluate(pull, whole)
    return worst <= 1
  }

  /// Levels and misses at a pull; the largest miss in units of what is allowed.
  private mutating func evaluate(_ a: [Double], _ whole: ArraySlice<Double>) -> Double {
    let m = a.count
    for v in shares.indices {
      shares[v] = start[v] + chord.moved(v, by: a)
    }
    for (month, variables) in members {
      var largest = -Double.infinity
      for v in variables { largest = max(largest, shares[v]) }
      var total = 0.0
      for v in variables {
        levels[v] = .exp(shares[v] - largest)
        total += levels[v]
      }
      let scale = Double.exp(whole[whole.startIndex + month]) / total
      for v in variables { levels[v] *= scale }
    }
    var worst = 0.0
    for i in 0..<m {
      let predicted = observations[i].predicted(byLevels: levels, offset: offset[i])
      chord.miss[i] = target[i] - predicted - errors[i] * a[i]
      let size = abs(chord.miss[i]) / tolerance[i]
      worst = size.isNaN ? .infinity : max(worst, size)
    }
    return worst
  }
}

extension Observation {
  /// The value predicted by levels, not by their logarithms.
  func predicted(byLevels levels: [Double], offset: Double) -> Double {
    var top = 0.0
    for v in numerator { top += levels[v] }
    var bottom = 0.0
    for v in denominator { bottom += levels[v] }
    switch form {
    case .logRatio:
      let least = Double.leastNormalMagnitude
      return .log(max(top, least)) - (denominator.isEmpty ? 0 : .log(max(bottom, least))) + offset
    case .difference(let scale):
      return (top - bottom) / scale
    }
  }
}
