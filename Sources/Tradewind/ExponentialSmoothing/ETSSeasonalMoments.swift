/// Means, variances and covariances of the coming periods with a multiplicative error and season and a linear trend, exact
/// for normal innovations: the moments of Hyndman et al. (2008), section 6.5, and the covariances between steps, without
/// matrices of the length of the season.
///
/// With q = ℓ + φb, the period at step h has y = s q (1 + ε). A step takes (ℓ, b) to (q (1 + αε), φb + βqε) and the step's
/// season s to s (1 + γε). Innovations are independent, so an expectation of products is carried from step to step: of
/// (ℓ, b), or of its square (ℓ², ℓb, b²), each times the factors 1 + γε of the seasons wanted at the end.
package struct ETSSeasonalMoments {
  private let alpha, beta, gamma, phi, v: Double
  private let state: ETS.State
  private let period: Int

  /// E ℓ², E ℓb and E b², each times the seasons' factors.
  private struct Square {
    var ll, lb, bb: Double
  }

  /// - Parameters:
  ///   - state: The states after the last observation, with seasons.
  ///   - variance: σ², of the relative innovations.
  package init(state: ETS.State, parameters: ETS.Parameters, variance: Double) {
    self.state = state
    alpha = parameters.alpha ?? 0
    beta = parameters.beta ?? 0
    gamma = parameters.gamma ?? 0
    phi = state.slope == nil ? 0 : parameters.phi ?? 1
    v = variance
    period = state.seasonal.count
  }

  /// γ if the season of step `k` is also that of step `t`.
  private func share(_ t: Int, _ k: Int) -> Double { (k - t) % period == 0 ? gamma : 0 }

  private func season(_ step: Int) -> Double { state.seasonal[(step - 1) % period] }

  /// The mean of each step.
  package func means(_ horizon: Int) -> [Double] {
    (1...horizon).map { k in
      var (l, b) = (state.level, state.slope ?? 0)
      for t in 1..<k {
        let g = share(t, k)
        let q = l + phi * b
        (l, b) = (q * (1 + g * alpha * v), phi * b + beta * q * g * v)
      }
      return season(k) * (l + phi * b)
    }
  }

  /// The next period's squares, times (1 + gε)(1 + hε).
  @inline(__always)
  private func next(_ old: Square, _ g: Double, _ h: Double) -> Square {
    // E w, E εw, E ε²w for w = (1 + gε)(1 + hε), with E ε³ = 0 and E ε⁴ = 3σ⁴.
    let (w0, w1, w2) = (1 + g * h * v, (g + h) * v, v + 3 * g * h * v * v)
    let qb = phi * (old.lb + phi * old.bb)
    let pp = phi * phi * old.bb
    let qq = old.ll + 2 * phi * old.lb + pp
    return Square(
      ll: (w0 + 2 * alpha * w1 + alpha * alpha * w2) * qq,
      lb: (w0 + alpha * w1) * qb + (beta * w1 + alpha * beta * w2) * qq,
      bb: w0 * pp + 2 * beta * w1 * qb + beta * beta * w2 * qq)
  }

  /// The covariance of all steps: row h holds those with steps 1 … h.
  ///
  /// Of O(horizon² · period): for each step k, one run with its own season's factors serves all steps of the first year, and
  /// one more for each season that recurs before k.
  package func covariance(_ horizon: Int, means: [Double]) -> [[Double]] {
    var rows: [[Double]] = []
    // Row vectors that carry (ℓ, b) after step t to q at step k in the mean.
    var onward = [(l: Double, b: Double)](repeating: (1, phi), count: horizon + 1)
    var squares = [Square](repeating: Square(ll: 0, lb: 0, bb: 0), count: horizon + 1)
    for k in 1...horizon {
      onward[k - 1] = (1, phi)
      for t in (1..<k).reversed() {
        let g = share(t, k)
        let c = onward[t].l * (1 + g * alpha * v) + onward[t].b * beta * g * v
        onward[t - 1] = (c, phi * (c + onward[t].b))
      }
      let (l, b) = (state.level, state.slope ?? 0)
      squares[0] = Square(ll: l * l, lb: l * b, bb: b * b)
      for t in 1..<max(k, 1) { squares[t] = next(squares[t - 1], share(t, k), 0) }
      var row = [Double](repeating: 0, count: k)
      for first in 1...min(period, k) {
        var square = squares[first - 1]
        for h in first...k {
          let isVisited = (h - first) % period == 0
          if isVisited {
            row[h - 1] =
              season(h) * season(k) * product(square, h, k, onward[h]) - means[h - 1] * means[k - 1]
          }
          // The last visit before k: nothing more to gather.
          if h + period > k, isVisited { break }
          square = next(square, share(h, k), isVisited ? gamma : 0)
        }
      }
      rows.append(row)
    }
    return rows
  }

  /// E qₕ qₖ (1 + εₕ)(1 + εₖ) times the seasons' factors, from the squares after step h − 1.
  @inline(__always)
  private func product(_ square: Square, _ h: Int, _ k: Int, _ onward: (l: Double, b: Double)) -> Double {
    let qb = square.lb + phi * square.bb
    let qq = square.ll + phi * square.lb + phi * qb
    if h == k { return (1 + v) * qq }
    let g = share(h, k)
    return onward.l * qq * (1 + v * (g + alpha + g * alpha))
      + onward.b * (phi * qb * (1 + g * v) + beta * qq * v * (1 + g))
  }
}
