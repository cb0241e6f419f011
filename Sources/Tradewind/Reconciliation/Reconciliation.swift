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
/// - ``fixed``: nodes that keep their base value, such as a published total; the methods of least squares can, the others throw.
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
  /// Nodes that keep their base value; none for methods that are not least squares.
  public let fixed: [String]
  /// How much correlations were shrunk, 0…1; nil for other methods.
  public let shrinkage: Double?

  private let map: Map

  /// How base forecasts become coherent ones.
  private enum Map: Sendable {
    case bottoms
    /// Without nodes held, and with those that are fixed.
    case least(CoherentProjection, PinnedProjection)
    case split(TopDownSplit)
    /// One row a bottom node, one column a node.
    case matrix(Matrix)
  }

  /// The most nodes whose full covariance is kept.
  public static let mostFull = 4000

  /// A method with what it needs of the past.
  ///
  /// - Throws: ``ReconciliationError`` where the past is missing or too short, or a method does not go with the hierarchy or with fixed nodes.
  public init(
    _ hierarchy: Hierarchy, _ method: ReconciliationMethod, past: Past = Past(),
    keepsNonNegative: Bool = false,
    fixed: [String] = []
  ) throws(ReconciliationError) {
    self.hierarchy = hierarchy
    self.method = method
    self.keepsNonNegative = keepsNonNegative
    self.fixed = fixed
    var pinned: [Int] = []
    var isPinned = Set<Int>()
    for name in fixed {
      guard let node = hierarchy.index(of: name) else { throw .unknown(name: name) }
      guard method.isLeastSquares else { throw .cannotFix(node: name) }
      if isPinned.insert(node).inserted { pinned.append(node) }
    }
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
      let projection = try CoherentProjection(hierarchy, covariance)
      map = .least(projection, try PinnedProjection(projection, pinned))
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
    case .least(let projection, let pinned):
      if keepsNonNegative { return try NonNegativeProjection(projection, pinned).project(base) }
      return summed(try pinned.project(base).values, keeping: pinned.nodes)
    }
  }

  /// Sums of bottom nodes, cut at zero where that was asked for: these methods have no distance that could be made least.
  private func nonNegative(_ bottoms: [Double]) -> [Double] {
    hierarchy.aggregated(keepsNonNegative ? bottoms.map { max($0, 0) } : bottoms)
  }

  /// The same with sums that are exactly those of the bottom nodes, but for nodes that were fixed.
  private func summed(_ values: [Double], keeping pinned: [Int]) -> [Double] {
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
      return (.diagonal(ErrorCovariance.floored(variances)), nil)
    }
    guard hierarchy.count <= mostFull else { throw .tooManyNodes(count: hierarchy.count, largest: mostFull) }
    let complete = ErrorCovariance.complete(residuals)
    let found = complete.first?.count ?? 0
    let needed = method == .minTSample ? hierarchy.sums.count + 1 : 3
    guard found >= needed else { throw .residuals(needed: needed, found: found) }
    if method == .minTSample {
      let sample = ErrorCovariance.sample(complete)
      if let node = try sumWithoutGap(hierarchy, sample, periods: found) {
        throw .residualsAddUp(node: hierarchy.names[node])
      }
      return (.full(sample), nil)
    }
    let (covariance, intensity) = ErrorCovariance.shrunk(complete)
    return (.full(covariance), intensity)
  }

  /// A sum whose residuals are so nearly what those of its parts, or of other sums, make of it that the sample does not say how to share out a gap.
  ///
  /// The gaps C e have the covariance C W C′, beside C diag(W) C′ for independent errors. In the direction of the smallest eigenvalue μ of the one
  /// relative to the other, a node's part of a gap has a standard error of up to 1/√(n μ) for n periods. Parts lie between zero and one as a rule: nothing
  /// is known of them where that is above ten. For ETS and Theta models of drawn series with their published total it is 0.2 to 3, and spreads are at
  /// most about a third wider than before; for linear models of a total that is rounded to a tenth 14 to 97, and spreads up to thirty times as wide.
  private static func sumWithoutGap(
    _ hierarchy: Hierarchy, _ sample: Matrix, periods: Int
  ) throws(ReconciliationError) -> Int? {
    let gaps = CoherentProjection.normalMatrix(hierarchy, .full(sample)).normal
    let independent = CoherentProjection.normalMatrix(hierarchy, .diagonal(sample.diagonal)).normal
    let least = 1 / (100 * Double(periods))
    do throws(LinearAlgebraError) {
      let factor = try CholeskyFactorization(independent)
      if let one = hierarchy.sums.indices.first(where: { gaps[$0, $0] < least * independent[$0, $0] }) {
        return one
      }
      let eigen = try SymmetricEigen(factor.solveLower(factor.solveLower(gaps).transposed()))
      guard let smallest = eigen.values.first, smallest < least else { return nil }
      // The sum that has the largest part in it.
      let direction = factor.solveLowerTransposed(eigen.vectors.column(0))
      let sizes = direction.indices.map { abs(direction[$0]) * independent[$0, $0].squareRoot() }
      return sizes.indices.max { sizes[$0] < sizes[$1] }
    } catch {
      throw .singular
    }
  }
}
