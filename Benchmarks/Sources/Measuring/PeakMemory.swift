#if os(Linux)
  import Glibc
#endif

/// The most memory this process has held so far.
public enum PeakMemory {
  /// Megabytes (10⁶ bytes) resident at the most, from `VmHWM` in `/proc/self/status`; NaN where there is no such file.
  public static var megabytes: Double {
    #if os(Linux)
      guard let file = fopen("/proc/self/status", "r") else { return .nan }
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 256)
      while fgets(&line, Int32(line.count), file) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard text.hasPrefix("VmHWM:") else { continue }
        let kibibytes = text.split { !$0.isNumber }.first.flatMap { Double($0) }
        return (kibibytes ?? .nan) * 1024 / 1e6
      }
    #endif
    return .nan
  }
}
