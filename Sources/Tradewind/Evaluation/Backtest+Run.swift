extension Backtest {
  /// Tries models on one series, on the core it is called on: for use inside of what is run in parallel itself.
  ///
  /// A model that cannot be fitted at an origin is listed in ``BacktestResult/failures``.
  public func run(on series: TimeSeries, with models: [any Forecaster]) -> BacktestResult {
    let plan = BacktestPlan(self, panel: [series], models: models)
    return BacktestResult(plan, blocks: plan.blocks.map(plan.outcome))
  }

  /// Tries models on many series, on all cores.
  ///
  /// - Parameters:
  ///   - panel: The series; there may be none.
  ///   - models: The models; there may be none.
  ///   - jobs: How many fits are worked on at once, at least 1 (a precondition); nil for one a core. The result does not depend on it.
  ///   - progress: Called now and then, one call at a time, with the number of forecasts made and to be made.
  /// - Throws: `CancellationError` if the task is cancelled meanwhile; the work stops after the fits in hand.
  public func run(
    on panel: [TimeSeries], with models: [any Forecaster], jobs: Int? = nil,
    progress: (@Sendable (Int, Int) -> Void)? = nil
  ) async throws -> BacktestResult {
    let plan = BacktestPlan(self, panel: panel, models: models)
    let total = plan.blocks.count
    let report: @Sendable (Int) -> Void = { done in progress?(done, total) }
    let outcomes = try await ParallelMap(jobs: jobs).map(total, progress: report) {
      plan.outcome(of: plan.blocks[$0])
    }
    return BacktestResult(plan, blocks: outcomes)
  }
}

/// The pieces of work of a backtest: for each series, model and fit, the origins up to the next fit.
struct BacktestPlan: Sendable {
  struct Block: Sendable {
    let series, model: Int
    /// Indices of the plan's origins.
    let origins: Range<Int>
  }

  /// What one block gives, one element an origin.
  struct Outcome: Sendable {
    let block: Block
    var scores: [Result<BacktestScores, ForecastError>] = []
  }

  let backtest: Backtest
  let panel: [TimeSeries]
  let models: [any Forecaster]
  /// Those of all series, in the order of the series and in time.
  let origins: [BacktestResult.Origin]
  let blocks: [Block]

  init(_ backtest: Backtest, panel: [TimeSeries], models: [any Forecaster]) {
    backtest.requireRanges()
    (self.backtest, self.panel, self.models) = (backtest, panel, models)
    var origins: [BacktestResult.Origin] = []
    var blocks: [Block] = []
    for (index, series) in panel.enumerated() {
      let first = origins.count
      origins += backtest.originLengths(in: series).map {
        BacktestResult.Origin(series: index, length: $0, period: series.period(at: $0 - 1))
      }
      for model in models.indices {
        blocks += stride(from: first, to: origins.count, by: backtest.refit).map {
          Block(series: index, model: model, origins: $0..<min($0 + backtest.refit, origins.count))
        }
      }
    }
    (self.origins, self.blocks) = (origins, blocks)
  }

  func outcome(of block: Block) -> Outcome { outcome(of: block, by: models[block.model]) }

  private func outcome(of block: Block, by model: some Forecaster) -> Outcome {
    let series = panel[block.series]
    var outcome = Outcome(block: block)
    var fitted: (model: any FittedModel, length: Int)?
    for origin in origins[block.origins] {
      do throws(ForecastError) {
        let next: any FittedModel
        if let fitted,
          let later = try? fitted.model.updated(with: Array(series.values[fitted.length..<origin.length]))
        {
          next = later
        } else {
          next = try model.fit(to: backtest.training(series, length: origin.length))
        }
        fitted = (next, origin.length)
        outcome.scores.append(.success(BacktestScores(of: next, in: series, at: origin.length, backtest)))
      } catch {
        fitted = nil
        outcome.scores.append(.failure(error))
      }
    }
    return outcome
  }
}
