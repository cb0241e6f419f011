import ArgumentParser
import Tradewind

/// ARIMA orders on the command line: `auto`, `0,1,1`, `0,1,1,0,1,1` or `(0,1,1)(0,1,1)`.
enum OrderOption {
  case automatic
  case given(ARIMAOrder)

  /// Higher orders have no use, and their search no end.
  static let highest = 48

  init(parsing text: String) throws(ValidationError) {
    self = text.lowercased() == "auto" ? .automatic : .given(try Self.order(parsing: text))
  }

  static func order(parsing text: String) throws(ValidationError) -> ARIMAOrder {
    guard let order = order(text) else {
      throw ValidationError(
        "'\(text)' are no ARIMA orders; expected p,d,q or p,d,q,P,D,Q such as 0,1,1,0,1,1")
    }
    return order
  }

  private static func order(_ text: String) -> ARIMAOrder? {
    let plain = text.replacing(")(", with: ",").filter { $0 != "(" && $0 != ")" && $0 != " " }
    let parts = plain.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    let numbers = parts.compactMap { $0 }.filter { (0...highest).contains($0) }
    guard numbers.count == parts.count, numbers.count == 3 || numbers.count == 6 else { return nil }
    let seasonal = numbers.count == 6 ? (numbers[3], numbers[4], numbers[5]) : (0, 0, 0)
    let order = ARIMAOrder(numbers[0], numbers[1], numbers[2], seasonal: seasonal)
    return order.d + order.seasonalD <= 4 ? order : nil
  }

  /// The orders, nil for automatic ones.
  var order: ARIMAOrder? {
    if case .given(let order) = self { return order }
    return nil
  }
}
