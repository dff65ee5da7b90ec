"""Draws the mean log regret over problems by trials, a panel for each number of pending trials; seeds are paired where all have them."""
import collections
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from compare import load, sequence

NAMES = {"warmfold": "Warmfold", "gp": "Optuna GPSampler", "tpe": "Optuna TPE (multivariate)", "hebo": "HEBO", "random": "random"}


def curves(runs, length):
    """optimizer → problem → seed → the log regrets of its run; without those who have seen less than a quarter of the problems."""
    found = collections.defaultdict(lambda: collections.defaultdict(dict))
    for r in runs:
        if len(r["regret"]) >= length:
            found[r["optimizer"]][r["problem"]][r["seed"]] = np.log10(np.maximum(np.array(r["regret"][:length]) / r["scale"], 1e-4))
    most = max(map(len, found.values()))
    return {name: of for name, of in found.items() if len(of) >= most / 4}


def shared(found):
    """The problems that all have seen."""
    return sorted(set.intersection(*[set(of) for of in found.values()]))


def average(found, name, problem):
    """The mean over the seeds that all have, because a seed tells which split is seen; over its own where they have none in common."""
    own = found[name][problem]
    return np.mean([own[seed] for seed in set.intersection(*[set(of[problem]) for of in found.values()]) or own], axis=0)


def panel(axis, runs, pending):
    """The longest runs that most of the problems have of all optimizers."""
    choices = {length: curves(runs, length) for length in sorted({len(r["regret"]) for r in runs})}
    names, most = max(len(c) for c in choices.values()), max(len(shared(c)) for c in choices.values())
    length = max((n for n, c in choices.items() if len(c) == names and len(shared(c)) >= most / 2), default=max(choices))
    found, common = choices[length], shared(choices[length])
    for name in [n for n in NAMES if n in found]:
        mean = np.mean([average(found, name, p) for p in common], axis=0)
        axis.plot(np.arange(1, length + 1), 10**mean, color=f"C{list(NAMES).index(name)}", label=NAMES[name])
    axis.set_yscale("log")
    axis.set_xlabel("trials")
    axis.set_title(f"{sequence(pending)}, {len(common)} problems")
    axis.grid(alpha=0.3)


def main(target, *sources):
    runs = load(sources)
    pendings = sorted({r["pending"] for r in runs})
    figure, axes = plt.subplots(1, len(pendings), figsize=(5.5 * len(pendings), 4), squeeze=False, sharey=True)
    for axis, pending in zip(axes[0], pendings):
        panel(axis, [r for r in runs if r["pending"] == pending], pending)
    axes[0][0].set_ylabel("true regret of the best trial seen\n(1 = median random trial)")
    # Below the panels, where it hides no curve; all of them have the same.
    handles = {label: handle for axis in axes[0] for handle, label in zip(*axis.get_legend_handles_labels())}
    figure.legend(handles.values(), handles.keys(), loc="lower center", ncols=len(handles) if len(pendings) > 1 else 2, frameon=False)
    figure.tight_layout(rect=(0, 0.07 if len(pendings) > 1 else 0.16, 1, 1))
    figure.savefig(target, dpi=110)


if __name__ == "__main__":
    main(*sys.argv[1:])
