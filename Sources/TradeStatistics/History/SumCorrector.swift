import RealModule
import TradewindNumerics

/// Moves draws of a history onto the sums that its figures state.
///
/// The posterior is normal in logarithms about the most probable history, so its draws meet sums of months to first order
/// only: on average Σ exp exceeds what was stated. A draw is moved until it meets every figure as well as its linear form
/// does, by steps of KH′S⁻¹ times what is missed, with the gradients H at the most probable history and S = HKH′ + R kept for
/// all draws. Only what the figures tie together and no figure pins down moves.
struct SumCorrector {
  private static let mostSteps = 8
  /// Relative misses that no figure shows.
  private static let tolerance = 1e-5
  /// The standard deviation of a logarithm below which a month is known: its curvature is a millionth.
  static let knownDeviation = 1e-3

  /// The variables that move.
  let variables: [Int]
  private let observations: [Observation]
  private let rows: [[(variable: Int, weight: Double)]]
  private let mode: [Double]
  private let predicted: [Double]
  /// What is added to each log of a sum, and the source's deviation that moves, if one does.
  private let offsets: [Double]
  private let effects: [Int?]
  /// KH′S⁻¹, one row for each variable.
  private let gain: [Double]
  private var levels: [Double]
  private var target: [Double]
  private var miss: [Double]

  /// - Parameters:
  ///   - inflation: What was added to the variance of doubtful facts, which no draw need meet.
  ///   - start: The variables that are asked for; what facts tie to them moves too.
  ///   - fixed: Variables that stay where they are drawn.
  /// - Returns: Nil if no figure about a sum holds any of them, so that draws are right as they are.
  init?(
    _ model: HistoryModel, _ posterior: HistoryPosterior, inflation: [Double], from start: [Int],
    fixed: (Int) -> Bool
  ) {
    guard !start.allSatisfy(fixed) else { return nil }
    let free = model.variables.indices.map {
      !fixed($0) && posterior.standardDeviation(of: $0) >= Self.knownDeviation
    }
    var about = [[Int]](repeating: [], count: free.count)
    for (i, observation) in model.observations.enumerated() where inflation.isEmpty || inflation[i] == 0 {
      for v in observation.variables where free[v] { about[v].append(i) }
    }
    var moves = [Bool](repeating: false, count: free.count)
    var isUsed = [Bool](repeating: false, count: model.observations.count)
    var left = start.filter { free[$0] }
    while let v = left.popLast() {
      guard !moves[v] else { continue }
      moves[v] = true
      for i in about[v] where !isUsed[i] {
        isUsed[i] = true
        left += model.observations[i].variables.filter { free[$0] && !moves[$0] }
      }
    }
    let used = model.observations.indices.filter { isUsed[$0] }
    guard used.contains(where: { model.observations[$0].isCurved }) else { return nil }

    let variables = free.indices.filter { moves[$0] }
    let all = model.linearised(at: posterior.mode).rows
    let rows = used.map { i in all[i].filter { moves[$0.variable] } }
    let covariance = posterior.covariance
    let hk = rows.map { row in
      variables.map { v in row.reduce(0) { $0 + $1.weight * covariance[$1.variable, v] } }
    }
    var place = [Int](repeating: 0, count: free.count)
    for (k, v) in variables.enumerated() { place[v] = k }
    var s = Matrix(rows: used.count, columns: used.count)
    let errors = model.errorVariances(inflation: inflation)
    for i in used.indices {
      for j in used.indices {
        s[i, j] = rows[j].reduce(0) { $0 + $1.weight * hk[i][place[$1.variable]] }
      }
      s[i, i] += errors[used[i]]
    }
    // Exact figures that repeat each other leave no inverse; the draws then meet them to first order, as they are.
    guard let factor = try? CholeskyFactorization(s) else { return nil }
    gain = variables.indices.flatMap { k in factor.solve(hk.map { $0[k] }) }
    self.variables = variables
    self.rows = rows
    observations = used.map { model.observations[$0] }
    mode = posterior.mode
    predicted = observations.map { $0.predicted(at: posterior.mode) }
    effects = observations.map { one in one.sourceEffect.flatMap { moves[$0] ? $0 : nil } }
    offsets = observations.map { one in
      one.offset + (one.sourceEffect.map { moves[$0] ? 0 : posterior.mode[$0] } ?? 0)
    }
    levels = mode.map { .exp($0) }
    (target, miss) = (predicted, predicted)
  }

  /// Moves one draw of the log levels; months that do not move count at the most probable history.
  ///
  /// - Parameter convexity: By how much the mean levels' logarithms exceed each of ``variables``, for an average of draws.
  mutating func correct(_ z: inout [Double], convexity: [Double] = []) {
    let count = rows.count
    for i in 0..<count {
      target[i] = predicted[i]
      for (v, weight) in rows[i] { target[i] += weight * (z[v] - mode[v]) }
    }
    for (v, excess) in zip(variables, convexity) { z[v] += excess }
    for _ in 0..<Self.mostSteps {
      for v in variables { levels[v] = .exp(z[v]) }
      var worst = 0.0
      for i in 0..<count {
        var value = observations[i].predicted(byLevels: levels, offset: offsets[i])
        if let effect = effects[i] { value += z[effect] }
        miss[i] = target[i] - value
        worst = max(worst, abs(miss[i]))
      }
      guard worst > Self.tolerance, worst.isFinite else { break }
      for (k, v) in variables.enumerated() {
        var move = 0.0
        for i in 0..<count { move += gain[k * count + i] * miss[i] }
        z[v] += move
      }
    }
  }
}

extension Observation {
  /// All variables it is about.
  fileprivate var variables: [Int] { numerator + denominator + (sourceEffect.map { [$0] } ?? []) }

  /// Whether it is linear in the log levels only near the most probable history.
  fileprivate var isCurved: Bool {
    if case .logRatio = form { numerator.count > 1 || denominator.count > 1 } else { true }
  }
}
