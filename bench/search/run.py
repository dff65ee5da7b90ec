"""Runs optimizers on problems; appends one JSON line a run, so that it can be interrupted and gone on with."""
import argparse
import concurrent.futures
import importlib.util
import json
import math
import os
import pathlib
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

import optimizers
import problems as catalogue
from compare import load


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


def chosen(args):
    if args.problems:
        spec = importlib.util.spec_from_file_location("further", args.problems)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found = module.PROBLEMS
    else:
        found = sum([getattr(catalogue, s)() for s in (["development", "heldout"] if args.set == "all" else [args.set])], [])
    return {p.name: p for p in found if any(part in p.name for part in args.only.split(","))}


problems, scales, arguments = {}, {}, None


def begin(args):
    """What a process has to know; one that was forked knows it already."""
    global problems, scales, arguments
    if arguments is not None:
        return
    problems, arguments = chosen(args), args
    scales = {name: p.scale() for name, p in problems.items()}


def line(task):
    """A run's line for the file of results."""
    seed, pending, name, optimizer = task
    regret, seconds = run(problems[name], optimizer, seed, arguments.budget, pending, arguments.warmfold.split())
    return json.dumps({"problem": name, "kind": problems[name].kind, "optimizer": optimizer, "seed": seed, "pending": pending,
                       "scale": scales[name], "regret": [float(f"{r:.5g}") for r in regret], "seconds": round(seconds, 4)}) + "\n"


def holding(file):
    """A file's runs; those of a problem that has changed since, a last line that was cut off and repeated ones are taken out of it."""
    if not file.exists():
        return []
    text = file.read_text()
    # A problem is the same when a random configuration's median regret is: other tables have another.
    runs = [r for r in load([file]) if r["problem"] not in scales or math.isclose(r["scale"], scales[r["problem"]], rel_tol=1e-6)]
    left = "".join(json.dumps(r) + "\n" for r in runs)
    if left != text:
        print(f"{file}: dropped {len(text.splitlines()) - len(runs)} runs that were cut off or repeated or whose problem has changed since", file=sys.stderr)
        rest = file.with_suffix(".part")
        rest.write_text(left)
        rest.replace(file)
    return runs


def done(file, budget):
    """Runs that need not be repeated."""
    return {(r["seed"], r["pending"], r["problem"], r["optimizer"]) for r in holding(file) if len(r["regret"]) >= budget}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", required=True, help="the file with the runs of all others")
    parser.add_argument("--own", required=True, help="the file with Warmfold's runs")
    parser.add_argument("--optimizers", required=True, help="comma separated: warmfold,gp,tpe,hebo,random")
    parser.add_argument("--set", default="development", help="development, heldout or all")
    parser.add_argument("--problems", help="a Python file with PROBLEMS, instead of the set")
    parser.add_argument("--only", default="", help="parts of the problems' names, comma separated")
    parser.add_argument("--seeds", default="0:20")
    parser.add_argument("--budget", type=int, default=100)
    parser.add_argument("--pending", default="1", help="how many trials run side by side; several comma separated")
    parser.add_argument("--jobs", type=int, default=1, help="runs at a time")
    parser.add_argument("--warmfold", default="", help="the command of `warmfold suggest SPACE`")
    args = parser.parse_args()
    files = {"warmfold": pathlib.Path(args.own)}
    peers = pathlib.Path(args.peers)
    low, high = map(int, args.seeds.split(":"))
    begin(args)
    names = list(problems)
    # Seed by seed, so that an interrupted comparison has seen every problem and optimizer alike.
    tasks = [(seed, pending, name, optimizer) for seed in range(low, high) for pending in map(int, args.pending.split(","))
             for name in names for optimizer in args.optimizers.split(",")]
    ended = {file: done(file, args.budget) for file in {peers, *files.values()}}
    tasks = [task for task in tasks if task not in ended[files.get(task[3], peers)]]
    for file in ended:
        file.parent.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    with concurrent.futures.ProcessPoolExecutor(args.jobs, initializer=begin, initargs=(args,)) as pool:
        waiting = {pool.submit(line, task): task for task in tasks}
        for count, one in enumerate(concurrent.futures.as_completed(waiting), 1):
            task = waiting.pop(one)
            with files.get(task[3], peers).open("a") as file:
                file.write(one.result())
            left = (time.monotonic() - begun) / count * (len(tasks) - count)
            print(f"\r{count} of {len(tasks)} runs, about {left / 60:.0f} min left: {task[3]} on {task[2]} {20 * ' '}", end="", file=sys.stderr, flush=True)
    if tasks:
        print(file=sys.stderr)


if __name__ == "__main__":
    main()
