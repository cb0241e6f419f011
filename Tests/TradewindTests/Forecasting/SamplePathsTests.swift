import Synchronization
import TestSupport
import Testing

@testable import Tradewind

/// Draws are made when they are first looked at.
@Suite("Sample paths")
struct SamplePathsTests {
  private let law = JointLaw.student(
    .normal(factor: [[2], [1, 1], [0.5, 0, 3]]), degreesOfFreedom: 8)

  @Test("nothing is drawn before somebody looks, and what is drawn does not depend on who looks first")
  func laziness() {
    let paths = SamplePaths(mean: [10, 20, 30], law: law, count: 100, seed: 4)
    let doubled = paths.mapped { step, x in x * Double(step + 1) }
    #expect(!paths.isDrawn && !doubled.isDrawn)
    let first = doubled[path: 3, step: 2]
    #expect(doubled.isDrawn && paths.isDrawn)
    #expect(first == 3 * paths[path: 3, step: 2])
    let again = SamplePaths(mean: [10, 20, 30], law: law, count: 100, seed: 4)
    let total = again.totals(of: 0..<3)[3]
    #expect(total == (0..<3).reduce(0) { $0 + paths[path: 3, step: $1] })
    #expect(again == paths)
    #expect(SamplePaths(mean: [10, 20, 30], law: law, count: 100, seed: 5) != paths)
  }

  @Test("many who look at once see the same draws, made once")
  func concurrentLooks() async {
    let calls = Calls()
    let paths = SamplePaths(mean: [10, 20, 30], law: law, count: 2000, seed: 4).mapped { _, x in
      calls.add()
      return x
    }
    let sums = await withTaskGroup(of: Double.self) { group in
      for _ in 0..<8 { group.addTask { paths.values.reduce(0, +) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(sums).count == 1)
    #expect(calls.count == 6000)
  }

  /// Counts from many threads.
  private final class Calls: Sendable {
    private let number = Mutex(0)
    var count: Int { number.withLock { $0 } }
    func add() { number.withLock { $0 += 1 } }
  }

  @Test(
    "draws have the covariance of the law: the factor times its transpose, ν / (ν − 2) of it with Student's tails"
  )
  func covariance() {
    let count = 40_000
    let values = SamplePaths(mean: [0, 0, 0], law: law, count: count, seed: 1).values
    let expected: [[Double]] = [[4, 2, 1], [2, 2, 0.5], [1, 0.5, 9.25]]
    for i in 0..<3 {
      for j in 0..<3 {
        let mean = (0..<count).reduce(0) { $0 + values[3 * $1 + i] * values[3 * $1 + j] } / Double(count)
        // Four standard errors of a product of two such errors.
        let room = 4 * (expected[i][i] * expected[j][j] * 8 / Double(count)).squareRoot()
        #expect(abs(mean - expected[i][j] * 8 / 6) < room)
      }
    }
  }

  @Test("a moving-average law draws what its weights and its shared error say")
  func movingAverage() {
    let plain = JointLaw.movingAverage(weights: [1, 0.5], variance: 4)
    let shared = JointLaw.movingAverage(
      weights: [1, 0.5], variance: 4, shared: JointLaw.SharedError(level: 1, slope: 0.5))
    let count = 40_000
    // Step 2: 4 · (1 + 0.5²), and with the shared error 1² + (2 · 0.5)² more.
    for (law, expected) in [(plain, 5.0), (shared, 7)] {
      let values = SamplePaths(mean: [7, 7], law: law, count: count, seed: 2).values
      let squares = (0..<count).map { (path: Int) -> Double in
        let error = values[2 * path + 1] - 7
        return error * error
      }
      let variance = squares.reduce(0, +) / Double(count)
      #expect(abs(variance - expected) < 4 * expected * (2 / Double(count)).squareRoot())
    }
  }

  @Test("a forecast by auto draws nothing until its totals are asked for")
  func automatic() throws {
    let series = try #require(try ExampleData.china().first)
    let forecast = try Auto(effort: .fast).fit(to: series).forecast(horizon: 12)
    guard case .paths(let paths) = forecast.joint else {
      Issue.record("logarithms have no closed form for totals")
      return
    }
    #expect(!paths.isDrawn)
    #expect(forecast.total(over: .year).count == 1 && paths.isDrawn)
  }
}
