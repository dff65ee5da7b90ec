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
            try:
                r = json.loads(line)
            except json.JSONDecodeError:
                continue  # cut off by an interruption
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


NAMES = {"gp": "GPSampler", "tpe": "multivariate TPE", "hebo": "HEBO", "random": "random"}
BEGIN, END = "<!-- written by bench/search/run -->", "<!-- end -->"


def cell(r):
    """A ratio, its interval where there is more than one problem to draw from, and how many problems there are."""
    return "–" if r is None else f"{r[0]:.2f}" + (f" [{r[1]:.2f}, {r[2]:.2f}]" if r[3] > 1 else "") + f" ({r[3]})"


def sequence(pending):
    return "sequential" if pending == 1 else f"{pending} pending"


def seeds_table(runs, kinds):
    """How many seeds the problems of each class have been run with, from the least to the most."""
    seeds = collections.defaultdict(set)
    for r in runs:
        seeds[r["optimizer"], r["pending"], r["problem"]].add(r["seed"])
    classes = sorted(set(kinds.values()))
    lines = ["| seeds a problem | " + " | ".join(classes) + " |", "|---" * (len(classes) + 1) + "|"]
    for pending in sorted({r["pending"] for r in runs}):
        for name in ["warmfold", *NAMES]:
            counts = {kind: [len(seeds[name, pending, p]) for p in kinds if kinds[p] == kind] for kind in classes}
            if any(map(any, counts.values())):
                cells = ["–" if not any(c) else str(min(c)) if min(c) == max(c) else f"{min(c)} to {max(c)}" for c in counts.values()]
                lines.append(f"| {NAMES.get(name, 'Warmfold')}, {sequence(pending)} | " + " | ".join(cells) + " |")
    return lines


def markdown(runs, budgets, floor, coarse):
    """Tables of Warmfold's ratios: to every peer, and to GPSampler and HEBO by class; to GPSampler also with a coarser floor."""
    # Another set's problems may be in a file of peers.
    here = {r["problem"] for r in runs if r["optimizer"] == "warmfold"}
    runs = [r for r in runs if r["problem"] in here]
    names = {r["optimizer"] for r in runs}
    own = {(r["pending"], len(r["regret"])) for r in runs if r["optimizer"] == "warmfold"}
    columns = [(n, pending) for pending in sorted({r["pending"] for r in runs}) for n in budgets if any(q == pending and length >= n for q, length in own)]
    values, coarser = ({(n, q): logs([r for r in runs if r["pending"] == q], n, least) for n, q in columns} for least in (floor, coarse))
    kinds = {r["problem"]: r["kind"] for r in runs}
    heads = "| " + " | ".join(f"n = {n}, {sequence(q)}" for n, q in columns) + " |"
    lines = [*seeds_table(runs, kinds), "", "Seeds are paired where both have them. In parentheses the number of problems.", ""]
    lines += ["| to " + heads, "|---" * (len(columns) + 1) + "|"]
    for name in NAMES:
        if name in names:
            lines.append(f"| {NAMES[name]} | " + " | ".join(cell(ratio(values[c], "warmfold", name, sorted(kinds))) for c in columns) + " |")
    for name, least, these in [("gp", floor, values), ("gp", coarse, coarser), ("hebo", floor, values)]:
        if name in names:
            lines += ["", f"By class, to {NAMES[name]}, regrets below {least:g} of the median random trial's counting as that:", "", "| class " + heads, "|---" * (len(columns) + 1) + "|"]
            for kind in ["all", *sorted(set(kinds.values()))]:
                members = sorted(p for p in kinds if kind in ("all", kinds[p]))
                lines.append(f"| {kind} | " + " | ".join(cell(ratio(these[c], "warmfold", name, members)) for c in columns) + " |")
    return "\n".join(lines) + "\n"


def insert(table, document):
    """Puts a table between the marks of a document."""
    path = pathlib.Path(document)
    text = path.read_text()
    if BEGIN not in text or END not in text:
        raise SystemExit(f"{document}: no place for the table, which is between {BEGIN} and {END}")
    path.write_text(text[: text.index(BEGIN) + len(BEGIN)] + "\n" + pathlib.Path(table).read_text() + text[text.index(END):])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*")
    parser.add_argument("--insert", nargs=2, metavar=("TABLE", "DOCUMENT"), help="puts a table into a document, and nothing else")
    parser.add_argument("--markdown", help="a file that gets the tables for the documentation")
    parser.add_argument("--seeds", type=int, default=1000, help="only seeds below this")
    parser.add_argument("--of", default="warmfold")
    parser.add_argument("--to", default="gp,tpe,hebo,random")
    parser.add_argument("--n", default="30,50,100")
    parser.add_argument("--floor", type=float, default=1e-4, help="regrets below this share of the scale count as this")
    parser.add_argument("--coarse", type=float, default=1e-2, help="a second floor for --markdown, about what the noise of a score lets anybody tell apart")
    parser.add_argument("--each", action="store_true", help="a line for every problem")
    args = parser.parse_args()
    if args.insert:
        insert(*args.insert)
        return
    runs = [r for r in load(args.files) if r["seed"] < args.seeds]
    budgets = sorted({n for n in map(int, args.n.split(",")) if any(len(r["regret"]) >= n for r in runs)})
    if args.markdown:
        pathlib.Path(args.markdown).write_text(markdown(runs, budgets, args.floor, args.coarse))
    for pending in sorted({r["pending"] for r in runs}):
        for n in budgets:
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
                            cells.append(f"{group} {cell(r) if group == 'all' else format(r[0], '.2f')}")
                    if cells:
                        print(f"pending {pending} n {n:3d} {of}/{to}: " + "  ".join(cells))
                    if args.each:
                        for p in problems:
                            r = ratio(values, of, to, [p])
                            if r:
                                print(f"    {p:28s} {r[0]:.2f}   {of} {np.exp(np.mean(list(values[p, of].values()))):.2g}  seeds {len(values[p, of])}/{len(values[p, to])}")


if __name__ == "__main__":
    main()
