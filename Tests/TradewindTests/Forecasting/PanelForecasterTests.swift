import Synchronization
import TestSupport
import Testing
import Tradewind

@Suite struct PanelForecasterTests {
  static let models: [any Forecaster] = [Naive(), SeasonalNaive(), Drift()]

  /// Series of different length, every seventh empty.
  static func panel(_ count: Int) -> [TimeSeries] {
    (0..<count).map { i in
      let values = i % 7 == 3 ? [] : (0..<(20 + i % 30)).map { Double(($0 * 37 + i * 11) % 23) + 1 }
      return TimeSeries(values, start: .month(2020, 1), name: "s\(i)")
    }
  }

  @Test("results stand in the order of the series and models, and equal those of one series at a time")
  func order() async throws {
    let panel = Self.panel(60)
    let request = ForecastRequest(horizon: 5)
    let results = try await PanelForecaster(jobs: 3).forecast(panel, with: Self.models, request)
    #expect(results.count == 60)
    for (series, outcomes) in zip(panel, results) {
      #expect(outcomes.count == 3)
      guard series.count > 0 else {
        for outcome in outcomes { #expect(outcome == .failure(.noObservations(count: 0))) }
        continue
      }
      #expect(try outcomes[0].get() == Naive().fit(to: series).forecast(request))
      #expect(try outcomes[2].get().model == Drift().fit(to: series).name)
      #expect(try outcomes[1].get().series == series.name)
    }
  }

  @Test("more jobs than any machine has cores for count as many")
  func manyJobs() async throws {
    let panel = Self.panel(5)
    let request = ForecastRequest(horizon: 2)
    let many = PanelForecaster(jobs: .max)
    #expect(many.jobs == 1024)
    let one = try await PanelForecaster(jobs: 1).forecast(panel, with: Self.models, request)
    #expect(try await many.forecast(panel, with: Self.models, request) == one)
  }

  @Test("the number of jobs changes nothing, bit for bit", arguments: [1, 2, 8, 200])
  func jobs(_ jobs: Int) async throws {
    let panel = Self.panel(101)
    let request = ForecastRequest(horizon: 4)
    let one = try await PanelForecaster(jobs: 1).forecast(panel, with: Self.models, request)
    #expect(try await PanelForecaster(jobs: jobs).forecast(panel, with: Self.models, request) == one)
  }

  @Test("no series, or no model, is no result")
  func empty() async throws {
    let request = ForecastRequest(horizon: 1)
    #expect(try await PanelForecaster().forecast([], with: Self.models, request).isEmpty)
    #expect(try await PanelForecaster().forecast(Self.panel(2), with: [], request) == [[], []])
  }

  @Test("cancelled work throws and does not go on")
  func cancellation() async throws {
    let panel = Self.panel(5000)
    let task = Task {
      try await PanelForecaster(jobs: 2).forecast(panel, with: Self.models, ForecastRequest(horizon: 60))
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("progress rises to the number of series")
  func progress() async throws {
    let seen = Progress()
    _ = try await PanelForecaster(jobs: 2).forecast(
      Self.panel(50), with: [Naive()], ForecastRequest(horizon: 1)
    ) { done in
      seen.add(done)
    }
    let values = seen.values
    #expect(values == values.sorted())
    #expect(values.last == 50)
  }

  /// Calls come one at a time, so a plain array would do; the compiler cannot know that.
  final class Progress: Sendable {
    private let store = Mutex<[Int]>([])
    var values: [Int] { store.withLock { $0 } }
    func add(_ value: Int) { store.withLock { $0.append(value) } }
  }
}
