import Tradewind

/// Which periods an axis labels, so that labels do not touch: every month, every quarter's first, or only years.
struct PeriodAxis {
  struct Label: Equatable {
    let slot: Int
    let text: String
  }

  /// Labels above: `Jan`, `Q1`; none if only years fit.
  let upper: [Label]
  /// Labels below: the years.
  let lower: [Label]
  /// The first periods of years, where a longer tick stands.
  let yearStarts: [Int]

  /// Labels for `slots` of `unit`, each slot `slotWidth` pixels wide.
  init(slots: ClosedRange<Int>, unit: Period.Unit, slotWidth: Double, language: ReportLanguage = .english) {
    let perYear = unit.periodsPerYear
    func period(_ slot: Int) -> Period { Period(unit: unit, ordinal: slot) }
    func place(_ slot: Int) -> Int { slot - Period.year(period(slot).year).firstOrdinal(of: unit) }
    yearStarts = slots.filter { place($0) == 0 }

    // 27 pixels hold "May" and a gap, 38 hold "2025".
    let steps = unit == .month ? [1, 2, 3, 6] : unit == .quarter ? [1, 2] : []
    if let step = steps.first(where: { Double($0) * slotWidth >= 27 }) {
      upper = slots.filter { place($0).isMultiple(of: step) }
        .map { Label(slot: $0, text: Words.withinYear(period($0), language)) }
    } else {
      upper = []
    }
    let yearStep = [1, 2, 5, 10, 20, 50, 100].first { Double($0 * perYear) * slotWidth >= 38 } ?? 1000
    var years = yearStarts.filter { period($0).year.isMultiple(of: yearStep) }
    // The year in which the axis begins is named too if there is room before the next.
    let room = Int((38 / slotWidth).rounded(.up))
    let start = upper.first?.slot ?? slots.lowerBound
    if years.first.map({ $0 - start >= room }) ?? true { years.insert(start, at: 0) }
    lower = years.map { Label(slot: $0, text: "\(period($0).year)") }
  }
}

extension Period {
  /// The ordinal of the first period of `unit` in this year.
  fileprivate func firstOrdinal(of unit: Unit) -> Int { year * unit.periodsPerYear }
}
