import Testing

@testable import TradewindNumerics

@Suite struct PartialSortTests {
  @Test(
    "what quantiles depend on stands where a full sort puts it, and nothing is lost",
    arguments: [1, 2, 3, 15, 16, 17, 100, 1001, 20_000], [1, 3, 1000])
  func places(count: Int, distinct: Int) {
    let levels = [0.025, 0.1, 0.5, 0.9, 0.975, 0, 1]
    var generator = SeededGenerator(seed: UInt64(count + distinct))
    for draw in 0..<5 {
      var values = (0..<count).map { _ in (generator.nextUniform() * Double(distinct)).rounded(.down) }
      if draw == 1 { values.sort() }
      if draw == 2 { values.sort(by: >) }
      if draw == 3 { values = generator.normals(count) }
      let sorted = values.sorted()
      let partly = values.partiallySorted(atQuantiles: levels)
      #expect(partly.sorted() == sorted)
      for p in levels {
        let below = Int(p * Double(count - 1))
        let above = min(below + 1, count - 1)
        #expect(partly[below] == sorted[below] && partly[above] == sorted[above])
      }
    }
  }

  @Test("no values, no quantiles and NaN come back whole")
  func odd() {
    #expect([Double]().partiallySorted(atQuantiles: [0.5]).isEmpty)
    #expect([3.0, 1].partiallySorted(atQuantiles: []) == [3, 1])
    let values = (0..<100).map { $0 % 7 == 0 ? Double.nan : Double($0 % 13) }
    #expect(values.partiallySorted(atQuantiles: [0.1, 0.5, .nan]).count == 100)
  }
}
