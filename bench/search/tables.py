"""Real cross-validations of scikit-learn models on its bundled data, computed once into tables.

Each table is a full grid. Repetition r is a 5-fold split of its own: a run sees one of them, the truth is
the mean over all, so the noise and the shared fold effects are those of real cross-validation.
"""
import itertools
import os
import pathlib
import sys
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np

OUT = pathlib.Path(__file__).parent / "out" / "tables"
REPEATS, FOLDS = 10, 5


def data(name):
    from sklearn import datasets
    x, y = getattr(datasets, "load_" + name)(return_X_y=True)
    rng = np.random.default_rng(0)
    keep = rng.permutation(len(y))[:450]
    x, y = x[keep], y[keep]
    if name == "diabetes":
        y = (y - y.mean()) / y.std()
    return x, y


def scaled(model):
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    return make_pipeline(StandardScaler(), model)


def log_levels(low, high, n):
    return [float(f"{v:.6g}") for v in np.geomspace(low, high, n)]


def specs():
    """name → (data, {parameter: levels}, kind of each parameter, builder)"""
    from sklearn.ensemble import ExtraTreesClassifier, GradientBoostingRegressor, RandomForestRegressor
    from sklearn.linear_model import ElasticNet, LogisticRegression, SGDClassifier
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
    from sklearn.neural_network import MLPClassifier
    from sklearn.preprocessing import PolynomialFeatures
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import SVC, SVR
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
    L = log_levels
    return {
        "svc_digits": ("digits", {"C": L(1e-2, 1e3, 11), "gamma": L(1e-5, 1, 11)}, "ll", lambda C, gamma: scaled(SVC(C=C, gamma=gamma))),
        "svc_cancer": ("breast_cancer", {"C": L(1e-2, 1e3, 9), "gamma": L(1e-5, 1, 9), "kernel": ["rbf", "poly", "sigmoid"]}, "llc",
                       lambda C, gamma, kernel: scaled(SVC(C=C, gamma=gamma, kernel=kernel, max_iter=20000))),
        "knn_diabetes": ("diabetes", {"k": list(range(1, 41)), "weights": ["uniform", "distance"], "p": [1, 1.5, 2, 3]}, "icr",
                         lambda k, weights, p: scaled(KNeighborsRegressor(k, weights=weights, p=p))),
        "knn_digits": ("digits", {"k": list(range(1, 31)), "weights": ["uniform", "distance"], "metric": ["euclidean", "manhattan", "chebyshev", "cosine"]}, "icc",
                       lambda k, weights, metric: KNeighborsClassifier(k, weights=weights, metric=metric)),
        "tree_cancer": ("breast_cancer", {"depth": list(range(1, 11)), "leaf": list(range(1, 21, 2)), "criterion": ["gini", "entropy"], "alpha": L(1e-4, 1e-1, 4)}, "iicl",
                        lambda depth, leaf, criterion, alpha: DecisionTreeClassifier(max_depth=depth, min_samples_leaf=leaf, criterion=criterion, ccp_alpha=alpha, random_state=0)),
        "tree_diabetes": ("diabetes", {"depth": list(range(1, 13)), "leaf": list(range(1, 61, 4)), "features": [0.2, 0.4, 0.6, 0.8, 1.0]}, "iir",
                          lambda depth, leaf, features: DecisionTreeRegressor(max_depth=depth, min_samples_leaf=leaf, max_features=features, random_state=0)),
        "forest_diabetes": ("diabetes", {"depth": [2, 3, 4, 5, 6, 8, 11, 15], "leaf": [1, 2, 4, 8, 16, 32], "features": [0.1, 0.3, 0.5, 0.7, 1.0]}, "gGr",
                            lambda depth, leaf, features: RandomForestRegressor(15, max_depth=depth, min_samples_leaf=leaf, max_features=features, random_state=0)),
        "extra_wine": ("wine", {"depth": [1, 2, 3, 4, 5, 7, 10], "leaf": [1, 2, 4, 8, 16], "features": [0.1, 0.4, 0.7, 1.0], "bootstrap": [0, 1]}, "gGrc",
                       lambda depth, leaf, features, bootstrap: ExtraTreesClassifier(12, max_depth=depth, min_samples_leaf=leaf, max_features=features, bootstrap=bool(int(bootstrap)), random_state=0)),
        "net_diabetes": ("diabetes", {"alpha": L(1e-4, 10, 16), "l1": [0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0], "degree": [1, 2]}, "lrc",
                         lambda alpha, l1, degree: scaled(make_pipeline(PolynomialFeatures(int(degree)), ElasticNet(alpha=alpha, l1_ratio=l1, max_iter=300)))),
        "logit_digits": ("digits", {"C": L(1e-5, 1e2, 15), "weight": ["none", "balanced"], "dual": [0, 1], "scaling": L(1e-2, 1e2, 5)}, "lccl",
                         lambda C, weight, dual, scaling: OneVsRestClassifier(LogisticRegression(C=C / 256, class_weight=None if weight == "none" else weight, dual=bool(int(dual)), intercept_scaling=scaling, solver="liblinear", max_iter=60))),
        "sgd_cancer": ("breast_cancer", {"alpha": L(1e-7, 1, 8), "eta0": L(1e-5, 1, 7), "loss": ["hinge", "log_loss", "modified_huber"], "penalty": ["l1", "l2", "elasticnet"]}, "llcc",
                       lambda alpha, eta0, loss, penalty: scaled(SGDClassifier(alpha=alpha, eta0=eta0, loss=loss, penalty=penalty, learning_rate="adaptive", max_iter=40, random_state=0))),
        "svr_diabetes": ("diabetes", {"C": L(1e-3, 1e3, 10), "gamma": L(1e-5, 1, 10), "epsilon": L(1e-3, 1, 4)}, "lll",
                         lambda C, gamma, epsilon: scaled(SVR(C=C, gamma=gamma, epsilon=epsilon, max_iter=20000))),
        "boost_diabetes": ("diabetes", {"rate": L(1e-2, 1, 7), "depth": [1, 2, 3, 4, 5], "trees": [5, 10, 20, 40], "subsample": [0.4, 0.7, 1.0]}, "lilr",
                           lambda rate, depth, trees, subsample: GradientBoostingRegressor(learning_rate=rate, max_depth=depth, n_estimators=int(trees), subsample=subsample, random_state=0)),
        "mlp_wine": ("wine", {"width": [4, 16, 64], "alpha": L(1e-5, 1, 4), "rate": L(1e-4, 1e-1, 7), "batch": [8, 32, 128], "activation": ["relu", "tanh"]}, "GllGc",
                     lambda width, alpha, rate, batch, activation: scaled(MLPClassifier((int(width),), alpha=alpha, learning_rate_init=rate, batch_size=int(batch), activation=activation, max_iter=12, random_state=0))),
    }


def known(name):
    """The scores of the splits that have been computed: configuration, split, fold; None before the first."""
    file = OUT / f"{name}.npy"
    return np.load(file) if file.exists() else None


def split_scores(name, r):
    """The scores of the whole grid on one 5-fold split."""
    from sklearn.model_selection import KFold, StratifiedKFold
    dataset, levels, kinds, build = specs()[name]
    x, y = data(dataset)
    classify = dataset != "diabetes"
    grid = list(itertools.product(*levels.values()))
    scores = np.empty((len(grid), FOLDS))
    splits = list((StratifiedKFold if classify else KFold)(FOLDS, shuffle=True, random_state=r).split(x, y))
    for c, values in enumerate(grid):
        for f, (train, test) in enumerate(splits):
            model = build(*values).fit(x[train], y[train])
            if classify and hasattr(model, "predict_proba"):
                p = model.predict_proba(x[test])[np.arange(len(test)), np.searchsorted(model.classes_, y[test])]
                scores[c, f] = -np.log(np.clip(p, 1e-3, 1)).mean()
            elif classify:
                scores[c, f] = (model.predict(x[test]) != y[test]).mean()
            else:
                scores[c, f] = min(np.sqrt(((model.predict(x[test]) - y[test]) ** 2).mean()), 1e3)
    return scores


def extend(name):
    """Computes the splits that a table lacks, each of which is kept as soon as it is there; tells how many they were."""
    OUT.mkdir(parents=True, exist_ok=True)
    scores = known(name)
    missing = range(0 if scores is None else scores.shape[1], REPEATS)
    for r in missing:
        one = split_scores(name, r)[:, None, :]
        scores = one if scores is None else np.concatenate([scores, one], axis=1)
        part = OUT / f"{name}.part.npy"
        np.save(part, scores)
        part.replace(OUT / f"{name}.npy")
    return len(missing)


if __name__ == "__main__":
    import time
    warnings.filterwarnings("ignore")
    for name in sys.argv[1:] or specs():
        start = time.time()
        if extend(name):
            print(name, round(time.time() - start), "s", flush=True)
