"""Ask and tell for Warmfold and its peers, one manner for all: cost is minimised."""
import json
import pathlib
import subprocess
import warnings

import numpy as np

from spaces import amt, at, typed

HERE = pathlib.Path(__file__).parent
warnings.filterwarnings("ignore")


class Lines:
    """A process that answers each line of JSON with one."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def __call__(self, message):
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer


class Warmfold:
    """`warmfold suggest`; one process serves all runs, each of which begins with a space of its own."""
    processes = {}

    def __init__(self, space, seed, command, strategy="Bayesian"):
        self.space, self.next, key = space, 0, " ".join(command)
        document = {"ParameterRanges": amt(space), "HyperParameterTuningJobObjective": {"Type": "Minimize"},
                    "Strategy": strategy, "RandomSeed": seed, "CrossValidation": {"Folds": 5}}
        if key not in self.processes:
            first = HERE / "out" / "first.json"
            first.parent.mkdir(exist_ok=True)
            first.write_text(json.dumps(document))
            self.processes[key] = Lines([str(first) if part == "SPACE" else part for part in command])
        self.lines = self.processes[key]
        self.lines({"space": document})

    def ask(self):
        self.next += 1
        return self.next, typed(self.space, self.lines({"ask": {"id": self.next}})["hyperParameters"])

    def tell(self, handle, cost, folds):
        self.lines({"tell": {"id": handle, "score": cost, "folds": folds}})


class Optuna:
    def __init__(self, space, seed, sampler):
        import optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        samplers = {"tpe": lambda: optuna.samplers.TPESampler(seed=seed, multivariate=True, constant_liar=True),
                    "gp": lambda: optuna.samplers.GPSampler(seed=seed, deterministic_objective=False)}
        self.space = {p["name"]: optuna.distributions.CategoricalDistribution(p["values"]) if p["kind"] == "cat"
                      else (optuna.distributions.FloatDistribution if p["kind"] == "real" else optuna.distributions.IntDistribution)(p["low"], p["high"], log=p["log"])
                      for p in space}
        self.study = optuna.create_study(sampler=samplers[sampler]())

    def ask(self):
        trial = self.study.ask(self.space)
        return trial, trial.params

    def tell(self, trial, cost, folds):
        self.study.tell(trial, cost)


class Random:
    def __init__(self, space, seed):
        self.space, self.rng = space, np.random.default_rng(seed)

    def ask(self):
        return None, {p["name"]: at(p, self.rng.random()) for p in self.space}

    def tell(self, handle, cost, folds):
        pass


class Hebo:
    """HEBO needs an old numpy, so it runs in an environment of its own; pending trials as its own suggest knows them."""
    lines = None

    def __init__(self, space, seed):
        if Hebo.lines is None:
            Hebo.lines = Lines([str(HERE / ".venv-hebo" / "bin" / "python"), str(HERE / "hebo_server.py")])
        self.space = space
        Hebo.lines({"space": space, "seed": seed})

    def ask(self):
        answer = Hebo.lines({"ask": {}})
        return answer["id"], typed(self.space, answer["config"])

    def tell(self, handle, cost, folds):
        Hebo.lines({"tell": {"id": handle, "cost": cost}})


def make(name, space, seed, command):
    if name == "random":
        return Random(space, seed)
    if name in ("tpe", "gp"):
        return Optuna(space, seed, name)
    if name == "hebo":
        return Hebo(space, seed)
    return Warmfold(space, seed, command, name if ":" in name else "Bayesian")
