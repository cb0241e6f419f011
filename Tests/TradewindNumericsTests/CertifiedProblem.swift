import RealModule
import TestSupport
import Testing

@testable import TradewindNumerics

/// A nonlinear regression of the NIST reference data sets, read from `References/nist-nls`.
struct CertifiedProblem: CustomTestStringConvertible, Sendable {
  let name: String
  let model: @Sendable (_ b: Span<Double>, _ x: Double) -> Double

  var testDescription: String { name }

  struct Data {
    var starts: [[Double]] = [[], []]
    var parameters: [Double] = []
    var deviations: [Double] = []
    var sumOfSquares = Double.nan
    var x: [Double] = []
    var y: [Double] = []
  }

  /// Lines `b1 = start1 start2 certified deviation`, the certified sum, and pairs y x after the second `Data:`.
  func data() throws -> Data {
    var data = Data()
    var inData = false
    for line in try References.text("nist-nls/\(name).dat").split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ")
      if words.count > 5, words[0].first == "b", words[1] == "=" {
        let numbers = try words[2...5].map { try #require(Double($0)) }
        data.starts[0].append(numbers[0])
        data.starts[1].append(numbers[1])
        data.parameters.append(numbers[2])
        data.deviations.append(numbers[3])
      } else if line.hasPrefix("Residual Sum of Squares:") || line.hasPrefix("Sum of Squares") {
        data.sumOfSquares = try #require(words.last.flatMap { Double($0) })
      } else if line.hasPrefix("Data:"), words.dropFirst().first == "y" {
        inData = true
      } else if inData, words.count == 2 {
        data.y.append(try #require(Double(words[0])))
        data.x.append(try #require(Double(words[1])))
      }
    }
    try #require(data.sumOfSquares.isFinite && data.x.count > 5 && !data.parameters.isEmpty)
    return data
  }

  static let all: [CertifiedProblem] = [
    CertifiedProblem(name: "Misra1a") { b, x in b[0] * (1 - Double.exp(-b[1] * x)) },
    CertifiedProblem(name: "BoxBOD") { b, x in b[0] * (1 - Double.exp(-b[1] * x)) },
    CertifiedProblem(name: "DanWood") { b, x in b[0] * Double.pow(x, b[1]) },
    CertifiedProblem(name: "MGH09") { b, x in b[0] * (x * x + x * b[1]) / (x * x + x * b[2] + b[3]) },
    CertifiedProblem(name: "MGH10") { b, x in b[0] * Double.exp(b[1] / (x + b[2])) },
    CertifiedProblem(name: "MGH17") { b, x in
      b[0] + b[1] * Double.exp(-x * b[3]) + b[2] * Double.exp(-x * b[4])
    },
    CertifiedProblem(name: "Rat42") { b, x in b[0] / (1 + Double.exp(b[1] - b[2] * x)) },
    CertifiedProblem(name: "Rat43") { b, x in
      b[0] / Double.pow(1 + Double.exp(b[1] - b[2] * x), 1 / b[3])
    },
    CertifiedProblem(name: "Eckerle4") { b, x in
      let z = (x - b[2]) / b[1]
      return b[0] / b[1] * Double.exp(-0.5 * z * z)
    },
    CertifiedProblem(name: "Thurber") { b, x in
      (b[0] + x * (b[1] + x * (b[2] + x * b[3]))) / (1 + x * (b[4] + x * (b[5] + x * b[6])))
    },
    CertifiedProblem(name: "Lanczos3") { b, x in
      b[0] * Double.exp(-b[1] * x) + b[2] * Double.exp(-b[3] * x) + b[4] * Double.exp(-b[5] * x)
    },
    CertifiedProblem(name: "Roszman1") { b, x in
      b[0] - b[1] * x - Double.atan(b[2] / (x - b[3])) / Double.pi
    },
    CertifiedProblem(name: "Bennett5") { b, x in b[0] * Double.pow(b[1] + x, -1 / b[2]) },
  ]
}
