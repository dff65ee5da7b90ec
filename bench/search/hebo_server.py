"""HEBO behind JSON lines; runs in .venv-hebo."""
import json
import sys
import warnings

warnings.filterwarnings("ignore")
import numpy as np
import pandas as pd
import torch

real_stdout, sys.stdout = sys.stdout, sys.stderr
torch.set_num_threads(1)
from hebo.design_space.design_space import DesignSpace
from hebo.optimizers.hebo import HEBO
from pymoo.core.mixed import MixedVariableDuplicateElimination
from pymoo.util import function_loader
from pymoo.util.dominator import Dominator

# Two loops over all pairs in Python were more than half of what HEBO took. These find the same in the same order, so
# its suggestions are the same, as hebo_check.py checks (`--as-it-is` leaves the loops).


def duplicates(self, pop, other, is_duplicate):
    """An individual that equals a later one of its own population, or one of the other."""
    keys = [tuple(sorted(one.X.items())) for one in pop]
    seen = set() if other is None else {tuple(sorted(one.X.items())) for one in other}
    for i in reversed(range(len(keys))):
        if keys[i] in seen:
            is_duplicate[i] = True
        elif other is None:
            seen.add(keys[i])
    return is_duplicate


def fronts(F, **kwargs):
    """Fronts of individuals that dominate each other not, each in the order in which they lose their last dominator."""
    dominates = Dominator.calc_domination_matrix(F) == 1
    dominators = dominates.sum(axis=0)
    front, found, left = np.flatnonzero(dominators == 0).tolist(), [], len(F)
    while front:
        found.append(front)
        left -= len(front)
        following = []
        for i in front:
            worse = np.flatnonzero(dominates[i])
            dominators[worse] -= 1
            following += worse[dominators[worse] == 0].tolist()
        front = following
    assert left == 0
    return found


if "--as-it-is" not in sys.argv:
    MixedVariableDuplicateElimination._do = duplicates
    load = function_loader.load_function
    non_dominated_sorting = sys.modules["pymoo.util.nds.non_dominated_sorting"]
    non_dominated_sorting.load_function = lambda name, *rest: fronts if name == "fast_non_dominated_sort" else load(name, *rest)

optimizer, asked = None, {}
for line in sys.stdin:
    message, answer = json.loads(line), {"ok": True}
    if "space" in message:
        np.random.seed(message["seed"])
        torch.manual_seed(message["seed"])
        kinds = []
        for p in message["space"]:
            if p["kind"] == "cat":
                kinds.append({"name": p["name"], "type": "cat", "categories": p["values"]})
            elif p["kind"] == "real":
                kinds.append({"name": p["name"], "type": "pow" if p["log"] else "num", "lb": p["low"], "ub": p["high"]})
            else:
                kinds.append({"name": p["name"], "type": "pow_int" if p["log"] else "int", "lb": p["low"], "ub": p["high"]})
        optimizer, asked = HEBO(DesignSpace().parse(kinds), scramble_seed=message["seed"]), {}
    elif "ask" in message:
        # HEBO has no notion of pending trials: beyond its initial design, an asynchronous ask sees only what was told.
        rec = optimizer.suggest(n_suggestions=1)
        asked[len(asked)] = rec
        answer = {"id": len(asked) - 1, "config": {k: str(int(v) if isinstance(v, (np.integer,)) else v) for k, v in rec.iloc[0].items()}}
    else:
        optimizer.observe(asked[message["tell"]["id"]], np.array([[message["tell"]["cost"]]]))
    real_stdout.write(json.dumps(answer) + "\n")
    real_stdout.flush()
