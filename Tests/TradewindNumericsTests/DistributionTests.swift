import RealModule
import TestSupport
import Testing

@testable import TradewindNumerics

@Suite struct DistributionTests {
  /// What the four laws have in common.
  struct Law {
    let name: String
    let density, cumulative, survival, quantile, upperQuantile: (Double) -> Double

    init(_ law: String, _ a: Double, _ b: Double) {
      name = "\(law)(\(a), \(b))"
      switch law {
      case "normal":
        let d = NormalDistribution.standard
        (density, cumulative, survival) = (d.density, d.cumulative, d.survival)
        (quantile, upperQuantile) = ({ d.quantile($0) }, { d.quantile(upperTail: $0) })
      case "t":
        let d = StudentT(degreesOfFreedom: a)
        (density, cumulative, survival) = (d.density, d.cumulative, d.survival)
        (quantile, upperQuantile) = ({ d.quantile($0) }, { d.quantile(upperTail: $0) })
      case "chi2":
        let d = ChiSquare(degreesOfFreedom: a)
        (density, cumulative, survival) = (d.density, d.cumulative, d.survival)
        (quantile, upperQuantile) = ({ d.quantile($0) }, { d.quantile(upperTail: $0) })
      default:
        let d = FDistribution(numerator: a, denominator: b)
        (density, cumulative, survival) = (d.density, d.cumulative, d.survival)
        (quantile, upperQuantile) = ({ d.quantile($0) }, { d.quantile(upperTail: $0) })
      }
    }
  }

  @Test("densities and both tails equal mpmath's down to 1e-300, and quantiles lead back")
  func reference() throws {
    let rows = try References.rows("distributions/distributions.csv")
    #expect(rows.count == 600)
    for row in rows {
      // The others have exponents of size 700 from sums of larger terms; a normal law has only z².
      let tolerance = row["law"] == "normal" ? 2e-15 : 3e-13
      let number: (String) throws -> Double = { try #require(row[$0].flatMap { Double($0) }) }
      let law = Law(try #require(row["law"]), try number("parameter1"), try number("parameter2"))
      let (x, lower, upper) = (try number("x"), try number("cumulative"), try number("survival"))
      let place = Comment(rawValue: "\(law.name) at \(x)")
      // Subnormal references have fewer digits than the tolerance asks for.
      let tiny = 1e-307
      #expect(isClose(law.density(x), try number("density"), relative: tolerance, absolute: tiny), place)
      #expect(isClose(law.cumulative(x), lower, relative: tolerance, absolute: tiny), place)
      #expect(isClose(law.survival(x), upper, relative: tolerance, absolute: tiny), place)
      // A probability written in double precision fixes x only to half an ulp of it, over the density.
      let tail = min(lower, upper)
      guard tail > tiny else { continue }
      let slack = 2 * tail.ulp / law.density(x)
      let found = lower <= upper ? law.quantile(lower) : law.upperQuantile(upper)
      #expect(isClose(found, x, absolute: slack + tolerance * abs(x)), place)
    }
  }

  static let laws: [(String, Double, Double)] = [
    ("normal", 0, 0), ("t", 0.5, 0), ("t", 3, 0), ("t", 1e5, 0), ("chi2", 0.5, 0), ("chi2", 2, 0),
    ("chi2", 900, 0), ("f", 1, 1), ("f", 7, 90), ("f", 400, 3),
  ]

  @Test("the two tails add up to 1, rise and fall, and end at 0 and 1", arguments: laws)
  func tails(_ name: String, _ a: Double, _ b: Double) {
    let law = Law(name, a, b)
    var last = 0.0
    for p in stride(from: 0.01, to: 1, by: 0.01) {
      let x = law.quantile(p)
      #expect(isClose(law.cumulative(x) + law.survival(x), 1, relative: 1e-15), "\(p)")
      #expect(isClose(law.cumulative(x), p, relative: 1e-13), "\(p)")
      #expect(isClose(law.upperQuantile(1 - p), x, relative: 1e-11, absolute: 1e-14), "\(p)")
      #expect(law.cumulative(x) > last, "\(p)")
      last = law.cumulative(x)
    }
    #expect(law.cumulative(.infinity) == 1 && law.survival(.infinity) == 0)
    #expect(law.cumulative(-.infinity) == 0 && law.survival(-.infinity) == 1)
    #expect(law.quantile(1) == .infinity && law.upperQuantile(0) == .infinity)
    #expect(law.quantile(0) == (["normal", "t"].contains(name) ? -.infinity : 0))
    for f in [law.density, law.cumulative, law.survival, law.quantile, law.upperQuantile] {
      #expect(f(.nan).isNaN)
    }
  }

  @Test("the density is the slope of the cumulative probability", arguments: laws)
  func slope(_ name: String, _ a: Double, _ b: Double) {
    let law = Law(name, a, b)
    for p in [0.05, 0.3, 0.6, 0.9] {
      let x = law.quantile(p)
      let h = 1e-5 * abs(x)
      let slope = (law.cumulative(x + h) - law.cumulative(x - h)) / (2 * h)
      #expect(isClose(slope, law.density(x), relative: 1e-7), "at \(p)")
    }
  }

  @Test("closed forms: Cauchy, exponential, and t² as an F")
  func closedForms() {
    let cauchy = StudentT(degreesOfFreedom: 1)
    for t in [0, 1e-8, 0.3, 1, 12, 1e6, 1e12, 1e200] {
      #expect(isClose(cauchy.survival(t), Double.atan2(y: 1, x: t) / .pi, relative: 1e-14), "\(t)")
      #expect(isClose(cauchy.density(t), 1 / (.pi * (1 + t * t)), relative: 1e-14, absolute: 1e-300), "\(t)")
    }
    for q in [1e-100, 1e-20, 0.1, 0.3, 0.5, 0.9] {
      #expect(
        isClose(cauchy.quantile(upperTail: q), 1 / Double.tan(.pi * q), relative: 1e-13, absolute: 1e-15))
    }
    for x in [1e-9, 0.5, 30, 1400] {
      #expect(isClose(ChiSquare(degreesOfFreedom: 2).survival(x), Double.exp(-x / 2), relative: 1e-13))
      #expect(
        isClose(ChiSquare(degreesOfFreedom: 2).cumulative(x), -Double.expMinusOne(-x / 2), relative: 1e-14))
    }
    for (t, v) in [(0.1, 4.0), (2, 17), (9, 300)] {
      let f = FDistribution(numerator: 1, denominator: v)
      #expect(isClose(2 * StudentT(degreesOfFreedom: v).survival(t), f.survival(t * t), relative: 1e-13))
    }
    #expect(isClose(NormalDistribution.standard.quantile(0.975), 1.959_963_984_540_054, relative: 1e-15))
    let shifted = NormalDistribution(mean: 5, standardDeviation: 2)
    #expect(shifted.quantile(0.5) == 5 && shifted.cumulative(3) == NormalDistribution.standard.cumulative(-1))
    #expect(isClose(shifted.logDensity(8), Double.log(shifted.density(8)), relative: 1e-14))
    #expect(isClose(NormalDistribution.standard.logDensity(100), -5000.918_938_533_205, relative: 1e-15))
  }

  @Test("t with many degrees of freedom is normal, and none of the laws is slow at the far end")
  func manyDegrees() {
    for t in [-8.0, -1, 0.2, 3] {
      let (a, b) = (StudentT(degreesOfFreedom: 1e12).cumulative(t), NormalDistribution.standard.cumulative(t))
      #expect(isClose(a, b, relative: 1e-8))
    }
    // The 97.5 % point of χ² by Wilson and Hilferty, whose error falls with 1/ν.
    let v = 1e8
    let c = 2 / (9 * v)
    let root = 1 - c + NormalDistribution.standard.quantile(0.975) * c.squareRoot()
    #expect(isClose(ChiSquare(degreesOfFreedom: v).quantile(0.975), v * root * root * root, relative: 1e-8))
  }
}
