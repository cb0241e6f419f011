/// A calendar month, quarter or year.
public struct Period: Hashable, Sendable {}
