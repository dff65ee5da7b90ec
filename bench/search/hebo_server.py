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
