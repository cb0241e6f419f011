/// Small loops over vectors, for which a call into BLAS would cost more than the work. All allocate nothing and sum
/// from the first element to the last, so equal input gives equal bits.

/// Σ xᵢyᵢ.
package func dot(_ x: Span<Double>, _ y: Span<Double>) -> Double {
  precondition(x.count == y.count, "a dot product needs vectors of one length")
  var sum = 0.0
  for i in 0..<x.count { sum += x[i] * y[i] }
  return sum
}

/// Σ xᵢyᵢ.
package func dot(_ x: [Double], _ y: [Double]) -> Double { dot(x.span, y.span) }

/// ‖x‖₂, safe from overflow and underflow of the squares: scaled by the largest magnitude. NaN if any element is.
package func norm(_ x: Span<Double>) -> Double {
  var largest = 0.0
  for i in 0..<x.count {
    if x[i].isNaN { return .nan }
    largest = max(largest, abs(x[i]))
  }
  guard largest > 0, largest.isFinite else { return largest }
  var sum = 0.0
  for i in 0..<x.count {
    let scaled = x[i] / largest
    sum += scaled * scaled
  }
  return largest * sum.squareRoot()
}

/// ‖x‖₂, as ``norm(_:)-(Span<Double>)``.
package func norm(_ x: [Double]) -> Double { norm(x.span) }

/// max |xᵢ|; 0 for an empty vector.
package func largestMagnitude(_ x: Span<Double>) -> Double {
  var largest = 0.0
  for i in 0..<x.count { largest = max(largest, abs(x[i])) }
  return largest
}

/// max |xᵢ|; 0 for an empty vector.
package func largestMagnitude(_ x: [Double]) -> Double { largestMagnitude(x.span) }

/// The power of two at or just below ‖x‖ (1 for a zero vector): dividing by it brings x to unit size without rounding.
func binaryScale(_ x: Span<Double>) -> Double {
  let largest = largestMagnitude(x)
  guard largest > 0 else { return 1 }
  let length = norm(x)
  let exponent = length.isFinite ? length.exponent : largest.exponent
  return Double(sign: .plus, exponent: exponent, significand: 1)
}
