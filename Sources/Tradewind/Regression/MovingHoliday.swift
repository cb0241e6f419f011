/// A holiday that moves between months: one column for each window of days around it.
///
/// ```swift
/// MovingHoliday(.chineseNewYear, windows: [-7 ... -1, 0...6, 7...20])
/// MovingHoliday(.easter, windows: [-8 ... -1])
/// ```
///
/// The columns are named after holiday and window, `Chinese New Year 0...6`; see
/// ``CalendarRegressors/movingHoliday(_:window:over:)`` for their values, which are centred so that they
/// carry no season.
public struct MovingHoliday: RegressionTerm, Hashable {
  /// The holiday with its dates.
  public let holiday: Holiday
  /// Days relative to the holiday, one window a column.
  public let windows: [ClosedRange<Int>]

  /// The effect of `holiday` in each of the `windows`, at most 366 days each (a precondition).
  public init(_ holiday: Holiday, windows: [ClosedRange<Int>]) {
    precondition(windows.allSatisfy { $0.count <= 366 }, "A holiday's window has at most 366 days.")
    self.holiday = holiday
    self.windows = windows
  }

  /// The name of the holiday.
  public var title: String { holiday.name }
  /// Part of the calendar.
  public var role: RegressionRole { .holiday }

  /// One column a window.
  ///
  /// - Throws: ``RegressionError/holiday(_:)`` where the holiday's dates do not reach over the periods.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    var columns: [RegressionColumn] = []
    for window in windows {
      let name = "\(holiday.name) \(window.lowerBound)...\(window.upperBound)"
      var values: [Double] = []
      if let periods = frame.periods {
        do throws(HolidayError) {
          values = try CalendarRegressors.movingHoliday(holiday, window: window, over: periods)
        } catch {
          throw .holiday(error)
        }
      }
      columns.append(RegressionColumn(name: name, values: values))
    }
    return columns
  }
}
