/// Where each free quantity of a form stands among the columns of derivatives and the coordinates of a search: α, then
/// β, γ and φ as far as the form has them, then level, slope and all seasons but the last, if they are free.
struct ETSColumns: Equatable {
  let alpha = 0
  let beta, gamma, phi: Int?
  let level, slope: Int?
  /// All seasons but the last, which the others determine; empty where they are not free.
  let seasons: Range<Int>
  let count: Int

  init(form: ETS.Form, period: Int, freeStates: Bool) {
    var next = 1
    func column(_ exists: Bool) -> Int? {
      guard exists else { return nil }
      next += 1
      return next - 1
    }
    beta = column(form.hasTrend)
    gamma = column(form.isSeasonal)
    phi = column(form.trend.isDamped)
    level = column(freeStates)
    slope = column(freeStates && form.hasTrend)
    let free = freeStates && form.isSeasonal ? period - 1 : 0
    seasons = next..<next + free
    count = next + free
  }

  /// How many groups of four hold all columns. The parameters are in the first.
  var lanes: Int { (count + 3) / 4 }
}
