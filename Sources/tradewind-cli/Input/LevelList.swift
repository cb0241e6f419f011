import ArgumentParser

/// Interval levels in per cent, such as `80,95`.
struct LevelList: CustomStringConvertible {
  /// Between 0 and 1, ascending, each once.
  let levels: [Double]

  static let standard = LevelList(levels: [0.8, 0.95])

  private init(levels: [Double]) { self.levels = levels }

  /// Refuses what is no list of numbers from 1 to below 100; below 1 a fraction was probably meant.
  init(parsing text: String) throws {
    var levels: [Double] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let number = part.filter { $0 != " " }
      guard let percent = Double(number), percent > 0, percent < 100 else {
        throw ValidationError("'\(number)' is no level; expected per cent from 1 to below 100, such as 80,95")
      }
      guard percent >= 1 else {
        throw ValidationError(
          "'\(number)' is no level in per cent; did you mean \(Self.name(percent))?")
      }
      levels.append(percent / 100)
    }
    self.levels = Set(levels).sorted()
  }

  var description: String { levels.map(Self.name).joined(separator: ",") }

  /// A level as per cent in the names of columns: `80`, `99.5`.
  static func name(_ level: Double) -> String {
    let percent = (level * 1e6).rounded() / 1e4
    return percent == percent.rounded() ? String(Int(percent)) : "\(percent)"
  }
}
