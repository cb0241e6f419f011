import RealModule

extension X11Engine {
  /// Part B: preliminary seasonal factors, and a first search for extreme values.
  mutating func partB() throws(X11Error) {
    record(.b1, b1, into: &tables)
    try firstTrend(.b2)
    record(.b2, trend, known: inner, into: &tables)
    record(.b3, ratios, known: inner, into: &tables)
    choices.presence = SeasonalityTests.stable(ratios, insideObserved, period: period)
    seasonalFactors(inner, stage: .first)
    irregularOfRatios(inner)
    decideRule(x11.excludesExtension ? insideObserved : inner)
    weighIrregular(inner, basis: x11.excludesExtension ? insideObserved : inner)
    ExtremeValueReplacement.replace(&ratios, weights: weights, inner, period: period)
    record(.b4, ratios, known: inner, into: &tables)
    try firstAdjustment()
    record(.b5, seasonal, into: &tables)
    record(.b6, adjusted, into: &tables)
    hendersonTrend(.b)
    if usesRatios { try positive(.b7) }
    record(.b7, trend, into: &tables)

    X11Arithmetic.remove(b1, trend, byDivision: usesRatios, whole, into: &ratios)
    record(.b8, ratios, into: &tables)
    seasonalFactors(whole, stage: .second)
    irregularOfRatios(whole)
    weighIrregular(whole, basis: x11.excludesExtension ? observed : whole)
    ExtremeValueReplacement.replace(&ratios, weights: weights, whole, period: period)
    record(.b9, ratios, into: &tables)
    seasonalFactors(whole, stage: .second)
    record(.b10, seasonal, into: &tables)
    secondAdjustment()
    record(.b11, adjusted, into: &tables)
    record(.b13, irregular, into: &tables)
    decideRule(0..<observed.upperBound)
    weighIrregular(whole, basis: x11.excludesExtension ? observed : whole)
    record(.b17, weights, into: &tables)
    takeOffExtremes()
    record(.b20, extremes, into: &tables)
    record(.c1, modified, into: &tables)
  }

  /// Part C: the same with the series freed of the extremes of part B, and the final search for extremes.
  mutating func partC() throws(X11Error) {
    try firstTrend(.c2)
    record(.c2, trend, known: inner, into: &tables)
    record(.c4, ratios, known: inner, into: &tables)
    try firstAdjustment()
    record(.c5, seasonal, into: &tables)
    record(.c6, adjusted, into: &tables)
    hendersonTrend(.c)
    if usesRatios { try positive(.c7) }
    record(.c7, trend, into: &tables)
    X11Arithmetic.remove(modified, trend, byDivision: usesRatios, whole, into: &ratios)
    record(.c9, ratios, into: &tables)
    seasonalFactors(whole, stage: .second)
    record(.c10, seasonal, into: &tables)
    secondAdjustment()
    record(.c11, adjusted, into: &tables)
    record(.c13, irregular, into: &tables)
    weighIrregular(whole, basis: x11.excludesExtension ? observed : whole)
    record(.c17, weights, into: &tables)
    takeOffExtremes()
    record(.c20, extremes, into: &tables)
    record(.d1, modified, into: &tables)
  }

  /// Part D: the components.
  mutating func partD() throws(X11Error) {
    try firstTrend(.d2)
    record(.d2, trend, known: inner, into: &tables)
    record(.d4, ratios, known: inner, into: &tables)
    try firstAdjustment()
    record(.d5, seasonal, into: &tables)
    record(.d6, adjusted, into: &tables)
    hendersonTrend(.d)
    if usesRatios { try positive(.d7) }
    record(.d7, trend, into: &tables)
    X11Arithmetic.remove(modified, trend, byDivision: usesRatios, whole, into: &ratios)
    if usesRatios {
      for i in whole { unmodified[i] = ratios[i] * extremes[i] }
    } else {
      for i in whole { unmodified[i] = ratios[i] + extremes[i] }
    }
    record(.d8, unmodified, into: &tables)
    if x11.calendarSigma.replacesFinally {
      for i in whole { ratios[i] = unmodified[i] }
      ExtremeValueReplacement.replace(
        &ratios, weights: weights, 0..<observed.upperBound, period: period)
    }
    for i in whole { replacements[i] = weights[i] == 1 ? .nan : ratios[i] }
    record(.d9, replacements, into: &tables)
    chooseSeasonalFilters()
    seasonalFactors(whole, stage: .second)
    try finalComponents()
    record(.d10, seasonal, into: &tables)
    record(.d11, adjusted, into: &tables)
    record(.d12, trend, into: &tables)
    record(.d13, irregular, into: &tables)
  }
}
