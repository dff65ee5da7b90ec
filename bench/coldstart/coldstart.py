"""Starts every function in JVMs of its own, as Lambda's runtime does, and measures its beginning.

The functions of one small study are called in their order, each with an event that it can handle,
so a first event is the function's whole work and not an error. A function is started again with
what the services remembered before it.
"""

import copy
import http.server
import json
import os
import pathlib
import queue
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time

import aws_stub

ACCOUNT = "arn:aws:states:us-east-1:111122223333"
MACHINE = ACCOUNT + ":stateMachine:warmfold-study"
TICKS = os.sysconf("SC_CLK_TCK")


class Runtime(http.server.BaseHTTPRequestHandler):
    """Lambda's runtime API for the one process that is being measured."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def reply(self, status, body=b"", headers=()):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.server.seen.put((time.monotonic(), "next", None))
        event = self.server.events.get()
        if event is None:
            self.close_connection = True
            return
        self.reply(
            200,
            json.dumps(event).encode(),
            [
                ("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"),
                ("Lambda-Runtime-Deadline-Ms", str(int(time.time() * 1000) + 900_000)),
                ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:111122223333:function:warmfold"),
                ("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0"),
            ],
        )

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"null"
        self.server.seen.put((time.monotonic(), self.path.rsplit("/", 1)[1], json.loads(body)))
        # Answered when what was used so far has been read.
        self.server.read.get()
        self.reply(202)


class Lambda:
    """One JVM with one function."""

    def __init__(self, bench, function, log):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Runtime)
        self.server.daemon_threads = True
        self.server.seen, self.server.events, self.server.read = queue.Queue(), queue.Queue(), queue.Queue()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        memory = bench.memory[function]
        java = [
            os.environ["JAVA_HOME"] + "/bin/java",
            # What Lambda's runtime sets for a function that is started on demand.
            f"-Xmx{memory * 85 // 100}m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-Djavax.net.ssl.trustStore=" + str(bench.out / "trust.p12"),
            "-Djavax.net.ssl.trustStorePassword=changeit",
            "-cp",
            str(bench.out / "runtime" / "*"),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            f"io.warmfold.handler.{function}Handler::handleRequest",
        ]
        one_core = ["taskset", "-c", "0"] if shutil.which("taskset") else []
        environment = {
            "PATH": os.environ["PATH"],
            "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:%d" % self.server.server_address[1],
            "AWS_LAMBDA_FUNCTION_NAME": "warmfold-" + function,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory),
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/warmfold",
            "AWS_LAMBDA_LOG_STREAM_NAME": "2026/01/01/[$LATEST]1",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "_HANDLER": f"io.warmfold.handler.{function}Handler::handleRequest",
            "LAMBDA_TASK_ROOT": str(bench.out / "task"),
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_SESSION_TOKEN": "token",
            "AWS_ENDPOINT_URL": "https://localhost:%d" % bench.aws.server_address[1],
            "S3_PATH_STYLE": "true",
            "TABLE_NAME": "warmfold-ledger",
            "BUCKET_NAME": "warmfold-bucket",
            "NAME_PREFIX": "warmfold",
            "STATE_MACHINE_ARN": MACHINE,
            "TRAINING_ROLE_ARN": "arn:aws:iam::111122223333:role/warmfold-TrainingRole",
        }
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            one_core + java, env=environment, cwd=bench.out / "task", stdout=log, stderr=log
        )

    def await_one(self, *kinds):
        while True:
            try:
                at, kind, body = self.server.seen.get(timeout=1)
                break
            except queue.Empty:
                if self.process.poll() is not None:
                    raise SystemExit("the runtime ended before it answered; see out/log") from None
        if kind not in kinds:
            raise SystemExit(f"the function answered {kind}: {json.dumps(body)[:600]}")
        return at, body

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) / 1024

    def call(self, event):
        """The function's answer, and when it came."""
        self.server.events.put(event)
        at, answer = self.await_one("response")
        used = self.cpu(), self.peak()
        self.server.read.put(True)
        self.await_one("next")
        return answer, at, *used

    def end(self):
        self.process.kill()
        self.process.wait()
        self.server.events.put(None)
        self.server.shutdown()
        self.server.server_close()


class Bench:
    def __init__(self, top, out, runs, wanted):
        self.top, self.out, self.runs, self.wanted = top, out, runs, wanted
        self.aws = aws_stub.Server(out / "cert.pem", out / "key.pem")
        threading.Thread(target=self.aws.serve_forever, daemon=True).start()
        template = (top / "template.yaml").read_text()
        self.memory = {
            name: int(size)
            for name, size in re.findall(r"Handler: io\.warmfold\.handler\.(\w+)Handler::.*\n\s+MemorySize: (\d+)", template)
        }
        self.rows = []
        self.log = open(out / "log", "w", encoding="utf-8")

    def event(self, function):
        kebab = re.sub(r"(?<!^)(?=[A-Z])", "-", function).lower()
        return json.loads((self.top / "events" / "functions" / (kebab + ".json")).read_text())

    def measure(self, function, event, *more):
        """Measures the function's first event; the events in `more` follow in its last process."""
        runs = self.runs if not self.wanted or function in self.wanted else 1
        before = self.aws.state
        measured = []
        for run in range(runs):
            self.aws.state = copy.deepcopy(before)
            self.aws.calls.clear()
            process = Lambda(self, function, self.log)
            ready, _ = process.await_one("next")
            init_cpu, event_began = process.cpu(), time.monotonic()
            answer, answered, cpu, peak = process.call(event)
            measured.append(
                (ready - process.began, init_cpu, answered - event_began, cpu - init_cpu, cpu, peak)
            )
            calls = list(self.aws.calls)
            if run == runs - 1:
                for later in more:
                    process.call(later)
            process.end()
        if not self.wanted or function in self.wanted:
            row = [statistics.median(column) for column in zip(*measured)]
            print(row_text(function, self.memory[function], row, calls), flush=True)
        return answer

    def study(self):
        document = self.event("OpenStudy")["Document"]
        document["CrossValidation"] = {"Folds": 2, "Splitter": "KFold"}
        limits = document["HyperParameterTuningJobConfig"]["ResourceLimits"]
        limits |= {"MaxNumberOfTrainingJobs": 1, "MaxParallelTrainingJobs": 1}
        self.aws.state.objects["diabetes.csv"] = (self.top / "events/data/diabetes.csv").read_bytes()
        opened = self.measure("OpenStudy", self.event("OpenStudy") | {"Document": document})
        key = opened["Key"]

        def of(function, **fields):
            return self.event(function) | {"Study": key} | fields

        def ended(job):
            event = self.event("OnJobStateChange")
            event["detail"]["TrainingJobName"] = job
            return event

        def job(what):
            return f"warmfold-diabetes-{key}-{what}-a1"

        self.measure("PlanSplit", of("PlanSplit"))
        self.measure("ShardObject", of("ShardObject", Part=0))
        self.measure("SealFolds", of("SealFolds"))
        first = of("NextFold", Lane=0, Turn=0, LastJob=None)
        self.measure("NextFold", first, first | {"Turn": 1})
        fold = of("StartJob", Trial=0, Fold=0)
        self.measure("StartJob", fold, fold | {"Fold": 1})
        self.measure("OnJobStateChange", ended(job("t0000-f0")), ended(job("t0000-f1")))
        selected = self.measure("SelectBest", of("SelectBest"))
        if selected["Next"] != "Train":
            raise SystemExit(f"the study went another way than this benchmark: {selected}")
        final = of("StartJob", Kind="Final")
        del final["Trial"], final["Fold"]
        self.prepare("StartJob", final)
        self.prepare("OnJobStateChange", ended(job("final")))
        self.measure("RegisterModel", of("RegisterModel"))
        open_study = copy.deepcopy(self.aws.state)
        self.measure("CloseStudy", of("CloseStudy"))
        self.aws.state = open_study
        self.measure("Reconcile", self.event("Reconcile"))
        self.measure("AbandonStudy", self.event("AbandonStudy"))

    def prepare(self, function, event):
        process = Lambda(self, function, self.log)
        process.await_one("next")
        process.call(event)
        process.end()


def row_text(function, memory, row, calls):
    init, init_cpu, first, first_cpu, cpu, peak = row
    named = ", ".join(
        f"{calls.count(name)} {name}" if calls.count(name) > 1 else name for name in dict.fromkeys(calls)
    )
    return (
        f"| `{function}` | {memory:,} | {init_cpu:.2f} | {first_cpu:.2f} | {cpu:.2f} "
        f"| {init + first:.2f} | {peak:.0f} | {named} |"
    )


def main():
    top, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    print("load %.0f on %d cores, %d runs" % (os.getloadavg()[0], os.cpu_count(), runs))
    print()
    print("| function | MB | init, CPU s | first event, CPU s | both, CPU s | both, seconds | peak MB | calls of the first event |")
    print("|---|---:|---:|---:|---:|---:|---:|---|")
    Bench(top, out, runs, set(sys.argv[4:])).study()
    print()
    print("load %.0f afterwards" % os.getloadavg()[0])


if __name__ == "__main__":
    main()
