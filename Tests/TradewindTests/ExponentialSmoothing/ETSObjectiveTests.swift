import TestSupport
import Testing

@testable import Tradewind

@Suite("ETS: derivatives and objectives")
struct ETSObjectiveTests {
  @Test(
    "the derivatives carried along are those that differences give", arguments: ETS.Form.all, [false, true])
  func tangents(form: ETS.Form, relative: Bool) throws {
    var values = ETSTests.series(count: 40).values.map { $0 / 128 }
    values[17] = .nan
    let period = form.isSeasonal ? 4 : 0
    let columns = ETSColumns(form: form, period: 4, freeStates: true)
    var kernel = ETSKernel(y: values, period: period, columns: columns)
    // α, β, γ, φ as they come, level, slope, seasons.
    var place = [Double](repeating: 0, count: columns.count)
    place[columns.alpha] = 0.3
    if let beta = columns.beta { place[beta] = 0.1 }
    if let gamma = columns.gamma { place[gamma] = 0.2 }
    if let phi = columns.phi { place[phi] = 0.9 }
    place[try #require(columns.level)] = 0.8
    if let slope = columns.slope { place[slope] = form.trend.isMultiplicative ? 1.01 : 0.01 }
    for (j, column) in columns.seasons.enumerated() {
      place[column] = (form.season == .multiplicative ? 1 : 0) + 0.05 * Double(j - 1)
    }
    func pass(_ place: [Double]) -> (errors: [Double], logScale: Double) {
      var p = ETSPoint()
      p.alpha = place[0]
      p.alphaSeed[0] = 1
      if let beta = columns.beta { (p.beta, p.betaSeed[beta]) = (place[beta], 1) }
      if let gamma = columns.gamma { (p.gamma, p.gammaSeed[gamma]) = (place[gamma], 1) }
      if let phi = columns.phi { (p.phi, p.phiSeed[phi]) = (place[phi], 1) }
      p.level = columns.level.map { place[$0] } ?? 0
      p.slope = columns.slope.map { place[$0] } ?? 0
      var last = form.season == .multiplicative ? 4.0 : 0
      for (j, column) in columns.seasons.enumerated() {
        kernel.seasonal[j] = place[column]
        last -= place[column]
      }
      if period > 0 { kernel.seasonal[3] = last }
      let pass = kernel.run(form, relative: relative, p)
      #expect(pass.isDefined)
      return (kernel.errors, pass.logScale)
    }
    _ = pass(place)
    let (rows, logGradient) = (kernel.rows, kernel.logGradient)
    for column in 0..<columns.count {
      var (above, below) = (place, place)
      above[column] += 1e-6
      below[column] -= 1e-6
      let (high, low) = (pass(above), pass(below))
      for t in values.indices {
        let difference = (high.errors[t] - low.errors[t]) / 2e-6
        let tangent = rows[t * columns.lanes + column / 4][column % 4]
        #expect(
          abs(difference - tangent) < 1e-6 * max(1, abs(tangent)), "\(form) column \(column) period \(t)")
      }
      if relative {
        let difference = (high.logScale - low.logScale) / 2e-6
        let tangent = logGradient[column / 4][column % 4]
        #expect(abs(difference - tangent) < 1e-6 * max(1, abs(tangent)), "\(form) column \(column)")
      }
    }
  }

  @Test("each objective is at least as small as R's with the same form")
  func objectives() throws {
    let all = try m3Series()
    for row in try References.rows("ets/objectives.csv") {
      let series = try #require(all.first { $0.name == row["series"] })
      let form = try #require(ETS.Form(row["form"] ?? ""))
      let expected = try #require(Double(row["value"] ?? ""))
      let objective: ETS.Objective =
        switch row["objective"] {
        case "mae": .meanAbsoluteError
        case "amse": .averageMeanSquaredError(horizon: 3)
        default: .meanSquaredError
        }
      let fit = try ETS(.form(form), objective: objective, initialStates: .estimated).fit(to: series)
      let errors = fit.residuals
      let value: Double
      switch objective {
      case .meanAbsoluteError: value = errors.reduce(0) { $0 + abs($1) } / Double(errors.count)
      case .averageMeanSquaredError: value = try averageSquares(fit, steps: 3)
      default: value = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
      }
      #expect(value < expected * (1 + 1e-4), "\(row)")
      // Far below would be another objective.
      #expect(value > 0.8 * expected, "\(row)")
    }
  }

  /// The mean over 1 … steps of the mean squared errors of so many steps, by forecasts from each period.
  private func averageSquares(_ fit: FittedETS, steps: Int) throws -> Double {
    let y = fit.series.values
    var recursion = ETSRecursion(form: fit.form, parameters: fit.parameters, state: fit.initialState)
    var (sums, counts) = ([Double](repeating: 0, count: steps), [Double](repeating: 0, count: steps))
    for t in y.indices {
      var ahead = recursion
      for step in 0..<min(steps, y.count - t) {
        let error = y[t + step] - ahead.expected
        sums[step] += error * error
        counts[step] += 1
        ahead.step(.nan)
      }
      recursion.step(y[t])
    }
    return zip(sums, counts).reduce(0) { $0 + $1.0 / $1.1 } / Double(steps)
  }

  @Test("an average over one step is the mean squared error")
  func oneStep() throws {
    let series = ETSTests.series(count: 40)
    let form = ETS.Form(trend: .additive)
    let one = try ETS(.form(form), objective: .averageMeanSquaredError(horizon: 1)).fit(to: series)
    let other = try ETS(.form(form), objective: .meanSquaredError).fit(to: series)
    #expect(isClose(try averageSquares(one, steps: 1), try averageSquares(other, steps: 1), relative: 1e-6))
  }
}
