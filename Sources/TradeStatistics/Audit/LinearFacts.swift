import TradewindNumerics

/// Facts in their linear form at one history, some of them set free.
///
/// Holds the precision P = S⁻¹ of what the prior mean misses and the pull a = P r. A fact that is set free no longer counts:
/// its row and column leave S, so P becomes P − pᵢpᵢ′/Pᵢᵢ and a becomes a − pᵢaᵢ/Pᵢᵢ, and the misfit r′P r falls by
/// aᵢ²/Pᵢᵢ, the square of its deletion residual. A source whose levels may all be shifted is set free likewise, with P u in
/// the place of pᵢ, u marking its levels. So trying a correction costs one sweep over P and no factorisation
/// (Cook & Weisberg 1982, *Residuals and Influence in Regression*, §2.2).
struct LinearFacts {
  /// How many facts there are.
  let count: Int
  /// How badly the facts that are not set free fit together: r′P r.
  private(set) var misfit: Double
  private var precision: [Double]
  private var pull: [Double]
  /// The facts' own error variances.
  private let errors: [Double]

  /// - Parameters:
  ///   - signal: The covariance of the facts without their errors, one row per fact.
  ///   - errors: The variances of the errors.
  ///   - working: What the prior mean misses.
  init(signal: Matrix, errors: [Double], working: [Double]) throws(LinearAlgebraError) {
    var s = signal
    for i in errors.indices { s[i, i] += errors[i] }
    let factor = try CholeskyFactorization(s)
    count = errors.count
    pull = factor.solve(working)
    misfit = zip(pull, working).reduce(0) { $0 + $1.0 * $1.1 }
    precision = factor.inverse().elements
    self.errors = errors
  }

  /// Only the facts at some positions, in that order; all others stay as they are.
  ///
  /// Setting free facts among them has the same effect on them as in the whole.
  init(_ all: LinearFacts, at positions: [Int]) {
    count = positions.count
    misfit = all.misfit
    pull = positions.map { all.pull[$0] }
    errors = positions.map { all.errors[$0] }
    precision = positions.flatMap { j in positions.map { i in all.precision[i + j * all.count] } }
  }

  /// Whether the fact is set free.
  func isFree(_ i: Int) -> Bool { precision[i + i * count] <= 0 }

  /// How far the fact is from what the others imply, in standard deviations.
  func residual(_ i: Int) -> Double {
    let own = precision[i + i * count]
    return own > 0 ? pull[i] / own.squareRoot() : 0
  }

  /// How far it is from what the others imply.
  func correction(_ i: Int) -> Double {
    let own = precision[i + i * count]
    return own > 0 ? pull[i] / own : 0
  }

  /// Whether the others contradict the fact: they know what it should be, and it is not that.
  func isContradicted(_ i: Int) -> Bool {
    let own = precision[i + i * count]
    guard own > 0, abs(residual(i)) > Contradictions.threshold else { return false }
    return 1 / own - errors[i] < Contradictions.largestSpread * Contradictions.largestSpread
  }

  /// The facts that the others contradict, the most contradicted first.
  var contradicted: [Int] {
    (0..<count).filter(isContradicted).sorted { (abs(residual($0)), $1) > (abs(residual($1)), $0) }
  }

  /// How much two facts have to do with each other given all the others: their partial correlation, 0…1.
  func bearing(_ i: Int, _ j: Int) -> Double {
    let scale = precision[i + i * count] * precision[j + j * count]
    return scale > 0 ? abs(precision[i + j * count]) / scale.squareRoot() : 0
  }

  /// Sets a fact free.
  mutating func free(_ i: Int) {
    let own = precision[i + i * count]
    guard own > 0 else { return }
    let column = Array(precision[i * count..<(i + 1) * count])
    reduce(by: column, information: own, force: pull[i])
    // Exactly nothing is left of it.
    for j in 0..<count {
      precision[i + j * count] = 0
      precision[j + i * count] = 0
    }
    pull[i] = 0
  }

  /// Lets some facts be shifted by a common amount.
  mutating func free(shiftOf levels: [Int]) {
    if levels.count == 1 { return free(levels[0]) }
    var column = [Double](repeating: 0, count: count)
    for level in levels {
      for j in 0..<count { column[j] += precision[j + level * count] }
    }
    let information = levels.reduce(0) { $0 + column[$1] }
    let force = levels.reduce(0) { $0 + pull[$1] }
    guard information > 0 else { return }
    reduce(by: column, information: information, force: force)
  }

  /// The common shift of some facts that the others ask for.
  func shift(of levels: [Int]) -> Double {
    var information = 0.0
    for i in levels { for j in levels { information += precision[i + j * count] } }
    return information > 0 ? levels.reduce(0) { $0 + pull[$1] } / information : 0
  }

  /// The common shift of some facts, in standard deviations.
  func shiftResidual(of levels: [Int]) -> Double {
    var information = 0.0
    for i in levels { for j in levels { information += precision[i + j * count] } }
    return information > 0 ? levels.reduce(0) { $0 + pull[$1] } / information.squareRoot() : 0
  }

  private mutating func reduce(by column: [Double], information: Double, force: Double) {
    misfit -= force * force / information
    // Written anew, for the states before and after are both needed. (A mutable span of the stored array, which copies of
    // this value share, gave wrong results in release builds of Swift 6.3.1.)
    let reduced = Self.reduced(precision, by: column, information)
    precision = reduced
    for j in 0..<count { pull[j] -= column[j] * force / information }
  }

  /// P − pp′ / information.
  private static func reduced(_ p: [Double], by column: [Double], _ information: Double) -> [Double] {
    var result = [Double](repeating: 0, count: p.count)
    let count = column.count
    let (before, given) = (p.span, column.span)
    var after = result.mutableSpan
    for j in 0..<count {
      let factor = given[j] / information
      let start = j * count
      for k in 0..<count { after[start + k] = before[start + k] - factor * given[k] }
    }
    return result
  }

  /// The facts that contradict fact `i` together, an irreducible set with `i` first and those that bear most on it next.
  ///
  /// Facts are left out one after the other, those that bear least on `i` first, as long as it stays contradicted by
  /// more than half of what it is (the deletion filter of Chinneck & Dravnieks 1991, *ORSA Journal on Computing* 3(2),
  /// 157–168, doi:10.1287/ijoc.3.2.157).
  func irreducible(_ i: Int) -> [Int] {
    let enough = max(Contradictions.threshold, abs(residual(i)) / 2)
    let order = (0..<count).filter { $0 != i && bearing(i, $0) > 1e-6 }.sorted {
      (bearing(i, $0), $1) < (bearing(i, $1), $0)
    }
    var left = self
    var kept: [Int] = []
    for j in order {
      let (own, cross, other) = (
        left.precision[i + i * count], left.precision[i + j * count], left.precision[j + j * count]
      )
      guard other > 0 else { continue }
      let remaining = own - cross * cross / other
      let residual =
        remaining > 0 ? (left.pull[i] - cross * left.pull[j] / other) / remaining.squareRoot() : 0
      if abs(residual) > enough { left.free(j) } else { kept.append(j) }
    }
    return [i] + kept.reversed()
  }
}
