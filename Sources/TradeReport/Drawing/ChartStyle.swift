/// The style sheet of charts, in a document of its own and in a page.
///
/// Colours stand here as custom properties. Each drawn group also has a plain `fill` or `stroke`, which a style sheet
/// overrides, for programs that do not know custom properties.
enum ChartStyle {
  static let sheet: StaticString = """
    .plot{--paper:#fff;--ink:#1b1b1b;--soft:#595959;--grid:#dcdcdc;--past:#0072b2;--guess:#6e6e6e;--next:#d55e00;\
    --tint:#faf3ee;font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif}
    @media screen and (prefers-color-scheme:dark){.plot{--paper:#15181b;--ink:#ececec;--soft:#b0b0b0;--grid:#363b40;\
    --past:#56b4e9;--guess:#9a9a9a;--next:#e69f00;--tint:#221f19}}
    .plot .bg{fill:var(--paper)}.plot .tint{fill:var(--tint)}.plot .grid{stroke:var(--grid)}.plot .axis{stroke:var(--soft)}
    .plot text{fill:var(--ink)}.plot .soft,.plot .soft text{fill:var(--soft)}.plot .b{font-weight:600}.plot .h{font-size:15px;font-weight:600}
    .plot .pub,.plot .whisk{stroke:var(--past)}.plot .der{fill:var(--paper);stroke:var(--past)}
    .plot .est,.plot .run{stroke:var(--guess)}.plot .estm{stroke:var(--ink)}
    .plot .box{stroke:var(--next)}.plot .med{stroke:var(--ink)}.plot .cut{fill:var(--ink)}
    .plot .up{fill:var(--past)}.plot .down{fill:var(--next)}.plot .whole{fill:var(--guess)}.plot .link{stroke:var(--guess)}
    .plot .rest{fill:var(--paper);stroke:var(--guess)}
    .plot .user{unicode-bidi:isolate}
    """
}
