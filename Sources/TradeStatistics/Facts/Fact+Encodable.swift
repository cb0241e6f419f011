extension Fact: Encodable {
  private enum Key: String, CodingKey {
    case series, period, measure, value, unit, precision, source, line
  }

  /// `{series, period, measure, value, unit, precision, source: {title, url, quote}, line}`, named as in a facts file.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(series, forKey: .series)
    try container.encode(period, forKey: .period)
    try container.encode(measure, forKey: .measure)
    try container.encode(value, forKey: .value)
    try container.encode(unit, forKey: .unit)
    try container.encode(halfWidth, forKey: .precision)
    try container.encode(source, forKey: .source)
    try container.encode(line, forKey: .line)
  }
}
