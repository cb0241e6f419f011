/// Why the tool stops: a sentence for standard error and the exit status of `sysexits.h`.
struct Failure: Error, CustomStringConvertible {
  enum Status: Int32 {
    case wrongUsage = 64
    case badData = 65
    case noInput = 66
    case cannotWrite = 73
  }

  let status: Status
  let message: String

  var description: String { message }

  init(_ status: Status, _ message: String) {
    self.status = status
    self.message = message
  }
}
