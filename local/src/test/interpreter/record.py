"""Runs the scenarios of paths.json on LocalStack's interpreter of state machines, as moto ships it.

It shares no code with local/: another parser, another evaluator of JSONata, another language. What is
replaced here is only the world around it: functions answer what a scenario says, a token is answered at
once, and nobody waits for retries or Wait states. What it did is written into the file as `path` (the states
that were entered, by execution) and `calls` (of functions, by their key), and DefinitionPathsTest expects the
same of our own.
"""

import collections
import datetime
import json
import logging
import pathlib
import re
import sys
import threading
import time

import jsonata
import moto.stepfunctions.parser.asl.component.common.retry.retrier_decl as retrier
import moto.stepfunctions.parser.asl.component.state.state as states
import moto.stepfunctions.parser.asl.jsonata.jsonata as expressions
import moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function as waits
import moto.stepfunctions.parser.asl.component.state.exec.state_task.lambda_eval_utils as lambdas
import moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_lambda as service
from moto.stepfunctions.parser.asl.eval.callback.callback import CallbackOutcomeFailure, CallbackOutcomeSuccess
from moto.stepfunctions.parser.asl.eval.evaluation_details import (
    AWSExecutionDetails, EvaluationDetails, ExecutionDetails, StateMachineDetails)
from moto.stepfunctions.parser.asl.eval.program_state import ProgramEnded, ProgramError
from moto.stepfunctions.parser.backend.execution_worker import SyncExecutionWorker

ROOT = pathlib.Path(__file__).resolve().parents[4]
SCENARIOS = ROOT / "local/src/test/resources/io/warmfold/local/engine/paths.json"
DEFINITION = ROOT / "statemachine/study.asl.json"
ARN = "arn:aws:states:us-east-1:123456789012:execution:m:e"


def key_of(function, payload):
    """The name by which a scenario tells the calls of a function apart."""
    if function == "NextFold":
        return f"NextFold {payload['Round']} {payload['Lane']}"
    if function == "ShardObject":
        return f"ShardObject {payload['Part']}"
    if function == "StartJob":
        kind = payload["Kind"]
        return f"StartJob Fold {payload['Trial']} {payload['Fold']}" if kind == "Fold" else f"StartJob {kind}"
    return function


class Run:
    def __init__(self, functions):
        self.functions = functions
        self.lock = threading.Lock()
        self.path = collections.defaultdict(list)
        self.calls = collections.Counter()
        self.place = threading.local()

    def entered(self, state, environment):
        if state == "OpenStudy":
            self.place.key = "study"
        if state == "EnterLane":
            lane = environment.states.get_input()
            self.place.key = f"lane {lane['Round']} {lane['Lane']}"
        with self.lock:
            self.path[getattr(self.place, "key", "study")].append(state)

    def answer(self, function, payload):
        key = key_of(function, payload)
        with self.lock:
            turn = self.calls[key]
            self.calls[key] += 1
        for name in (key, re.sub(r"^(NextFold|StartJob \w+|ShardObject)\b.*", r"\1", key), function):
            if name in self.functions:
                answers = self.functions[name]
                return answers[min(turn, len(answers) - 1)]
        return {"return": {}}


run = None


def invoke(env, parameters, region, state_credentials):
    payload = json.loads(parameters["Payload"])
    answer = run.answer(parameters["FunctionName"], payload)
    if "throw" in answer:
        said = json.dumps(
            {"errorMessage": answer.get("message", ""), "errorType": answer["throw"]}, separators=(",", ":"))
        raise lambdas.LambdaFunctionErrorException("Unhandled", said)
    token = payload.get("Token")
    if token and "fail" in answer:
        env.callback_pool_manager.notify(
            token, CallbackOutcomeFailure(token, answer["fail"], answer.get("cause", "")))
    elif token and "silent" not in answer:
        env.callback_pool_manager.notify(
            token, CallbackOutcomeSuccess(token, json.dumps(answer.get("token", {"Job": "j", "Outcome": "Completed"}))))
    env.stack.append({"StatusCode": 200, "Payload": answer.get("return", {})})


def evaluate(expression):
    # The declarations of variables come in front of the expression, in one block.
    result = jsonata.Jsonata(expression).evaluate(None)
    return result


original = states.CommonStateField._eval_body


def eval_body(self, env):
    run.entered(self.name, env)
    original(self, env)


states.CommonStateField._eval_body = eval_body
expressions._eval_jsonata = evaluate
service.lambda_eval_utils.execute_lambda_function_integration = invoke
retrier.time = type("NoTime", (), {"sleep": staticmethod(lambda seconds: None)})
waits.WaitFunction._wait_interval = lambda self, env, wait_seconds: None


class Ending:
    def terminated(self):
        pass


def perform(scenario, definition):
    global run
    run = Run(scenario["functions"])
    worker = SyncExecutionWorker(
        evaluation_details=EvaluationDetails(
            AWSExecutionDetails("123456789012", "us-east-1", "arn:aws:iam::123456789012:role/m"),
            ExecutionDetails(
                ARN, "e", "arn:aws:iam::123456789012:role/m", scenario["input"],
                datetime.datetime.now(datetime.timezone.utc).isoformat()),
            StateMachineDetails("arn:aws:states:us-east-1:123456789012:stateMachine:m", "m", "STANDARD", definition)),
        exec_comm=Ending(), cloud_watch_logging_session=None, activity_store={})
    worker.start()
    end = worker.env.program_state()
    scenario["path"] = dict(sorted(run.path.items()))
    scenario["calls"] = dict(sorted(run.calls.items()))
    scenario["end"] = {"status": "SUCCEEDED" if isinstance(end, ProgramEnded) else "FAILED"}
    # It refuses a Fail state that passes an error of its own namespace on; AWS does not.
    if isinstance(end, ProgramError) and "Custom Error Names" not in (end.error.get("cause") or ""):
        scenario["end"]["error"] = end.error.get("error")
        # What Lambda itself says is text, not the JSON that a function's error is told in.
        if not scenario["end"]["error"].startswith("Lambda."):
            scenario["end"]["cause"] = end.error.get("cause")
    elif isinstance(end, ProgramEnded):
        scenario["end"]["output"] = worker.env.states.get_input()


def main():
    logging.disable()
    definition = re.sub(r"\$\{(\w+)Arn\}", r"\1", DEFINITION.read_text())
    # Its grammar knows percentages with a point only.
    definition = definition.replace('"ToleratedFailurePercentage": 100', '"ToleratedFailurePercentage": 100.0')
    scenarios = json.loads(SCENARIOS.read_text())
    for scenario in scenarios:
        if len(sys.argv) > 1 and scenario["name"] not in sys.argv[1:]:
            continue
        began = time.time()
        perform(scenario, definition)
        print(f"{scenario['name']}: {scenario['end']['status']}, {time.time() - began:.1f} s")
    SCENARIOS.write_text(json.dumps(scenarios, indent=1) + "\n")


if __name__ == "__main__":
    main()
