extension CalendarFacts {
  /// The years for which ``chineseNewYear(year:)`` knows the day: 1930 to 2100.
  public static let chineseNewYearYears = 1930...2100

  /// The first day of the Chinese year that begins in `year`, or nil outside of ``chineseNewYearYears``.
  ///
  /// The days are those of China's official calendar (national standard GB/T 33661-2017): the new moon, by Beijing
  /// time (UTC+8), that opens the first month. They come from a table that was computed in two independent
  /// ways with equal results: by Foundation's Chinese calendar (Swift 6.3, time zone Asia/Shanghai) and from the new
  /// moons and solar longitudes of the ephemeris of PyEphem 4.2.1. None of these new moons lies nearer than four
  /// minutes to midnight, so the dates do not hang on the last digit of the astronomy.
  ///
  /// Lists in circulation differ in three years, in which the new moon fell between midnight and morning, or noon, in
  /// Beijing: `chinesenewyears.info`, and with it the R package `seasonal`, gives 1930-01-29, 1943-02-04 and 1946-02-01
  /// instead of 1930-01-30, 1943-02-05 and 1946-02-02. To reproduce figures made with such a list, read
  /// it as a ``Holiday`` of your own.
  public static func chineseNewYear(year: Int) -> CalendarDate? {
    guard chineseNewYearYears.contains(year) else { return nil }
    let afterTwentieth = daysAfterTwentiethOfJanuary[year - chineseNewYearYears.lowerBound]
    return CalendarDate(year: year, checkedMonth: 1, day: 20).advanced(by: afterTwentieth)
  }

  /// The New Year's day of each year as its distance from 20 January: 1 is 21 January, 12 is 1 February.
  private static let daysAfterTwentiethOfJanuary: [Int] = [
    10, 28, 17, 6, 25, 15, 4, 22, 11, 30,  // 1930–1939
    19, 7, 26, 16, 5, 24, 13, 2, 21, 9,  // 1940–1949
    28, 17, 7, 25, 14, 4, 23, 11, 29, 19,  // 1950–1959
    8, 26, 16, 5, 24, 13, 1, 20, 10, 28,  // 1960–1969
    17, 7, 26, 14, 3, 22, 11, 29, 18, 8,  // 1970–1979
    27, 16, 5, 24, 13, 31, 20, 9, 28, 17,  // 1980–1989
    7, 26, 15, 3, 21, 11, 30, 18, 8, 27,  // 1990–1999
    16, 4, 23, 12, 2, 20, 9, 29, 18, 6,  // 2000–2009
    25, 14, 3, 21, 11, 30, 19, 8, 27, 16,  // 2010–2019
    5, 23, 12, 2, 21, 9, 28, 17, 6, 24,  // 2020–2029
    14, 3, 22, 11, 30, 19, 8, 26, 15, 4,  // 2030–2039
    23, 12, 2, 21, 10, 28, 17, 6, 25, 13,  // 2040–2049
    3, 22, 12, 30, 19, 8, 26, 15, 4, 23,  // 2050–2059
    13, 1, 20, 9, 28, 16, 6, 25, 14, 3,  // 2060–2069
    22, 11, 30, 18, 7, 26, 16, 4, 23, 13,  // 2070–2079
    2, 20, 9, 28, 17, 6, 25, 14, 4, 21,  // 2080–2089
    10, 29, 18, 7, 26, 16, 5, 23, 12, 1,  // 2090–2099
    20,  // 2100–2100
  ]
}
