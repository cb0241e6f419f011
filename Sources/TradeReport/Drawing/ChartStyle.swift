/// The style sheet of charts, in a document of its own and in a page.
///
/// Colours stand here as custom properties. Each drawn group also has a plain `fill` or `stroke`, which a style sheet
/// overrides, for programs that do not know custom properties.
enum ChartStyle {
  static let sheet: StaticString = """
    .fan{--paper:#fff;--ink:#1b1b1b;--soft:#595959;--grid:#dcdcdc;--past:#0072b2;--guess:#6e6e6e;--next:#d55e00;\
    --tint:#faf3ee;font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif}
    @media screen and (prefers-color-scheme:dark){.fan{--paper:#15181b;--ink:#ececec;--soft:#b0b0b0;--grid:#363b40;\
    --past:#56b4e9;--guess:#9a9a9a;--next:#e69f00;--tint:#221f19}}
    .fan .bg{fill:var(--paper)}.fan .tint{fill:var(--tint)}.fan .grid{stroke:var(--grid)}.fan .axis{stroke:var(--soft)}
    .fan text{fill:var(--ink)}.fan .soft,.fan .soft text{fill:var(--soft)}.fan .b{font-weight:600}.fan .h{font-size:15px;font-weight:600}
    .fan .pub,.fan .whisk{stroke:var(--past)}.fan .der{fill:var(--paper);stroke:var(--past)}
    .fan .est,.fan .run{stroke:var(--guess)}.fan .estm{stroke:var(--ink)}
    .fan .box{stroke:var(--next)}.fan .med{stroke:var(--ink)}.fan .cut{fill:var(--ink)}
    .fan .user{unicode-bidi:isolate}
    """
}
