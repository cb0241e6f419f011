/// Buffers of a fit, to be reused from fit to fit by one worker. A new one may be used anywhere.
struct ARIMAWorkspace: Sendable {
  /// The filter of the last fit, kept for its buffers.
  var filter = ARMALaneFilter(p: 0, q: 0, count: 0)
}
