import Testing

@testable import TradewindNumerics

/// One seeded matrix case of the laws: a size, a rank and a spread of scales, and a name for failures.
struct MatrixCase: CustomTestStringConvertible, Sendable {
  let seed: UInt64
  let rows: Int
  let columns: Int
  let rank: Int
  /// Columns are multiplied by powers of ten from 10^-spread/2 to 10^spread/2.
  let spread: Double

  var testDescription: String {
    "seed \(seed), \(rows) x \(columns), rank \(rank), scales over 1e\(Int(spread))"
  }

  /// Standard normal elements, or a product of two such matrices where the rank is smaller than full.
  var matrix: Matrix {
    var generator = SeededGenerator(seed: seed)
    var a: Matrix
    if rank == min(rows, columns) {
      a = .random(rows, columns, &generator)
    } else {
      a = .random(rows, rank, &generator) * .random(rank, columns, &generator)
    }
    for j in 0..<columns where columns > 1 {
      let exponent = spread * (Double((j * 7) % columns) / Double(columns - 1) - 0.5)
      for i in 0..<rows { a[i, j] *= exp10(exponent) }
    }
    return a
  }

  /// A vector that belongs to the case, from its own stream.
  func vector(_ count: Int, stream: Int = 1) -> [Double] {
    var generator = SeededGenerator(seed: seed).split(stream)
    return generator.normals(count)
  }

  /// 1 × 1, square, tall and wide, full rank, scales up to 1e12.
  static let fullRank: [MatrixCase] = {
    var cases: [MatrixCase] = []
    for (index, size) in [
      (1, 1), (1, 4), (5, 1), (2, 2), (3, 3), (7, 7), (20, 4), (4, 20), (60, 17), (33, 32), (40, 41),
    ]
    .enumerated() {
      for (k, spread) in [0.0, 6, 12].enumerated() {
        cases.append(
          MatrixCase(
            seed: UInt64(100 * index + k), rows: size.0, columns: size.1, rank: min(size.0, size.1),
            spread: spread))
      }
    }
    return cases
  }()

  static let tall = fullRank.filter { $0.rows >= $0.columns }

  /// Rank below both sizes.
  static let deficient: [MatrixCase] = {
    var cases: [MatrixCase] = []
    for (index, size) in [
      (3, 2, 1), (2, 3, 1), (6, 6, 3), (20, 8, 5), (8, 20, 5), (50, 12, 11), (30, 30, 1), (9, 5, 0),
    ]
    .enumerated() {
      for (k, spread) in [0.0, 6, 12].enumerated() {
        cases.append(
          MatrixCase(
            seed: UInt64(10_000 + 100 * index + k), rows: size.0, columns: size.1, rank: size.2,
            spread: spread))
      }
    }
    return cases
  }()
}

func exp10(_ x: Double) -> Double {
  // Exact powers are not needed: the scales only have to be far apart and the same everywhere.
  var result = 1.0
  for _ in 0..<Int(abs(x) * 8) { result *= 1.333_521_432_163_324 }
  return x < 0 ? 1 / result : result
}

extension Matrix {
  static func random(_ rows: Int, _ columns: Int, _ generator: inout SeededGenerator) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: generator.normals(rows * columns))
  }

  var largest: Double { elements.reduce(0) { max($0, abs($1)) } }

  /// The largest difference in any column, relative to the length of that column of `reference`.
  func columnwiseError(from reference: Matrix) -> Double {
    precondition(rows == reference.rows && columns == reference.columns)
    var worst = 0.0
    for j in 0..<columns {
      let scale = norm(reference.column(j))
      let error = norm(zip(column(j), reference.column(j)).map { $0 - $1 })
      worst = max(worst, error == 0 ? 0 : error / scale)
    }
    return worst
  }

  /// max |A − I|.
  var distanceFromIdentity: Double { (self - .identity(rows)).largest }
}
