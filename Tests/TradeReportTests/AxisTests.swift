import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@testable import TradeReport

@Suite("Axes")
struct AxisTests {
  /// Checks the laws of ticks for one range.
  private func check(_ low: Double, _ high: Double, _ intervals: Int) {
    let ticks = AxisTicks(covering: low, high, intervals: intervals)
    let context: Comment = "\(low)...\(high) in \(intervals): \(ticks.values.prefix(12))"
    guard let first = ticks.values.first, let last = ticks.values.last, ticks.values.count >= 2 else {
      Issue.record("fewer than two ticks for \(low)...\(high)")
      return
    }
    #expect(first <= min(low, high) && max(low, high) <= last, context)
    #expect(ticks.values.count - 1 <= max(2, intervals), context)
    #expect(zip(ticks.values, ticks.values.dropFirst()).allSatisfy { $0 < $1 }, context)
  }

  @Test("ticks rise, cover any range, and are not too many")
  func laws() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      let size = Double("1e\(Int(generator.nextUniform() * 80) - 40)") ?? 1
      let low = (generator.nextUniform() - 0.5) * size
      let width =
        generator.nextUniform() * (Double("1e\(Int(generator.nextUniform() * 24) - 20)") ?? 1) * size
      check(low, low + width, 2 + Int(generator.nextUniform() * 9))
    }
  }

  @Test("steps are 1, 2 or 5 times a power of ten, and the range reaches into the first and the last of them")
  func niceSteps() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<5_000 {
      let low = (generator.nextUniform() - 0.3) * 1e4
      let high = low + (0.001 + generator.nextUniform()) * 1e4
      let ticks = AxisTicks(covering: low, high, intervals: 6)
      let step = ticks.values[1] - ticks.values[0]
      let factor = step / (Double("1e\(ticks.power)") ?? 1)
      #expect([1, 2, 5].contains { isClose($0, factor, relative: 1e-9) }, "\(low)...\(high): step \(step)")
      #expect(ticks.values[1] > low && ticks.values[ticks.values.count - 2] < high)
      #expect(ticks.values.count >= 3, "\(low)...\(high): \(ticks.values)")
    }
  }

  @Test(
    "extreme and empty ranges have ticks too",
    arguments: [
      (0, 0), (5, 5), (-5, -5), (1e16, 1e16 + 2), (-1.7e308, 1.7e308), (0, 1.7976931348623157e308),
      (0, Double.leastNonzeroMagnitude),
      (-1e-305, 1e-305), (3, -3), (1e300, 1.0000001e300), (0, 1e301),
    ] as [(Double, Double)])
  func extremes(_ low: Double, _ high: Double) { check(low, high, 6) }

  @Test("ends that are not finite give an axis from 0 to 1")
  func notFinite() {
    for (low, high) in [(Double.nan, 1), (0, .infinity), (-.infinity, .nan)] {
      #expect(AxisTicks(covering: low, high, intervals: 5).values == [0, 0.2, 0.4, 0.6, 0.8, 1])
    }
  }

  @Test("known axes")
  func examples() {
    #expect(
      AxisTicks(covering: 0, 247_000, intervals: 6).values == [0, 50_000, 100_000, 150_000, 200_000, 250_000])
    #expect(AxisTicks(covering: 0.1, 0.3, intervals: 4).values == [0.1, 0.15, 0.2, 0.25, 0.3])
    #expect(AxisTicks(covering: -3, 12, intervals: 4).values == [-5, 0, 5, 10, 15])
  }

  @Test("period labels do not touch and name the right periods")
  func periodLabels() {
    for unit in Period.Unit.allCases {
      for count in [1, 2, 3, 13, 29, 60, 240, 1200] {
        for width in [0.5, 3, 9.5, 14, 24, 60] {
          let start = Period(unit: unit, ordinal: 2023 * unit.periodsPerYear + 1).ordinal
          let axis = PeriodAxis(slots: start...(start + count - 1), unit: unit, slotWidth: width)
          for (row, room) in [(axis.upper, 24.0), (axis.lower, 28)] {
            for (a, b) in zip(row, row.dropFirst()) {
              #expect(Double(b.slot - a.slot) * width >= room, "\(unit) \(count) \(width): \(a) \(b)")
            }
          }
          #expect(axis.lower.count >= 1)
          for label in axis.lower { #expect(label.text == "\(Period(unit: unit, ordinal: label.slot).year)") }
          for label in axis.upper {
            #expect(label.text == Words.withinYear(Period(unit: unit, ordinal: label.slot)))
          }
        }
      }
    }
  }

  @Test("coordinates have one place and survive everything")
  func coordinates() {
    #expect(coordinate(1.26) == "1.3" && coordinate(-0.04) == "0" && coordinate(12) == "12")
    #expect(coordinate(-3.5) == "-3.5" && coordinate(.nan) == "0" && coordinate(1e300) == "99999")
  }
}
