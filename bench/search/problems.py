"""The problems: a space, noisy fold scores of a configuration, its true cost and the optimum. All minimise.

A file given with --problems is imported the same way: it defines PROBLEMS, a list of Problem.
"""
import itertools
import json
import math
import zlib

import numpy as np

import tables
from spaces import at, choice, integer, real, unit

K = 5


class Problem:
    def __init__(self, name, kind, space, true, optimum, folds=None):
        """folds(config, run) gives K scores of that run's split; without it the K scores equal the truth."""
        self.name, self.kind, self.space, self.true, self.optimum = name, kind, space, true, optimum
        self.folds = folds or (lambda config, run: [true(config)] * K)

    def scale(self):
        """The median regret of a random configuration: what a regret is measured in."""
        rng = np.random.default_rng(12345)
        draws = [self.true({p["name"]: at(p, rng.random()) for p in self.space}) for _ in range(301)]
        return max(float(np.median(draws)) - self.optimum, 1e-300)


# ---- tables -------------------------------------------------------------------------------------------

def table(name):
    _, levels, kinds, _ = tables.specs()[name]
    scores = tables.known(name)
    space = []
    for (key, values), kind in zip(levels.items(), kinds):
        space.append({"l": lambda: real(key, values[0], values[-1], True), "r": lambda: real(key, float(values[0]), float(values[-1])),
                      "i": lambda: integer(key, values[0], values[-1]), "g": lambda: integer(key, 0, len(values) - 1),
                      "G": lambda: integer(key, values[0], values[-1], True), "c": lambda: choice(key, *values)}[kind]())
    shape = [len(v) for v in levels.values()]

    def row(config):
        index = []
        for p, (key, values), kind in zip(space, levels.items(), kinds):
            if kind == "c":
                index.append(p["values"].index(str(config[key])))
            elif kind == "g":
                index.append(int(config[key]))
            else:
                index.append(int(np.argmin([abs(unit(p, v) - unit(p, config[key])) for v in values])))
        return np.ravel_multi_index(index, shape)

    truth = scores.mean(axis=(1, 2))
    return Problem("table/" + name, "table", space, lambda c: float(truth[row(c)]), float(truth.min()),
                   lambda c, run: [float(s) for s in scores[row(c), run % scores.shape[1]]])


def surrogate(name, smooth):
    """A smooth model of a table in continuous space: kernel regression on its numeric coordinates."""
    base = table(name)
    _, levels, kinds, _ = tables.specs()[name]
    scores = tables.known(name)
    grid = list(itertools.product(*levels.values()))
    space = [real(p["name"], p["low"], p["high"], p["log"]) if p["kind"] == "int" else p for p in base.space]

    def point(values):
        out = []
        for p, kind, (key, level), v in zip(space, kinds, levels.items(), values):
            out.append(level.index(v) / (len(level) - 1) if kind == "g" else unit(p, v))
        return out
    x = np.array([point(g) for g in grid], float)
    cat = np.array([p["kind"] == "cat" for p in space])
    truth, spread = scores.mean(axis=(1, 2)), scores.reshape(len(grid), -1)

    def weights(config):
        u = np.array([unit(p, config[p["name"]]) for p in space], float)
        d = np.where(cat, 9.0 * (x != u), ((x - u) / smooth) ** 2).sum(axis=1)
        w = np.exp(-0.5 * (d - d.min()))
        return w / w.sum()
    # The optimum by random search and polishing, once.
    rng = np.random.default_rng(5)
    best, best_u = math.inf, None
    tries = [np.clip(np.where(cat, (g + 0.5) / np.array([len(p.get("values", [0])) for p in space]), g), 0, 1) for g in x[np.argsort(truth)[:40]]] + list(rng.random((1500, len(space))))

    def value(u):
        return float(weights({p["name"]: at(p, t) for p, t in zip(space, u)}) @ truth)
    for u in tries:
        v = value(u)
        if v < best:
            best, best_u = v, u
    for step in [0.1, 0.03, 0.01, 0.003, 0.001]:
        for _ in range(150):
            u = np.clip(best_u + step * rng.standard_normal(len(space)), 0, 1)
            v = value(u)
            if v < best:
                best, best_u = v, u

    def folds(config, run):
        w = weights(config)
        r = run % scores.shape[1]
        return [float(s) for s in w @ scores[:, r, :]]
    return Problem("surrogate/" + name, "surrogate", space, lambda c: float(weights(c) @ truth), best, folds)


# ---- synthetic ----------------------------------------------------------------------------------------

def noisy(true, noise, fold_effect):
    """Scores with an effect that all configurations share on a fold, and noise that the configuration owns."""
    def folds(config, run):
        shared = np.random.default_rng([run, 99]).standard_normal(K) * fold_effect
        own = np.random.default_rng([run, zlib.crc32(repr(sorted((k, str(v)) for k, v in config.items())).encode())])
        return [float(v) for v in true(config) + shared + noise * math.sqrt(K) * own.standard_normal(K)]
    return folds


def vector(space, config):
    return np.array([unit(p, config[p["name"]]) for p in space], float)


def box(name, d, f, optimum, noise=0.0, low=0.0, high=1.0):
    space = [real(f"x{i}", low, high) for i in range(d)]

    def true(c):
        return float(f(np.array([float(c[f"x{i}"]) for i in range(d)])))
    return Problem(name, "noisy" if noise else "smooth", space, true, optimum, noisy(true, noise, 2 * noise) if noise else None)


def branin(x):
    a, b = 15 * x[0] - 5, 15 * x[1]
    return (b - 5.1 / (4 * math.pi**2) * a * a + 5 / math.pi * a - 6) ** 2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(a) + 10


H6A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
H6P = 1e-4 * np.array([[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991], [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]])
H3A = np.array([[3.0, 10, 30], [0.1, 10, 35], [3.0, 10, 30], [0.1, 10, 35]])
H3P = 1e-4 * np.array([[3689, 1170, 2673], [4699, 4387, 7470], [1091, 8732, 5547], [381, 5743, 8828]])
HC = np.array([1.0, 1.2, 3.0, 3.2])


def hartmann6(x):
    return -float(HC @ np.exp(-(H6A * (x - H6P) ** 2).sum(axis=1)))


def hartmann3(x):
    return -float(HC @ np.exp(-(H3A * (x - H3P) ** 2).sum(axis=1)))


def ackley(x, at=0.37, width=20):
    z = width * (x - at)
    return 20 + math.e - 20 * math.exp(-0.2 * math.sqrt((z * z).mean())) - math.exp(np.cos(2 * math.pi * z).mean())


def rosenbrock(x):
    z = 3 * x - 1
    return math.log1p(float((100 * (z[1:] - z[:-1] ** 2) ** 2 + (1 - z[:-1]) ** 2).sum()))


def levy(x):
    w = 1 + (20 * (x - 0.45)) / 4
    return float(math.sin(math.pi * w[0]) ** 2 + ((w[:-1] - 1) ** 2 * (1 + 10 * np.sin(math.pi * w[:-1] + 1) ** 2)).sum() + (w[-1] - 1) ** 2 * (1 + math.sin(2 * math.pi * w[-1]) ** 2))


def styblinski(x):
    z = 10 * x - 5
    return float((z**4 - 16 * z * z + 5 * z).mean() / 2)


def ellipsoid(x):
    return float((np.linspace(1, 30, len(x)) * (x - np.linspace(0.2, 0.8, len(x))) ** 2).sum())


def michalewicz(x):
    z = math.pi * x
    return -float((np.sin(z) * np.sin(np.arange(1, len(x) + 1) * z * z / math.pi) ** 4).sum())


def goldstein(x):
    a, b = 4 * x[0] - 2, 4 * x[1] - 2
    first = 1 + (a + b + 1) ** 2 * (19 - 14 * a + 3 * a * a - 14 * b + 6 * a * b + 3 * b * b)
    second = 30 + (2 * a - 3 * b) ** 2 * (18 - 32 * a + 12 * a * a + 48 * b - 36 * a * b + 27 * b * b)
    return math.log(first * second)


def griewank(x):
    z = 12 * (x - 0.43)
    return float(1 + (z * z).sum() / 40 - np.prod(np.cos(z / np.sqrt(np.arange(1, len(x) + 1)))))


def rastrigin(x, at, width, height):
    z = width * (x - at)
    return float((z * z - height * np.cos(2 * math.pi * z) + height).sum())


def camel(x):
    a, b = 4 * x[0] - 2, 2 * x[1] - 1
    return (4 - 2.1 * a * a + a**4 / 3) * a * a + a * b + (-4 + 4 * b * b) * b * b


def cosines(x):
    z = 2 * (x - 0.42)
    return float((z * z - 0.1 * np.cos(5 * math.pi * z)).sum()) + 0.1 * len(x)


def schwefel(x):
    z = 1000 * x - 500
    return float(418.9828872724339 * len(x) - (z * np.sin(np.sqrt(np.abs(z)))).sum())


def cone(x):
    return math.sqrt(float((np.linspace(1, 6, len(x)) * (x - np.linspace(0.3, 0.7, len(x))) ** 2).sum()))


def powers(x):
    return float((np.abs(2 * x - 1.13) ** (2 + np.arange(len(x)))).sum())


def dixon(x):
    z = 6 * x - 3
    return math.log1p(float((z[0] - 1) ** 2 + (np.arange(2, len(x) + 1) * (2 * z[1:] ** 2 - z[:-1]) ** 2).sum()))


def zakharov(x):
    z = 6 * (x - 0.4)
    s = float((0.5 * np.arange(1, len(x) + 1) * z).sum())
    return math.log1p(float((z * z).sum()) + s * s + s**4)


def polished(name, f, space, rng, draws=4000):
    """The least value by random search and ever smaller changes of the best, remembered; for functions that cost nothing."""
    store = tables.OUT.parent / "optima.json"
    known = json.loads(store.read_text()) if store.exists() else {}
    if name in known:
        return known[name]

    def value(u):
        return f({p["name"]: at(p, t) for p, t in zip(space, u)})
    tries = rng.random((draws, len(space)))
    values = np.array([value(u) for u in tries])
    least = math.inf
    for start in np.argsort(values)[:4]:
        u, v = tries[start], values[start]
        for step in [0.2, 0.1, 0.05, 0.02, 0.005, 0.001, 0.0003, 0.0001]:
            for _ in range(250):
                w = np.clip(u + step * rng.standard_normal(len(space)) * (rng.random(len(space)) < 0.5), 0, 1)
                for i, p in enumerate(space):
                    if p["kind"] == "cat" and rng.random() < 0.1:
                        w[i] = rng.random()
                t = value(w)
                if t < v:
                    u, v = w, t
        least = min(least, v)
    store.parent.mkdir(parents=True, exist_ok=True)
    store.write_text(json.dumps({**known, name: least}))
    return least


def ridges(name, reals, integers, categories, noise, seed):
    """A bowl with ripples along random directions, some coordinates hardly mattering, on a grid where the space is one."""
    rng = np.random.default_rng([seed, 7])
    space = [real(f"x{i}", 0, 1) for i in range(reals)]
    space += [integer(f"n{i}", 1, int(n)) for i, n in enumerate(rng.integers(4, 25, integers))]
    space += [choice(f"c{i}", *[f"v{k}" for k in range(n)]) for i, n in enumerate(rng.integers(2, 5, categories))]
    d = len(space)
    importance = np.exp(rng.uniform(-3, 0.7, d))
    centre, directions, phase = rng.uniform(0.1, 0.9, d), rng.standard_normal((6, d)) * 5 / math.sqrt(d), rng.uniform(0, 6, 6)
    height, shifts = rng.uniform(0.03, 0.2, 6), [rng.uniform(0, 1, len(p.get("values", "x"))) for p in space]

    def true(c):
        u = np.array([shifts[i][unit(p, c[p["name"]])] if p["kind"] == "cat" else unit(p, c[p["name"]]) for i, p in enumerate(space)])
        bowl = float((importance * (u - centre) ** 2).sum())
        return bowl + float((height * np.sin(directions * np.sqrt(importance) @ u + phase)).sum()) + max(0.0, 3 * (u[0] - 0.8)) ** 2
    kind = "grid" if reals == 0 else "noisy" if noise else "mixed" if d > reals else "smooth"
    return Problem(name, kind, space, true, polished(name, true, space, rng), noisy(true, noise, 2 * noise) if noise else None)


def learning(name, d_extra, noise):
    """Shaped like training a network: a valley in rate and decay that blows up, categories, integers."""
    space = [real("rate", 1e-5, 1, True), real("decay", 1e-6, 1e-1, True), integer("layers", 1, 8), integer("width", 8, 1024, True),
             choice("activation", "relu", "tanh", "gelu"), choice("optimizer", "sgd", "adam")]
    space += [real(f"z{i}", 0, 1) for i in range(d_extra)]

    def true(c):
        r, w = math.log10(float(c["rate"])), math.log10(float(c["decay"]))
        adam = c["optimizer"] == "adam"
        best_rate = (-2.8 if adam else -1.2) - 0.15 * (int(c["layers"]) - 3)
        t = r - best_rate
        loss = 0.12 * t * t if t < 0 else 0.5 * t * t + (2.0 if t > 1 else 0)
        loss += 0.02 * (w + 3.5) ** 2 * (1 if adam else 1.6) + 0.015 * abs(int(c["layers"]) - (4 if adam else 3))
        loss += 0.03 * (math.log2(int(c["width"])) - 7.5) ** 2 / 4 + {"relu": 0.0, "tanh": 0.06, "gelu": 0.015}[c["activation"]]
        loss += (0.0 if adam else 0.02) + sum(0.05 * (float(c[f"z{i}"]) - 0.3) ** 2 / (i + 1) for i in range(d_extra))
        return 0.2 + loss
    best = min(true({"rate": 10 ** (-2.8 - 0.15 * (l - 3)), "decay": 10**-3.5, "layers": l, "width": w, "activation": "relu", "optimizer": "adam",
                     **{f"z{i}": 0.3 for i in range(d_extra)}}) for l in range(1, 9) for w in range(160, 210))
    return Problem(name, "mixed", space, true, best, noisy(true, noise, 2 * noise) if noise else None)


def shifted(name, base, d, categories, noise):
    """A smooth function whose optimum a category shifts, beside an integer grid."""
    space = [real(f"x{i}", 0, 1) for i in range(d)] + [choice("c", *[f"v{i}" for i in range(categories)]), integer("n", 0, 20)]
    offset = np.random.default_rng(3).permutation(categories) / categories

    def true(c):
        k = int(str(c["c"])[1:])
        x = np.array([float(c[f"x{i}"]) for i in range(d)])
        return float(base(np.clip(x + 0.15 * offset[k], 0, 2)) + 0.6 * offset[k] * 1.0 + 0.02 * (int(c["n"]) - 13) ** 2 / 4)
    rng = np.random.default_rng(1)
    best, at_best = math.inf, None
    k0 = int(np.argmin(offset))
    for _ in range(4000):
        x = rng.random(d)
        v = base(x)
        if v < best:
            best, at_best = v, x
    for step in [0.05, 0.02, 0.005, 0.001, 0.0003, 0.0001]:
        for _ in range(400):
            x = np.clip(at_best + step * rng.standard_normal(d), 0, 1)
            v = base(x)
            if v < best:
                best, at_best = v, x
    optimum = true({**{f"x{i}": at_best[i] for i in range(d)}, "c": f"v{k0}", "n": 13})
    return Problem(name, "mixed", space, true, optimum, noisy(true, noise, 2 * noise) if noise else None)


def development():
    """What the searcher was tuned on."""
    have = [n for n in ["svc_digits", "knn_diabetes", "tree_cancer", "forest_diabetes", "net_diabetes", "sgd_cancer"] if (tables.OUT / f"{n}.npy").exists()]
    problems = [table(n) for n in have]
    problems += [surrogate(n, 0.12) for n in ["svc_cancer", "tree_diabetes"] if (tables.OUT / f"{n}.npy").exists()]
    problems += [box("smooth/branin", 2, branin, 0.39788735772973816), box("smooth/hartmann6", 6, hartmann6, -3.3223680114155152),
                 box("noisy/hartmann3", 3, hartmann3, -3.8627797869493365, 0.05), box("noisy/ackley5", 5, ackley, 0.0, 0.2),
                 box("noisy/levy4", 4, levy, 0.0, 0.5), box("noisy/styblinski8", 8, styblinski, -39.16616570377142, 0.5),
                 learning("mixed/learning6", 0, 0.01), learning("mixed/learning10", 4, 0.01), shifted("mixed/shift4", hartmann3, 3, 4, 0.03)]
    problems += [ridges("grid/4", 0, 2, 2, 0.03, 1), ridges("grid/5", 0, 4, 1, 0.02, 2), ridges("grid/3", 0, 3, 0, 0.05, 3), ridges("grid/6", 0, 3, 3, 0.01, 4),
                 ridges("noisy/ridges3", 3, 0, 0, 0.05, 5), ridges("noisy/ridges6", 6, 0, 0, 0.02, 6), ridges("noisy/ridges-mixed7", 4, 2, 1, 0.05, 7),
                 ridges("smooth/ridges4", 4, 0, 0, 0.0, 8), ridges("smooth/ridges9", 9, 0, 0, 0.0, 9), ridges("mixed/ridges6", 3, 2, 1, 0.0, 10)]
    steep = lambda x: rastrigin(x, np.array([0.4, 0.58, 0.31]), 5, 3)
    problems += [box("smooth/ackley4b", 4, lambda x: ackley(x, np.array([0.61, 0.3, 0.52, 0.72]), 14), 0.0),
                 box("smooth/ackley2b", 2, lambda x: ackley(x, np.array([0.66, 0.27]), 30), 0.0), box("smooth/rastrigin3", 3, steep, 0.0),
                 box("smooth/rastrigin2", 2, lambda x: rastrigin(x, np.array([0.71, 0.35]), 4, 10), 0.0), box("smooth/camel", 2, camel, -1.031628453489877),
                 box("smooth/cosmix4", 4, cosines, 0.0), box("smooth/schwefel2", 2, schwefel, 0.0), box("smooth/cone5", 5, cone, 0.0),
                 box("smooth/powers7", 7, powers, 0.0), box("smooth/dixon4", 4, dixon, 0.0), box("smooth/zakharov6", 6, zakharov, 0.0),
                 box("noisy/rastrigin3", 3, steep, 0.0, 1.0), box("noisy/cone4", 4, cone, 0.0, 0.03), box("noisy/camel", 2, camel, -1.031628453489877, 0.1),
                 box("noisy/zakharov4", 4, zakharov, 0.0, 0.1), box("noisy/cosmix6", 6, cosines, 0.0, 0.02)]
    return problems


def heldout():
    """Looked at only to report."""
    have = lambda names: [n for n in names if (tables.OUT / f"{n}.npy").exists()]
    problems = [table(n) for n in have(["svc_cancer", "knn_digits", "tree_diabetes", "extra_wine", "logit_digits", "svr_diabetes", "boost_diabetes", "mlp_wine"])]
    problems += [surrogate(n, 0.1) for n in have(["svr_diabetes", "boost_diabetes", "sgd_cancer", "mlp_wine", "net_diabetes"])]
    problems += [box("smooth/hartmann3", 3, hartmann3, -3.8627797869493365), box("smooth/rosenbrock5", 5, rosenbrock, 0.0),
                 box("smooth/levy6", 6, levy, 0.0), box("smooth/ackley3", 3, ackley, 0.0), box("smooth/ellipsoid12", 12, ellipsoid, 0.0),
                 box("noisy/branin", 2, branin, 0.39788735772973816, 1.0), box("noisy/hartmann6", 6, hartmann6, -3.3223680114155152, 0.05),
                 box("noisy/ellipsoid10", 10, ellipsoid, 0.0, 0.3), box("noisy/rosenbrock3", 3, rosenbrock, 0.0, 0.1),
                 box("noisy/ackley10", 10, ackley, 0.0, 0.2),
                 learning("mixed/learning8", 2, 0.02), learning("mixed/learning6-exact", 0, 0.0), shifted("mixed/shift6", hartmann6, 6, 3, 0.03), shifted("mixed/shift-branin", lambda x: branin(x) / 10, 2, 5, 0.1)]
    problems += [box("smooth/goldstein", 2, goldstein, math.log(3.0)), box("smooth/michalewicz5", 5, michalewicz, -4.687658),
                 box("noisy/griewank4", 4, griewank, 0.0, 0.05), box("noisy/goldstein", 2, goldstein, math.log(3.0), 0.2),
                 box("noisy/michalewicz4", 4, michalewicz, -3.6988571, 0.05), learning("mixed/learning7-noisy", 1, 0.05)]
    return problems
