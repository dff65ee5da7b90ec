"""What a comparison of one study with the recipe comes to, and its summary over seeds."""
import csv
import dataclasses
import json
import math
import random
import statistics

import surrogate

# Scores pass through 32-bit floats on their way from a job to the ledger.
ROUNDING = 1e-6
INFINITE = math.inf
# A bootstrap over fewer seeds would make up an interval.
FEWEST = 5


@dataclasses.dataclass(frozen=True)
class Comparison:
    seed: int
    time: float  # to the recipe's final quality, as a share of the recipe's whole time; infinite if never
    billed: float  # the same in billed instance seconds
    whole_time: float  # of the whole study, as a share of the recipe's
    whole_billed: float
    recipe_time: float  # when the recipe itself was there, as a share of its whole time
    recipe_billed: float
    gain_equal: float  # how much better at equal money, the smaller of the two bills, relative to the score
    gain_final: float
    not_run: float  # share of folds
    lost: bool  # a trial that the race stopped would have been the best
    loss: float  # by how much, relative to the score
    warm_idle: float  # share of the billed seconds
    start_up: float
    training: float


def first(trajectory, target, sign, what):
    """Where an incumbent is at least as good as target; infinite if none is."""
    for incumbent in trajectory:
        if sign * (incumbent["CvScore"] - target) <= ROUNDING * abs(target):
            return incumbent[what]
    return INFINITE


def best_by(trajectory, money):
    """The last incumbent's score for that much money; None if there was none yet."""
    scores = [incumbent["CvScore"] for incumbent in trajectory if incumbent["BilledSeconds"] <= money]
    return scores[-1] if scores else None


def compare(seed, ours, theirs, folds, table):
    sign = -1 if ours["Objective"]["Type"] == "Maximize" else 1
    target = theirs["Trajectory"][-1]["CvScore"]
    elapsed, billed = theirs["Simulated"]["Elapsed"], theirs["Simulated"]["Billed"]["Total"]
    bill = ours["Simulated"]["Billed"]
    money = min(bill["Total"], billed)
    equal = [best_by(side["Trajectory"], money) for side in (ours, theirs)]
    stopped = [sign * table.cv_score(trial["HyperParameters"], seed) for trial in ours["AllTrials"]
               if trial["Status"] == "StoppedByRace"]
    mine = sign * ours["Best"]["CvScore"]
    best = min(stopped, default=INFINITE)
    lost = best < mine - ROUNDING * abs(mine)
    return Comparison(
        seed=seed,
        time=first(ours["Trajectory"], target, sign, "Seconds") / elapsed,
        billed=first(ours["Trajectory"], target, sign, "BilledSeconds") / billed,
        whole_time=ours["Simulated"]["Elapsed"] / elapsed,
        whole_billed=bill["Total"] / billed,
        recipe_time=theirs["Trajectory"][-1]["Seconds"] / elapsed,
        recipe_billed=theirs["Trajectory"][-1]["BilledSeconds"] / billed,
        gain_equal=sign * (equal[1] - equal[0]) / abs(equal[1]) if None not in equal else math.nan,
        gain_final=sign * (target - ours["Trajectory"][-1]["CvScore"]) / abs(target),
        not_run=1 - ours["Jobs"]["Fold"] / (ours["Trials"]["Total"] * folds),
        lost=lost,
        loss=(mine - best) / abs(mine) if lost else 0.0,
        warm_idle=bill["WarmIdle"] / bill["Total"],
        start_up=bill["StartUp"] / bill["Total"],
        training=bill["Training"] / bill["Total"])


def comparisons(folder, document, seeds):
    study = json.loads(document.read_text())
    table = surrogate.Table(document.stem)
    found = []
    for seed in range(1, seeds + 1):
        files = [folder / f"{seed}.{side}.json" for side in ("warmfold", "recipe")]
        if all(file.exists() for file in files):
            found.append(compare(seed, *(json.loads(file.read_text()) for file in files), study["CrossValidation"]["Folds"], table))
    return found


def interval(groups, statistic=statistics.median, level=0.95, draws=2000):
    """Bootstrap interval of a statistic; seeds are drawn within each surrogate, which are fixed. None with too few seeds."""
    if min(map(len, groups)) < FEWEST:
        return None
    rng = random.Random(1)
    found = sorted(statistic([v for group in groups for v in rng.choices(group, k=len(group))]) for _ in range(draws))
    rest = (1 - level) / 2
    return found[int(rest * draws)], found[math.ceil((1 - rest) * draws) - 1]


def number(value, form):
    return "never" if math.isinf(value) else form.format(value)


def cell(groups, form="{:.2f}", statistic=statistics.median):
    middle = statistic([v for group in groups for v in group])
    around = interval(groups, statistic)
    return number(middle, form) + (f" [{number(around[0], form)}, {number(around[1], form)}]" if around else "")


def table(of):
    rows = [("all", list(of.values()))] if len(of) > 1 else []
    rows += [(name, [found]) for name, found in of.items()]
    text = ["| surrogate | studies | got there | time to the recipe's quality | billed to the recipe's quality | whole study: time | billed "
            "| better at equal money, % | better at the end, % | folds not run | best trial lost |",
            "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for name, groups in rows:
        def column(what, factor=1):
            return [[factor * getattr(one, what) for one in group] for group in groups]
        every = [one for group in groups for one in group]
        equal = [[v for v in group if not math.isnan(v)] for group in column("gain_equal", 100)]
        text.append("| " + " | ".join([
            name, str(len(every)), f"{sum(math.isfinite(one.time) for one in every)}", cell(column("time")), cell(column("billed")), cell(column("whole_time")), cell(column("whole_billed")),
            cell(equal, "{:+.2f}", statistics.fmean) if all(equal) else "–", cell(column("gain_final", 100), "{:+.2f}", statistics.fmean),
            cell(column("not_run"), "{:.2f}"), f"{sum(one.lost for one in every)} of {len(every)}"]) + " |")
    return "\n".join(text) + "\n"


def write_csv(file, of):
    with file.open("w", newline="") as out:
        names = [field.name for field in dataclasses.fields(Comparison)]
        writer = csv.writer(out)
        writer.writerow(["surrogate", *names])
        for name, found in of.items():
            writer.writerows([name, *(getattr(one, what) for what in names)] for one in found)
