"""Geometric mean ratios of true regret between optimizers, with bootstrap intervals over problems."""
import argparse
import collections
import json
import pathlib

import numpy as np


def load(files):
    runs = {}
    for file in files:
        for line in pathlib.Path(file).read_text().splitlines():
            r = json.loads(line)
            runs[r["problem"], r["optimizer"], r["seed"], r["pending"]] = r
    return list(runs.values())


def logs(runs, n, floor):
    """(problem, optimizer) → mean over seeds of the log regret after n trials, in units of the problem's scale."""
    values = collections.defaultdict(dict)
    for r in runs:
        if len(r["regret"]) >= n:
            values[r["problem"], r["optimizer"]][r["seed"]] = np.log(max(r["regret"][n - 1] / r["scale"], floor))
    return values


def ratio(values, a, b, problems):
    """Geometric mean of a's regret over b's; seeds are paired where both have them."""
    differences = []
    for p in problems:
        x, y = values.get((p, a), {}), values.get((p, b), {})
        common = sorted(set(x) & set(y))
        if common:
            differences.append(np.mean([x[s] - y[s] for s in common]))
        elif x and y:
            differences.append(np.mean(list(x.values())) - np.mean(list(y.values())))
    if not differences:
        return None
    d = np.array(differences)
    boot = np.random.default_rng(0).choice(d, (4000, len(d))).mean(axis=1)
    return np.exp(d.mean()), np.exp(np.quantile(boot, 0.025)), np.exp(np.quantile(boot, 0.975)), len(d)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--of", default="warmfold")
    parser.add_argument("--to", default="gp,tpe,hebo,random")
    parser.add_argument("--n", default="30,50,100")
    parser.add_argument("--floor", type=float, default=1e-4, help="regrets below this share of the scale count as this")
    parser.add_argument("--each", action="store_true", help="a line for every problem")
    args = parser.parse_args()
    runs = load(args.files)
    for pending in sorted({r["pending"] for r in runs}):
        for n in map(int, args.n.split(",")):
            some = [r for r in runs if r["pending"] == pending]
            values = logs(some, n, args.floor)
            problems = sorted({r["problem"] for r in some})
            kinds = {r["problem"]: r["kind"] for r in some}
            for of in args.of.split(","):
                for to in args.to.split(","):
                    if of == to:
                        continue
                    groups = {"all": problems, **{k: [p for p in problems if kinds[p] == k] for k in sorted(set(kinds.values()))}}
                    cells = []
                    for group, members in groups.items():
                        r = ratio(values, of, to, members)
                        if r:
                            cells.append(f"{group} {r[0]:.2f} [{r[1]:.2f}, {r[2]:.2f}] ({r[3]})" if group == "all" else f"{group} {r[0]:.2f}")
                    if cells:
                        print(f"pending {pending} n {n:3d} {of}/{to}: " + "  ".join(cells))
                    if args.each:
                        for p in problems:
                            r = ratio(values, of, to, [p])
                            if r:
                                print(f"    {p:28s} {r[0]:.2f}   {of} {np.exp(np.mean(list(values[p, of].values()))):.2g}  seeds {len(values[p, of])}/{len(values[p, to])}")


if __name__ == "__main__":
    main()
