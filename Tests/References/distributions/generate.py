"""Writes distributions.csv: values of four laws to 17 digits, by mpmath at 60 digits, checked against SciPy.

Run: python3 generate.py > distributions.csv
"""
import sys

import mpmath as mp
import scipy
from scipy import stats

mp.mp.dps = 60

assert mp.__version__ == "1.3.0" and scipy.__version__ == "1.17.1"

def beta_tails(a, b, x, y):
    """I_x(a, b) and its complement, each by its own formula."""
    return mp.betainc(a, b, 0, x, regularized=True), mp.betainc(b, a, 0, y, regularized=True)

def normal():
    scipy_law = stats.norm()
    pdf = lambda x: mp.npdf(x)
    cdf = lambda x: mp.erfc(-x / mp.sqrt(2)) / 2
    return "normal", [], scipy_law, pdf, cdf, lambda x: cdf(-x)

def student(v):
    v_ = mp.mpf(v)
    pdf = lambda t: mp.power(v_ / (v_ + t * t), (v_ + 1) / 2) / (mp.sqrt(v_) * mp.beta(v_ / 2, mp.mpf(1) / 2))
    upper = lambda t: beta_tails(v_ / 2, mp.mpf(1) / 2, v_ / (v_ + t * t), t * t / (v_ + t * t))[0] / 2
    sf = lambda t: upper(t) if t >= 0 else 1 - upper(-t)
    return "t", [v], stats.t(v), pdf, lambda t: sf(-t), sf

def chi_square(v):
    a = mp.mpf(v) / 2
    pdf = lambda x: mp.power(x / 2, a - 1) * mp.exp(-x / 2) / (2 * mp.gamma(a))
    cdf = lambda x: mp.gammainc(a, 0, x / 2, regularized=True)
    return "chi2", [v], stats.chi2(v), pdf, cdf, lambda x: mp.gammainc(a, x / 2, mp.inf, regularized=True)

def f_law(d1, d2):
    a, b = mp.mpf(d1) / 2, mp.mpf(d2) / 2
    v = lambda x: a * x / (a * x + b)
    pdf = lambda x: mp.power(v(x), a) * mp.power(1 - v(x), b) / mp.beta(a, b) / x
    tails = lambda x: beta_tails(a, b, a * x / (a * x + b), b / (a * x + b))
    return "f", [d1, d2], stats.f(d1, d2), pdf, lambda x: tails(x)[0], lambda x: tails(x)[1]

LAWS = (
    [normal()]
    + [student(v) for v in (0.5, 1, 2, 3.7, 10, 29, 120, 1e4, 1e6)]
    + [chi_square(v) for v in (0.2, 0.5, 1, 2, 3.7, 10, 59.5, 61, 400, 1e4, 1e5)]
    + [f_law(*d) for d in ((1, 1), (1, 40), (2, 3), (5, 2.5), (12, 100), (30, 31), (0.5, 7), (200, 150), (1e4, 50), (3, 1e5))]
)
TAILS = (1e-300, 1e-100, 1e-30, 1e-12, 1e-5, 0.01, 0.1, 0.25, 0.4, 0.49999, 0.5)

worst = 0.0
print("law,parameter1,parameter2,x,density,cumulative,survival")
for name, parameters, scipy_law, pdf, cdf, sf in LAWS:
    xs = set()
    for tail in TAILS:
        for x in (float(scipy_law.ppf(tail)), float(scipy_law.isf(tail))):
            # Eight digits are enough to be near the tail wanted, and make x the same number everywhere.
            x = float(f"{x:.7e}")
            if abs(x) < 1e-290 and x != 0 or abs(x) > 1e290 or x != x:
                continue
            if name in ("chi2", "f") and x <= 0:
                continue
            xs.add(x)
    for x in sorted(xs):
        values = [function(mp.mpf(x)) for function in (pdf, cdf, sf)]
        checks = [scipy_law.pdf(x), scipy_law.cdf(x), scipy_law.sf(x)]
        for value, check in zip(values, checks):
            if value > 1e-307 and check > 0:
                difference = abs(float(check / value) - 1)
                worst = max(worst, difference)
                if difference > 1e-11:
                    print(name, parameters, x, mp.nstr(value, 17), check, file=sys.stderr)
        fields = [name] + [repr(float(p)) for p in (parameters + [0, 0])[:2]] + [repr(x)]
        print(",".join(fields + [mp.nstr(v, 17, min_fixed=1, max_fixed=0) for v in values]))
print(f"largest relative difference to SciPy: {worst:.1e}", file=sys.stderr)
