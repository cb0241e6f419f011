/// Gathers the terms written between the braces of ``RegressionModel``; `if`, `else`, `switch` and `for` work
/// there.
@resultBuilder
public enum RegressionTermBuilder {
  /// One term.
  public static func buildExpression(_ term: any RegressionTerm) -> [any RegressionTerm] { [term] }
  /// Terms made elsewhere.
  public static func buildExpression(_ terms: [any RegressionTerm]) -> [any RegressionTerm] { terms }
  /// Terms one after another.
  public static func buildBlock(_ parts: [any RegressionTerm]...) -> [any RegressionTerm] {
    parts.flatMap { $0 }
  }
  /// `if` without `else`.
  public static func buildOptional(_ part: [any RegressionTerm]?) -> [any RegressionTerm] { part ?? [] }
  /// The first of two branches.
  public static func buildEither(first part: [any RegressionTerm]) -> [any RegressionTerm] { part }
  /// The second of two branches.
  public static func buildEither(second part: [any RegressionTerm]) -> [any RegressionTerm] { part }
  /// `for`.
  public static func buildArray(_ parts: [[any RegressionTerm]]) -> [any RegressionTerm] {
    parts.flatMap { $0 }
  }
}
