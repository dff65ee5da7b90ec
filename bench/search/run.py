"""Runs optimizers on problems; appends one JSON line a run, so that it can be interrupted and gone on with."""
import argparse
import importlib.util
import json
import os
import pathlib
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

import optimizers
import problems as catalogue


def run(problem, name, seed, budget, pending, command):
    optimizer = optimizers.make(name, problem.space, seed, command)
    queue, costs, regrets, spent = [], [], [], 0.0
    while len(costs) < budget:
        while len(queue) < pending and len(costs) + len(queue) < budget:
            start = time.perf_counter()
            queue.append(optimizer.ask())
            spent += time.perf_counter() - start
        handle, config = queue.pop(0)
        folds = problem.folds(config, seed)
        costs.append(float(np.mean(folds)))
        regrets.append(problem.true(config) - problem.optimum)
        optimizer.tell(handle, costs[-1], folds)
    # Every optimizer recommends the best trial it saw; what counts is that trial's true regret.
    best = [int(np.argmin(costs[: n + 1])) for n in range(budget)]
    return [max(regrets[b], 0.0) for b in best], spent / budget


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("--optimizers", required=True, help="comma separated: warmfold,gp,tpe,hebo,random")
    parser.add_argument("--set", default="development", help="development, heldout or all")
    parser.add_argument("--problems", help="a Python file with PROBLEMS, instead of the set")
    parser.add_argument("--only", default="", help="parts of the problems' names, comma separated")
    parser.add_argument("--seeds", default="0:20")
    parser.add_argument("--budget", type=int, default=100)
    parser.add_argument("--pending", type=int, default=1)
    parser.add_argument("--warmfold", default="", help="the command of `warmfold suggest SPACE`")
    args = parser.parse_args()
    if args.problems:
        spec = importlib.util.spec_from_file_location("further", args.problems)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        chosen = module.PROBLEMS
    else:
        chosen = sum([getattr(catalogue, s)() for s in (["development", "heldout"] if args.set == "all" else [args.set])], [])
    chosen = [p for p in chosen if any(part in p.name for part in args.only.split(","))]
    out = pathlib.Path(args.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    done = set()
    if out.exists():
        done = {(r["problem"], r["optimizer"], r["seed"], r["pending"]) for r in map(json.loads, out.read_text().splitlines()) if len(r["regret"]) >= args.budget}
    scales = {p.name: p.scale() for p in chosen}
    low, high = map(int, args.seeds.split(":"))
    with out.open("a") as file:
        for seed in range(low, high):
            for problem in chosen:
                for name in args.optimizers.split(","):
                    if (problem.name, name, seed, args.pending) in done:
                        continue
                    regret, seconds = run(problem, name, seed, args.budget, args.pending, args.warmfold.split())
                    file.write(json.dumps({"problem": problem.name, "kind": problem.kind, "optimizer": name, "seed": seed, "pending": args.pending,
                                           "scale": scales[problem.name], "regret": [float(f"{r:.5g}") for r in regret], "seconds": round(seconds, 4)}) + "\n")
                    file.flush()


if __name__ == "__main__":
    main()
