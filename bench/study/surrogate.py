"""The surrogates of warmfold simulate, to score trials in full that the race has stopped."""
import gzip
import json
import math
import pathlib

RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "local/src/main/resources/io/warmfold/local/simulation"


class Table:
    def __init__(self, name):
        table = json.loads(gzip.decompress((RESOURCES / f"{name}.json.gz").read_bytes()))
        self.axes, self.scores = table["Parameters"], table["Scores"]

    def _weights(self, hyper_parameters):
        """(index of the configuration, weight) of the neighbours on the grid: multilinear interpolation."""
        weights = [(0, 1.0)]
        for axis in self.axes:
            levels, value = axis["Levels"], hyper_parameters[axis["Name"]]
            if value in levels or axis["Scale"] == "Categorical":
                below, share = levels.index(value), 0.0
            else:
                measure = math.log if axis["Scale"] == "Logarithmic" else float
                numbers = [float(level) for level in levels]
                number = min(max(float(value), numbers[0]), numbers[-1])
                below = max(i for i in range(len(numbers) - 1) if numbers[i] <= number)
                low, high = measure(numbers[below]), measure(numbers[below + 1])
                share = (measure(number) - low) / (high - low)
            weights = [(index * len(levels) + below + step, weight * part) for index, weight in weights
                       for step, part in ((0, 1 - share), (1, share)) if part > 0]
        return weights

    def cv_score(self, hyper_parameters, seed):
        weights = self._weights(hyper_parameters)
        folds = self.scores[seed % len(self.scores)]
        return sum(weight * fold[index] for index, weight in weights for fold in folds) / len(folds)
