import RealModule

/// Five models at most, by a criterion that is better when smaller.
struct BestModels: Sendable {
  private(set) var models: [SelectionStep.RankedModel] = []

  mutating func insert(_ order: ARIMAOrder, _ criterion: Double) {
    let place = models.firstIndex { $0.criterion > criterion } ?? models.count
    guard place < 5 else { return }
    models.insert(SelectionStep.RankedModel(order: order, criterion: criterion), at: place)
    if models.count > 5 { models.removeLast() }
  }

  func contains(_ order: ARIMAOrder) -> Bool { models.contains { $0.order == order } }
}

extension AdjustmentSearch {
  /// The orders of the ARMA part for given differences, by BIC in three stages: the season's with an AR(3),
  /// the plain ones, and the season's once more; then a simpler or better balanced model among the best five,
  /// if its criterion is close.
  ///
  /// BIC per observation without the Jacobian, as X-13's BIC2: (−2 log L + k log n)/n.
  mutating func chooseOrders(_ values: [Double], _ choice: DifferencingChoice) throws(ARIMAError)
    -> ARIMAOrder
  {
    let (d, seasonalD) = (choice.regular, choice.seasonal)
    let (most, mostSeasonal) = (options.maximumOrders.regular, options.maximumOrders.seasonal)
    var best = BestModels()
    var failure: ARIMAError?
    func order(_ p: Int, _ q: Int, _ sp: Int, _ sq: Int) -> ARIMAOrder {
      ARIMAOrder(p, d, q, seasonal: (sp, seasonalD, sq))
    }
    func consider(_ candidate: ARIMAOrder, _ search: inout AdjustmentSearch) {
      guard !best.contains(candidate) else { return }
      do throws(ARIMAError) {
        let found = try search.estimatePlain(values, candidate)
        let (n, k) = (Double(found.effectiveObservations), Double(candidate.coefficientCount + 1))
        best.insert(candidate, (-2 * found.logLikelihood + k * Double.log(n)) / n)
      } catch {
        failure = error
      }
    }
    func isAllowed(_ a: Int, _ b: Int) -> Bool { options.allowsMixed || a == 0 || b == 0 }

    var (sp, sq) = (0, 0)
    if period > 1 {
      for a in 0...mostSeasonal {
        for b in 0...mostSeasonal where isAllowed(a, b) { consider(order(3, 0, a, b), &self) }
      }
      guard let first = best.models.first else { throw failure ?? .numerical("no model could be estimated") }
      (sp, sq) = (first.order.seasonalP, first.order.seasonalQ)
      if most < 3 { best = BestModels() }
    }
    for a in 0...most { for b in 0...most where isAllowed(a, b) { consider(order(a, b, sp, sq), &self) } }
    guard let plain = best.models.first else { throw failure ?? .numerical("no model could be estimated") }
    var (p, q) = (plain.order.p, plain.order.q)
    if plain.order.coefficientCount == 0, best.models.count > 1 {
      (p, q) = (best.models[1].order.p, best.models[1].order.q)
    }
    if period > 1 {
      // With a seasonal difference and one seasonal coefficient at most, an autoregressive one is not tried
      // again.
      let mostAR = mostSeasonal < 2 && seasonalD == 1 ? 0 : mostSeasonal
      for a in 0...mostAR {
        for b in 0...mostSeasonal where isAllowed(a, b) { consider(order(p, q, a, b), &self) }
      }
    }
    let chosen = simplest(best.models, d: d, seasonalD: seasonalD)
    steps.append(.orders(best.models, chosen: chosen))
    return chosen
  }

  /// A model further down the list, where it is simpler or better balanced and hardly worse.
  private func simplest(_ models: [SelectionStep.RankedModel], d: Int, seasonalD: Int) -> ARIMAOrder {
    struct Shape {
      let regular: Int
      let seasonal: Int
      let imbalance: Int
      let seasonalImbalance: Int

      init(_ order: ARIMAOrder) {
        regular = order.p + order.q
        seasonal = order.seasonalP + order.seasonalQ
        imbalance = abs(order.p + order.d - order.q)
        seasonalImbalance = abs(order.seasonalP + order.seasonalD - order.seasonalQ)
      }
    }
    let first = models[0].criterion
    let spread = models.count == 5 ? abs(first - models[4].criterion) : .infinity
    let scale = spread < 0.003 ? 0.0625 : spread < 0.03 ? 0.25 : 1.0
    var (wide, narrow, middle) = (0.01 * scale, 0.0025 * scale, 0.0075 * scale)
    var at = 0
    for i in models.indices.dropFirst() {
      let (old, new) = (Shape(models[at].order), Shape(models[i].order))
      let difference = abs(models[i].criterion - models[at].criterion)
      let sameSeasonal = new.seasonal == old.seasonal
      let sameRegular = new.regular == old.regular
      let betterRegular = new.imbalance < old.imbalance
      let betterSeasonal = new.seasonalImbalance < old.seasonalImbalance
      var isTaken = false
      if options.prefersBalanced {
        isTaken =
          ((betterRegular || betterSeasonal) && sameRegular && sameSeasonal && difference <= wide)
          || (betterRegular && new.regular <= old.regular && sameSeasonal && models[i].order.p > 0
            && models[i].order.q > 0 && difference <= narrow)
          || (new.imbalance == 0 && new.seasonalImbalance == 0 && difference < narrow)
          || (new.regular > old.regular && new.imbalance == 0 && sameSeasonal && difference < narrow)
          || (new.seasonal > old.seasonal && new.seasonalImbalance == 0 && sameRegular && difference < narrow)
          || (new.seasonal < old.seasonal && new.seasonal > 0 && sameRegular && new.seasonalImbalance == 0
            && difference <= narrow)
      }
      isTaken =
        isTaken
        || (i == 1 && old.regular == 0 && new.regular == 1 && sameSeasonal && difference < narrow)
        || (new.regular < old.regular && new.regular > 0 && sameSeasonal && difference < narrow)
        || (new.seasonal < old.seasonal && new.seasonal > 0 && sameRegular && difference < narrow)
        || (models[i].order.p < models[at].order.p && models[i].order.q == models[at].order.q
          && new.regular > 0
          && sameSeasonal && difference < middle)
      guard isTaken else { continue }
      let worse = abs(first - models[i].criterion)
      wide -= worse
      narrow -= worse
      middle -= worse
      at = i
    }
    let chosen = models[at].order
    return chosen.coefficientCount == 0 && at + 1 < models.count ? models[at + 1].order : chosen
  }
}
