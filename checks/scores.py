"""Trains in Python what a study trained, and compares: every fold's score, the table of trials, the model in its
archive, and its predictions."""

import csv
import json
import pathlib
import sys
import tarfile
import tempfile

import numpy
import xgboost

# The image logs five decimals, and the score is read from its log.
TOLERANCE = 1e-5


def file_of(work, uri):
    return pathlib.Path(work) / "s3" / uri.removeprefix("s3://")


def rows(work, manifest):
    entries = json.loads(manifest.read_text())
    lines = []
    for name in entries[1:]:
        lines += file_of(work, entries[0]["prefix"] + name).read_text().splitlines()
    return numpy.array([[float(cell) if cell else numpy.nan for cell in line.split(",")] for line in lines])


def matrix(table):
    return xgboost.DMatrix(table[:, 1:], label=table[:, 0])


def train(parameters, data, watch=None):
    own = dict(parameters)
    rounds = int(own.pop("num_round"))
    log = {}
    model = xgboost.train(own, data, rounds, evals=[(watch, "validation")] if watch else [], evals_result=log,
                          verbose_eval=False)
    return model, log


def main(work, document, result):
    document = json.loads(pathlib.Path(document).read_text())
    result = json.loads(pathlib.Path(result).read_text())
    assert result["Status"] == "Succeeded", result
    folder = file_of(work, result["TrialsCsv"]).parents[1]
    metric = document["HyperParameterTuningJobConfig"]["HyperParameterTuningJobObjective"]["MetricName"].split(":")[1]
    static = {**document["TrainingJobDefinition"]["StaticHyperParameters"], "eval_metric": metric, "nthread": "1"}
    folds = document["CrossValidation"]["Folds"]
    parts = [(rows(work, folder / f"manifests/fold-{fold}-train.manifest"),
              rows(work, folder / f"manifests/fold-{fold}-validation.manifest")) for fold in range(folds)]
    together = rows(work, folder / "manifests/all.manifest")
    assert sum(len(validation) for _, validation in parts) == len(together)

    worst = compared = 0
    table = list(csv.DictReader(open(file_of(work, result["TrialsCsv"]), newline="")))
    for trial in table:
        tuned = {name.removeprefix("param_"): value for name, value in trial.items() if name.startswith("param_")}
        scores = []
        for fold, (training, validation) in enumerate(parts):
            if not trial[f"split{fold}_test_score"]:
                continue
            scores.append(float(trial[f"split{fold}_test_score"]))
            _, log = train({**static, **tuned}, matrix(training), matrix(validation))
            worst = max(worst, abs(log["validation"][metric][-1] - scores[-1]))
            compared += 1
        if len(scores) == folds:
            assert abs(numpy.mean(scores) - float(trial["mean_test_score"])) < 1e-9, trial
    assert compared and worst <= TOLERANCE, f"a score differs by {worst}"
    best = table[result["Best"]["Trial"]]
    assert [float(best[f"split{fold}_test_score"]) for fold in range(folds)] == result["Best"]["FoldScores"]
    assert int(best["rank_test_score"]) == 1, best

    with tempfile.TemporaryDirectory() as inside, tarfile.open(file_of(work, result["Model"]["ModelArtifacts"])) as tar:
        tar.extract("xgboost-model", inside, filter="data")
        model = xgboost.Booster(model_file=f"{inside}/xgboost-model")
    mine, _ = train({**static, **result["Best"]["HyperParameters"]}, matrix(together))
    new = document["Transform"]["TransformInput"]["DataSource"]["S3DataSource"]["S3Uri"]
    lines = file_of(work, new).read_text().splitlines()
    data = xgboost.DMatrix(
        numpy.array([[float(cell) if cell else numpy.nan for cell in line.split(",")] for line in lines]))
    theirs = model.predict(data)
    assert numpy.abs(theirs - mine.predict(data)).max() <= 1e-6, "the model is not the one that Python trains"
    written = file_of(work, result["Transform"]["Output"] + new.rsplit("/", 1)[1] + ".out").read_text()
    predicted = numpy.array([json.loads(line) for line in written.splitlines()], dtype=numpy.float32)
    assert predicted.shape == theirs.shape and numpy.abs(predicted - theirs).max() <= 1e-6, "the transform's output"
    print(f"{document['StudyName']}: {compared} scores, the largest difference {worst:.1e}; "
          f"{len(theirs)} predictions as the archive's model gives them")


main(*sys.argv[1:])
