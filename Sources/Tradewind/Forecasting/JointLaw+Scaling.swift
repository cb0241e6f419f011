extension JointLaw {
  /// The law after each step has been shifted and then scaled: y → (y + shift) · scale. Errors only scale; draws do both.
  ///
  /// - Precondition: Both have one element a step.
  func transformed(shift: [Double], scale: [Double]) -> JointLaw {
    switch self {
    case .pointsOnly:
      return .pointsOnly
    case .paths(let paths):
      return .paths(paths.mapped { ($1 + shift[$0]) * scale[$0] })
    case .student(let law, let freedom):
      return .student(law.transformed(shift: shift, scale: scale), degreesOfFreedom: freedom)
    case .movingAverage where scale.allSatisfy { $0 == 1 }, .normal where scale.allSatisfy { $0 == 1 }:
      return self
    case .movingAverage:
      let rows = factor(scale.count) ?? []
      return .normal(factor: zip(rows, scale).map { row, scale in row.map { $0 * scale } })
    case .normal(let factor):
      return .normal(factor: zip(factor, scale).map { row, scale in row.map { $0 * scale } })
    }
  }
}

extension Forecast {
  /// The forecast of what the forecast quantity becomes when `shift` is added and the sum multiplied by `scale`, step by step.
  func transformed(shift: [Double], scale: [Double]) -> Forecast {
    func put(_ value: Double, _ h: Int) -> Double { (value + shift[h]) * scale[h] }
    var result = self
    for h in mean.indices {
      result.mean[h] = put(mean[h], h)
      result.median[h] = put(median[h], h)
      result.intervals[h] = intervals[h].map {
        PredictionInterval(level: $0.level, lower: put($0.lower, h), upper: put($0.upper, h))
      }
    }
    result.joint = joint.transformed(shift: shift, scale: scale)
    return result
  }
}
