import RealModule

/// A number with a fixed count of decimals, for sentences.
func fixed(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
  let scale = Double.pow(10, decimals)
  let scaled = Int((abs(value) * scale).rounded())
  let whole = scaled / Int(scale)
  let digits = String(scaled % Int(scale))
  let sign = value < 0 && scaled > 0 ? "−" : ""
  guard decimals > 0 else { return sign + String(whole) }
  return sign + "\(whole)." + String(repeating: "0", count: decimals - digits.utf8.count) + digits
}
