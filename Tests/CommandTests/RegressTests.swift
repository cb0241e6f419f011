import Foundation
import Testing

@Suite("tradewind regress")
struct RegressTests {
  /// Three years whose regression is known on paper.
  static let line = "year,x\n2001,1\n2002,2\n2003,4\n"

  @Test("three points on a line, as CSV: 1, 2 and 4 have the slope 3/2 and the constant −2/3")
  func csv() async throws {
    let run = try await run("regress", on: Self.line, named: "x.csv", "--trend", "--format", "csv")
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let rows = run.output.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(rows[0].joined(separator: ",") == "unique_id,term,estimate,std_error,t,p")
    #expect(rows[1][0] == "x" && rows[1][1] == "(Intercept)" && rows[2][1] == "trend")
    #expect(abs((Double(rows[1][2]) ?? .nan) + 2.0 / 3) < 1e-12)
    #expect(abs((Double(rows[2][2]) ?? .nan) - 1.5) < 1e-12)
    // σ² = 1/6 with one degree of freedom; the slope's standard error is √(σ² / 2) = 1/√12.
    #expect(abs((Double(rows[2][3]) ?? .nan) - (1.0 / 12).squareRoot()) < 1e-12)
  }

  @Test("as a table it has coefficients, quality, residual tests and predictions")
  func table() async throws {
    let run = try await run("regress", on: Self.line, named: "x.csv", "--trend", "--horizon", "1")
    #expect(
      run.output == """
        x: 3 observations, 2001 to 2003; standard errors classical

                     estimate  std. error      t       p
        ───────────  ────────  ──────────  ─────  ──────
        (Intercept)  −0.66667     0.62361  −1.07  0.4788
        trend          1.5000     0.28868   5.20  0.1210

        R² 0.9643, adjusted 0.9286; σ 0.4082 on 1 d.f.
        log-likelihood 0.08, AIC 5.84, AICc ∞, BIC 3.14
        F test of all terms 27.00 on 1 and 1 d.f. (p 0.1210)
        residuals: Durbin–Watson 3.00, Jarque–Bera 0.5312 on 2 d.f. (p 0.7667)

                mean  median  80 % from      to  95 % from       to
        ────  ──────  ──────  ─────────  ──────  ─────────  ───────
        2004  5.3333  5.3333     3.0394  7.6273    −4.1373  14.8040

        """)
  }

  @Test("every option brings its terms")
  func terms() async throws {
    let run = try await Command.run([
      "regress", ProjectTests.imports, "--series", "imports_100m_usd", "--trend", "--fourier", "2",
      "--trading-days",
      "six", "--leap-year", "--easter", "8", "--chinese-new-year", "--step", "2008-11", "--pulse", "1994-01",
      "--log",
      "--newey-west", "--format", "json",
    ])
    #expect(run.status == 0)
    struct Fit: Decodable {
      struct Coefficient: Decodable { let name: String }
      let transform: String
      let observations, degreesOfFreedom: Int
      struct Group: Decodable {
        let title: String
        let coefficients: [String]
      }
      let coefficients, derived: [Coefficient]
      let groups: [Group]
      let aliased: [String]
    }
    let fit = try JSONDecoder().decode(Fit.self, from: Data(run.output.utf8))
    #expect(fit.transform == "log" && fit.observations == 366)
    #expect(
      fit.coefficients.map(\.name) == [
        "(Intercept)", "trend", "S1-12", "C1-12", "S2-12", "C2-12", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
        "leap year", "Easter -8...-1", "Chinese New Year -7...-1", "Chinese New Year 0...6",
        "Chinese New Year 7...20", "step 2008-11", "pulse 1994-01",
      ])
    #expect(fit.derived.map(\.name) == ["Sun"])
    #expect(
      fit.groups.map(\.title) == [
        "season", "trading days", "leap year", "Easter", "Chinese New Year", "trading days and leap year",
      ])
    #expect(fit.degreesOfFreedom == 366 - fit.coefficients.count && fit.aliased.isEmpty)
  }

  @Test("a term that the others determine is named, not dropped in silence")
  func aliased() async throws {
    let run = try await Command.run([
      "regress", ProjectTests.imports, "--series", "imports_100m_usd", "--step", "1983-07",
    ])
    #expect(run.status == 0)
    #expect(run.output.contains("\nleft out: step 1983-07 = 1.0 × (Intercept)\n"))
  }

  @Test("what cannot be fitted says why: a logarithm of zero, a constant, too few observations")
  func errors() async throws {
    let zero = try await run("regress", on: "year,x\n2001,1\n2002,0\n2003,4\n", named: "x.csv", "--log")
    #expect(zero.status == 65)
    #expect(zero.errors.hasPrefix("tradewind: x.csv: x: the value of 2002 is 0"))
    let constant = try await run("regress", on: "year,x\n2001,1\n2002,1\n", named: "x.csv")
    #expect(constant.errors == "tradewind: x.csv: x: every observation is 1.0: there is nothing to explain\n")
    let short = try await run("regress", on: Self.line, named: "x.csv", "--trend", "--pulse", "2002")
    #expect(short.status == 65)
    #expect(short.errors == "tradewind: x.csv: x: 3 observations are too few: 4 are needed\n")
    let unit = try await run("regress", on: Self.line, named: "x.csv", "--step", "2002-01")
    #expect(unit.status == 65)
    #expect(unit.errors.contains("step 2002-01"))
  }
}
