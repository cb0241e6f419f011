"""Opens pages in a real browser and checks what only a browser can tell.

    python3 Tests/Browser/check_pages.py page.html ... [--screenshots FOLDER]

For each page: no console error and no request; nothing wider than the window at 320, 360 and 1200 pixels; every chart has its table
and a visible picture; the pointer over a chart shows a value of that table; contrast of all text at least 4.5 in light and in dark
(WCAG 2.2, 1.4.3); below 500 kB; the same text without script. Ends with status 1 if anything fails, and names it.
"""

import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import devtools  # noqa: E402

LIGHTEST = 4.5
LARGEST = 500_000

WIDER = """(() => { const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) return [`page: ${document.documentElement.scrollWidth} > ${width}`];
  return [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll, svg, .tip, details:not([open])'))
    .filter(e => e.getBoundingClientRect().right > width + 0.5).slice(0, 5)
    .map(e => e.tagName + '.' + e.className + ': ' + e.getBoundingClientRect().right); })()"""

CHARTS = """[...document.querySelectorAll('figure.chart')].map(figure => {
  const table = figure.parentNode.querySelector('table');
  const shown = [...figure.querySelectorAll('svg')].filter(svg => getComputedStyle(svg).display !== 'none');
  return {rows: table ? table.tBodies[0].rows.length : -1, shown: shown.length,
    described: [...figure.querySelectorAll('svg')].every(svg => svg.querySelector('title') && svg.querySelector('desc').textContent)};
})"""

# Where the pointer finds the last cell of a chart that has a value.
POINT = """(figure => {
  const svg = [...figure.querySelectorAll('svg')].find(svg => getComputedStyle(svg).display !== 'none');
  if (!svg || !svg.dataset.columns) return null;
  const keys = new Set([...figure.parentNode.querySelectorAll('[data-s]')].filter(e => e.textContent).map(e => e.dataset.s));
  const d = Object.fromEntries(Object.entries(svg.dataset).map(([k, v]) => [k, +v]));
  for (let column = d.columns - 1; column >= 0; column--) for (let row = d.rows - 1; row >= 0; row--)
    if (keys.has(String(d.first + column * d.columnStep + row * d.rowStep))) {
      svg.scrollIntoView({block: 'center'});
      const box = svg.getBoundingClientRect(), scale = box.width / svg.viewBox.baseVal.width;
      return {x: box.left + scale * (d.left + (column + 0.5) * (d.right - d.left) / d.columns),
        y: box.top + scale * (d.top + (row + 0.5) * (d.bottom - d.top) / d.rows), key: d.first + column * d.columnStep + row * d.rowStep};
    }
  return null; })(document.querySelectorAll('figure.chart')[%d])"""

TIP = """(() => { const figure = document.querySelectorAll('figure.chart')[%d], tip = figure.querySelector('.tip');
  const cell = figure.parentNode.querySelector('[data-s="%d"]');
  const numbers = cell.tagName === 'TD' ? [cell] : [...cell.cells].slice(1);
  const box = tip.getBoundingClientRect();
  return {shown: !tip.hidden, text: tip.textContent, values: numbers.map(e => e.textContent).filter(Boolean),
    inside: box.left >= -0.5 && box.right <= document.documentElement.clientWidth + 0.5}; })()"""

# The smallest contrast of a text with what lies behind it: the nearest painted ground of its ancestors, in a picture the shape before it.
CONTRAST = """(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const parse = color => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const luminance = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (parse(c)[3] === 255) return c; }
    return 'white'; };
  const seen = new Map();
  document.querySelectorAll('details').forEach(part => part.open = true);
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.closest('script, title, desc, style, .tip')) continue;
    const style = getComputedStyle(e);
    if (style.display === 'none' || !e.getClientRects().length) continue;
    const svg = e.closest('svg');
    const ink = svg ? style.fill : style.color;
    const cell = svg && e.parentElement.querySelector(':scope > .cell');
    const behind = svg ? getComputedStyle(cell || svg.querySelector('.bg')).fill : ground(e);
    const [a, b] = [luminance(parse(ink)), luminance(parse(behind))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const name = `${ratio.toFixed(2)} ${ink} on ${behind}: ${e.tagName} "${e.textContent.trim().slice(0, 30)}"`;
    if (ratio < %s) seen.set(ink + behind, name); else seen.set('count', (seen.get('count') || 0) + 1);
  }
  return {count: seen.get('count') || 0, low: [...seen].filter(([k]) => k !== 'count').map(([, v]) => v)}; })()"""

TEXT = "document.querySelector('main').textContent.replace(/\\s+/g, ' ')"


def check(browser, path, screenshots):
    """The failures of one page."""
    failures = []
    size = os.path.getsize(path)
    if size >= LARGEST:
        failures.append(f"{size} bytes, allowed are fewer than {LARGEST}")
    stem = os.path.splitext(os.path.basename(path))[0]

    def shoot(name):
        if screenshots:
            browser.screenshot(os.path.join(screenshots, f"{stem}-{name}.png"))

    charts = hovered = texts = 0
    for width in (1200, 360, 320):
        for dark in (False, True):
            kind = f"{width}-{'dark' if dark else 'light'}"
            browser.open(path, width, dark=dark)
            failures += [f"{kind}: wider than the window: {item}" for item in browser.evaluate(WIDER)]
            shoot(kind)
            found = browser.evaluate(CHARTS)
            charts = len(found)
            for number, chart in enumerate(found):
                if chart["rows"] < 1:
                    failures.append(f"{kind}: chart {number + 1} has no table")
                if chart["shown"] != 1:
                    failures.append(f"{kind}: chart {number + 1} shows {chart['shown']} pictures")
                if not chart["described"]:
                    failures.append(f"{kind}: chart {number + 1} is not described")
            for number in range(charts):
                point = browser.evaluate(POINT % number)
                if point is None:
                    failures.append(f"{kind}: chart {number + 1} has no value under the pointer")
                    continue
                browser.move(point["x"], point["y"])
                tip = browser.evaluate(TIP % (number, point["key"]))
                if not tip["shown"] or not all(value in tip["text"] for value in tip["values"]):
                    failures.append(f"{kind}: chart {number + 1} shows {tip} under the pointer")
                elif not tip["inside"]:
                    failures.append(f"{kind}: the values of chart {number + 1} reach beyond the window")
                else:
                    hovered += 1
            browser.move(0, 0)
            contrast = browser.evaluate(CONTRAST % LIGHTEST)
            texts += contrast["count"]
            failures += [f"{kind}: contrast {item}" for item in contrast["low"]]
            failures += [f"{kind}: {item}" for item in browser.complaints()]
    browser.open(path, 360)
    with_script = browser.evaluate(TEXT)
    browser.open(path, 360, script=False)
    if browser.evaluate(TEXT) != with_script:
        failures.append("without script the page says something else")
    failures += [f"without script: {item}" for item in browser.evaluate(WIDER)]
    browser.open(path, 1200)
    if screenshots:
        browser.pdf(os.path.join(screenshots, f"{stem}.pdf"))
    print(f"{path}: {size} bytes, {charts} charts, {hovered} values under the pointer, {texts} texts with enough contrast, "
          f"{len(failures)} failures")
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--screenshots", metavar="FOLDER", help="keep pictures of the pages, and the pages as printed")
    options = parser.parse_args()
    browser = devtools.find_browser()
    if browser is None:
        sys.exit("no Chromium found: install it (Debian: apt-get install chromium) or name it in CHROMIUM")
    if options.screenshots:
        os.makedirs(options.screenshots, exist_ok=True)
    failures = []
    with devtools.Browser(browser) as window:
        for page in options.pages:
            failures += [f"{page}: {item}" for item in check(window, page, options.screenshots)]
    for failure in failures:
        print(failure, file=sys.stderr)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
