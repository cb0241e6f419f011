import Tradewind

extension Fact {
  /// Whether the figure ends in zeros before the point and ``halfWidth`` is half a unit of the last digit that is none, as
  /// for 1,917,000 with a half-width of 500.
  var endsInZeros: Bool {
    guard value != 0, value.isFinite, halfWidth >= 5 else { return false }
    return value.truncatingRemainder(dividingBy: 2 * halfWidth) == 0
      && Rounding.halfWidth(of: shortest(value)) == halfWidth
  }
}
