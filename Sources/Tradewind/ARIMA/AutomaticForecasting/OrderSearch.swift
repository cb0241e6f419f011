/// The orders of a model beside its differences, which all models of a search share.
struct OrderCandidate: Hashable, Sendable {
  var p: Int
  var q: Int
  var seasonalP: Int
  var seasonalQ: Int
  var hasConstant: Bool

  init(_ p: Int, _ q: Int, seasonal: (p: Int, q: Int) = (0, 0), constant: Bool = false) {
    (self.p, self.q) = (p, q)
    (seasonalP, seasonalQ) = seasonal
    hasConstant = constant
  }

  /// p + q + P + Q.
  var total: Int { p + q + seasonalP + seasonalQ }

  /// Whether another model contains this one.
  func isWithin(_ other: OrderCandidate) -> Bool {
    p <= other.p && q <= other.q && seasonalP <= other.seasonalP && seasonalQ <= other.seasonalQ
      && (other.hasConstant || !hasConstant)
  }

  func moved(by move: OrderSearch.Move) -> OrderCandidate {
    var result = self
    result.p += move.p
    result.q += move.q
    result.seasonalP += move.seasonalP
    result.seasonalQ += move.seasonalQ
    return result
  }
}

/// Which candidates are tried, in which order; what they are worth a closure says.
///
/// The rules are those of Hyndman and Khandakar (2008), §3.2, with the additions that R's `auto.arima` has made since: the
/// model without constant is among the first ones, and p and q may change one against the other.
struct OrderSearch: Sendable {
  struct Move: Sendable {
    let p, q, seasonalP, seasonalQ: Int

    init(_ p: Int = 0, _ q: Int = 0, seasonal: (Int, Int) = (0, 0)) {
      (self.p, self.q) = (p, q)
      (seasonalP, seasonalQ) = seasonal
    }
  }

  /// The highest orders.
  var limit: OrderCandidate
  /// Whether models with a constant are tried: a mean without differences, a drift with one.
  var allowsConstant: Bool
  /// The first model's orders, within the limit.
  var start: OrderCandidate
  /// How many models the stepwise search tries at most.
  var models: Int

  /// What a candidate is worth, the less the better; infinite if it does not count. The second argument is the best so
  /// far, from which estimation may begin.
  typealias Evaluation = (_ candidate: OrderCandidate, _ best: OrderCandidate?) -> Double

  /// The neighbours in the order they are tried.
  static let moves: [Move] = [
    Move(seasonal: (-1, 0)), Move(seasonal: (0, -1)), Move(seasonal: (1, 0)), Move(seasonal: (0, 1)),
    Move(seasonal: (-1, -1)), Move(seasonal: (-1, 1)), Move(seasonal: (1, -1)), Move(seasonal: (1, 1)),
    Move(-1, 0), Move(0, -1), Move(1, 0), Move(0, 1), Move(-1, -1), Move(-1, 1), Move(1, -1), Move(1, 1),
  ]

  func isWithinLimit(_ candidate: OrderCandidate) -> Bool {
    (0...limit.p).contains(candidate.p) && (0...limit.q).contains(candidate.q)
      && (0...limit.seasonalP).contains(candidate.seasonalP)
      && (0...limit.seasonalQ).contains(candidate.seasonalQ)
      && (allowsConstant || !candidate.hasConstant)
  }

  /// The models the stepwise search begins with, none twice.
  var first: [OrderCandidate] {
    var rich = start
    rich.hasConstant = allowsConstant
    var list = [rich, OrderCandidate(0, 0, constant: allowsConstant)]
    if limit.p > 0 || limit.seasonalP > 0 {
      list.append(
        OrderCandidate(min(1, limit.p), 0, seasonal: (min(1, limit.seasonalP), 0), constant: allowsConstant))
    }
    if limit.q > 0 || limit.seasonalQ > 0 {
      list.append(
        OrderCandidate(0, min(1, limit.q), seasonal: (0, min(1, limit.seasonalQ)), constant: allowsConstant))
    }
    if allowsConstant { list.append(OrderCandidate(0, 0)) }
    var seen: Set<OrderCandidate> = []
    return list.filter { seen.insert($0).inserted }
  }

  /// From the first models to the first better neighbour, until none is better.
  ///
  /// - Returns: The best candidate; nil if none counts.
  func stepwise(_ evaluate: Evaluation) -> OrderCandidate? {
    var tried: Set<OrderCandidate> = []
    var best: OrderCandidate?
    var least = Double.infinity
    /// Whether the candidate is new and better.
    func improves(_ candidate: OrderCandidate) -> Bool {
      guard isWithinLimit(candidate), tried.count < models, tried.insert(candidate).inserted else {
        return false
      }
      let value = evaluate(candidate, best)
      guard value < least else { return false }
      (best, least) = (candidate, value)
      return true
    }
    for candidate in first { _ = improves(candidate) }
    // Where no first model counts, neighbours of the richest may.
    while let centre = best ?? first.first {
      if Self.moves.contains(where: { improves(centre.moved(by: $0)) }) { continue }
      var toggled = centre
      toggled.hasConstant.toggle()
      guard improves(toggled) else { break }
    }
    return best
  }

  /// All candidates whose orders add up to at most `order`, small ones first so that each may begin from a smaller one.
  func exhaustive(order: Int, _ evaluate: Evaluation) -> OrderCandidate? {
    var all: [OrderCandidate] = []
    for p in 0...limit.p {
      for q in 0...limit.q {
        for seasonalP in 0...limit.seasonalP {
          for seasonalQ in 0...limit.seasonalQ where p + q + seasonalP + seasonalQ <= order {
            all.append(OrderCandidate(p, q, seasonal: (seasonalP, seasonalQ)))
            if allowsConstant {
              all.append(OrderCandidate(p, q, seasonal: (seasonalP, seasonalQ), constant: true))
            }
          }
        }
      }
    }
    var best: OrderCandidate?
    var least = Double.infinity
    // Sorting by the place as well keeps the order the same on every platform.
    let ordered = all.enumerated().sorted { ($0.element.total, $0.offset) < ($1.element.total, $1.offset) }
    for (_, candidate) in ordered {
      let value = evaluate(candidate, best)
      if value < least { (best, least) = (candidate, value) }
    }
    return best
  }
}
