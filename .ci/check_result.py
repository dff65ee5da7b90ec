"""Checks the result of a study against its document: python3 check_result.py DOCUMENT RESULT."""

import json
import math
import statistics
import sys


def main(document_path, result_path):
    with open(document_path) as file:
        document = json.load(file)
    with open(result_path) as file:
        result = json.load(file)
    config = document["HyperParameterTuningJobConfig"]
    folds = document["CrossValidation"]["Folds"]
    trials = config["ResourceLimits"]["MaxNumberOfTrainingJobs"]
    best = result["Best"]
    tuned = {
        item["Name"]: item
        for ranges in config["ParameterRanges"].values()
        for item in ranges
    }

    problems = []

    def check(holds, words):
        if not holds:
            problems.append(words)

    check(result["StudyName"] == document["StudyName"], "StudyName is another one")
    check(result["Status"] == "Succeeded", f"Status is {result['Status']}")
    check(
        result["Objective"] == config["HyperParameterTuningJobObjective"],
        "Objective is another one",
    )
    check(len(best["FoldScores"]) == folds, f"{len(best['FoldScores'])} fold scores for {folds} folds")
    mean = statistics.fmean(best["FoldScores"])
    check(
        math.isclose(mean, best["CvScore"], rel_tol=1e-9),
        f"CvScore {best['CvScore']} is not the mean {mean} of the fold scores",
    )
    error = statistics.stdev(best["FoldScores"]) / math.sqrt(folds)
    check(
        math.isclose(error, best["StandardError"], rel_tol=1e-6),
        f"StandardError {best['StandardError']} is not {error}",
    )
    for name, value in best["HyperParameters"].items():
        if name in tuned and "MinValue" in tuned[name]:
            low, high = float(tuned[name]["MinValue"]), float(tuned[name]["MaxValue"])
            check(low <= float(value) <= high, f"{name}={value} is out of its range")
    check(set(tuned) <= set(best["HyperParameters"]), "a tuned hyperparameter is missing")
    counts = result["Trials"]
    check(counts["Total"] == trials, f"{counts['Total']} trials instead of {trials}")
    check(
        counts["Complete"] + counts["StoppedByRace"] + counts["Failed"] == counts["Total"],
        f"trials do not add up: {counts}",
    )
    jobs = result["Jobs"]
    check(
        counts["Complete"] * folds <= jobs["Fold"] <= counts["Total"] * folds + jobs["Retried"],
        f"{jobs['Fold']} fold jobs do not fit {counts}",
    )
    check(0 <= jobs["WarmHits"] < jobs["Fold"], f"{jobs['WarmHits']} warm hits of {jobs['Fold']} jobs")
    check(result["Seconds"]["Elapsed"] > 0, "no time elapsed")
    for place in ("ModelArtifacts", "ModelPackageArn", "TrainingJobName"):
        check(result["Model"].get(place), f"Model.{place} is missing")
    check(result["Transform"]["Output"].startswith("s3://"), "Transform.Output is no S3 URI")
    for place in ("Report", "TrialsCsv", "TrialsJsonl"):
        check(result[place].startswith("s3://"), f"{place} is no S3 URI")

    for problem in problems:
        print("result:", problem, file=sys.stderr)
    if not problems:
        print(f"best of {counts['Total']} trials: {best['CvScore']:.5f} ± {best['StandardError']:.5f}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
