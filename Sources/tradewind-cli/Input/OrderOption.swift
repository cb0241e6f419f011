import ArgumentParser
import Tradewind

/// ARIMA orders on the command line: `auto`, `0,1,1`, `0,1,1,0,1,1` or `(0,1,1)(0,1,1)`.
enum OrderOption: ExpressibleByArgument {
  case automatic
  case given(ARIMAOrder)

  /// Higher orders have no use, and their search no end.
  static let highest = 48

  init?(argument: String) {
    if argument.lowercased() == "auto" {
      self = .automatic
      return
    }
    let plain = argument.replacing(")(", with: ",").filter { $0 != "(" && $0 != ")" && $0 != " " }
    let parts = plain.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    let numbers = parts.compactMap { $0 }.filter { (0...Self.highest).contains($0) }
    guard numbers.count == parts.count else { return nil }
    switch numbers.count {
    case 3: self = .given(ARIMAOrder(numbers[0], numbers[1], numbers[2]))
    case 6:
      self = .given(
        ARIMAOrder(numbers[0], numbers[1], numbers[2], seasonal: (numbers[3], numbers[4], numbers[5])))
    default: return nil
    }
    guard case .given(let order) = self, order.d + order.seasonalD <= 4 else { return nil }
  }

  /// The orders, nil for automatic ones.
  var order: ARIMAOrder? {
    if case .given(let order) = self { return order }
    return nil
  }
}
