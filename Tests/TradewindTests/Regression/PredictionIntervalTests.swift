import Foundation
import Testing
import Tradewind

@Suite("Prediction intervals")
struct PredictionIntervalTests {
  @Test("an interval holds its ends and what lies between")
  func contains() {
    let interval = PredictionInterval(level: 0.8, lower: 419, upper: 650)
    #expect(interval.contains(419) && interval.contains(650) && interval.contains(500))
    #expect(!interval.contains(418.9) && !interval.contains(.nan))
    #expect(interval.width == 231)
  }

  @Test("it survives JSON; a level beyond 1 does not")
  func json() throws {
    let interval = PredictionInterval(level: 0.95, lower: -1.5, upper: 2)
    let data = try JSONEncoder().encode(interval)
    #expect(try JSONDecoder().decode(PredictionInterval.self, from: data) == interval)
    let wrong = Data(#"{"level": 95, "lower": 1, "upper": 2}"#.utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(PredictionInterval.self, from: wrong) }
  }
}
