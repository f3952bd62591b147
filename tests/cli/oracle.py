"""The quality figures once more, in plain Python and straight from their definitions: what the program prints is held against these."""
import math
from collections import Counter, defaultdict
from itertools import combinations


def wilson(k, n, z=1.959963984540054):
    middle = (k + z * z / 2) / (n + z * z)
    half = z * math.sqrt(k * (n - k) / n + z * z / 4) / (n + z * z)
    return k / n, 0.0 if k == 0 else middle - half, 1.0 if k == n else middle + half


def pairable(units):
    """units: {unit: [level, …]}"""
    return [levels for levels in units.values() if len(levels) > 1]


def agreement(units, q, weight=lambda k, l: float(k == l)):
    """Mean over items of the weighted share of agreeing pairs."""
    shares = [sum(weight(a, b) for a, b in combinations(levels, 2)) * 2 / (len(levels) * (len(levels) - 1)) for levels in pairable(units)]
    return sum(shares) / len(shares)


def pairwise(units):
    pairs = [(a, b) for levels in pairable(units) for a, b in combinations(levels, 2)]
    return sum(a == b for a, b in pairs) / len(pairs)


def unanimous(units):
    return sum(len(set(levels)) == 1 for levels in pairable(units)) / len(pairable(units))


def alpha(units, q, metric):
    """Krippendorff 2011."""
    coincidence = [[0.0] * q for _ in range(q)]
    for levels in pairable(units):
        for i, a in enumerate(levels):
            for j, b in enumerate(levels):
                if i != j:
                    coincidence[a][b] += 1 / (len(levels) - 1)
    margin = [sum(row) for row in coincidence]
    total = sum(margin)

    def distance(k, l):
        if metric == "nominal":
            return float(k != l)
        if metric == "interval":
            return float((k - l) ** 2)
        k, l = min(k, l), max(k, l)
        return (sum(margin[k:l + 1]) - (margin[k] + margin[l]) / 2) ** 2 if k != l else 0.0

    seen = sum(coincidence[k][l] * distance(k, l) for k in range(q) for l in range(q))
    expected = sum(margin[k] * margin[l] * distance(k, l) for k in range(q) for l in range(q))
    return 1 - (total - 1) * seen / expected


def shares(units, q):
    rated = [levels for levels in units.values() if levels]
    return [sum(levels.count(k) / len(levels) for levels in rated) / len(rated) for k in range(q)]


def fleiss(units, q):
    chance = sum(share ** 2 for share in shares(units, q))
    return (agreement(units, q) - chance) / (1 - chance)


def gwet(units, q, weight=lambda k, l: float(k == l)):
    total = sum(weight(k, l) for k in range(q) for l in range(q))
    chance = total / (q * (q - 1)) * sum(share * (1 - share) for share in shares(units, q))
    return (agreement(units, q, weight) - chance) / (1 - chance)


def ordinal_weight(q):
    return lambda k, l: 1 - math.comb(abs(k - l) + 1, 2) / math.comb(q, 2)


def kappa(pairs, q, power=0):
    """Cohen's; power 0: unweighted, 1: linear, 2: quadratic weights."""
    def weight(k, l):
        return float(k == l) if power == 0 else 1 - (abs(k - l) / (q - 1)) ** power
    n = len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(weight(a, b) for a, b in pairs) / n
    chance = sum(left[k] * right[l] * weight(k, l) for k in range(q) for l in range(q)) / n ** 2
    return (observed - chance) / (1 - chance)


def brier(stated):
    """stated: [(percent, right)]. Brier score; reliability, resolution and uncertainty by distinct stated values; ECE by ten bins (lo, hi]."""
    n, mean = len(stated), sum(right for _, right in stated) / len(stated)
    by_value, bins = defaultdict(list), defaultdict(list)
    for percent, right in stated:
        by_value[percent].append(right)
        bins[max(-(-percent * 10 // 100) - 1, 0)].append((percent / 100, right))
    return {
        "brier": sum((percent / 100 - right) ** 2 for percent, right in stated) / n,
        "reliability": sum(len(v) * (percent / 100 - sum(v) / len(v)) ** 2 for percent, v in by_value.items()) / n,
        "resolution": sum(len(v) * (sum(v) / len(v) - mean) ** 2 for v in by_value.values()) / n,
        "uncertainty": mean * (1 - mean),
        "ece": sum(abs(sum(c for c, _ in b) - sum(r for _, r in b)) for b in bins.values()) / n,
        "gap": sum(percent / 100 for percent, _ in stated) / n - mean,
    }


def cusum(wrong, up, down, limit):
    """From the head start; C after the last outcome, and the number of alarms."""
    c, alarms = limit // 3, 0
    for missed in wrong:
        c = c + up if missed else max(0, c - down)
        if c >= limit:
            c, alarms = 0, alarms + 1
    return c, alarms
