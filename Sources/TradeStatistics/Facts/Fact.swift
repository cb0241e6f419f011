import Tradewind

/// One number that one source states about one series.
///
/// A fact such as "March imports were 129,100 t, down 20.5 % on the month" is two facts: a level and a
/// month-on-month change. Nothing is computed when a fact is read; what follows from several facts together is
/// the work of ``HistoryProjector`` and ``FactAudit``.
public struct Fact: Sendable, Hashable {
  /// The series, for instance `silver-concentrate-imports/peru`. `a/b` is a part of `a`.
  public var series: String
  /// The months the figure covers, first to last.
  public var period: PeriodRange
  /// What the figure says.
  public var measure: Measure
  /// The figure: an amount in ``unit``, or a fraction.
  public var value: Double
  /// The unit of ``value``: `t`, `kg`, `usd`, `usd_per_t`, …, or `fraction`.
  public var unit: String
  /// Half the width of the interval that rounds to ``value``, in the unit of ``value``; never negative.
  public var halfWidth: Double
  /// Who says so, and in which words.
  public var source: FactSource
  /// The line of the file the fact was read from, or 0.
  public var line: Int

  public init(
    series: String, period: PeriodRange, measure: Measure, value: Double, unit: String, halfWidth: Double,
    source: FactSource = FactSource(), line: Int = 0
  ) {
    self.series = series
    self.period = period
    self.measure = measure
    self.value = value
    self.unit = unit
    self.halfWidth = halfWidth
    self.source = source
    self.line = line
  }
}

/// The page that states a fact.
public struct FactSource: Sendable, Hashable, Codable {
  public var title: String
  public var url: String
  /// The words that state the number.
  public var quote: String

  public init(title: String = "", url: String = "", quote: String = "") {
    self.title = title
    self.url = url
    self.quote = quote
  }

  /// The publisher, by which facts are grouped when sources disagree: the last two labels of the page's host
  /// (`news.metal.com` and `www.metal.com` are both `metal.com`; three under a shared domain such as `com.cn`), or the title's part before the first comma
  /// where there is no address.
  public var publisher: String {
    if let scheme = url.firstRange(of: "://") {
      let host = url[scheme.upperBound...].prefix { $0 != "/" && $0 != ":" && $0 != "?" && $0 != "#" }
      let labels = host.split(separator: ".")
      // Below a country's code a second-level domain such as com.cn is shared by many.
      let shared = ["com", "co", "gov", "org", "net", "ac", "edu"]
      let isShared =
        labels.count > 2 && labels[labels.count - 1].count == 2
        && shared.contains(String(labels[labels.count - 2]))
      let isAddress = labels.allSatisfy { $0.allSatisfy(\.isNumber) }
      if isAddress { return String(host) }
      if labels.count >= 2 { return labels.suffix(isShared ? 3 : 2).joined(separator: ".").lowercased() }
      if !host.isEmpty { return host.lowercased() }
    }
    return String(title.prefix { $0 != "," })
  }
}
