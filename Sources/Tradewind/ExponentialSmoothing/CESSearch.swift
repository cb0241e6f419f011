/// The least-squares search for the smoothing parameters: from the two best of four starts, or a given one, by damped steps of
/// a quadratic model with curvature learnt along the way.
///
/// A point and its neighbours run in the lanes of one pass, so that the errors and their derivatives come together. The search
/// ends where the next step promises a 10⁻⁶th of the sum of squares.
struct CESSearch {
  typealias Vector = SIMD4<Double>

  /// Where a search ended: α₀, α₁, β₀, β₁ and the sum of squared errors there.
  struct Result {
    let point: Vector
    let squares: Double
  }

  private let problem: CESProblem
  private let count: Int
  // The full season needs a fifth lane.
  private var narrow: CESState<SIMD4<Double>>
  private var wide: CESState<CESWideLanes>

  private static let leastGain = 1e-6
  /// How many times the gain that the next step promises is thought possible at most. With it the choice misses the least AICc of the
  /// four seasons by more than 0.01 in one of 2,000 drawn series (`Benchmarks/Sources/ETSDefault/Population.swift`, seed 11).
  private static let patience = 20.0
  private static let mostEvaluations = 30

  init(_ problem: CESProblem) {
    self.problem = problem
    count = problem.seasonality.parameters
    let isFull = problem.seasonality == .full
    narrow = CESState(period: isFull ? 0 : problem.period)
    wide = CESState(period: isFull ? problem.period : 0)
  }

  /// A place in ``CESRegion``'s coordinates, with the model of the squares about it.
  struct Place {
    var coordinates: Vector
    var squares: Double
    var model: CESQuadratic

    /// The differences of the lanes over the steps' lengths.
    init(_ coordinates: Vector, _ sums: CESSums, inverse: Vector) {
      func column(_ products: Vector, _ diagonal: Double, _ j: Int) -> Vector {
        Vector(products[1], products[2], products[3], diagonal) * inverse * inverse[j]
      }
      let (two, three, four) = (sums.second, sums.third, sums.fourth)
      self.coordinates = coordinates
      squares = sums.first[0].isNaN ? .infinity : sums.first[0]
      model = CESQuadratic(
        slope: Vector(sums.first[1], sums.first[2], sums.first[3], sums.fifth[0]) * inverse,
        columns: (
          column(two, sums.fifth[1], 0), column(three, sums.fifth[2], 1), column(four, sums.fifth[3], 2),
          column(sums.fifth, sums.last, 3)
        ))
    }
  }

  /// The best point; nil if no start has finite errors, or as soon as the sum of squares will hardly come below `limit`: if
  /// ``patience`` times the gain that the next step promises would not do.
  mutating func run(from start: Vector? = nil, below limit: Double = .infinity) -> Result? {
    if let start { return descend(from: start, below: limit) }
    var best: Result?
    for start in bestStarts() {
      let found = descend(from: start, below: min(limit, best?.squares ?? .infinity))
      if let found, found.squares < best?.squares ?? .infinity { best = found }
    }
    return best
  }

  private mutating func descend(from start: Vector, below limit: Double) -> Result? {
    var here = evaluate(CESRegion.place(of: start))
    guard here.squares.isFinite else { return nil }
    var secant = CESSecant()
    var (damping, growth) = (1e-3, 2.0)
    for _ in 1..<Self.mostEvaluations {
      guard here.squares > 0, let (step, gain) = step(from: here, secant, damping) else { break }
      if here.squares - Self.patience * gain > limit { return nil }
      // A step made short by damping promises little of what there is.
      if gain < Self.leastGain * here.squares * (damping < 1 ? 1 : 0.01) { break }
      let target = (here.coordinates + step).clamped(lowerBound: CESRegion.lower, upperBound: CESRegion.upper)
      let there = CESRegion.isStable(target) ? evaluate(target) : here
      guard there.squares < here.squares else {
        damping = max(damping, 1e-3) * growth
        growth *= 2
        continue
      }
      damping = here.squares - there.squares > gain / 4 ? max(damping / 5, 1e-9) : damping * 2
      growth = 2
      secant.learn(there.coordinates - here.coordinates, from: here.model, to: there.model)
      here = there
    }
    return Result(point: CESRegion.point(here.coordinates), squares: here.squares)
  }

  /// The damped step and the gain it promises, nil where there is none.
  private func step(from here: Place, _ secant: CESSecant, _ damping: Double) -> (Vector, Double)? {
    let slope = here.model.slope
    let atWall =
      ((here.coordinates .<= CESRegion.lower) .& (slope .>= 0))
      .| ((here.coordinates .>= CESRegion.upper) .& (slope .<= 0))
    let free = .!atWall .& (Vector(0, 1, 2, 3) .< Double(count))
    guard any(free) else { return nil }
    let c = here.model.columns
    let extra = damping * Vector(c.0[0], c.1[1], c.2[2], c.3[3])
    // Without what was learnt if that leaves no minimum.
    for model in [secant.added(to: here.model), here.model] {
      let damped = model.damped(extra)
      if let step = damped.boxedMinimum(
        from: here.coordinates, free: free, lower: CESRegion.lower, upper: CESRegion.upper)
      {
        return (step, model.gain(step))
      }
    }
    return nil
  }

  // MARK: Passes

  /// Of four points with the imaginary part 1, where the model is simple exponential smoothing at α₀ − 1, the two with the
  /// smallest sums of squares: there are often two valleys, one of them at the arc. (A constant series has no errors anywhere.)
  private mutating func bestStarts() -> [Vector] {
    let (alpha0, alpha1) = (Vector(1.01, 1.1, 1.3, 1.7), Vector.one)
    let beta0 = Vector(0.1, 0.1, 0.1, 0.05)
    let squares = squares((alpha0, alpha1), beta0)
    let order = (0..<4).filter { squares[$0].isFinite }.sorted { (squares[$0], $0) < (squares[$1], $1) }
    return order.prefix(2).map { Vector(alpha0[$0], 1, beta0[$0], 1) }
  }

  /// One loop for each kind.
  private mutating func squares(_ alpha: (Vector, Vector), _ beta0: Vector) -> Vector {
    func run(_ kind: CES.Seasonality, _ state: inout CESState<Vector>) -> Vector {
      let p = CESParameters(alpha: alpha, beta: (beta0, .one), kind)
      var sums = CESSums()
      state.backcast(problem, p, kind)
      state.pass(problem, p, kind) { sums.addSquares($0) }
      return sums.first
    }
    return switch problem.seasonality {
    case .nonseasonal: run(.nonseasonal, &narrow)
    case .simple: run(.simple, &narrow)
    case .partial, .full: run(.partial, &narrow)
    }
  }

  private mutating func products(_ alpha: (Vector, Vector), _ beta0: Vector) -> CESSums {
    func run(_ kind: CES.Seasonality, _ state: inout CESState<Vector>) -> CESSums {
      let p = CESParameters(alpha: alpha, beta: (beta0, .one), kind)
      var sums = CESSums()
      state.backcast(problem, p, kind)
      state.pass(problem, p, kind) { sums.addProducts($0, kind) }
      return sums
    }
    return switch problem.seasonality {
    case .nonseasonal: run(.nonseasonal, &narrow)
    case .simple: run(.simple, &narrow)
    case .partial, .full: run(.partial, &narrow)
    }
  }

  /// Lane 0 holds the point, lane j + 1 its neighbour along coordinate j.
  mutating func evaluate(_ x: Vector) -> Place {
    // A step of 10⁻⁶ leaves about half of the digits to the difference.
    let step = Vector(repeating: 1e-6).replacing(with: -1e-6, where: x + 1e-6 .> CESRegion.upper)
    let moved = x + step
    let here = CESRegion.alpha0(x[0], x[1])
    let alpha0 = Vector(here, CESRegion.alpha0(moved[0], x[1]), CESRegion.alpha0(x[0], moved[1]), here)
    let alpha1 = Vector(x[1], x[1], moved[1], x[1])
    let beta0 = Vector(x[2], x[2], x[2], moved[2])
    guard problem.seasonality == .full else {
      return Place(x, products((alpha0, alpha1), beta0), inverse: 1 / (moved - x))
    }
    func wider(_ low: Vector, _ last: Double) -> CESWideLanes { CESWideLanes(low, SIMD2(last, last)) }
    let p = CESParameters(
      alpha: (wider(alpha0, here), wider(alpha1, x[1])),
      beta: (wider(beta0, x[2]), wider(Vector(repeating: x[3]), moved[3])), .full)
    var sums = CESSums()
    wide.backcast(problem, p, .full)
    wide.pass(problem, p, .full) { sums.addProducts($0) }
    return Place(x, sums, inverse: 1 / (moved - x))
  }
}
