import RealModule

/// A whole in one month, shared out among its parts.
///
/// The variables of the parts are log shares up to a common constant: with w the log level of the whole, part k has the
/// log level w + ηₖ − log Σ exp η. So the parts add up to the whole whatever the variables are, and none of them is set
/// apart as the one the others are compared with (the additive logistic-normal law of Aitchison & Shen 1980, *Biometrika*
/// 67(2), 261–272, doi:10.1093/biomet/67.2.261, written symmetrically).
struct Composition {
  enum Whole {
    /// A log level that is known.
    case known(Double)
    /// The log level is a variable of the model.
    case variable(Int)
  }

  var whole: Whole
  /// The variables of the parts; each belongs to one composition only.
  var members: [Int]
}

extension HistoryModel {
  /// The log levels that the variables `z` stand for: themselves, unless they share out a whole.
  func levels(at z: [Double]) -> [Double] {
    guard !compositions.isEmpty else { return z }
    var levels = z
    for composition in compositions {
      let whole =
        switch composition.whole {
        case .known(let level): level
        case .variable(let v): levels[v]
        }
      let scale = whole - logSumExp(composition.members, z)
      for v in composition.members { levels[v] = z[v] + scale }
    }
    return levels
  }
}

/// Turns a gradient by log levels into one by the variables behind them.
struct CompositionChain {
  private let compositions: [Composition]
  /// The composition each variable belongs to, or −1.
  private var owner: [Int]
  private var weights: [Double]

  init(_ compositions: [Composition], count: Int) {
    self.compositions = compositions
    owner = compositions.isEmpty ? [] : [Int](repeating: -1, count: count)
    weights = compositions.isEmpty ? [] : [Double](repeating: 0, count: count)
    for (c, composition) in compositions.enumerated() {
      for v in composition.members { owner[v] = c }
    }
  }

  /// Replaces the weights on log levels by those on variables: a share's own weight less the share's part of all weights
  /// in the month, which go on to the whole. Parts come before the wholes they belong to.
  mutating func carry(_ row: inout [(variable: Int, weight: Double)], from levels: [Double]) {
    guard !compositions.isEmpty else { return }
    var touched: [Int] = []
    var plain: [Int] = []
    func note(_ v: Int, _ owner: [Int]) {
      if owner[v] < 0 { plain.append(v) } else { touched.append(owner[v]) }
    }
    for (v, weight) in row {
      if weights[v] == 0 { note(v, owner) }
      weights[v] += weight
    }
    row.removeAll(keepingCapacity: true)
    touched = Array(Set(touched)).sorted()
    while let c = touched.popLast() {
      let composition = compositions[c]
      let total = composition.members.reduce(0) { $0 + weights[$1] }
      let log = logSumExp(composition.members, levels)
      for v in composition.members {
        row.append((v, weights[v] - .exp(levels[v] - log) * total))
        weights[v] = 0
      }
      guard case .variable(let whole) = composition.whole else { continue }
      let isNew = weights[whole] == 0
      weights[whole] += total
      guard isNew else { continue }
      if owner[whole] < 0 {
        plain.append(whole)
      } else if !touched.contains(owner[whole]) {
        touched.append(owner[whole])
        touched.sort()
      }
    }
    for v in plain where weights[v] != 0 {
      row.append((v, weights[v]))
      weights[v] = 0
    }
  }
}
