"""Weights of a combination that are linear in the step, fitted to several sets of forecasts at once."""
import numpy as np
from scipy.optimize import minimize
from windows import H

# The mean over all steps, and three quarters of that over the first three.
STEPS = np.where(np.arange(H) < 3, 1 + 0.75 * H / 3, 1)
STEPS /= STEPS.sum()


def softmax(theta):
    first, last = theta.reshape(2, -1)
    way = np.arange(H) / (H - 1)
    logits = first[:, None] * (1 - way) + last[:, None] * way
    weights = np.exp(logits - logits.max(0))
    return weights / weights.sum(0)


def loss(theta, parts, penalty=0.003):
    """Mean of MASE and sMAPE over the peers' mean, the next quarter weighing more, and its gradient."""
    weights = softmax(theta)
    total, slope = 0, np.zeros_like(weights)
    for points, y, scale, base, share in parts:
        f = np.einsum("mh,mnh->nh", weights, points)
        size = np.maximum(np.abs(y) + np.abs(f), 1e-300)
        mase, smape = (np.abs(base - y) / scale).mean(0), (2 * np.abs(base - y) / (np.abs(y) + np.abs(base) + 1e-300)).mean(0)
        total += share * (STEPS * ((np.abs(f - y) / scale).mean(0) / mase + (2 * np.abs(f - y) / size).mean(0) / smape)).sum() / 2
        relative = 2 * np.sign(f - y) / size - 2 * np.abs(f - y) * np.sign(f) / size**2
        slope += share * STEPS * np.einsum(
            "nh,mnh->mh", (np.sign(f - y) / scale / mase + relative / smape) / 2 / len(y), points)
    logits = weights * (slope - (weights * slope).sum(0))
    way = np.arange(H) / (H - 1)
    gradient = np.concatenate([(logits * (1 - way)).sum(1), (logits * way).sum(1)])
    return total + penalty * (theta**2).mean(), gradient + 2 * penalty * theta / len(theta)


def held(s, models):
    """Points of all models, those far off held near the models' median."""
    points = np.stack([s.points(m) for m in models])
    middle = np.median(points, 0)
    reach = 1.5 * np.nan_to_num(s.scale, nan=1)[:, None] * np.sqrt(np.arange(1, H + 1) / 4 + 0.6)
    return np.clip(points, middle - reach, middle + reach)


def fitted(sets, points, reference, shares):
    """One weight a model and step; `points` and `reference` (what errors are measured against) of each set, and its share of the criterion."""
    parts = []
    for s, p, base, share in zip(sets, points, reference, shares):
        ok = np.isfinite(s.scale) & np.isfinite(s.y).all(1) & np.isfinite(base).all(1)
        if share:
            parts.append((p[:, ok], s.y[ok], s.scale[ok][:, None], base[ok], share))
    return softmax(minimize(loss, np.zeros(2 * len(points[0])), args=(parts,), jac=True, method="L-BFGS-B").x)
