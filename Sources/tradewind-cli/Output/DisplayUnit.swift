/// The unit in which a table shows amounts, so that they have few digits: 239,000 t are 239.0 kt.
struct DisplayUnit {
  let name: String
  private let size: Double
  private let decimals: Int

  /// - Parameters:
  ///   - unit: The unit of the amounts; it may be empty.
  ///   - amounts: Amounts of the usual size.
  init(_ unit: String, for amounts: [Double]) {
    let sizes = amounts.filter { $0.isFinite && $0 != 0 }.map(\.magnitude).sorted()
    (name, size) = DisplayUnit.scaled(unit, largest: sizes.last ?? 0)
    decimals = NumberText.decimals(for: sizes.isEmpty ? 0 : sizes[sizes.count / 2] / size, digits: 4)
  }

  func text(_ amount: Double) -> String {
    NumberText.fixed(amount / size, decimals: decimals)
  }

  private static func scaled(_ unit: String, largest: Double) -> (String, Double) {
    switch unit {
    case "t" where largest >= 10_000: ("kt", 1e3)
    case "kg" where largest >= 10_000: ("t", 1e3)
    case "usd" where largest >= 1e7: ("million usd", 1e6)
    default: (unit, 1)
    }
  }
}
