// The steps of the filter, in the letters: s the ARMA state (r elements), u the uncertain values behind it, P their
// covariance (lower triangle), z = s₁ + Σ δⱼ zₜ₋ⱼ the period's value, M = Cov(state, z), F = Var z, v its innovation.
extension StateSpaceFilter {
  var rowLength: Int { order + schedule.capacity }
  private var dimension: Int { order + slots }

  /// Nothing is known yet of the starting values that are not observed: each is its own column, or follows from the
  /// others of its run.
  mutating func writeStart() {
    let free = schedule.freeTimes.count
    for i in means.indices { means[i] = 0 }
    slots = schedule.initialTimes.count
    for i in order..<dimension {
      for j in 0...i { covariance[i * rowLength + j] = 0 }
    }
    var column = 0
    for (slot, time) in schedule.initialTimes.enumerated()
    where column < free && schedule.freeTimes[column] == time {
      means[(order + slot) * columns + column] = 1
      column += 1
    }
    for index in schedule.initialRuns {
      let run = observations.runs[index]
      guard let first = schedule.initialTimes.firstIndex(of: run.first), let weight = run.weights.last
      else { continue }
      // The run's periods are neighbours among the starting values, and its last is determined by the others.
      let target = (order + first + run.last - run.first) * columns
      for c in 0..<columns {
        var rest = c < free ? 0 : run.totals[c - free]
        for j in 0..<(run.last - run.first) {
          rest -= run.weights[j] * means[(order + first + j) * columns + c]
        }
        means[target + c] = rest / weight
      }
      logDeterminant += 2 * .log(abs(weight))
    }
  }

  /// M, v and F of the period's value. What is not observed counts as 0 in v, so that −v is its forecast.
  mutating func predict(_ step: StateSpaceSchedule.Step, _ index: Int) -> Double {
    let dimension = dimension
    for i in 0..<dimension { gains[i] = covariance[i * rowLength] }
    for c in 0..<columns { innovation[c] = differenced[index * columns + c] - means[c] }
    for position in step.lags { include(order + schedule.slots[position], schedule.coefficients[position]) }
    var variance = gains[0]
    for position in step.lags {
      variance += schedule.coefficients[position] * gains[order + schedule.slots[position]]
    }
    return variance
  }

  /// M, v and F of a run's total.
  mutating func predictTotal(_ step: StateSpaceSchedule.Step, _ run: StateSpaceObservations.Run) -> Double {
    let free = columns - observations.columns
    for i in 0..<dimension { gains[i] = 0 }
    for c in 0..<columns { innovation[c] = c < free ? 0 : run.totals[c - free] }
    for (j, position) in step.run.enumerated() { include(order + schedule.slots[position], run.weights[j]) }
    var variance = 0.0
    for (j, position) in step.run.enumerated() {
      variance += run.weights[j] * gains[order + schedule.slots[position]]
    }
    return variance
  }

  /// Adds `weight` times an element of the state to what is predicted: to M its column of P, to v less its mean.
  private mutating func include(_ element: Int, _ weight: Double) {
    for i in 0...element { gains[i] += weight * covariance[element * rowLength + i] }
    for i in (element + 1)..<max(dimension, element + 1) {
      gains[i] += weight * covariance[i * rowLength + element]
    }
    for c in 0..<columns { innovation[c] -= weight * means[element * columns + c] }
  }

  /// Puts the period's value into the next slot.
  mutating func add(variance: Double) {
    let dimension = dimension
    let row = dimension * rowLength
    for i in 0..<dimension { covariance[row + i] = gains[i] }
    covariance[row + dimension] = variance
    for c in 0..<columns { means[dimension * columns + c] = -innovation[c] }
    slots += 1
  }

  /// Removes a slot: the highest one moves there.
  mutating func drop(_ slot: Int) {
    let last = dimension - 1
    let hole = order + slot
    slots -= 1
    guard hole != last else { return }
    for i in 0..<hole { covariance[hole * rowLength + i] = covariance[last * rowLength + i] }
    covariance[hole * rowLength + hole] = covariance[last * rowLength + last]
    for i in (hole + 1)..<max(last, hole + 1) {
      covariance[i * rowLength + hole] = covariance[last * rowLength + i]
    }
    for c in 0..<columns { means[hole * columns + c] = means[last * columns + c] }
  }

  /// Mean + Mv/F, P − MM′/F.
  mutating func observe(variance: Double) {
    let (dimension, rowLength) = (dimension, rowLength)
    Self.observe(
      &covariance, &means, gains, innovation, variance: variance, dimension: dimension,
      rowLength: rowLength)
  }

  /// To the next period: s ← Ts + (θ₀…θᵣ₋₁)′a, with T the companion of φ. u stays.
  mutating func advance(hasAR: Bool) {
    let (dimension, rowLength) = (dimension, rowLength)
    Self.advance(
      &covariance, &firstColumn, arma.ar, arma.ma, hasAR: hasAR, dimension: dimension,
      rowLength: rowLength)
    for c in 0..<columns {
      let first = means[c]
      for i in 0..<order {
        means[i * columns + c] = (i + 1 < order ? means[(i + 1) * columns + c] : 0) + arma.ar[i] * first
      }
    }
  }

  /// ``observe(variance:)`` and ``advance(hasAR:)`` where nothing but s is uncertain: z then fixes s₁, so its row of
  /// P vanishes.
  mutating func observeAndAdvance(variance: Double) {
    let rowLength = rowLength
    Self.observeAndAdvance(&covariance, gains, arma.ma, variance: variance, rowLength: rowLength)
    for c in 0..<columns {
      let value = means[c] + innovation[c]
      for i in 0..<order {
        let shifted =
          i + 1 < order ? means[(i + 1) * columns + c] + gains[i + 1] / variance * innovation[c] : 0
        means[i * columns + c] = shifted + arma.ar[i] * value
      }
    }
  }

  private static func observe(
    _ covariance: inout [Double], _ means: inout [Double], _ gains: [Double], _ innovation: [Double],
    variance: Double, dimension: Int, rowLength: Int
  ) {
    var p = covariance.mutableSpan
    var state = means.mutableSpan
    let (m, v) = (gains.span, innovation.span)
    let columns = v.count
    for i in 0..<dimension {
      let gain = m[i] / variance
      let row = i * rowLength
      for j in 0...i { p[row + j] -= gain * m[j] }
      for c in 0..<columns { state[i * columns + c] += gain * v[c] }
    }
  }

  private static func advance(
    _ covariance: inout [Double], _ firstColumn: inout [Double], _ ar: [Double], _ ma: [Double],
    hasAR: Bool, dimension: Int, rowLength: Int
  ) {
    var p = covariance.mutableSpan
    var old = firstColumn.mutableSpan
    let (phi, theta) = (ar.span, ma.span)
    let r = phi.count
    for i in 0..<dimension { old[i] = p[i * rowLength] }
    let top = old[0]
    for i in 0..<r {
      let row = i * rowLength
      let below = row + rowLength + 1
      let isLast = i + 1 == r
      for j in 0...i { p[row + j] = (isLast ? 0 : p[below + j]) + theta[i] * theta[j] }
      guard hasAR else { continue }
      // φᵢ P(1, j+1) + φⱼ P(i+1, 1) + φᵢ φⱼ P(1, 1), with nothing beyond r.
      let mixed = (isLast ? 0 : old[i + 1]) + phi[i] * top
      for j in 0...i { p[row + j] += phi[i] * (j + 1 < r ? old[j + 1] : 0) + phi[j] * mixed }
    }
    for i in r..<max(dimension, r) {
      let row = i * rowLength
      for j in 0..<r { p[row + j] = (j + 1 < r ? p[row + j + 1] : 0) + phi[j] * old[i] }
    }
  }

  private static func observeAndAdvance(
    _ covariance: inout [Double], _ gains: [Double], _ ma: [Double], variance: Double, rowLength: Int
  ) {
    var p = covariance.mutableSpan
    let (m, theta) = (gains.span, ma.span)
    let r = theta.count
    for i in 0..<(r - 1) {
      let row = i * rowLength
      let below = row + rowLength + 1
      let gain = m[i + 1] / variance
      for j in 0...i { p[row + j] = p[below + j] - gain * m[j + 1] + theta[i] * theta[j] }
    }
    for j in 0..<r { p[(r - 1) * rowLength + j] = theta[r - 1] * theta[j] }
  }

  /// Keeps v of the period's value in every column.
  mutating func keepErrors(_ index: Int) {
    for c in 0..<columns { errors[index * columns + c] = innovation[c] }
  }
}
