import ArgumentParser

/// Interval levels in per cent, such as `80,95`.
struct LevelList: ExpressibleByArgument {
  /// Between 0 and 1, ascending, each once.
  let levels: [Double]

  static let standard = LevelList(levels: [0.8, 0.95])

  private init(levels: [Double]) { self.levels = levels }

  init?(argument: String) {
    var levels: [Double] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let percent = Double(part.filter { $0 != " " }), percent > 0, percent < 100 else { return nil }
      levels.append(percent / 100)
    }
    self.levels = Set(levels).sorted()
  }

  var defaultValueDescription: String { "80,95" }

  /// A level as per cent in the names of columns: `80`, `99.5`.
  static func name(_ level: Double) -> String {
    let percent = (level * 1e6).rounded() / 1e4
    return percent == percent.rounded() ? String(Int(percent)) : "\(percent)"
  }
}
