import RealModule
import TradewindNumerics

/// The Gaussian model of one or several series' log levels, with the facts as observations.
///
/// The unknowns are the months of each series (a *block*), and one deviation for each source that measures something
/// slightly different. Blocks are independent a priori and share one ``HistoryPrior``; facts that name several series
/// (shares) tie them together.
struct HistoryModel {
  /// One unknown.
  enum Variable: Hashable {
    case month(block: Int, ordinal: Int)
    case sourceEffect(Int)
  }

  /// Standard deviation of a deviating source's own level, in logarithms, unless it is seen to deviate by more.
  static let sourceSpread = 0.05
  /// Relative error that is always assumed: digits beyond the fifth are not information about trade.
  static let smallestError = 1e-5

  var variables: [Variable] = []
  /// Prior mean of each variable.
  var mean: [Double] = []
  var observations: [Observation] = []
  /// Wholes and the variables that share them out, a whole's own before those of its parts.
  var compositions: [Composition] = []
  /// Known effects with unknown size: a column over the variables, and the size's prior standard deviation.
  var effects: [(column: [Double], spread: Double)] = []
  /// Standard deviations of the deviating sources' own levels.
  var sourceSpreads: [Int: Double] = [:]
  private var positions: [Variable: Int] = [:]

  /// The variable's position, added with the given prior mean if it is new.
  mutating func position(of variable: Variable, mean newMean: Double = 0) -> Int {
    if let known = positions[variable] { return known }
    positions[variable] = variables.count
    variables.append(variable)
    mean.append(newMean)
    return variables.count - 1
  }

  func position(ifKnown variable: Variable) -> Int? { positions[variable] }

  /// How many months a level of their own is stated for.
  var singlyKnownMonths: Int {
    Set(observations.filter { $0.denominator.isEmpty && $0.numerator.count == 1 }.flatMap(\.numerator)).count
  }

  /// Whether every observation is linear, so that one Gauss–Newton step is exact.
  var isLinear: Bool {
    compositions.isEmpty
      && observations.allSatisfy { observation in
        if case .logRatio = observation.form {
          return observation.numerator.count == 1 && observation.denominator.count <= 1
        }
        return false
      }
  }

  /// The parts of the prior covariance over all variables, which ``HistoryPrior`` scales and adds.
  enum Component {
    /// Everything that does not depend on the scales: origin, drift, effects, sources.
    case fixed(origin: Double, drift: Double)
    case walk
    case irregular
    case seasonal(memory: Double)
  }

  /// One component of the prior covariance.
  func covariance(_ component: Component) -> Matrix {
    let n = variables.count
    var k = [Double](repeating: 0, count: n * n)
    let months = variables.map { variable -> (block: Int, ordinal: Int)? in
      if case .month(let block, let ordinal) = variable { (block, ordinal) } else { nil }
    }
    let ordinals = months.compactMap { $0?.ordinal }
    let first = ordinals.min() ?? 0
    let last = ordinals.max() ?? 0
    let centre = Double(last + first) / 2
    var decay: [Double] = []
    if case .seasonal(let memory) = component {
      decay = (0...(last - first)).map { .exp(-Double($0) / memory) }
    }
    for j in 0..<n {
      guard let b = months[j] else {
        if case .fixed = component { k[j + j * n] = sourceVariance(j) }
        continue
      }
      for i in 0...j {
        guard let a = months[i], a.block == b.block else { continue }
        var value: Double
        switch component {
        case .fixed(let origin, let drift):
          value = origin * origin
          value += drift * drift * (Double(a.ordinal) - centre) * (Double(b.ordinal) - centre)
        case .walk:
          value = Double(min(a.ordinal, b.ordinal) - first)
        case .irregular:
          value = i == j ? 1 : 0
        case .seasonal:
          let distance = abs(a.ordinal - b.ordinal)
          value = (distance % 12 == 0 ? 1 : -1 / 11.0) * decay[distance]
        }
        k[i + j * n] = value
        k[j + i * n] = value
      }
    }
    if case .fixed = component {
      for effect in effects {
        let variance = effect.spread * effect.spread
        for j in 0..<n where effect.column[j] != 0 {
          for i in 0..<n { k[i + j * n] += variance * effect.column[i] * effect.column[j] }
        }
      }
    }
    return Matrix(rows: n, columns: n, elements: k)
  }

  /// The prior variance of a source's own level.
  func sourceVariance(_ variable: Int) -> Double {
    guard case .sourceEffect(let index) = variables[variable] else { return 0 }
    let spread = sourceSpreads[index] ?? Self.sourceSpread
    return spread * spread
  }

  /// The variables of each one's series, which alone its prior covariance ties it to; of effects, all.
  var relatives: Relatives {
    guard effects.isEmpty else {
      return Relatives(
        groups: [Array(variables.indices)], group: [Int](repeating: 0, count: variables.count))
    }
    var groups: [[Int]] = []
    var group = [Int](repeating: 0, count: variables.count)
    var ofBlock: [Int: Int] = [:]
    for (position, variable) in variables.enumerated() {
      if case .month(let block, _) = variable, let known = ofBlock[block] {
        group[position] = known
        groups[known].append(position)
        continue
      }
      if case .month(let block, _) = variable { ofBlock[block] = groups.count }
      group[position] = groups.count
      groups.append([position])
    }
    return Relatives(groups: groups, group: group)
  }

  /// Variables by series.
  struct Relatives {
    /// Positions of the variables of each series.
    var groups: [[Int]]
    /// Which of the groups each variable is in.
    var group: [Int]
  }

  /// The prior covariance of all variables.
  func covariance(_ prior: HistoryPrior) -> Matrix {
    var k = covariance(.fixed(origin: prior.origin, drift: prior.drift)).elements
    let parts = [
      (prior.level, covariance(.walk)), (prior.irregular, covariance(.irregular)),
      (prior.seasonal, covariance(.seasonal(memory: prior.seasonalMemory))),
    ]
    for (scale, part) in parts {
      let elements = part.elements
      for e in k.indices { k[e] += scale * scale * elements[e] }
    }
    return Matrix(rows: variables.count, columns: variables.count, elements: k)
  }

  /// The observations linearised at `z`.
  func linearised(at z: [Double]) -> Linearisation {
    var rows: [[(variable: Int, weight: Double)]] = []
    var working: [Double] = []
    var row: [(variable: Int, weight: Double)] = []
    let levels = levels(at: z)
    var chain = CompositionChain(compositions, count: variables.count)
    for observation in observations {
      let predicted = observation.linearise(at: levels, row: &row)
      chain.carry(&row, from: levels)
      rows.append(row)
      let shift = row.reduce(0) { $0 + $1.weight * (z[$1.variable] - mean[$1.variable]) }
      working.append(observation.value - predicted + shift)
    }
    return Linearisation(rows: rows, working: working, relatives: relatives)
  }

  /// The variance of each observation's error.
  func errorVariances(inflation: [Double]) -> [Double] {
    observations.indices.map { i in
      let floor = Self.smallestError * Self.smallestError
      return observations[i].variance + floor + (inflation.isEmpty ? 0 : inflation[i])
    }
  }
}

/// Observations that are linear in the unknowns near some point: y ≈ H(z − m), H stored by rows.
struct Linearisation {
  var rows: [[(variable: Int, weight: Double)]]
  /// y − f(z₀) + H(z₀ − m).
  var working: [Double]

  /// Which unknowns K ties together.
  var relatives: HistoryModel.Relatives

  /// KH′, one observation per column; K is symmetric, and zero between unknowns of different series.
  func times(_ k: Matrix) -> Matrix {
    let n = k.rows
    let covariance = k.elements.span
    var product = [Double](repeating: 0, count: n * rows.count)
    var place = product.mutableSpan
    for (i, row) in rows.enumerated() {
      let start = i * n
      for (variable, weight) in row {
        let column = variable * n
        for j in relatives.groups[relatives.group[variable]] {
          place[start + j] += weight * covariance[column + j]
        }
      }
    }
    return Matrix(rows: n, columns: rows.count, elements: product)
  }

  /// HKH′ from KH′.
  func sandwich(_ kh: Matrix) -> Matrix {
    let m = rows.count
    let n = kh.rows
    let columns = kh.elements.span
    var s = [Double](repeating: 0, count: m * m)
    for (i, row) in rows.enumerated() {
      // It is symmetric.
      for j in 0...i {
        let column = j * n
        var sum = 0.0
        for (variable, weight) in row { sum += weight * columns[column + variable] }
        s[i + j * m] = sum
        s[j + i * m] = sum
      }
    }
    return Matrix(rows: m, columns: m, elements: s)
  }

  /// HKH′.
  func project(_ k: Matrix) -> Matrix { sandwich(times(k)) }

  /// H′a.
  func transposeTimes(_ a: [Double], count n: Int) -> [Double] {
    var x = [Double](repeating: 0, count: n)
    for (i, row) in rows.enumerated() {
      for (variable, weight) in row { x[variable] += weight * a[i] }
    }
    return x
  }
}
