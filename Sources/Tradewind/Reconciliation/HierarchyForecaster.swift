/// Forecasts every node of a hierarchy by a model and makes the forecasts add up: from series to coherent forecasts in one call.
///
/// ```swift
/// let tree = try Hierarchy(edges: [("world", "peru"), ("world", "mexico")])
/// let coherent = try await HierarchyForecaster(tree).forecast([peru, mexico], with: ETS(), ForecastRequest(horizon: 3))
/// print(coherent.forecasts.map(\.series))  // ["world", "peru", "mexico"]
/// ```
///
/// Sums need not be among the series: what is not there is added up from the bottom series, over the periods that all of them cover. A sum
/// that is there is taken as it was published, whether or not its parts add up to it (``CoherentForecasts/gaps``). All series end with the same
/// period; they may begin at different ones, and a sum with a missing part is missing. Forecasts that you already have are made coherent by
/// ``Reconciliation/reconcile(_:residuals:)``.
///
/// With more than ``Reconciliation/mostFull`` nodes the draws of a law that has no closed form are not kept, since those of 100,000 series would need
/// tens of gigabytes: medians and intervals of the steps are those of the draws, and the joint law is normal with the draws' covariance, so that
/// totals over several steps have normal intervals.
public struct HierarchyForecaster: Sendable {
  /// What adds up.
  public let hierarchy: Hierarchy
  /// How forecasts are made coherent.
  public let method: ReconciliationMethod
  /// Whether bottom nodes stay at zero or above.
  public let keepsNonNegative: Bool
  /// Nodes that keep their base forecasts; for methods of least squares.
  public let fixed: [String]
  /// How many series are worked on at once; the result does not depend on it.
  public let jobs: Int

  /// - Parameters:
  ///   - hierarchy: What adds up.
  ///   - method: How forecasts are made coherent.
  ///   - keepsNonNegative: Whether bottom nodes stay at zero or above.
  ///   - fixed: Nodes that keep their base forecasts; only methods of least squares can (``ReconciliationError/cannotFix(node:)``).
  ///   - jobs: How many series are worked on at once, at least 1 (a precondition); nil for one a core.
  public init(
    _ hierarchy: Hierarchy, _ method: ReconciliationMethod = .minTShrunk, keepsNonNegative: Bool = false,
    fixed: [String] = [], jobs: Int? = nil
  ) {
    (self.hierarchy, self.method) = (hierarchy, method)
    (self.keepsNonNegative, self.fixed) = (keepsNonNegative, fixed)
    self.jobs = ParallelMap(jobs: jobs).jobs
  }

  /// Fits the model to every node, forecasts, and reconciles.
  ///
  /// - Parameters:
  ///   - series: The bottom series, and any sums that were published. Series that are no nodes are not used.
  ///   - model: The model of every node.
  ///   - request: Horizon, levels, and the seed of what is simulated.
  ///   - progress: Called now and then, one call at a time, with the number of nodes done so far.
  /// - Throws: ``HierarchyForecastError``; `CancellationError` if the task is cancelled meanwhile.
  public func forecast(
    _ series: [TimeSeries], with model: any Forecaster, _ request: ForecastRequest,
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> CoherentForecasts {
    // Said before the work is done, not after.
    guard !method.needsAllCovariances || hierarchy.count <= Reconciliation.mostFull else {
      throw HierarchyForecastError.reconciliation(
        .tooManyNodes(count: hierarchy.count, largest: Reconciliation.mostFull))
    }
    if let node = fixed.first, !method.isLeastSquares {
      throw HierarchyForecastError.reconciliation(.cannotFix(node: node))
    }
    let (nodes, gaps) = try nodes(of: series)
    let isLarge = hierarchy.count > Reconciliation.mostFull
    let keepsResiduals = !isLarge || method == .variances
    let outcomes = try await ParallelMap(jobs: jobs).map(nodes.count, progress: progress) { index in
      outcome(
        of: model, for: nodes[index], request, keepsDraws: !isLarge, keepsResiduals: keepsResiduals)
    }
    var base: [Forecast] = []
    var residuals: [[Double]] = []
    for (node, outcome) in zip(nodes, outcomes) {
      switch outcome {
      case .success(let result):
        base.append(result.forecast)
        if keepsResiduals { residuals.append(result.residuals) }
      case .failure(let error): throw HierarchyForecastError.model(node: node.name, error)
      }
    }
    do throws(ReconciliationError) {
      let reconciliation = try Reconciliation(
        hierarchy, method, past: Reconciliation.Past(residuals: residuals, observed: nodes.map(\.values)),
        keepsNonNegative: keepsNonNegative, fixed: fixed)
      return CoherentForecasts(
        forecasts: try reconciliation.reconcile(base, residuals: residuals), base: base, series: nodes,
        shrinkage: reconciliation.shrinkage, gaps: gaps)
    } catch {
      throw HierarchyForecastError.reconciliation(error)
    }
  }

  /// The nodes' series in the order of ``Hierarchy/names``: as given, or added up.
  private func nodes(
    of series: [TimeSeries]
  ) throws(HierarchyForecastError) -> (nodes: [TimeSeries], gaps: [CoherentForecasts.Gap]) {
    var given = [TimeSeries?](repeating: nil, count: hierarchy.count)
    for one in series {
      guard let node = hierarchy.index(of: one.name) else { continue }
      guard given[node] == nil else { throw .twice(node: one.name) }
      given[node] = one
    }
    let sums = hierarchy.sums.count
    var bottoms: [TimeSeries] = []
    for (name, one) in zip(hierarchy.names, given).dropFirst(sums) {
      guard let one else { throw .noSeries(node: name) }
      bottoms.append(one)
    }
    guard let first = bottoms.first else { throw .reconciliation(.singular) }
    for one in given.compactMap({ $0 })
    where one.end != first.end || one.seasonalPeriod != first.seasonalPeriod {
      throw .differentEnds(first.name, first.end, one.name, one.end)
    }
    var nodes: [TimeSeries] = []
    var gaps: [CoherentForecasts.Gap] = []
    for (node, row) in hierarchy.sums.enumerated() {
      let sum = added(row, of: bottoms, name: hierarchy.names[node])
      if let one = given[node], let gap = CoherentForecasts.Gap(between: one, and: sum) { gaps.append(gap) }
      nodes.append(given[node] ?? sum)
    }
    return (nodes + bottoms, gaps)
  }

  /// A sum over the periods that all of its parts cover; all end together.
  private func added(_ row: [Hierarchy.Summand], of bottoms: [TimeSeries], name: String) -> TimeSeries {
    let count = row.map { bottoms[$0.bottom].count }.min() ?? 0
    var values = [Double](repeating: 0, count: count)
    for summand in row {
      let part = bottoms[summand.bottom].values
      for (t, value) in part.suffix(count).enumerated() { values[t] += summand.weight * value }
    }
    let end = bottoms[0].end
    return TimeSeries(
      values, start: end.advanced(by: 1 - count), seasonalPeriod: bottoms[0].seasonalPeriod, name: name)
  }
}

/// One node's forecast with the errors the model made in the past, as far as they are kept.
private func outcome(
  of model: some Forecaster, for series: TimeSeries, _ request: ForecastRequest, keepsDraws: Bool,
  keepsResiduals: Bool
) -> Result<(forecast: Forecast, residuals: [Double]), ForecastError> {
  do throws(ForecastError) {
    let fitted = try model.fit(to: series)
    var forecast = fitted.forecast(request)
    if !keepsDraws, case .paths(let paths) = forecast.joint, let law = paths.normalLaw {
      forecast.joint = law
    }
    return .success((forecast, keepsResiduals ? fitted.residuals : []))
  } catch {
    return .failure(error)
  }
}
