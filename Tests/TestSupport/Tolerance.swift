/// Whether two numbers agree to `relative` times the larger magnitude, or to `absolute`.
/// Two NaN agree; an infinity agrees only with itself.
public func isClose(_ a: Double, _ b: Double, relative: Double = 0, absolute: Double = 0) -> Bool {
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
  if a == b { return true }
  return abs(a - b) <= max(relative * max(abs(a), abs(b)), absolute)
}
