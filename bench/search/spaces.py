"""Search spaces in AMT's shape, as plain Python."""
import math


def real(name, low, high, log=False):
    return {"kind": "real", "name": name, "low": low, "high": high, "log": log}


def integer(name, low, high, log=False):
    return {"kind": "int", "name": name, "low": low, "high": high, "log": log}


def choice(name, *values):
    return {"kind": "cat", "name": name, "values": [str(v) for v in values]}


def unit(p, value):
    """A value's place in [0, 1] on its scale; a category's number."""
    if p["kind"] == "cat":
        return p["values"].index(str(value))
    value, low, high = float(value), p["low"], p["high"]
    if p["log"]:
        value, low, high = math.log(value), math.log(low), math.log(high)
    return (value - low) / (high - low) if high > low else 0.0


def at(p, u):
    """The value at a place in [0, 1]."""
    if p["kind"] == "cat":
        return p["values"][min(int(u * len(p["values"])), len(p["values"]) - 1)]
    low, high = p["low"], p["high"]
    if p["kind"] == "int":
        low, high = low - 0.5, high + 0.5
    value = math.exp(math.log(low) + u * math.log(high / low)) if p["log"] else low + u * (high - low)
    if p["kind"] == "int":
        return int(min(max(round(value), p["low"]), p["high"]))
    return min(max(value, p["low"]), p["high"])


def amt(space):
    ranges = {"ContinuousParameterRanges": [], "IntegerParameterRanges": [], "CategoricalParameterRanges": []}
    for p in space:
        if p["kind"] == "cat":
            ranges["CategoricalParameterRanges"].append({"Name": p["name"], "Values": p["values"]})
            continue
        key = "ContinuousParameterRanges" if p["kind"] == "real" else "IntegerParameterRanges"
        ranges[key].append({"Name": p["name"], "MinValue": repr(p["low"]), "MaxValue": repr(p["high"]),
                            "ScalingType": "Logarithmic" if p["log"] else "Linear"})
    return ranges


def typed(space, texts):
    """Strings to numbers where the parameter is one."""
    read = {"real": float, "int": int, "cat": str}
    return {p["name"]: read[p["kind"]](texts[p["name"]]) for p in space}
