import RealModule
import TradewindNumerics

/// The size of a t-statistic from which on an outlier is taken to be one, by the number of months tested.
///
/// X-13's formula. For n = 2 the larger of two independent standard normal sizes exceeds the value with the given probability; for more it
/// is stricter than that, 1.4 to 1.9 % for 12 to 360 values in place of 5 %: a search tests several kinds of outliers in each month. The
/// whole search finds one or more in 3.5 % of airline series without any.
/// For large n it follows the extreme-value law of the maximum; X-13 meets the exact value at n = 2 and the
/// asymptotic one at 100 and 200 with a combination of the three terms 1, a = √(2 log n) and b = (log log n +
/// log 4π)/(2a). With a probability of 0.05 it is 3.89 for 12 and 4.07 for 30 years of months.
///
/// References: Ljung, G. M. (1993), "On outlier detection in time series", *Journal of the Royal Statistical
/// Society* B 55, 559–567, doi:10.1111/j.2517-6161.1993.tb01924.x; US Census Bureau, X-13ARIMA-SEATS
/// Reference Manual, §7.11 (`outlier`, table 7.22).
///
/// - Parameters:
///   - count: How many months are tested, at least 1 (a precondition).
///   - significance: The probability of at least one false outlier, between 0 and 1 (a precondition).
func outlierCriticalValue(count: Int, significance: Double = 0.05) -> Double {
  precondition(count >= 1, "at least one month is tested")
  precondition(significance > 0 && significance < 1, "a probability lies between 0 and 1")
  guard count > 1 else { return NormalDistribution.standard.quantile(upperTail: significance / 2) }
  let normal = NormalDistribution.standard
  let small = normal.quantile((1 + (1 - significance).squareRoot()) / 2)
  let anchors: [(count: Double, value: Double)] = [
    (2, small), (100, asymptoticValue(100, significance)), (200, asymptoticValue(200, significance)),
  ]
  // Newton's divided differences would need one abscissa; here the three terms are solved for by elimination
  // of the constant.
  let terms = anchors.map { extremeTerms($0.count) }
  let (a1, b1) = (terms[1].a - terms[0].a, terms[1].b - terms[0].b)
  let (a2, b2) = (terms[2].a - terms[0].a, terms[2].b - terms[0].b)
  let (y1, y2) = (anchors[1].value - small, anchors[2].value - small)
  let determinant = a1 * b2 - a2 * b1
  let slopeA = (y1 * b2 - y2 * b1) / determinant
  let slopeB = (a1 * y2 - a2 * y1) / determinant
  let here = extremeTerms(Double(count))
  return small + slopeA * (here.a - terms[0].a) + slopeB * (here.b - terms[0].b)
}

/// a and b for n values.
private func extremeTerms(_ n: Double) -> (a: Double, b: Double) {
  let a = (2 * Double.log(n)).squareRoot()
  return (a, (Double.log(Double.log(n)) + Double.log(4 * Double.pi)) / (2 * a))
}

/// The quantile of the extreme-value law; 2 − √(1 + α) in place of √(1 − α) is X-13's.
private func asymptoticValue(_ n: Double, _ significance: Double) -> Double {
  let (a, b) = extremeTerms(n)
  let probability = 2 - (1 + significance).squareRoot()
  return a - b - Double.log(-0.5 * Double.log(probability)) / a
}
