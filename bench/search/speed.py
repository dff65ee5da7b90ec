"""How long `warmfold suggest` takes for a suggestion, by CPU seconds of its process, and the memory it needs."""
import argparse
import json
import os
import pathlib
import time

import numpy as np

from optimizers import Lines
from spaces import amt, real


def cpu(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak(pid):
    return next(int(line.split()[1]) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM")) / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--warmfold", required=True)
    parser.add_argument("--cases", default="100:0,500:0,100:20,500:20,1000:0,5000:0,10000:0", help="trials:pending")
    parser.add_argument("--d", type=int, default=10)
    parser.add_argument("--repeat", type=int, default=7)
    args = parser.parse_args()
    space = [real(f"x{i}", 0, 1) for i in range(args.d)]
    document = {"ParameterRanges": amt(space), "HyperParameterTuningJobObjective": {"Type": "Minimize"}, "RandomSeed": 1}
    first = pathlib.Path(__file__).parent / "out" / "first.json"
    first.parent.mkdir(exist_ok=True)
    first.write_text(json.dumps(document))
    print("trials pending | cold s | warm s: median wall, median CPU | peak MiB")
    for case in args.cases.split(","):
        n, pending = map(int, case.split(":"))
        lines = Lines([str(first) if part == "SPACE" else part for part in args.warmfold.split()])
        lines({"space": document})
        rng = np.random.default_rng(0)
        for i in range(n):
            x = rng.random(args.d)
            y = float(((x - 0.4) ** 2).sum() + 0.02 * rng.standard_normal())
            lines({"tell": {"id": i, "score": y, "hyperParameters": {f"x{k}": repr(float(x[k])) for k in range(args.d)}}})
        walls, cpus, ids = [], [], []
        for i in range(args.repeat + pending):
            if i >= pending > 0:
                # One pending trial ends as another is asked for.
                lines({"tell": {"id": ids.pop(0), "score": 0.3}})
            start, before = time.perf_counter(), cpu(lines.process.pid)
            lines({"ask": {"id": 10**6 + i}})
            ids.append(10**6 + i)
            walls.append(time.perf_counter() - start)
            cpus.append(cpu(lines.process.pid) - before)
            if pending == 0:
                lines({"tell": {"id": ids.pop(0), "score": 0.3}})
        late = slice(max(1, len(walls) - args.repeat + 2), None)
        print(f"{n:6d} {pending:6d} | {walls[0]:.2f} | {np.median(walls[late]):.3f}, {np.median(cpus[late]):.3f} | {peak(lines.process.pid):.0f}", flush=True)
        lines.process.stdin.close()
        lines.process.wait()


if __name__ == "__main__":
    main()
