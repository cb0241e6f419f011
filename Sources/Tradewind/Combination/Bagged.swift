import TradewindNumerics

/// A model fitted to many series that might have been observed, and its forecasts combined.
///
/// ```swift
/// let model = try Bagged(ETS()).fit(to: imports)
/// let forecast = model.forecast(horizon: 3)
/// ```
///
/// A copy of the series has its trend and season (by ``STL``, on a scale of Box and Cox with λ in 0…1 by ``BoxCox/guerrero(in:)``) and another run of remainders: blocks of
/// those observed. The last block stays as it was, so that models go on from where the series stands. What a model finds in the copies, its form and parameters, varies as it might
/// have with other accidents. The mean of the forecasts depends less on them, and ``FittedBagged`` says how their spread enters the law. <doc:ChoosingAutomatically> has what it gains.
///
/// Where a value is not above zero, or there are less than two seasons, values are not transformed. Without a season, or two of them, a local line stands in the place of trend and
/// season. Missing values are missing in every copy, for the base model to deal with. All copies of a constant series are that series. What the base model refuses is
/// refused with its error; a copy that it refuses is left out.
///
/// Reference: C. Bergmeir, R. J. Hyndman and J. M. Benítez (2016), "Bagging exponential smoothing methods using STL decomposition and Box–Cox
/// transformation", *International Journal of Forecasting* 32:303–312, doi:10.1016/j.ijforecast.2015.07.002.
public struct Bagged<Base: Forecaster>: Forecaster {
  /// The model that is fitted to every copy.
  public let base: Base
  /// How many series it is fitted to, the series itself among them.
  public let copies: Int
  /// How many remainders follow upon each other as they were observed; nil for two seasons, or 8 periods where there is none, at most half of the
  /// observations.
  public let blockLength: Int?
  /// Whether the last block of remainders stays as it was observed.
  public let keepsEnd: Bool
  /// The seed of the copies.
  public let seed: UInt64
  /// How the members' points become one.
  public let centre: BaggingCentre

  /// - Parameters:
  ///   - base: The model that is fitted to every copy.
  ///   - copies: How many series it is fitted to, at least 1; the series itself is the first of them, and with 1 the only one.
  ///   - blockLength: How many remainders follow upon each other as they were observed, at least 1; more than there are count as all.
  ///   - keepsEnd: Whether the last block stays as it was observed in every copy. The paper draws it as well, which loses where the series stands:
  ///     <doc:ChoosingAutomatically> has what that costs.
  ///   - seed: The seed of the copies.
  ///   - centre: How the members' points become one.
  /// - Precondition: `copies` and `blockLength` are at least 1.
  public init(
    _ base: Base, copies: Int = 30, blockLength: Int? = nil, keepsEnd: Bool = true, seed: UInt64 = 1,
    centre: BaggingCentre = .mean
  ) {
    precondition(copies >= 1, "A model is fitted to at least one series, not \(copies).")
    precondition(blockLength ?? 1 >= 1, "A block has at least one remainder.")
    (self.base, self.copies, self.blockLength, self.keepsEnd) = (base, copies, blockLength, keepsEnd)
    (self.seed, self.centre) = (seed, centre)
  }

  /// Such as `bagged ETS`.
  public var name: String { "bagged \(base.name)" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedBagged<Base.Fitted> {
    var members = [try base.fit(to: series)]
    var leftOut: [ForecastError] = []
    if copies > 1 {
      let bootstrap = SeriesBootstrap(series, blockLength: blockLength)
      let root = SeededGenerator(seed: seed)
      for copy in 1..<copies {
        var generator = root.split(copy)
        let remainders = bootstrap.drawnRemainder(keepsEnd: keepsEnd, using: &generator)
        do throws(ForecastError) {
          members.append(try base.fit(to: bootstrap.copy(with: remainders)))
        } catch {
          leftOut.append(error)
        }
      }
    }
    return FittedBagged(series: series, name: name, centre: centre, members: members, leftOut: leftOut)
  }
}

/// How the points of a ``Bagged`` model's members become one.
public enum BaggingCentre: String, Sendable, Hashable, Codable, CaseIterable {
  /// Their mean.
  case mean
  /// Their median, step by step.
  case median
}
