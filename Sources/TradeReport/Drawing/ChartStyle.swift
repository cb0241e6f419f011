/// The style sheet of charts, in a document of its own and in a page.
///
/// Colours stand here as custom properties. Each drawn group also has a plain `fill` or `stroke`, which a style sheet
/// overrides, for programs that do not know custom properties.
enum ChartStyle {
  static let sheet: StaticString = """
    .plot{--paper:#fff;--ink:#1b1b1b;--soft:#595959;--grid:#dcdcdc;--past:#0072b2;--guess:#6e6e6e;--next:#d55e00;\
    --tint:#faf3ee;--l2:#007a5a;--l3:#a8447f;--l4:#8a6d00;font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif}
    @media screen and (prefers-color-scheme:dark){.plot{--paper:#15181b;--ink:#ececec;--soft:#b0b0b0;--grid:#363b40;\
    --past:#56b4e9;--guess:#9a9a9a;--next:#e69f00;--tint:#221f19;--l2:#2fbf95;--l3:#e08dbb;--l4:#f0e442}}
    .plot .bg{fill:var(--paper)}.plot .tint{fill:var(--tint)}.plot .grid{stroke:var(--grid)}.plot .axis{stroke:var(--soft)}
    .plot text{fill:var(--ink)}.plot .soft,.plot .soft text{fill:var(--soft)}.plot .b{font-weight:600}.plot .h{font-size:15px;font-weight:600}
    .plot .num{font-variant-numeric:tabular-nums}
    .plot .pub,.plot .whisk{stroke:var(--past)}.plot .der{fill:var(--paper);stroke:var(--past)}
    .plot .est,.plot .run{stroke:var(--guess)}.plot .estm{stroke:var(--ink)}
    .plot .box{stroke:var(--next)}.plot .med{stroke:var(--ink)}.plot .cut{fill:var(--ink)}
    .plot .up{fill:var(--past)}.plot .down{fill:var(--next)}.plot .whole{fill:var(--guess)}.plot .link{stroke:var(--guess)}
    .plot .shape{stroke:var(--soft)}.plot .rest{fill:var(--paper);stroke:var(--guess)}
    .plot .l0{stroke:var(--past)}.plot .l1{stroke:var(--next)}.plot .l2{stroke:var(--l2)}.plot .l3{stroke:var(--l3)}\
    .plot .l4{stroke:var(--l4)}.plot .l5{stroke:var(--ink)}.plot .hollow{fill:var(--paper)}
    .plot .l0.full{fill:var(--past)}.plot .l1.full{fill:var(--next)}.plot .l2.full{fill:var(--l2)}.plot .l3.full{fill:var(--l3)}
    .plot g text.in{fill:var(--i,#1b1b1b)}.plot .mark{stroke:var(--i,#1b1b1b)}.plot .cell{fill:var(--c,#fff)}
    .b0{--c:#e8f1f9}.b1{--c:#c3dcf0}.b2{--c:#93c1e4}.b3{--c:#5a9fd0;--i:#111}.b4{--c:#2a6da6;--i:#fff}.b5{--c:#084a87;--i:#fff}
    .o0{--c:#fbe6d6}.o1{--c:#f2b17c}.o2{--c:#a84c08;--i:#fff}
    @media screen and (prefers-color-scheme:dark){.b0{--c:#1b2a38;--i:#ececec}.b1{--c:#1d3f5c;--i:#ececec}.b2{--c:#1f567f;--i:#fff}\
    .b3{--c:#2b6ea0;--i:#fff}.b4{--c:#63a9d8;--i:#111}.b5{--c:#b4d9f2;--i:#111}\
    .o0{--c:#3a2417;--i:#ececec}.o1{--c:#7d4413;--i:#fff}.o2{--c:#f0a868;--i:#111}}
    .plot .user{unicode-bidi:isolate}
    """
}
