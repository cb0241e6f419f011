import RealModule

/// The coordinates in which the likelihood is searched.
///
/// A polynomial with all its coefficients free is written by its partial autocorrelations, each between −1 and 1: that is the
/// stationary (or invertible) region exactly. Barndorff-Nielsen, O. and Schou, G. (1973), "On the parametrization of
/// autoregressive models by partial autocorrelations", *Journal of Multivariate Analysis* 3, 408–419,
/// doi:10.1016/0047-259X(73)90030-4. Where a coefficient is held, the others are coordinates themselves, and points outside of
/// the region have no likelihood.
struct ARMACoordinates: Sendable {
  /// One polynomial's part of the parameter vector.
  private struct Block {
    let range: Range<Int>
    let isMoving: Bool
    let isPartial: Bool
    let kind: ARIMAConstraints.Kind
  }

  private let blocks: [Block]
  private let held: [Double?]
  /// The parameters that are coordinates, by their number in the parameter vector.
  let free: [Int]
  /// Which coordinates are partial autocorrelations.
  private let partial: [Bool]

  /// Partial autocorrelations end here, so that variances stay finite: at 1 − 10⁻⁷ that of a process is 5·10⁶ times that of its
  /// innovations.
  static let limit = 1 - 1e-7

  init(order: ARIMAOrder, constraints: ARIMAConstraints) {
    let held = order.held(by: constraints)
    self.held = held
    var blocks: [Block] = []
    var first = 0
    for kind in ARIMAConstraints.Kind.allCases {
      let range = first..<first + order.count(kind)
      first = range.upperBound
      guard !range.isEmpty else { continue }
      let isMoving = kind == .ma || kind == .seasonalMA
      blocks.append(
        Block(
          range: range, isMoving: isMoving, isPartial: held[range].allSatisfy { $0 == nil }, kind: kind))
    }
    self.blocks = blocks
    let free = held.indices.filter { held[$0] == nil }
    self.free = free
    let inPartial = Set(blocks.filter(\.isPartial).flatMap { Array($0.range) })
    partial = free.map { inPartial.contains($0) }
  }

  var count: Int { free.count }
  var parameterCount: Int { held.count }

  /// Whether a coordinate is a partial autocorrelation, not a coefficient itself.
  func isPartial(_ coordinate: Int) -> Bool { partial[coordinate] }

  /// A coordinate lies between minus this and this.
  func bound(_ coordinate: Int) -> Double { partial[coordinate] ? Self.limit : .infinity }

  /// The point within the bounds of each coordinate.
  func inside(_ point: [Double]) -> [Double] {
    point.indices.map { min(max(point[$0], -bound($0)), bound($0)) }
  }

  /// The polynomial that coefficients held leave outside of the region whatever the others are, as far as it has no free ones.
  var outside: ARIMAConstraints.Kind? {
    var parameters = held.map { $0 ?? 0 }
    for block in blocks where block.range.allSatisfy({ held[$0] != nil }) {
      if !isInside(&parameters, block) { return block.kind }
    }
    return nil
  }

  /// Writes the parameters φ, θ, Φ, Θ of a point; false if it lies outside of the region.
  func parameters(at point: [Double], into parameters: inout [Double]) -> Bool {
    for (i, j) in free.enumerated() { parameters[j] = point[i] }
    var isDefined = true
    for block in blocks {
      if block.isPartial {
        Self.expand(&parameters, block.range, isMoving: block.isMoving)
      } else {
        for j in block.range { if let value = held[j] { parameters[j] = value } }
        isDefined = isDefined && isInside(&parameters, block)
      }
    }
    return isDefined
  }

  /// The point of given parameters; those outside of the region are drawn towards zero until they are inside.
  func point(of parameters: [Double]) -> [Double] {
    var values = parameters
    for (j, value) in held.enumerated() { if let value { values[j] = value } }
    for block in blocks {
      var shrunk = values
      var factor = 1.0
      for _ in 0..<40 where !isInside(&shrunk, block) {
        // Roots move away from the origin by the factor's inverse.
        factor *= 0.95
        var power = 1.0
        for j in block.range {
          power *= factor
          if held[j] == nil { shrunk[j] = values[j] * power }
        }
      }
      if !isInside(&shrunk, block) { for j in block.range where held[j] == nil { shrunk[j] = 0 } }
      if block.isPartial { _ = Self.reduce(&shrunk, block.range, isMoving: block.isMoving) }
      for j in block.range { values[j] = shrunk[j] }
    }
    return inside(free.map { values[$0] })
  }

  private func isInside(_ parameters: inout [Double], _ block: Block) -> Bool {
    var copy = Array(parameters[block.range])
    return Self.reduce(&copy, 0..<copy.count, isMoving: block.isMoving)
  }

  /// Partial autocorrelations to coefficients, in place: the Durbin–Levinson recursion upwards.
  private static func expand(_ x: inout [Double], _ range: Range<Int>, isMoving: Bool) {
    let first = range.lowerBound
    for k in 1..<max(1, range.count) {
      let reflection = x[first + k]
      for j in 0..<(k + 1) / 2 {
        let (a, b) = (x[first + j], x[first + k - 1 - j])
        x[first + j] = a - reflection * b
        x[first + k - 1 - j] = b - reflection * a
      }
    }
    if isMoving { for j in range { x[j] = -x[j] } }
  }

  /// Coefficients to partial autocorrelations, in place; false if they do not lie inside.
  private static func reduce(_ x: inout [Double], _ range: Range<Int>, isMoving: Bool) -> Bool {
    let first = range.lowerBound
    if isMoving { for j in range { x[j] = -x[j] } }
    var k = range.count - 1
    while k >= 0 {
      let reflection = x[first + k]
      guard abs(reflection) < 1 else { return false }
      let remaining = 1 - reflection * reflection
      for j in 0..<(k + 1) / 2 {
        let (a, b) = (x[first + j], x[first + k - 1 - j])
        x[first + j] = (a + reflection * b) / remaining
        x[first + k - 1 - j] = (b + reflection * a) / remaining
      }
      k -= 1
    }
    return true
  }
}
