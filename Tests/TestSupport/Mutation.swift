/// A damaged copy of `bytes`, for tests that a reader throws but never traps.
///
/// One to four random changes: a flipped bit, a deletion, a duplication, a splice of one place into another, a digit
/// swapped for another, and inserted commas, quotes, newlines, long numbers or odd bytes. The same generator state gives
/// the same copy. Empty input is first given a byte.
public func mutate(_ bytes: [UInt8], using generator: inout some RandomNumberGenerator) -> [UInt8] {
  var result = bytes.isEmpty ? [UInt8(ascii: "a")] : bytes
  for _ in 0..<Int.random(in: 1...4, using: &generator) {
    if result.isEmpty { result = [UInt8(ascii: ",")] }
    let place = Int.random(in: 0..<result.count, using: &generator)
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 1: result.removeSubrange(someRange(from: place, in: result, using: &generator))
    case 2:
      let part = Array(result[someRange(from: place, in: result, using: &generator)])
      result.insert(contentsOf: part, at: place)
    case 3:
      let part = Array(result[someRange(from: place, in: result, using: &generator)])
      let target = someRange(
        from: Int.random(in: 0..<result.count, using: &generator), in: result, using: &generator)
      result.replaceSubrange(target, with: part)
    case 4: swapDigit(near: place, in: &result, using: &generator)
    default:
      let inserted = insertions[Int.random(in: 0..<insertions.count, using: &generator)]
      result.insert(contentsOf: inserted, at: place)
    }
  }
  return result
}

/// What a confused program or person might have put into a table.
private let insertions: [[UInt8]] =
  [
    ",", ",,,,", "\"", "\"\"", "\n", "\r\n", "\r", " ", "\t", "-", ".", "..", "/", "+", "e9", "1e999", "NaN",
    "inf",
    "0x10", "9999999999999999999999999999", "0.00000000000000000000000000000001", "-1", "2025-13",
    "2025-02-30",
    "9999-12", "0000-01", "2025-Q5", "年", "\u{301}", "\u{FEFF}", String(repeating: "7", count: 500),
  ].map { Array($0.utf8) } + [[0], [0xFF, 0xFE], [0xC3], [0xF0, 0x9F]]

/// A run of mostly a few, rarely up to a hundred, bytes from `place` on.
private func someRange(
  from place: Int, in bytes: [UInt8], using generator: inout some RandomNumberGenerator
) -> Range<Int> {
  let longest = Int.random(in: 0..<8, using: &generator) == 0 ? 100 : 8
  return place..<min(bytes.count, place + Int.random(in: 1...longest, using: &generator))
}

/// Replaces the first digit at or after `place` by a random one; without such a digit nothing changes.
private func swapDigit(
  near place: Int, in bytes: inout [UInt8], using generator: inout some RandomNumberGenerator
) {
  let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  guard let position = bytes[place...].firstIndex(where: digits.contains) else { return }
  bytes[position] = .random(in: digits, using: &generator)
}
