"""Packs tables of real cross-validations, which bench/search/tables.py computes, into the surrogates' resources.

    bench/search/.venv/bin/python bench/search/tables.py svr_diabetes tree_diabetes svc_digits svc_cancer boost_diabetes
    python3 bench/study/pack.py          (wants numpy and scikit-learn, of which the version is noted)

The scores are those of every fold of every configuration of a full grid, under three shuffled 5-fold splits.
Nothing is smoothed. The data are bundled with scikit-learn (BSD 3-clause); 450 rows are drawn of the larger ones:
  diabetes       Efron, Hastie, Johnstone and Tibshirani (2004), Least Angle Regression; 442 rows, label standardized
  digits         UCI Optical Recognition of Handwritten Digits (CC BY 4.0)
  breast_cancer  UCI Breast Cancer Wisconsin (Diagnostic) (CC BY 4.0)
"""
import gzip
import json
import pathlib
import sys

import numpy as np
import sklearn

BENCH = pathlib.Path(__file__).resolve().parents[1]
RESOURCES = BENCH.parent / "local/src/main/resources/io/warmfold/local/simulation"
sys.path.append(str(BENCH / "search"))
import tables  # noqa: E402

LINEAR, LOGARITHMIC, CATEGORICAL = "Linear", "Logarithmic", "Categorical"
# surrogate → table, model, metric, the parameters under the model's own names: scale, whole numbers only
SURROGATES = {
    "boosting-diabetes": ("boost_diabetes", "GradientBoostingRegressor", "validation:rmse", {
        "learning_rate": (LOGARITHMIC, False), "max_depth": (LINEAR, True), "n_estimators": (LOGARITHMIC, True), "subsample": (LINEAR, False)}),
    "svc-cancer": ("svc_cancer", "SVC on standardized columns", "validation:error", {
        "C": (LOGARITHMIC, False), "gamma": (LOGARITHMIC, False), "kernel": (CATEGORICAL, False)}),
    "svc-digits": ("svc_digits", "SVC on standardized columns", "validation:accuracy", {
        "C": (LOGARITHMIC, False), "gamma": (LOGARITHMIC, False)}),
    "svr-diabetes": ("svr_diabetes", "SVR on standardized columns", "validation:rmse", {
        "C": (LOGARITHMIC, False), "gamma": (LOGARITHMIC, False), "epsilon": (LOGARITHMIC, False)}),
    "tree-diabetes": ("tree_diabetes", "DecisionTreeRegressor", "validation:rmse", {
        "max_depth": (LINEAR, True), "min_samples_leaf": (LINEAR, True), "max_features": (LINEAR, False)}),
}


def pack(name):
    table, model, metric, parameters = SURROGATES[name]
    data, levels, _, _ = tables.specs()[table]
    scores = np.load(tables.OUT / f"{table}.npy")  # configuration, split, fold
    if metric.endswith("accuracy"):
        scores = 1 - scores
    document = {
        "Name": name, "Model": "scikit-learn's " + model, "Data": f"sklearn.datasets.load_{data}", "Rows": len(tables.data(data)[1]),
        "Source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; bench/search/tables.py {table}",
        "Metric": metric, "Direction": "Maximize" if metric.endswith("accuracy") else "Minimize", "Folds": scores.shape[2],
        "Parameters": [{"Name": parameter, "Scale": scale, "Integer": integer, "Levels": [str(v) for v in values]}
                       for (parameter, (scale, integer)), values in zip(parameters.items(), levels.values(), strict=True)],
        # By split, then by fold; the last parameter varies fastest.
        "Scores": [[[float(f"{v:.5g}") for v in scores[:, s, f]] for f in range(scores.shape[2])] for s in range(scores.shape[1])]}
    packed = gzip.compress(json.dumps(document, separators=(",", ":")).encode(), 9, mtime=0)
    RESOURCES.mkdir(parents=True, exist_ok=True)
    (RESOURCES / f"{name}.json.gz").write_bytes(packed)
    means = scores.mean(2)
    print(f"{name}: {len(scores)} configurations, {len(packed)} bytes, CV scores from {means.min():.4g} to {means.max():.4g}")


if __name__ == "__main__":
    for name in sys.argv[1:] or SURROGATES:
        pack(name)
