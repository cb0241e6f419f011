import TradewindNumerics

/// The covariance of the nodes' forecast errors, as far as a method of reconciliation takes it into account.
enum ErrorCovariance: Sendable {
  /// Variances alone.
  case diagonal([Double])
  /// All of it.
  case full(Matrix)

  /// Residuals of the periods in which every node has one: one row a node.
  static func complete(_ residuals: [[Double]]) -> [[Double]] {
    let count = residuals.map(\.count).min() ?? 0
    // Residuals of a shorter series begin later: they are aligned at their ends.
    let tails = residuals.map { $0.suffix(count) }.map(Array.init)
    let known = (0..<count).filter { t in tails.allSatisfy { $0[t].isFinite } }
    return tails.map { row in known.map { row[$0] } }
  }

  /// Mean squares of each node's residuals.
  static func variances(_ residuals: [[Double]]) -> [Double] {
    residuals.map { row in
      let known = row.filter { $0.isFinite }
      return known.isEmpty ? .nan : known.reduce(0) { $0 + $1 * $1 } / Double(known.count)
    }
  }

  /// Variances of no less than 10⁻¹² of the largest; ones where all are zero.
  ///
  /// A node without error would not move at all; where all of a sum's nodes are such, nothing could.
  static func floored(_ variances: [Double]) -> [Double] {
    let largest = variances.max() ?? 0
    guard largest > 0 else { return variances.map { _ in 1 } }
    return variances.map { max($0, 1e-12 * largest) }
  }

  /// The sample covariance about the means, with n − 1.
  static func sample(_ residuals: [[Double]]) -> Matrix {
    let n = residuals.first?.count ?? 0
    let centred = residuals.map { row -> [Double] in
      let mean = row.reduce(0, +) / Double(max(n, 1))
      return row.map { $0 - mean }
    }
    let columns = Matrix(columns: centred)
    return (1 / Double(max(n - 1, 1))) * columns.transposeTimes(columns)
  }

  /// The sample covariance with its correlations shrunk towards zero by the intensity that makes their expected squared
  /// error least, and its variances ``floored(_:)``.
  ///
  /// References: J. Schäfer and K. Strimmer (2005), "A Shrinkage Approach to Large-Scale Covariance Matrix Estimation and Implications for
  /// Functional Genomics", Statistical Applications in Genetics and Molecular Biology 4(1), DOI 10.2202/1544-6115.1175. S. L.
  /// Wickramasuriya, G. Athanasopoulos and R. J. Hyndman (2019), "Optimal Forecast Reconciliation for Hierarchical and Grouped Time Series Through
  /// Trace Minimization", Journal of the American Statistical Association 114:804–819, DOI 10.1080/01621459.2018.1448825.
  static func shrunk(_ residuals: [[Double]]) -> (covariance: Matrix, intensity: Double) {
    var covariance = sample(residuals)
    let intensity = intensity(standardized(residuals))
    for j in 0..<covariance.columns {
      for i in 0..<covariance.rows where i != j { covariance[i, j] *= 1 - intensity }
    }
    for (node, variance) in floored(covariance.diagonal).enumerated() { covariance[node, node] = variance }
    return (covariance, intensity)
  }

  /// Residuals less their means in units of their standard deviations (with n − 1); zeros where there is no deviation.
  static func standardized(_ residuals: [[Double]]) -> [[Double]] {
    residuals.map { row in
      let n = Double(row.count)
      let mean = row.reduce(0, +) / n
      let deviation = (row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot()
      return row.map { deviation > 0 ? ($0 - mean) / deviation : 0 }
    }
  }

  /// The intensity of shrinking for standardised residuals: the correlations' estimated variances beside their squares.
  static func intensity(_ scaled: [[Double]]) -> Double {
    let n = Double(scaled.first?.count ?? 0)
    var (noise, signal) = (0.0, 0.0)
    for i in scaled.indices {
      let one = scaled[i]
      for j in 0..<i {
        let other = scaled[j]
        var (sum, squares) = (0.0, 0.0)
        for t in one.indices {
          let product = one[t] * other[t]
          sum += product
          squares += product * product
        }
        noise += (squares - sum * sum / n) * n / ((n - 1) * (n - 1) * (n - 1))
        let correlation = sum / (n - 1)
        signal += correlation * correlation
      }
    }
    return signal > 0 ? min(max(noise / signal, 0), 1) : 1
  }
}
