import Tradewind

/// A table that `--tables` can name.
enum TableName: Hashable {
  case x11(X11Table)
  /// Of an adjustment with a model only.
  case effect(EffectTable)

  /// All of them in the order of their names; those of X-11 alone without a model.
  static func all(withModel: Bool) -> [TableName] {
    let x11 = X11Table.allCases.map { TableName.x11($0) }
    guard withModel else { return x11 }
    return (EffectTable.allCases.map { TableName.effect($0) } + x11).sorted {
      ($0.rawValue.prefix(1), $0.number) < ($1.rawValue.prefix(1), $1.number)
    }
  }

  init?(_ text: some StringProtocol) {
    let text = text.lowercased()
    if let table = X11Table(rawValue: text) {
      self = .x11(table)
    } else if let table = EffectTable(rawValue: text) {
      self = .effect(table)
    } else {
      return nil
    }
  }

  /// Such as `a8ls`.
  var rawValue: String {
    switch self {
    case .x11(let table): table.rawValue
    case .effect(let table): table.rawValue
    }
  }

  /// Such as `A8LS`.
  var name: String { rawValue.uppercased() }

  private var number: Int { Int(rawValue.dropFirst().prefix { $0.isNumber }) ?? 0 }
}
