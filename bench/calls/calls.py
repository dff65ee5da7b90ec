"""Counts the calls in a recording, and what a fold job takes besides its training.

A fold's turn is seen from its lane: from the answer of NextFold, which names the fold, to the answer
of the token. A recording has the time at which a call was answered. Training is what SageMaker says of the job:
from TrainingStartTime to TrainingEndTime.
"""

import collections
import datetime
import json
import math
import re
import statistics
import sys

FOLD = re.compile(r"-t(\d+)-f(\d+)-a\d+$")


def seconds(time):
    if isinstance(time, (int, float)):
        return time
    # Nanoseconds are more than Python's parser takes.
    text = re.sub(r"(\.\d{6})\d+", r"\1", time.replace("Z", "+00:00"))
    return datetime.datetime.fromisoformat(text).timestamp()


def percentile(values, share):
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)]


def fold_of(job):
    trial, fold = FOLD.search(job).groups()
    return int(trial), int(fold)


def main():
    counts = collections.Counter()
    claimed, token, training, answered = {}, {}, {}, {}
    turns = 0
    for line in open(sys.argv[1], encoding="utf-8"):
        call = json.loads(line)
        counts[call["service"], call["function"], call["operation"]] += 1
        operation, at = call["operation"], seconds(call["time"])
        if operation == "Invoke":
            if call["input"]["FunctionName"].endswith("-NextFold"):
                turns += 1
                turn = json.loads(call.get("output", {}).get("Payload", "{}"))
                if turn.get("Action") == "Run":
                    claimed[turn["Trial"], turn["Fold"]] = at
        elif operation == "TransactWriteItems" and call["function"] == "StartJob":
            for item in call["input"]["TransactItems"]:
                row = item.get("Put", {}).get("Item", {})
                if FOLD.search(row.get("SK", {}).get("S", "")):
                    token[row["SK"]["S"].removeprefix("JOB#")] = row["Token"]["S"]
        elif operation == "DescribeTrainingJob" and "output" in call:
            job = call["output"]
            if job.get("TrainingEndTime") and FOLD.search(job["TrainingJobName"]):
                training[job["TrainingJobName"]] = seconds(job["TrainingEndTime"]) - seconds(job["TrainingStartTime"])
        elif operation == "SendTaskSuccess":
            answered[call["input"]["taskToken"]] = at
    folds = len(training)
    per_service = collections.Counter()
    for (service, _, _), count in counts.items():
        per_service[service] += count

    print(f"{folds} fold jobs, {turns} turns of lanes")
    print()
    print("| service | function | operation | calls | per fold job |")
    print("|---|---|---|---:|---:|")
    for (service, function, operation), count in sorted(counts.items()):
        print(f"| {service} | `{function}` | {operation} | {count} | {count / folds:.2f} |")
    print()
    print("| service | calls per fold job |")
    print("|---|---:|")
    for service, count in sorted(per_service.items()):
        print(f"| {service} | {count / folds:.2f} |")
    overhead = [
        answered[token[job]] - claimed[fold_of(job)] - took
        for job, took in training.items()
        if token.get(job) in answered and fold_of(job) in claimed
    ]
    if overhead:
        print()
        print(
            f"besides its training a fold job took {statistics.median(overhead):.2f} s in the median, "
            f"{percentile(overhead, 0.95):.2f} s at the 95th percentile, of {len(overhead)} jobs; "
            f"training took {statistics.median(training.values()):.2f} s in the median"
        )


if __name__ == "__main__":
    main()
