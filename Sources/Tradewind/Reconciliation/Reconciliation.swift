import TradewindNumerics

/// Makes forecasts add up.
///
/// ```swift
/// let hierarchy = try Hierarchy(edges: [("world", "peru"), ("world", "mexico")])
/// let coherent = try Reconciliation(hierarchy, .minTShrunk, past: past).reconcile(base)
/// ```
///
/// Base forecasts of a total and of its parts, made one by one, do not add up. Every method here is a map of the base forecasts
/// of all nodes onto values that do; those of least squares also make them more accurate as a rule, since they weigh what
/// each level knows.
///
/// - ``keepsNonNegative``: no bottom node below zero, by quadratic programming; where forecasts are above zero already nothing changes.
/// - ``fixed``: nodes that keep their base value, such as a published total. The least squares methods honour it.
///
/// Reference: G. Athanasopoulos, R. J. Hyndman, N. Kourentzes and A. Panagiotelis (2024), "Forecast Reconciliation: A Review", International
/// Journal of Forecasting 40:430–456, DOI 10.1016/j.ijforecast.2023.10.010.
public struct Reconciliation: Sendable {
  /// What is known of the nodes' past: each an array with one row a node, in the order of ``Hierarchy/names``.
  public struct Past: Sendable {
    /// Observed less one-step forecast, NaN where there is none. Rows of different lengths end at the same period.
    public var residuals: [[Double]]
    /// Observations.
    public var observed: [[Double]]

    public init(residuals: [[Double]] = [], observed: [[Double]] = []) {
      (self.residuals, self.observed) = (residuals, observed)
    }
  }

  public let hierarchy: Hierarchy
  public let method: ReconciliationMethod
  /// Whether bottom nodes stay at zero or above.
  public let keepsNonNegative: Bool
  /// Nodes that keep their base value.
  public let fixed: [String]
  /// How much correlations were shrunk, 0…1; nil for other methods.
  public let shrinkage: Double?

  private let map: Map

  /// How base forecasts become coherent ones.
  private enum Map: Sendable {
    case bottoms
    case least(CoherentProjection)
    case split(TopDownSplit)
    /// One row a bottom node, one column a node.
    case matrix(Matrix)
  }

  /// The most nodes whose full covariance is kept.
  public static let mostFull = 4000

  /// A method with what it needs of the past.
  ///
  /// - Throws: ``ReconciliationError`` where the past is missing or too short, or a method does not go with the hierarchy.
  public init(
    _ hierarchy: Hierarchy, _ method: ReconciliationMethod, past: Past = Past(),
    keepsNonNegative: Bool = false,
    fixed: [String] = []
  ) throws(ReconciliationError) {
    self.hierarchy = hierarchy
    self.method = method
    self.keepsNonNegative = keepsNonNegative
    self.fixed = fixed
    for name in fixed where hierarchy.index(of: name) == nil { throw .unknown(name: name) }
    var shrinkage: Double?
    switch method {
    case .bottomUp: map = .bottoms
    case .topDown(let proportions):
      map = .split(try TopDownSplit(hierarchy, from: nil, proportions, observed: past.observed))
    case .middleOut(let level, let proportions):
      map = .split(try TopDownSplit(hierarchy, from: level, proportions, observed: past.observed))
    case .empiricalRisk: map = .matrix(try Self.empiricalRisk(hierarchy, past))
    case .ols, .structural, .variances, .minTShrunk, .minTSample:
      let covariance: ErrorCovariance
      (covariance, shrinkage) = try Self.covariance(hierarchy, method, past.residuals)
      map = .least(try CoherentProjection(hierarchy, covariance))
    }
    self.shrinkage = shrinkage
  }

  /// Coherent values of one period.
  ///
  /// - Parameter base: The base forecasts, one a node in the order of ``Hierarchy/names``.
  /// - Throws: ``ReconciliationError``.
  public func reconcile(_ base: [Double]) throws(ReconciliationError) -> [Double] {
    guard base.count == hierarchy.count else {
      throw .missing(node: hierarchy.names[min(base.count, hierarchy.count - 1)])
    }
    let sums = hierarchy.sums.count
    let needsSums: Bool
    if case .bottoms = map { needsSums = false } else { needsSums = true }
    for (node, value) in base.enumerated() where !value.isFinite && (needsSums || node >= sums) {
      throw .notFinite(node: hierarchy.names[node])
    }
    switch map {
    case .bottoms: return nonNegative(Array(base[sums...]))
    case .split(let split): return nonNegative(try split.bottoms(of: base))
    case .matrix(let matrix): return nonNegative(matrix * base)
    case .least(let projection):
      let pinned = fixed.compactMap { hierarchy.index(of: $0) }
      if keepsNonNegative {
        return try NonNegativeProjection(projection, pinned: pinned).project(base)
      }
      guard !pinned.isEmpty else { return summed(try projection.project(base).values) }
      let reduced = try projection.pinning(pinned.map { ($0, base[$0]) }, base: base)
      return summed(try reduced.projection.project(reduced.base).values, keeping: pinned)
    }
  }

  /// Sums of bottom nodes, cut at zero where that was asked for: these methods have no distance that could be made least.
  private func nonNegative(_ bottoms: [Double]) -> [Double] {
    hierarchy.aggregated(keepsNonNegative ? bottoms.map { max($0, 0) } : bottoms)
  }

  /// The same with sums that are exactly those of the bottom nodes, but for nodes that were fixed.
  private func summed(_ values: [Double], keeping pinned: [Int] = []) -> [Double] {
    var whole = hierarchy.aggregated(Array(values[hierarchy.sums.count...]))
    for node in pinned { whole[node] = values[node] }
    return whole
  }

  private static func covariance(
    _ hierarchy: Hierarchy, _ method: ReconciliationMethod, _ residuals: [[Double]]
  ) throws(ReconciliationError) -> (ErrorCovariance, Double?) {
    if method == .ols { return (.diagonal([Double](repeating: 1, count: hierarchy.count)), nil) }
    if method == .structural { return (.diagonal(hierarchy.sizes), nil) }
    guard residuals.count == hierarchy.count else { throw .residuals(needed: 2, found: 0) }
    if method == .variances {
      let variances = ErrorCovariance.variances(residuals)
      guard variances.allSatisfy({ $0.isFinite }) else { throw .residuals(needed: 1, found: 0) }
      // A node without error would not move at all; where all of a sum's nodes are such, nothing could.
      let floor = 1e-12 * (variances.max() ?? 1)
      return (.diagonal(variances.map { max($0, floor, .leastNormalMagnitude) }), nil)
    }
    guard hierarchy.count <= mostFull else { throw .tooManyNodes(count: hierarchy.count, largest: mostFull) }
    let complete = ErrorCovariance.complete(residuals)
    let found = complete.first?.count ?? 0
    let needed = method == .minTSample ? hierarchy.sums.count + 1 : 3
    guard found >= needed else { throw .residuals(needed: needed, found: found) }
    if method == .minTSample {
      if let node = sumOfResiduals(hierarchy, complete) { throw .residualsAddUp(node: hierarchy.names[node]) }
      return (.full(ErrorCovariance.sample(complete)), nil)
    }
    let (covariance, intensity) = ErrorCovariance.shrunk(complete)
    return (.full(covariance), intensity)
  }

  /// The first sum whose residuals are those of its parts but for rounding, and not all zero.
  private static func sumOfResiduals(_ hierarchy: Hierarchy, _ residuals: [[Double]]) -> Int? {
    hierarchy.sums.indices.first { node in
      var (own, excess) = (0.0, 0.0)
      for (t, residual) in residuals[node].enumerated() {
        let parts = hierarchy.sums[node].reduce(0) {
          $0 + $1.weight * residuals[hierarchy.sums.count + $1.bottom][t]
        }
        own += residual * residual
        excess += (residual - parts) * (residual - parts)
      }
      return own > 0 && excess <= 1e-20 * own
    }
  }

  /// P that minimises Σ ‖yₜ − S P ŷₜ‖² over the past: least squares of the best coherent bottoms on all nodes' fitted values.
  private static func empiricalRisk(
    _ hierarchy: Hierarchy, _ past: Past
  ) throws(ReconciliationError) -> Matrix {
    guard past.residuals.count == hierarchy.count, past.observed.count == hierarchy.count else {
      throw .residuals(needed: 2, found: 0)
    }
    guard hierarchy.count <= mostFull else { throw .tooManyNodes(count: hierarchy.count, largest: mostFull) }
    let both = ErrorCovariance.complete(past.residuals + past.observed)
    let found = both.first?.count ?? 0
    guard found >= 2 else { throw .residuals(needed: 2, found: found) }
    let observed = Array(both[hierarchy.count...])
    let fitted = zip(both, observed).map { residuals, values in zip(values, residuals).map { $0 - $1 } }
    // (S′S)⁻¹ S′ yₜ: the bottoms whose sums are nearest to what was observed.
    let plain = try CoherentProjection(hierarchy, .diagonal([Double](repeating: 1, count: hierarchy.count)))
    var targets: [[Double]] = Array(repeating: [], count: hierarchy.bottomCount)
    for t in 0..<found {
      let coherent = try plain.project(observed.map { $0[t] }).values
      for (i, value) in coherent[hierarchy.sums.count...].enumerated() { targets[i].append(value) }
    }
    let design = Matrix(columns: fitted)
    var rows: [[Double]] = []
    for target in targets {
      do throws(LinearAlgebraError) {
        rows.append(try LeastSquares.minimumNorm(design, target).solution)
      } catch {
        throw .singular
      }
    }
    return Matrix(rowVectors: rows)
  }
}
