extension ETS {
  /// How the penalised estimate is held: what ``ETS/InitialStates/penalised`` adds to the sum of squares and to −2 log L.
  ///
  /// The standard values are those of <doc:ETSModels>, which says how they were chosen.
  public struct Shrinkage: Sendable, Hashable, Codable {
    /// A normal prior of a smoothing parameter: −2 log L grows by ((x − centre) / deviation)².
    public struct Prior: Sendable, Hashable, Codable {
      public var centre: Double
      /// Above zero; small values hold firmly.
      public var deviation: Double

      /// - Precondition: `deviation` is above zero.
      public init(centre: Double, deviation: Double) {
        precondition(deviation > 0, "A prior's deviation is above zero.")
        self.centre = centre
        self.deviation = deviation
      }
    }

    /// How firmly the initial slope is held: its distance from the heuristic slope times this is one more error.
    public var slope: Double
    /// How much of the heuristic slope it is held at: 1 the slope itself, 0 no slope.
    public var slopeShare: Double
    /// How firmly each initial season is held at the heuristic season.
    public var season: Double
    /// α.
    public var alpha: Prior?
    /// β / α; β itself in the admissible region.
    public var beta: Prior?
    /// γ / (1 − α); γ itself in the admissible region.
    public var gamma: Prior?
    /// φ.
    public var phi: Prior?
    /// Whether automatic choice counts the penalties with the likelihood.
    public var countsInChoice: Bool

    public init(
      slope: Double = 30, slopeShare: Double = 1, season: Double = 2,
      alpha: Prior? = Prior(centre: 0.5, deviation: 0.3),
      beta: Prior? = Prior(centre: 0, deviation: 0.07),
      gamma: Prior? = nil, phi: Prior? = nil, countsInChoice: Bool = false
    ) {
      self.slope = slope
      self.slopeShare = slopeShare
      self.season = season
      self.alpha = alpha
      self.beta = beta
      self.gamma = gamma
      self.phi = phi
      self.countsInChoice = countsInChoice
    }

    /// What ``ETS`` uses unless told otherwise.
    public static let standard = Shrinkage()
  }
}
