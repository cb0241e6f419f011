import Tradewind

/// Tests of groups of coefficients as a table.
struct GroupTestsText {
  /// Of a single coefficient its t says the same: only larger groups.
  private let groups: [CoefficientGroup]

  init(_ groups: [CoefficientGroup]) { self.groups = groups.filter { $0.coefficients.count > 1 } }

  /// Nothing where there is none.
  var text: String {
    guard !groups.isEmpty else { return "" }
    var table = TextTable([
      ("test that all are zero", .left), ("F", .right), ("d.f.", .right), ("p", .right),
      ("chi-square", .right),
      ("d.f.", .right), ("p", .right),
    ])
    for group in groups {
      let (f, chi) = (group.f, group.chiSquare)
      table.add([
        group.title, NumberText.fixed(f.statistic, decimals: 2),
        "\(f.degreesOfFreedom), \(f.denominatorDegreesOfFreedom ?? 0)", RegressionText.probability(f.pValue),
        NumberText.fixed(chi.statistic, decimals: 2), "\(chi.degreesOfFreedom)",
        RegressionText.probability(chi.pValue),
      ])
    }
    return table.text
  }
}
