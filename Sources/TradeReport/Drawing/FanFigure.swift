import TradeStatistics
import Tradewind

/// What of a projection a chart of a given width shows, and on which scales. Positions across are period ordinals.
struct FanFigure {
  /// A period with a value; `low...high` is its range, or the value itself.
  struct Mark {
    let slot: Int, value: Double, low: Double, high: Double
  }

  let width: Double
  let unit: Period.Unit
  let history: [Projection.Status: [Mark]]
  /// Runs of consecutive medians, which a line joins; the last one ends with the first projected period.
  let runs: [[Mark]]
  let horizon: [FanContent.Ahead]
  let slots: ClosedRange<Int>
  let firstProjected: Int?
  let format: QuantityFormat
  let ticks: AxisTicks

  init(_ content: FanContent, width: Double, historyPeriods: Int?, language: ReportLanguage = .english) {
    self.width = width
    unit = content.horizon.first?.period.unit ?? content.history.last?.period.unit ?? .month
    let unit = unit
    let ahead = content.horizon.filter { $0.period.unit == unit }.prefix(240)
    horizon = Array(ahead)
    // Twenty-four pixels a period leave room for a dot, a box and the number above it.
    let back = min(240, max(1, historyPeriods ?? max(12, (Int(width) - 60) / 24 - ahead.count)))
    let past = content.history.filter { $0.period.unit == unit }.suffix(back)
    let lastPast = past.last?.period.ordinal
    let end = ahead.last?.slot ?? lastPast ?? 0
    let begin = max(past.first?.period.ordinal ?? ahead.first?.slot ?? end, end - 480)
    slots = min(begin, end)...end
    firstProjected = ahead.first?.slot

    var marks: [Projection.Status: [Mark]] = [:]
    var line: [Mark] = []
    for month in past where month.median.isFinite && slots.contains(month.period.ordinal) {
      let hasRange = month.lower.isFinite && month.upper.isFinite
      let mark = Mark(
        slot: month.period.ordinal, value: month.median,
        low: hasRange ? min(month.lower, month.median) : month.median,
        high: hasRange ? max(month.upper, month.median) : month.median)
      marks[month.status, default: []].append(mark)
      line.append(mark)
    }
    if let first = ahead.first, first.median.isFinite {
      line.append(
        Mark(slot: first.slot, value: first.median, low: first.median, high: first.median))
    }
    history = marks
    runs = Self.runs(of: line)
    let medians = marks.values.joined().map(\.value) + ahead.map(\.median)
    format = QuantityFormat(unit: content.unit, values: medians, language: language)
    let bounds =
      marks.values.joined().flatMap { [$0.low, $0.high] }
      + ahead.flatMap { $0.intervals.flatMap { [$0.lower, $0.upper] } }
    ticks = AxisTicks(covering: medians, reaching: bounds)
  }

  /// The marks cut where a period is missing between them.
  private static func runs(of line: [Mark]) -> [[Mark]] {
    var runs: [[Mark]] = []
    for mark in line {
      if let last = runs.last?.last, mark.slot == last.slot + 1 {
        runs[runs.count - 1].append(mark)
      } else {
        runs.append([mark])
      }
    }
    return runs.filter { $0.count > 1 }
  }
}

extension FanFigure {
  /// The levels of the horizon's intervals, the widest first, at most four.
  var levels: [Double] {
    Array(Set(horizon.flatMap { $0.intervals.map(\.level) }).sorted(by: >).prefix(4))
  }
}
