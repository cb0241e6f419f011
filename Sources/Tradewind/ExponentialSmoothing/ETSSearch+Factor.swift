/// The linear equations of a step, four columns at a time: the entries of a group are named, so that they stay in registers.
extension ETSSearch {
  /// Cholesky: L of J′J + μD over the active coordinates, with ones on the diagonal for the others.
  ///
  /// - Returns: Whether there is one.
  mutating func factorise() -> Bool {
    let lanes = columns.lanes
    for i in 0..<lanes {
      for k in 0..<4 { mask[i][k] = isActive[4 * i + k] ? 1 : 0 }
    }
    for column in 0..<4 * lanes {
      let (own, isOn) = (column / 4, isActive[column])
      for i in own..<lanes {
        factor[column * lanes + i] = isOn ? normal[column * lanes + i] * mask[i] : Lane()
      }
      factor[column * lanes + own][column % 4] += isOn ? mu * scales[column] : 1
    }
    var l = factor.mutableSpan
    for own in 0..<lanes {
      // The first entries of the group's four columns.
      let (p0, p1) = (4 * own * lanes, (4 * own + 1) * lanes)
      let (p2, p3) = (p1 + lanes, p1 + 2 * lanes)
      guard l[p0 + own].x > 0 else { return false }
      let r0 = 1 / l[p0 + own].x.squareRoot()
      let c0 = r0 * l[p0 + own]
      var c1 = l[p1 + own] - c0.y * c0
      guard c1.y > 0 else { return false }
      let r1 = 1 / c1.y.squareRoot()
      c1 *= r1
      var c2 = l[p2 + own] - c0.z * c0 - c1.z * c1
      guard c2.z > 0 else { return false }
      let r2 = 1 / c2.z.squareRoot()
      c2 *= r2
      var c3 = l[p3 + own] - c0.w * c0 - c1.w * c1 - c2.w * c2
      guard c3.w > 0 else { return false }
      let r3 = 1 / c3.w.squareRoot()
      c3 *= r3
      (l[p0 + own], l[p1 + own], l[p2 + own], l[p3 + own]) = (c0, c1, c2, c3)
      for i in own + 1..<max(lanes, own + 1) {
        let b0 = r0 * l[p0 + i]
        let b1 = r1 * (l[p1 + i] - c0.y * b0)
        let b2 = r2 * (l[p2 + i] - c0.z * b0 - c1.z * b1)
        let b3 = r3 * (l[p3 + i] - c0.w * b0 - c1.w * b1 - c2.w * b2)
        (l[p0 + i], l[p1 + i], l[p2 + i], l[p3 + i]) = (b0, b1, b2, b3)
      }
      for j in own + 1..<max(lanes, own + 1) {
        let (m0, m1, m2, m3) = (l[p0 + j], l[p1 + j], l[p2 + j], l[p3 + j])
        let q = 4 * j * lanes
        for i in j..<lanes {
          let (b0, b1, b2, b3) = (l[p0 + i], l[p1 + i], l[p2 + i], l[p3 + i])
          let x: Lane = m0.x * b0 + m1.x * b1 + m2.x * b2 + m3.x * b3
          let y: Lane = m0.y * b0 + m1.y * b1 + m2.y * b2 + m3.y * b3
          let z: Lane = m0.z * b0 + m1.z * b1 + m2.z * b2 + m3.z * b3
          let w: Lane = m0.w * b0 + m1.w * b1 + m2.w * b2 + m3.w * b3
          l[q + i] -= x
          l[q + lanes + i] -= y
          l[q + 2 * lanes + i] -= z
          l[q + 3 * lanes + i] -= w
        }
      }
    }
    return true
  }

  /// The active coordinates' step, given where the others go; zero for these.
  mutating func solve() {
    let lanes = columns.lanes
    for i in 0..<lanes { solution[i] = -gradient[i] }
    for j in x.indices where delta[j] != 0 {
      for i in x.indices {
        let moved = element(i, j) * delta[j]
        solution[i / 4][i % 4] -= moved
      }
    }
    for i in 0..<lanes { solution[i] *= mask[i] }
    let factor = self.factor
    let l = factor.span
    var step = solution.mutableSpan
    for own in 0..<lanes {
      let (p0, p1) = (4 * own * lanes, (4 * own + 1) * lanes)
      let (p2, p3) = (p1 + lanes, p1 + 2 * lanes)
      let (c0, c1, c2, c3) = (l[p0 + own], l[p1 + own], l[p2 + own], l[p3 + own])
      let b = step[own]
      let z0 = b.x / c0.x
      let z1 = (b.y - c0.y * z0) / c1.y
      let z2 = (b.z - c0.z * z0 - c1.z * z1) / c2.z
      let z3 = (b.w - c0.w * z0 - c1.w * z1 - c2.w * z2) / c3.w
      step[own] = Lane(z0, z1, z2, z3)
      for i in own + 1..<max(lanes, own + 1) {
        let left: Lane = z0 * l[p0 + i] + z1 * l[p1 + i]
        let right: Lane = z2 * l[p2 + i] + z3 * l[p3 + i]
        step[i] -= left + right
      }
    }
    for own in (0..<lanes).reversed() {
      let (p0, p1) = (4 * own * lanes, (4 * own + 1) * lanes)
      let (p2, p3) = (p1 + lanes, p1 + 2 * lanes)
      let (c0, c1, c2, c3) = (l[p0 + own], l[p1 + own], l[p2 + own], l[p3 + own])
      var (s0, s1, s2, s3) = (Lane(), Lane(), Lane(), Lane())
      for i in own + 1..<max(lanes, own + 1) {
        let z = step[i]
        s0 += l[p0 + i] * z
        s1 += l[p1 + i] * z
        s2 += l[p2 + i] * z
        s3 += l[p3 + i] * z
      }
      let b = step[own]
      let z3 = (b.w - s3.sum()) / c3.w
      let z2 = (b.z - s2.sum() - c2.w * z3) / c2.z
      let z1 = (b.y - s1.sum() - c1.z * z2 - c1.w * z3) / c1.y
      let z0 = (b.x - s0.sum() - c0.y * z1 - c0.z * z2 - c0.w * z3) / c0.x
      step[own] = Lane(z0, z1, z2, z3)
    }
  }
}
