/// A result in the three forms that every verb can write.
protocol ResultText {
  var table: String { get }
  var csv: String { get }
  var json: String { get throws }
}
