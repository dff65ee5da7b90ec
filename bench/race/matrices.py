"""Real cross-validations, computed once: a matrix of scores (trials x folds) of a scikit-learn model on its bundled data.

A matrix is a study that has run all its folds. Half of them hold configurations drawn at random, half those of a
search that closes in on the best ones, where a race is harder. The models of the development set and those of the
held-out set are different ones, so nothing that was tried on the one has seen the other.

    matrices.py OUT [development|heldout ...]
"""
import os
import pathlib
import sys
import time
import warnings
import zlib

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np

TRIALS, ROWS = 80, 260
SEEDS = {"development": 5, "heldout": 5}
CLASSES = ["iris", "wine", "breast_cancer", "digits"]


def log(u, low, high):
    return float(np.exp(np.log(low) + u * (np.log(high) - np.log(low))))


def whole(u, low, high):
    return int(low + min(int(u * (high - low + 1)), high - low))


def scaled(model):
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    return make_pipeline(StandardScaler(), model)


def models():
    """set -> name -> (kind of data, number of hyperparameters, builder from the unit cube)"""
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor, GradientBoostingRegressor, RandomForestClassifier
    from sklearn.kernel_ridge import KernelRidge
    from sklearn.linear_model import ElasticNet, Ridge, SGDClassifier
    from sklearn.naive_bayes import GaussianNB
    from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
    from sklearn.neural_network import MLPClassifier
    from sklearn.svm import SVC, SVR
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
    return {
        "development": {
            "knn": ("classes", 3, lambda u: scaled(KNeighborsClassifier(whole(u[0], 1, 40), weights=["uniform", "distance"][whole(u[1], 0, 1)], p=1 + 2 * u[2]))),
            "tree": ("classes", 3, lambda u: DecisionTreeClassifier(max_depth=whole(u[0], 1, 10), min_samples_leaf=whole(u[1], 1, 25), max_features=0.1 + 0.9 * u[2], random_state=0)),
            "nb": ("classes", 1, lambda u: GaussianNB(var_smoothing=log(u[0], 1e-12, 1))),
            "svr": ("numbers", 3, lambda u: scaled(SVR(C=log(u[0], 1e-2, 1e2), gamma=log(u[1], 1e-4, 1), epsilon=log(u[2], 1e-2, 1)))),
            "tree_numbers": ("numbers", 3, lambda u: DecisionTreeRegressor(max_depth=whole(u[0], 1, 10), min_samples_leaf=whole(u[1], 1, 40), max_features=0.1 + 0.9 * u[2], random_state=0)),
            "ridge": ("numbers", 1, lambda u: scaled(Ridge(alpha=log(u[0], 1e-3, 1e4)))),
        },
        "heldout": {
            "svc": ("classes", 2, lambda u: scaled(SVC(C=log(u[0], 1e-2, 1e3), gamma=log(u[1], 1e-4, 1)))),
            "sgd": ("classes", 3, lambda u: scaled(SGDClassifier(alpha=log(u[0], 1e-6, 1), l1_ratio=u[1], eta0=log(u[2], 1e-3, 1), learning_rate="adaptive", penalty="elasticnet", loss="log_loss", max_iter=12, random_state=0))),
            "lda": ("classes", 1, lambda u: LinearDiscriminantAnalysis(solver="lsqr", shrinkage=u[0])),
            "forest": ("classes", 3, lambda u: RandomForestClassifier(6, max_depth=whole(u[0], 1, 10), min_samples_leaf=whole(u[1], 1, 15), max_features=0.1 + 0.9 * u[2], random_state=0)),
            "extra": ("classes", 3, lambda u: ExtraTreesClassifier(6, max_depth=whole(u[0], 1, 10), min_samples_leaf=whole(u[1], 1, 15), max_features=0.1 + 0.9 * u[2], random_state=0)),
            "mlp": ("classes", 3, lambda u: scaled(MLPClassifier((whole(u[0], 3, 24),), learning_rate_init=log(u[1], 1e-3, 1e-1), alpha=log(u[2], 1e-5, 1), batch_size=64, max_iter=8, random_state=0))),
            "knn_numbers": ("numbers", 3, lambda u: scaled(KNeighborsRegressor(whole(u[0], 1, 60), weights=["uniform", "distance"][whole(u[1], 0, 1)], p=1 + 2 * u[2]))),
            "kernel_ridge": ("numbers", 2, lambda u: scaled(KernelRidge(alpha=log(u[0], 1e-3, 1e2), kernel="rbf", gamma=log(u[1], 1e-4, 1)))),
            "net": ("numbers", 2, lambda u: scaled(ElasticNet(alpha=log(u[0], 1e-2, 1e2), l1_ratio=u[1], max_iter=300))),
            "boost": ("numbers", 3, lambda u: GradientBoostingRegressor(learning_rate=log(u[0], 1e-2, 1), max_depth=whole(u[1], 1, 4), n_estimators=whole(u[2], 3, 20), random_state=0)),
            "extra_numbers": ("numbers", 3, lambda u: ExtraTreesRegressor(6, max_depth=whole(u[0], 1, 12), min_samples_leaf=whole(u[1], 1, 25), max_features=0.1 + 0.9 * u[2], random_state=0)),
        },
    }


def data(name, seed):
    from sklearn import datasets
    x, y = getattr(datasets, "load_" + name)(return_X_y=True)
    keep = np.random.default_rng(seed).permutation(len(y))[:ROWS]
    return x[keep], y[keep]


def score(model, metric, x, y):
    """Every score is one to minimise, but for the metrics that begin with +."""
    if metric in ("logloss",):
        p = model.predict_proba(x)[np.arange(len(y)), np.searchsorted(model.classes_, y)]
        return -np.log(np.clip(p, 1e-3, 1)).mean()
    p = model.predict(x)
    if metric == "error":
        return float((p != y).mean())
    if metric == "accuracy":
        return float((p == y).mean())
    return float(np.sqrt(((p - y) ** 2).mean()) if metric == "rmse" else np.abs(p - y).mean())


def compute(build, size, dataset, metric, folds, seed, searching):
    from sklearn.model_selection import KFold, StratifiedKFold
    x, y = data(dataset, seed)
    splits = list((KFold if dataset == "diabetes" else StratifiedKFold)(folds, shuffle=True, random_state=seed).split(x, y))
    rng = np.random.default_rng(zlib.crc32(f"{dataset} {metric} {folds} {seed} {searching}".encode()))
    sign = -1 if metric == "accuracy" else 1
    units, rows = [], []
    for trial in range(TRIALS):
        u = rng.random(size)
        if searching and trial >= 12 and rng.random() < 0.75:
            # One of the best so far, moved a little: what a model-based search comes to do.
            top = np.argsort(sign * np.array(rows).mean(axis=1))[:3]
            u = np.clip(units[top[rng.integers(3)]] + 0.12 * rng.standard_normal(size), 0, 1 - 1e-9)
        rows.append([score(build(u).fit(x[a], y[a]), metric, x[b], y[b]) for a, b in splits])
        units.append(u)
    return np.array(rows)


def plan(part):
    """(name, ...) of each matrix: 45 of development, 85 held out; every other one is of a search."""
    found = []
    for seed in range(SEEDS[part]):
        for name, (kind, size, build) in models()[part].items():
            for i, dataset in enumerate(CLASSES if kind == "classes" else ["diabetes"]):
                proba = name not in ("svc",)
                metrics = (["logloss", "error", "accuracy"] if proba else ["error", "accuracy"]) if kind == "classes" else ["rmse", "mae"]
                if kind == "classes" and (i + seed + zlib.crc32(name.encode())) % 2:
                    continue
                found.append((name, build, size, dataset, metrics[(i + seed) % len(metrics)], seed, len(found) % 2 == 1))
    return found


if __name__ == "__main__":
    import sklearn
    warnings.filterwarnings("ignore")
    sklearn.set_config(assume_finite=True, skip_parameter_validation=True)
    out = pathlib.Path(sys.argv[1])
    for part in sys.argv[2:] or ["development", "heldout"]:
        for name, build, size, dataset, metric, seed, searching in plan(part):
            for folds in (5, 10):
                direction = "max" if metric == "accuracy" else "min"
                file = out / part / f"k{folds}-{name}-{dataset}-{metric}-{seed}-{'search' if searching else 'random'}-{direction}.csv"
                if not file.exists():
                    start = time.time()
                    file.parent.mkdir(parents=True, exist_ok=True)
                    temporary = file.with_suffix(".tmp")
                    np.savetxt(temporary, compute(build, size, dataset, metric, folds, seed, searching), fmt="%.17g", delimiter=",")
                    temporary.rename(file)
                    print(file.name, round(time.time() - start, 1), "s", flush=True)
