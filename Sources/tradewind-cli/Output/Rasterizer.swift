#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Pictures as PNG by librsvg's `rsvg-convert`, which knows fonts and is kept well by others.
///
/// A browser could draw them too, but it wants a profile, a sandbox and two hundred times the memory.
enum Rasterizer {
  private static let program = "rsvg-convert"
  /// Pixels of the picture for each of the drawing's, so that it is sharp on paper and on fine screens.
  private static let scale = 2

  /// Turns an SVG document into a PNG file, all of it or nothing.
  static func write(_ svg: String, to path: String) throws(Failure) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/tradewind-XXXXXX".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { $0.baseAddress.map(mkstemp) ?? -1 }
    guard descriptor >= 0 else { throw OutputFile.cannotWrite(folder, errno) }
    let drawing = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(drawing) }
    let failed = writeAll(svg, to: descriptor)
    close(descriptor)
    if let failed { throw OutputFile.cannotWrite(drawing, failed) }
    try OutputFile.replace(path) { temporary throws(Failure) in
      switch run(["--format", "png", "--zoom", "\(scale)", "--output", temporary, drawing]) {
      case nil:
        throw Failure(
          .cannotWrite,
          "\(path): a PNG needs \(program), which is not installed. On Debian and Ubuntu: apt-get install librsvg2-bin; "
            + "on macOS: brew install librsvg; or write a .svg file, which needs nothing")
      case 0? where isPNG(temporary): return
      case let status?:
        throw Failure(
          .cannotWrite,
          "\(path): \(program) did not draw it (status \(status)); a .svg file needs no other program")
      }
    }
  }

  /// The program's exit status, or nil if there is no such program on the path. Its messages are not shown.
  private static func run(_ arguments: [String]) -> Int32? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, mode) in [
      (STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_WRONLY), (STDERR_FILENO, O_WRONLY),
    ] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", mode, 0)
    }
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    guard posix_spawnp(&process, program, &actions, nil, &words, environ) == 0 else { return nil }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { if errno != EINTR { return nil } }
    // As WIFEXITED and WEXITSTATUS of <sys/wait.h>, which are macros. 127 is the shell's word for a missing program.
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    return code == 127 ? nil : code
  }

  private static func isPNG(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var head = [UInt8](repeating: 0, count: 8)
    return read(descriptor, &head, 8) == 8 && head == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  }
}
