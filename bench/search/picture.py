"""Draws the mean log regret over problems by trials, a panel for each number of pending trials."""
import collections
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from compare import load

NAMES = {"warmfold": "Warmfold", "gp": "Optuna GPSampler", "tpe": "Optuna TPE (multivariate)", "hebo": "HEBO", "random": "random"}


def main(target, *sources):
    runs = load(sources)
    longest = max(len(r["regret"]) for r in runs)
    runs = [r for r in runs if len(r["regret"]) == longest]
    pendings = sorted({r["pending"] for r in runs})
    figure, axes = plt.subplots(1, len(pendings), figsize=(5.5 * len(pendings), 4), squeeze=False, sharey=True)
    for axis, pending in zip(axes[0], pendings):
        curves = collections.defaultdict(lambda: collections.defaultdict(list))
        for r in runs:
            if r["pending"] == pending:
                curves[r["optimizer"]][r["problem"]].append(np.log10(np.maximum(np.array(r["regret"]) / r["scale"], 1e-4)))
        common = set.intersection(*[set(c) for c in curves.values()])
        for name in [n for n in NAMES if n in curves]:
            mean = np.mean([np.mean(curves[name][p], axis=0) for p in sorted(common)], axis=0)
            axis.plot(np.arange(1, len(mean) + 1), 10**mean, label=NAMES[name])
        axis.set_yscale("log")
        axis.set_xlabel("trials")
        axis.set_title(f"{pending} pending, {len(common)} problems")
        axis.grid(alpha=0.3)
    axes[0][0].set_ylabel("true regret of the best trial seen\n(1 = median random trial)")
    axes[0][0].legend()
    figure.tight_layout()
    figure.savefig(target, dpi=110)


if __name__ == "__main__":
    main(*sys.argv[1:])
