import RealModule

/// Four derivatives side by side.
typealias Lane = SIMD4<Double>

/// Where a search stands: α, β, γ, φ, level and slope, with the derivatives of the parameters by the search's own coordinates,
/// which are the first columns of ``ETSColumns``.
struct ETSPoint {
  var alpha = 0.0
  var beta = 0.0
  var gamma = 0.0
  var phi = 1.0
  var level = 0.0
  var slope = 0.0
  /// ∂α, ∂β, ∂γ, ∂φ by the first four columns.
  var alphaSeed = Lane()
  var betaSeed = Lane()
  var gammaSeed = Lane()
  var phiSeed = Lane()
}

/// One-step errors of a series and their derivatives by all parameters and initial states, in one pass.
///
/// With the error in the form `relative` (y/f − 1) or not (y − f), the residual of a period is eₜ, and the derivatives
/// are carried along with the states (forward tangents), four to a lane. Derivatives by the initial states obey the
/// linearised recursion alone; only lane 0 has sources along the way. Buffers are allocated once a series.
struct ETSKernel {
  /// The series, NaN where missing.
  let y: [Double]
  let period: Int
  let columns: ETSColumns
  /// Groups of four columns.
  let lanes: Int
  /// Initial seasons, which the pass overwrites with the final ones.
  var seasonal: [Double]
  /// eₜ, 0 where y is missing.
  var errors: [Double]
  /// ∂eₜ, `lanes` to a period.
  var rows: [Lane]
  /// Σₜ ∂log fₜ.
  var logGradient: [Lane]
  private var levelTangents: [Lane]
  private var slopeTangents: [Lane]
  private var seasonTangents: [Lane]

  /// What a pass returns besides the buffers.
  struct Pass {
    /// Σ eₜ².
    var sumOfSquares = 0.0
    /// Σ log fₜ, for relative errors.
    var logScale = 0.0
    /// Whether the states stayed where the form is defined.
    var isDefined = true
  }

  init(y: [Double], period: Int, columns: ETSColumns, errorsPerPeriod: Int = 1) {
    self.y = y
    self.period = period
    self.columns = columns
    lanes = columns.lanes
    seasonal = [Double](repeating: 0, count: period)
    errors = [Double](repeating: 0, count: y.count * errorsPerPeriod)
    rows = [Lane](repeating: Lane(), count: errors.count * lanes)
    logGradient = [Lane](repeating: Lane(), count: lanes)
    levelTangents = logGradient
    slopeTangents = logGradient
    seasonTangents = [Lane](repeating: Lane(), count: period * lanes)
  }

  /// The seeds: each initial state by itself. The last season is minus the sum of the others (plus a constant).
  private mutating func seed() {
    for i in 0..<lanes {
      levelTangents[i] = Lane()
      slopeTangents[i] = Lane()
      logGradient[i] = Lane()
    }
    for i in seasonTangents.indices { seasonTangents[i] = Lane() }
    if let column = columns.level { levelTangents[column / 4][column % 4] = 1 }
    if let column = columns.slope { slopeTangents[column / 4][column % 4] = 1 }
    for (j, column) in columns.seasons.enumerated() {
      seasonTangents[j * lanes + column / 4][column % 4] = 1
      seasonTangents[(period - 1) * lanes + column / 4][column % 4] = -1
    }
  }

  /// Runs through the series from `point` and the seasons in ``seasonal``.
  mutating func run(_ form: ETS.Form, relative: Bool, _ point: ETSPoint) -> Pass {
    seed()
    // Constant arguments, so that each of the 24 recursions is compiled by itself.
    switch (form.season, relative) {
    case (.none, false): return runTrend(form.trend, .none, false, point)
    case (.none, true): return runTrend(form.trend, .none, true, point)
    case (.additive, false): return runTrend(form.trend, .additive, false, point)
    case (.additive, true): return runTrend(form.trend, .additive, true, point)
    case (.multiplicative, false): return runTrend(form.trend, .multiplicative, false, point)
    case (.multiplicative, true): return runTrend(form.trend, .multiplicative, true, point)
    }
  }

  @inline(__always)
  private mutating func runTrend(
    _ trend: ETS.TrendComponent, _ season: ETS.SeasonComponent, _ relative: Bool, _ point: ETSPoint
  ) -> Pass {
    switch trend {
    case .none: run(.none, season, relative, point)
    case .additive, .additiveDamped: run(.additiveDamped, season, relative, point)
    case .multiplicative: run(.multiplicative, season, relative, point)
    case .multiplicativeDamped: run(.multiplicativeDamped, season, relative, point)
    }
  }

  @inline(__always)
  private mutating func run(
    _ trend: ETS.TrendComponent, _ season: ETS.SeasonComponent, _ relative: Bool, _ point: ETSPoint
  ) -> Pass {
    Self.pass(
      trend, season, relative, point, lanes: lanes, y: y, seasonal: &seasonal, levels: &levelTangents,
      slopes: &slopeTangents, seasons: &seasonTangents, rows: &rows, logGradient: &logGradient,
      errors: &errors)
  }

  // One recursion that reads from top to bottom: primal values of a period, then each lane of derivatives.
  @inline(__always)
  private static func pass(
    _ trend: ETS.TrendComponent, _ season: ETS.SeasonComponent, _ relative: Bool, _ point: ETSPoint,
    lanes: Int,
    y: [Double], seasonal: inout [Double], levels levelBuffer: inout [Lane], slopes slopeBuffer: inout [Lane],
    seasons seasonBuffer: inout [Lane], rows: inout [Lane], logGradient: inout [Lane], errors: inout [Double]
  ) -> Pass {
    let (alpha, beta, gamma, phi) = (point.alpha, point.beta, point.gamma, point.phi)
    var (level, slope) = (point.level, point.slope)
    let values = y.span
    var seasons = seasonal.mutableSpan
    var levels = levelBuffer.mutableSpan
    var slopes = slopeBuffer.mutableSpan
    var seasonDerivatives = seasonBuffer.mutableSpan
    var errorRows = rows.mutableSpan
    var logRow = logGradient.mutableSpan
    var errorValues = errors.mutableSpan
    var result = Pass()
    // Π f in blocks, so that one logarithm serves several periods.
    var product = 1.0
    var slot = 0
    var row = 0
    for t in 0..<values.count {
      let y = values[t]
      let observed = y == y
      let s = season == .none ? 1 : seasons[slot]
      // q = qℓ ℓ + … : value and derivatives by level, slope and φ.
      var (q, qLevel, qSlope, qPhi) = (level, 1.0, 0.0, 0.0)
      // The slope before correction, and its derivatives.
      var (b, bSlope, bPhi) = (0.0, 0.0, 0.0)
      switch trend {
      case .none: break
      case .additive, .additiveDamped:
        (b, bSlope, bPhi) = (phi * slope, phi, slope)
        (q, qSlope, qPhi) = (level + b, phi, slope)
      case .multiplicative:
        (b, bSlope) = (slope, 1)
        (q, qLevel, qSlope) = (level * b, b, level)
      case .multiplicativeDamped:
        guard slope > 0 else { return Self.undefined(result) }
        let logSlope = Double.log(slope)
        b = Double.exp(phi * logSlope)
        (bSlope, bPhi) = (phi * b / slope, b * logSlope)
        (q, qLevel, qSlope, qPhi) = (level * b, b, level * bSlope, level * bPhi)
      }
      let isRatio = trend == .multiplicative || trend == .multiplicativeDamped
      if isRatio || season == .multiplicative {
        guard q > 0, level > 0, season != .multiplicative || s > 0 else { return Self.undefined(result) }
      }
      let f = season == .none ? q : season == .additive ? q + s : q * s
      // With y missing all errors are zero, and so are their derivatives.
      var (error, d, dq, ds, seasonError, sq, ss) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
      var rowScale = 0.0
      if observed {
        if relative {
          guard f > 0 else { return Self.undefined(result) }
          let inverse = 1 / f
          let ratio = y * inverse
          error = ratio - 1
          rowScale = -ratio * inverse
          product *= f
        } else {
          error = y - f
          rowScale = -1
        }
        // d = P − q and its derivatives by q and s; s′ = s + γ(…) likewise.
        dq = -1
        switch season {
        case .none: d = y - q
        case .additive:
          d = y - f
          ds = -1
          seasonError = d
          (sq, ss) = (-gamma, 1 - gamma)
        case .multiplicative:
          let adjusted = y / s
          let relativeSeason = y / q
          d = adjusted - q
          ds = -adjusted / s
          seasonError = relativeSeason - s
          (sq, ss) = (-gamma * relativeSeason / q, 1 - gamma)
        }
        result.sumOfSquares += error * error
      }
      errorValues[t] = error
      let inverseFLog = relative && observed ? 1 / f : 0
      let share = isRatio ? 1 / level : 1
      let slopeError = d * share
      for lane in 0..<lanes {
        let levelLane = levels[lane]
        var qLane = levelLane
        var slopeLane = Lane()
        if trend != .none {
          slopeLane = slopes[lane]
          if isRatio {
            qLane = qLevel * levelLane + qSlope * slopeLane
          } else {
            qLane = levelLane + qSlope * slopeLane
          }
          if lane == 0 { qLane += qPhi * point.phiSeed }
        }
        var seasonLane = Lane()
        var fLane = qLane
        var dLane = dq * qLane
        if season != .none {
          seasonLane = seasonDerivatives[slot * lanes + lane]
          fLane = season == .additive ? qLane + seasonLane : s * qLane + q * seasonLane
          dLane += ds * seasonLane
        }
        errorRows[row + lane] = rowScale * fLane
        if relative { logRow[lane] += inverseFLog * fLane }
        var newLevel = qLane + alpha * dLane
        if lane == 0 { newLevel += d * point.alphaSeed }
        levels[lane] = newLevel
        if trend != .none {
          var newSlope = bSlope * slopeLane + (beta * share) * dLane
          if isRatio { newSlope -= (beta * slopeError * share) * levelLane }
          if lane == 0 { newSlope += bPhi * point.phiSeed + slopeError * point.betaSeed }
          slopes[lane] = newSlope
        }
        if season != .none {
          var newSeason = sq * qLane + ss * seasonLane
          if lane == 0 { newSeason += seasonError * point.gammaSeed }
          seasonDerivatives[slot * lanes + lane] = newSeason
        }
      }
      row += lanes
      if trend != .none { slope = b + beta * slopeError }
      level = q + alpha * d
      if season != .none {
        seasons[slot] = s + gamma * seasonError
        slot = slot + 1 == seasons.count ? 0 : slot + 1
      }
      if relative && t & 7 == 7 {
        result.logScale += Double.log(product)
        product = 1
      }
    }
    if relative { result.logScale += Double.log(product) }
    result.isDefined = result.sumOfSquares.isFinite && result.logScale.isFinite
    return result
  }

  @inline(__always)
  private static func undefined(_ pass: Pass) -> Pass {
    var result = pass
    result.isDefined = false
    return result
  }

  /// Σₜ ∂eₜ ∂eₜ′ and Σₜ eₜ ∂eₜ.
  ///
  /// The matrix is stored by columns of `lanes` groups; what lies above the diagonal's groups is left as it is.
  func accumulate(normal: inout [Lane], gradient: inout [Lane]) {
    let lanes = self.lanes
    let table = rows.span
    let values = errors.span
    var target = normal.mutableSpan
    var slope = gradient.mutableSpan
    for right in 0..<lanes {
      var sum = Lane()
      for t in 0..<values.count { sum += values[t] * table[t * lanes + right] }
      slope[right] = sum
      for left in right..<lanes {
        var (a, b, c, d) = (Lane(), Lane(), Lane(), Lane())
        var place = 0
        for _ in 0..<values.count {
          let u = table[place + left]
          let v = table[place + right]
          a += v.x * u
          b += v.y * u
          c += v.z * u
          d += v.w * u
          place += lanes
        }
        let first = 4 * right * lanes + left
        target[first] = a
        target[first + lanes] = b
        target[first + 2 * lanes] = c
        target[first + 3 * lanes] = d
      }
    }
  }
}
