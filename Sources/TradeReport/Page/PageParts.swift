/// The parts of a page that are the same for all: policy, style, script, and how to read it.
enum PageParts {
  /// No requests at all; only the page's own style and script.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  /// What the words and signs mean.
  static func reading(_ language: ReportLanguage, withParts: Bool) -> Markup {
    let entries = language == .english ? english(withParts) : chinese(withParts)
    return Markup(
      "section", ["class": "reading"],
      [Markup("h2", [:], language.pick("How to read this page", "阅读说明"))]
        + [Markup("dl", [:], entries.flatMap { [Markup("dt", [:], $0.0), Markup("dd", [:], $0.1)] })])
  }

  private static func english(_ withParts: Bool) -> [(String, String)] {
    [
      ("Published (●)", "a source states the figure of that month."),
      ("Derived (◇)", "the figure follows from published totals and growth rates, up to their rounding."),
      (
        "Estimated (▮)",
        "only sums, growth rates or the usual season are known; the bar is the range that holds the "
          + "true figure with 95\u{A0}% probability."
      ),
      (
        "Median and intervals",
        "the true figure is as likely above the median as below it; an 80\u{A0}% interval misses it "
          + "once in five times, if the coming months behave as the past did."
      ),
      (
        "Total",
        "its interval comes from the months together, so it is narrower than the sum of their intervals."
      ),
    ]
      + (withParts
        ? [("Expected value", "the mean of what may come; those of the parts add up to that of the whole.")]
        : [])
  }

  private static func chinese(_ withParts: Bool) -> [(String, String)] {
    [
      ("已公布（●）", "有来源直接公布了该月的数据。"), ("推算（◇）", "由公布的合计与增速推算得出，误差不超过其四舍五入。"),
      ("估计（▮）", "仅知道合计、增速或通常的季节规律；竖条是真实值有95%概率落入的区间。"),
      ("中位数与区间", "真实值高于与低于中位数的可能性相同；若未来各月的变化与过去相似，80%区间平均每五次有一次不含真实值。"),
      ("合计", "其区间由各月的联合分布得出，因此比各月区间之和窄。"),
    ] + (withParts ? [("期望值", "可能结果的均值；各分项的期望值之和等于总量的期望值。")] : [])
  }

  static let style: StaticString = """
    :root{color-scheme:light dark;--paper:#fff;--ink:#1b1b1b;--soft:#595959;--line:#dcdcdc;--link:#005a8c}
    @media screen and (prefers-color-scheme:dark){:root{--paper:#15181b;--ink:#ececec;--soft:#b0b0b0;--line:#363b40;\
    --link:#7cc4ef}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);\
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;overflow-wrap:anywhere}
    main{max-width:808px;margin:0 auto;padding:16px 24px 48px}
    h1{font-size:1.6rem;line-height:1.25;margin:.4em 0 .2em}
    h2{font-size:1.25rem;line-height:1.3;margin:2em 0 .3em}h3{font-size:1rem;margin:1.6em 0 .3em}
    a{color:var(--link)}p{margin:.4em 0}.meta,.note,figcaption,caption,.reading{color:var(--soft);font-size:.875rem}
    .headline{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .8em;margin:.2em 0 .8em}
    .headline strong{font-size:2rem;line-height:1.2;white-space:nowrap}.headline span{flex:1 1 16em}.headline b{white-space:nowrap;font-weight:600}
    figure{margin:0;position:relative}figcaption{margin-top:4px}svg.plot{display:block;width:100%;height:auto}
    svg.narrow{display:none;max-width:520px}
    @media screen and (max-width:600px){main{padding:8px 12px 32px}svg.wide{display:none}svg.narrow{display:block}}
    .scroll{overflow-x:auto}table{border-collapse:collapse;margin:.8em 0;font-size:.9375rem;\
    font-variant-numeric:tabular-nums;overflow-wrap:normal}
    caption{text-align:left;padding-bottom:4px}th,td{text-align:left;padding:4px 14px 4px 0;\
    border-bottom:1px solid var(--line);vertical-align:top}
    thead th{font-weight:600;color:var(--soft);font-size:.875rem}tbody th{font-weight:400}
    tfoot th,tfoot td{font-weight:600;border-bottom:0}.n,.past td:not(:last-child){text-align:right}td,tbody th{white-space:nowrap}nav tbody th{white-space:normal;min-width:9em}
    td.n:last-child,th.n:last-child{padding-right:0}
    summary{cursor:pointer;padding:4px 0;color:var(--link)}
    blockquote{margin:.3em 0;padding-left:10px;border-left:3px solid var(--line);color:var(--soft)}
    .doubt li,.sources li{margin:.4em 0}.sources{font-size:.875rem;padding-left:2em}
    dt{font-weight:600}dd{margin:0 0 .4em}.meta{max-width:44em}
    .figure{margin:1.4em 0}.title{font-weight:600;margin:0 0 .2em}.source{display:block}
    .contents{border-left:3px solid var(--line);padding-left:14px;margin:1.2em 0;font-size:.9375rem}
    .contents ol{margin:0;padding-left:1.4em;columns:2 16em}
    .key{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5em,1fr));gap:10px;margin:1em 0}
    @media screen and (min-width:601px){.key.three{grid-template-columns:repeat(3,1fr)}}
    .key div{border:1px solid var(--line);border-radius:6px;padding:8px 12px}
    .key dt{font-weight:400;font-size:.875rem;color:var(--soft)}.key dd{margin:0;font-size:1.35rem;font-weight:600;line-height:1.25;word-break:keep-all;overflow-wrap:anywhere}
    .key dd.meta{font-size:.8125rem;font-weight:400;line-height:1.35;word-break:normal}
    .tip{position:absolute;top:0;z-index:1;pointer-events:none;padding:6px 10px;background:var(--paper);\
    border:1px solid var(--soft);border-radius:4px;font-size:.8125rem;line-height:1.4;max-width:min(100%,26em)}
    .tip b{display:block}.guide{position:absolute;width:1px;background:var(--soft);pointer-events:none}\
    .guide.cell{background:none;outline:2px solid var(--ink);outline-offset:-1px;border-radius:2px}
    @media screen and (max-width:600px){.key dd:not(.meta){font-size:1.05rem}th,td{padding-right:8px}table{font-size:.8125rem}thead th{font-size:.8125rem}}
    @media print{@page{margin:16mm}:root{font-size:10pt}body{font-size:10pt;background:#fff;color:#000}main{max-width:none;padding:0}
    .tip,.guide{display:none}figure,tr,li{break-inside:avoid}th,td{padding-top:2px;padding-bottom:2px}h2,h3{break-after:avoid}
    tfoot{display:table-row-group}.figure table,details table{font-size:8pt}.figure td,.figure th,details td,details th{padding:0 6px 0 0}
    .scroll{overflow:visible}.key,.key.three{grid-template-columns:repeat(3,1fr)}
    details::details-content{content-visibility:visible;height:auto}summary{color:inherit}
    .sources a[href^=http]::after{content:" " attr(href);font-size:.8em;color:#555}a{color:inherit}}
    """

  /// Shows the row of the table for the month under the pointer, and opens the tables for print.
  ///
  /// It has no `<` and no `&`, so that the page is well-formed XML too. Text enters the page by `textContent` only.
  static let script: StaticString = """
    document.querySelectorAll("figure.chart").forEach(function(figure){
    var cells={},tip=document.createElement("div"),guide=document.createElement("div");
    figure.parentNode.querySelectorAll("[data-s]").forEach(function(part){cells[part.dataset.s]=part});
    tip.className="tip";guide.className="guide";tip.hidden=guide.hidden=true;figure.append(guide,tip);
    function line(tag,text){var part=document.createElement(tag);part.textContent=text;tip.append(part)}
    figure.querySelectorAll("svg").forEach(function(svg){
    function leave(){tip.hidden=guide.hidden=true}
    svg.addEventListener("pointerleave",leave);
    ["pointermove","pointerdown"].forEach(function(kind){svg.addEventListener(kind,function(event){
    var box=svg.getBoundingClientRect(),scale=box.width/svg.viewBox.baseVal.width,data=svg.dataset;
    var left=data.left*scale,top=data.top*scale,wide=(data.right-data.left)*scale,high=(data.bottom-data.top)*scale;
    var column=Math.floor((event.clientX-box.left-left)/wide*data.columns),row=data.rows>1?Math.floor((event.clientY-box.top-top)/high*data.rows):0;
    var cell=cells[+data.first+column*data.columnStep+row*data.rowStep];
    if(0>column||column>=data.columns||0>row||row>=data.rows||!cell||!cell.textContent){leave();return}
    var table=cell.closest("table"),heads=table.tHead.rows[0].cells;
    tip.textContent="";
    if(cell.tagName==="TD"){
    var name=cell.parentNode.cells[0].textContent+" · "+heads[cell.cellIndex].textContent;
    line("b",name);line("div",cell.textContent)}
    else Array.from(cell.cells).forEach(function(part,index){
    var text=part.textContent;
    if(index===0)line("b",text);else if(text)line("div",heads[index].textContent+": "+text)});
    tip.hidden=guide.hidden=false;tip.style.left="0";
    var w=wide/data.columns,h=high/data.rows,middle=left+(column+.5)*w;
    var slim=data.rows==1;
    guide.className=slim?"guide":"guide cell";
    guide.style.left=(slim?middle:left+column*w)+"px";guide.style.width=(slim?1:w)+"px";
    guide.style.top=top+row*h+"px";guide.style.height=h+"px";
    if(data.rows>1){tip.style.top=top+(row+1)*h+4+"px";
    tip.style.left=Math.max(0,Math.min(middle,box.width-tip.offsetWidth))+"px"}
    else{tip.style.top=top+"px";
    tip.style.left=(middle>box.width/2?Math.max(0,middle-tip.offsetWidth-10):middle+10)+"px"}
    })})})});
    var opened=[];
    addEventListener("beforeprint",function(){
    document.querySelectorAll("details").forEach(function(part){if(!part.open){part.open=true;opened.push(part)}})});
    addEventListener("afterprint",function(){opened.forEach(function(part){part.open=false});opened=[]});
    """
}
