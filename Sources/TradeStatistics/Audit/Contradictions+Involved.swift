import RealModule
import TradewindNumerics

extension Contradictions {
  /// How many facts are looked at for one contradiction, those that bear most on the suspect.
  private static let mostConsidered = 40

  /// The facts that contradict a suspect together, an irreducible set: facts are left out one after the other, those that
  /// bear least on the suspect first, as long as it stays contradicted more than half as much (the deletion filter of
  /// Chinneck & Dravnieks 1991, *ORSA Journal on Computing* 3(2), 157–168, doi:10.1287/ijoc.3.2.157). All is done with the
  /// facts' linear form at the history that fits the others. The suspect comes first.
  func involved(_ suspect: Suspect) -> [Int] {
    let i = suspect.observation
    guard suspect.publisher == nil else { return [i] + suspect.rivals.map(\.observation) }
    let n = posterior.pull.count
    let root = posterior.marginal.lower
    // S and the working values r = S a.
    var s = Matrix(rows: n, columns: n)
    for column in 0..<n {
      for row in column..<n {
        var sum = 0.0
        for k in 0...column { sum += root[row, k] * root[column, k] }
        s[row, column] = sum
        s[column, row] = sum
      }
    }
    let r = (0..<n).map { row in (0..<n).reduce(0) { $0 + s[row, $1] * posterior.pull[$1] } }
    s[i, i] -= inflation[i]
    guard let factor = try? CholeskyFactorization(s) else { return [i] + suspect.rivals.map(\.observation) }
    let precision = factor.inverse()
    func bearing(_ j: Int) -> Double {
      abs(precision[i, j]) / (precision[i, i] * precision[j, j]).squareRoot()
    }
    let others = facts.facts.indices.filter { $0 != i && inflation[$0] == 0 && bearing($0) > 1e-6 }
    var kept = Array(others.sorted { (bearing($0), $1) > (bearing($1), $0) }.prefix(Self.mostConsidered))
    let all = abs(residual(of: i, given: kept, s, r))
    let enough = max(Self.threshold, all / 2)
    guard all > enough else { return [i] + suspect.rivals.map(\.observation) }
    for j in kept.reversed() {
      let fewer = kept.filter { $0 != j }
      if abs(residual(of: i, given: fewer, s, r)) > enough { kept = fewer }
    }
    return [i] + kept
  }

  /// How far observation i is from what some others imply, in standard deviations.
  private func residual(of i: Int, given others: [Int], _ s: Matrix, _ r: [Double]) -> Double {
    var block = Matrix(rows: others.count, columns: others.count)
    for (a, j) in others.enumerated() {
      for (b, k) in others.enumerated() { block[a, b] = s[j, k] }
    }
    guard let factor = try? CholeskyFactorization(block) else { return 0 }
    let cross = factor.solveLower(others.map { s[$0, i] })
    let white = factor.solveLower(others.map { r[$0] })
    let miss = r[i] - zip(cross, white).reduce(0) { $0 + $1.0 * $1.1 }
    let variance = s[i, i] - cross.reduce(0) { $0 + $1 * $1 }
    return variance > 0 ? miss / variance.squareRoot() : 0
  }
}
