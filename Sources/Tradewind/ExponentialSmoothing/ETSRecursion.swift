import RealModule

/// The recursion one period at a time, in the letters of Hyndman et al. (2008), tables 2.2 and 2.3. Everything but the
/// search for parameters goes through here.
///
/// Written with the error ε = y − f, the updates of the states are the same for additive and multiplicative errors.
struct ETSRecursion: Sendable, Equatable {
  let form: ETS.Form
  /// α, β, γ, φ: 0 where the form has none, φ = 1 where the trend is not damped.
  let alpha, beta, gamma, phi: Double
  /// ℓ, b: the level and the slope.
  private(set) var level, slope: Double
  /// s, as a ring: the next period's season stands at `next`.
  private(set) var seasonal: [Double]
  private(set) var next = 0

  init(form: ETS.Form, parameters: ETS.Parameters, state: ETS.State) {
    self.form = form
    alpha = parameters.alpha ?? 0
    beta = parameters.beta ?? 0
    gamma = parameters.gamma ?? 0
    phi = parameters.phi ?? 1
    level = state.level
    slope = state.slope ?? 0
    seasonal = state.seasonal
  }

  /// The states after the last period stepped over.
  var state: ETS.State {
    ETS.State(
      level: level, slope: form.hasTrend ? slope : nil, seasonal: Array(seasonal[next...] + seasonal[..<next])
    )
  }

  /// q: level and trend together.
  var trended: Double {
    switch form.trend {
    case .none: level
    case .additive, .additiveDamped: level + phi * slope
    case .multiplicative: level * slope
    case .multiplicativeDamped: level * Double.pow(slope, phi)
    }
  }

  /// f, what the next period is expected to be.
  var expected: Double {
    switch form.season {
    case .none: trended
    case .additive: trended + seasonal[next]
    case .multiplicative: trended * seasonal[next]
    }
  }

  /// What the period `steps` after the next one is expected to be, as things stand.
  func expected(after steps: Int) -> Double {
    var (power, sum) = (1.0, 0.0)
    for _ in 0...steps {
      power *= phi
      sum += power
    }
    let q =
      switch form.trend {
      case .none: level
      case .additive, .additiveDamped: level + sum * slope
      case .multiplicative, .multiplicativeDamped: level * Double.pow(slope, sum)
      }
    return switch form.season {
    case .none: q
    case .additive: q + seasonal[(next + steps) % seasonal.count]
    case .multiplicative: q * seasonal[(next + steps) % seasonal.count]
    }
  }

  /// Moves on by a period that had the value `y`; NaN if it is not known, which carries the states forward.
  mutating func step(_ y: Double) {
    let q = trended
    // d: the error in the units of the level. Where q or s has come to zero there is nothing to divide by, and the
    // period is passed over.
    var d = 0.0
    switch form.season {
    case .none: if !y.isNaN { d = y - q }
    case .additive:
      let error = y - q - seasonal[next]
      if !y.isNaN {
        d = error
        seasonal[next] += gamma * error
      }
    case .multiplicative:
      let s = seasonal[next]
      if !y.isNaN, q != 0, s != 0 {
        d = y / s - q
        seasonal[next] = s + gamma * (y / q - s)
      }
    }
    switch form.trend {
    case .none: break
    case .additive, .additiveDamped: slope = phi * slope + beta * d
    case .multiplicative, .multiplicativeDamped:
      let grown = phi == 1 ? slope : Double.pow(slope, phi)
      slope = level == 0 ? grown : grown + beta * d / level
    }
    level = q + alpha * d
    if !seasonal.isEmpty { next = next + 1 == seasonal.count ? 0 : next + 1 }
  }
}
