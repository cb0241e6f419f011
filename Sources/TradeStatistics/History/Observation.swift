import RealModule

/// One fact as a statement about the log levels z of the model.
///
/// With S(A) = Σ exp z over the months in A, a fact says that log S(numerator) − log S(denominator) is `value`
/// (a level has no denominator), or, for a change in the series' unit, that (S(numerator) − S(denominator)) / scale is.
struct Observation {
  enum Form {
    case logRatio
    case difference(scale: Double)
  }

  var form: Form
  /// Variables whose exponentials are summed.
  var numerator: [Int]
  var denominator: [Int] = []
  /// Added to the log of the sum: −log n for the mean of n months.
  var offset = 0.0
  /// The variable of the source's own deviation, if it has one.
  var sourceEffect: Int?
  var value: Double
  /// Variance of rounding, (half-width² / 3 relative to the level), as for a uniform error.
  var variance: Double
  /// What the fact states and half the width of its rounding, both in the observation's scale (relative for a
  /// logarithm); nil where the error is not one of rounding.
  var rounding: (stated: Double, half: Double)?
  /// Position of the fact in the list the model was built from.
  var fact: Int

  /// The value predicted at the log levels `z`, and its gradient by them as pairs of variable and weight, appended to
  /// `row`.
  func linearise(at z: [Double], row: inout [(variable: Int, weight: Double)]) -> Double {
    row.removeAll(keepingCapacity: true)
    let top = logSumExp(numerator, z)
    let bottom = denominator.isEmpty ? 0 : logSumExp(denominator, z)
    var predicted: Double
    switch form {
    case .logRatio:
      predicted = top - bottom + offset
      for v in numerator { row.append((v, .exp(z[v] - top))) }
      for v in denominator { row.append((v, -.exp(z[v] - bottom))) }
    case .difference(let scale):
      let sumBelow = denominator.isEmpty ? 0 : Double.exp(bottom)
      predicted = (.exp(top) - sumBelow) / scale
      for v in numerator { row.append((v, .exp(z[v]) / scale)) }
      for v in denominator { row.append((v, -.exp(z[v]) / scale)) }
    }
    if let sourceEffect {
      predicted += z[sourceEffect]
      row.append((sourceEffect, 1))
    }
    return predicted
  }

  /// What the rounding of the fact leaves open, as bounds on the predicted value, a tenth narrower so that averaging over
  /// the scales stays within; nil if there is no rounding.
  var roundingBounds: ClosedRange<Double>? {
    guard let (stated, whole) = rounding else { return nil }
    let half = 0.9 * whole
    switch form {
    case .logRatio:
      return stated + (half < 1 ? Double.log(onePlus: -half) : -.infinity)...stated + .log(onePlus: half)
    case .difference:
      return stated - half...stated + half
    }
  }

  /// The value predicted at the log levels `z`.
  func predicted(at z: [Double]) -> Double {
    let top = logSumExp(numerator, z)
    let bottom = denominator.isEmpty ? 0 : logSumExp(denominator, z)
    let own = sourceEffect.map { z[$0] } ?? 0
    switch form {
    case .logRatio:
      return top - bottom + offset + own
    case .difference(let scale):
      return (.exp(top) - (denominator.isEmpty ? 0 : Double.exp(bottom))) / scale + own
    }
  }
}

/// log Σ exp z over the given variables, without overflow.
func logSumExp(_ variables: [Int], _ z: [Double]) -> Double {
  guard let first = variables.first else { return -.infinity }
  if variables.count == 1 { return z[first] }
  let largest = variables.reduce(z[first]) { max($0, z[$1]) }
  let sum = variables.reduce(0) { $0 + Double.exp(z[$1] - largest) }
  return largest + .log(sum)
}
