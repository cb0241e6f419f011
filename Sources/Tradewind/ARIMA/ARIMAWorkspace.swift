/// Buffers of a fit, to be reused from fit to fit by one worker. A new one may be used anywhere.
struct ARIMAWorkspace: Sendable {
  init() {}
}
