"""Makes up data and a study of them: header, label last, CRLF, empty cells, no last line end."""

import json
import pathlib
import sys

import numpy

KINDS = {
    "regression": ("reg:squarederror", "rmse", {}),
    "binary": ("binary:logistic", "auc", {}),
    "multiclass": ("multi:softprob", "mlogloss", {"num_class": "4"}),
}
FEATURES = 7


def table(kind, rows, seed):
    random = numpy.random.default_rng(seed)
    x = random.normal(size=(rows, FEATURES)) * [1, 10, 100, 0.01, 1, 1, 1]
    signal = x[:, 0] + x[:, 1] / 10 * x[:, 4] - numpy.abs(x[:, 2] / 100) + random.normal(size=rows) * 0.3
    if kind == "regression":
        y = [f"{value:.4f}" for value in 20 + 5 * signal]
    elif kind == "binary":
        y = [str(int(value > 0.8)) for value in signal]
    else:
        y = [str(int(numpy.clip(value + 2, 0, 3))) for value in signal]
    cells = [[f"{value:.7g}" for value in row] for row in x]
    for row in cells:
        if random.random() < 0.1:
            row[random.integers(FEATURES)] = ""
    return cells, y


def main(kind, folder):
    objective, metric, more = KINDS[kind]
    folder = pathlib.Path(folder)
    cells, y = table(kind, 400, 11)
    header = ",".join([f"f{i}" for i in range(FEATURES)] + ["the label"])
    lines = [header] + [",".join(row + [label]) for row, label in zip(cells, y)]
    (folder / f"{kind}.csv").write_bytes("\r\n".join(lines).encode())
    cells, _ = table(kind, 57, 12)
    (folder / f"{kind}-new.csv").write_text("\n".join(",".join(row) for row in cells) + "\n")
    document = {
        "StudyName": kind,
        "Data": {"S3Uri": f"s3://made-up/{kind}.csv", "HasHeader": True, "LabelColumn": "the label"},
        "CrossValidation": {"Folds": 3, "Seed": 5},
        "HyperParameterTuningJobConfig": {
            "HyperParameterTuningJobObjective": {
                "Type": "Maximize" if metric == "auc" else "Minimize", "MetricName": f"validation:{metric}"},
            "ResourceLimits": {"MaxNumberOfTrainingJobs": 6, "MaxParallelTrainingJobs": 2},
            "ParameterRanges": {
                "ContinuousParameterRanges": [
                    {"Name": "eta", "MinValue": "0.02", "MaxValue": "0.5", "ScalingType": "Logarithmic"},
                    {"Name": "subsample", "MinValue": "0.5", "MaxValue": "1"},
                    {"Name": "lambda", "MinValue": "0.1", "MaxValue": "10", "ScalingType": "Logarithmic"}],
                "IntegerParameterRanges": [
                    {"Name": "max_depth", "MinValue": "2", "MaxValue": "7"},
                    {"Name": "num_round", "MinValue": "5", "MaxValue": "60"}]}},
        "TrainingJobDefinition": {
            "AlgorithmSpecification": {
                "TrainingImage": "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"},
            "StaticHyperParameters": {"objective": objective, "seed": "3", **more},
            "ResourceConfig": {"InstanceType": "ml.m5.large"}},
        "Transform": {
            "TransformInput": {"DataSource": {"S3DataSource": {"S3Uri": f"s3://made-up/{kind}-new.csv"}}},
            "TransformResources": {"InstanceType": "ml.m5.large"}},
    }
    (folder / f"{kind}.json").write_text(json.dumps(document, indent=1))


main(*sys.argv[1:])
