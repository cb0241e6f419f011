#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writing that leaves a file either as it was or complete.
enum OutputFile {
  /// Writes a new file beside the old one, waits until it is on the disk, and puts it in the old one's place.
  ///
  /// The path `-` is standard output.
  static func write(_ text: String, to path: String) throws(Failure) {
    if path == "-" { return try writeToStandardOutput(text) }
    var existing = stat()
    if stat(path, &existing) == 0, existing.st_mode & S_IFMT != S_IFREG {
      return try writeThrough(text, to: path)
    }
    try replace(path) { temporary throws(Failure) in
      let descriptor = open(temporary, O_WRONLY | O_TRUNC | O_CLOEXEC)
      guard descriptor >= 0 else { throw cannotWrite(path, errno) }
      var failed = writeAll(text, to: descriptor)
      if close(descriptor) != 0, failed == nil { failed = errno }
      if let failed { throw cannotWrite(path, failed) }
    }
  }

  /// Lets `fill` write a new file beside the old one, waits until it is on the disk, and puts it in the old one's place.
  ///
  /// - Parameter fill: gets the path of an empty file; if it throws, the old file stays as it was.
  static func replace(_ path: String, fill: (String) throws(Failure) -> Void) throws(Failure) {
    var existing = stat()
    let exists = stat(path, &existing) == 0
    // A link stays a link: it is the file it points to that is replaced.
    let target = exists ? resolved(path) : path
    let (descriptor, temporary) = try makeTemporary(beside: target, for: path)
    close(descriptor)
    do {
      try fill(temporary)
      try settle(
        temporary, as: target, mode: exists ? existing.st_mode & 0o7777 : 0o666 & ~currentMask(), for: path)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func settle(
    _ temporary: String, as target: String, mode: mode_t, for path: String
  ) throws(Failure) {
    let descriptor = open(temporary, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotWrite(path, errno) }
    var failed = fchmod(descriptor, mode) != 0 || fsync(descriptor) != 0 ? errno : nil
    close(descriptor)
    if failed == nil, rename(temporary, target) != 0 { failed = errno }
    if let failed { throw cannotWrite(path, failed) }
  }

  static func writeToStandardOutput(_ text: String) throws(Failure) {
    guard let failed = writeAll(text, to: STDOUT_FILENO) else { return }
    if failed == EPIPE { exit(0) }
    throw cannotWrite("standard output", failed)
  }

  /// A device or a pipe cannot be replaced, only written to.
  private static func writeThrough(_ text: String, to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotWrite(path, errno) }
    defer { close(descriptor) }
    if let failed = writeAll(text, to: descriptor) { throw cannotWrite(path, failed) }
  }

  private static func makeTemporary(beside target: String, for path: String) throws(Failure) -> (
    Int32, String
  ) {
    var template = Array("\(target).XXXXXX".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { name in name.baseAddress.map(mkstemp) ?? -1 }
    guard descriptor >= 0 else { throw cannotWrite(path, errno) }
    return (descriptor, String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func currentMask() -> mode_t {
    let mask = umask(0)
    umask(mask)
    return mask
  }

  static func cannotWrite(_ path: String, _ code: Int32) -> Failure {
    Failure(.cannotWrite, "\(path): cannot be written: \(systemErrorText(code))")
  }
}
