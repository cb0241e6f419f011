#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a file or of standard input (`-`), and the name that errors give it.
struct InputFile {
  let name: String
  let bytes: [UInt8]

  /// Many times the largest collection of monthly series; a device that never ends stops here.
  static let largestSize = 256 << 20

  init(path: String) throws(Failure) {
    if path == "-" {
      name = "standard input"
      bytes = try InputFile.read(STDIN_FILENO, name: name)
    } else {
      name = path
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw InputFile.unreadable(path) }
      defer { close(descriptor) }
      bytes = try InputFile.read(descriptor, name: path)
    }
    try requireText()
  }

  /// Refuses what is not UTF-8, with the line: a table saved in another encoding would be read with wrong names.
  private func requireText() throws(Failure) {
    guard String(validating: bytes, as: UTF8.self) == nil else { return }
    var line = 1
    var parser = Unicode.UTF8.ForwardParser()
    var source = bytes.makeIterator()
    while case .valid(let scalar) = parser.parseScalar(from: &source) {
      if scalar.first == UInt8(ascii: "\n") { line += 1 }
    }
    throw Failure(.badData, "\(name):\(line): the text is not UTF-8; expected a CSV file saved as UTF-8")
  }

  private static func read(_ descriptor: Int32, name: String) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw unreadable(name)
      }
      bytes += chunk[..<count]
      guard bytes.count <= largestSize else {
        throw Failure(.badData, "\(name): larger than \(largestSize >> 20) MiB")
      }
    }
  }

  private static func unreadable(_ name: String) -> Failure {
    Failure(.noInput, "\(name): cannot be read: \(systemErrorText())")
  }
}

private func systemRead(_ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, start, count)
}
