"""As much of DynamoDB, S3, SageMaker and Step Functions as one small study needs.

It keeps rows and objects in dictionaries and checks no conditions: one study, one caller. Every
training job is completed as soon as it is described.
"""

import http.server
import json
import re
import ssl
import time
import urllib.parse
import zlib


class State:
    """What the services remember; deep copies of it are how a run is repeated."""

    def __init__(self):
        self.rows = {}
        self.objects = {}
        self.jobs = {}


def _key(item):
    return item["PK"]["S"], item["SK"]["S"]


def _parent(row, path, names):
    *above, last = [names[part] for part in path.split(".")]
    for part in above:
        row = row.setdefault(part, {"M": {}})["M"]
    return row, last


def _update(state, call):
    row = state.rows.setdefault(_key(call["Key"]), dict(call["Key"]))
    names, values = call.get("ExpressionAttributeNames", {}), call.get("ExpressionAttributeValues", {})
    sets, _, removes = call["UpdateExpression"].removeprefix("SET ").partition("REMOVE ")
    for change in filter(None, (part.strip() for part in sets.split(","))):
        path, value = change.split(" = ")
        parent, last = _parent(row, path, names)
        parent[last] = values[value]
    for path in filter(None, (part.strip() for part in removes.split(","))):
        parent, last = _parent(row, path, names)
        parent.pop(last, None)


def _put(state, call):
    state.rows[_key(call["Item"])] = call["Item"]


def dynamodb(state, operation, call):
    match operation:
        case "GetItem":
            row = state.rows.get(_key(call["Key"]))
            return {"Item": row} if row else {}
        case "Query" if "IndexName" in call:
            return {"Items": [row for row in state.rows.values() if "Active" in row]}
        case "Query":
            partition, first, last = (call["ExpressionAttributeValues"][name]["S"] for name in (":p", ":a", ":b"))
            found = sorted(key for key in state.rows if key[0] == partition and first <= key[1] <= last)
            return {"Items": [state.rows[key] for key in found]}
        case "PutItem":
            _put(state, call)
        case "UpdateItem":
            _update(state, call)
        case "TransactWriteItems":
            for item in call["TransactItems"]:
                if "Put" in item:
                    _put(state, item["Put"])
                elif "Update" in item:
                    _update(state, item["Update"])
        case _:
            raise NotImplementedError(operation)
    return {}


def sagemaker(state, operation, call):
    now = time.time()
    match operation:
        case "CreateTrainingJob":
            state.jobs[call["TrainingJobName"]] = call
            return {"TrainingJobArn": "arn:aws:sagemaker:us-east-1:111122223333:training-job/" + call["TrainingJobName"]}
        case "DescribeTrainingJob":
            job = state.jobs[call["TrainingJobName"]]
            return job | {
                "TrainingJobStatus": "Completed",
                "SecondaryStatus": "Completed",
                "CreationTime": now - 60,
                "TrainingStartTime": now - 50,
                "TrainingEndTime": now - 5,
                "BillableTimeInSeconds": 45,
                "FinalMetricDataList": [{"MetricName": "validation:rmse", "Value": 54.5, "Timestamp": now - 6}],
                "ModelArtifacts": {"S3ModelArtifacts": "s3://warmfold-bucket/model.tar.gz"},
                "WarmPoolStatus": {"Status": "Available"},
            }
        case "ListTrainingJobs":
            jobs = [] if call.get("WarmPoolStatusEquals") else [
                {
                    "TrainingJobName": name,
                    "TrainingJobArn": "arn:aws:sagemaker:us-east-1:111122223333:training-job/" + name,
                    "CreationTime": now - 60,
                    "TrainingJobStatus": "Completed",
                    "WarmPoolStatus": {"Status": "Available"},
                }
                for name in state.jobs
            ]
            return {"TrainingJobSummaries": jobs}
        case "CreateModelPackage":
            return {"ModelPackageArn": "arn:aws:sagemaker:us-east-1:111122223333:model-package/diabetes/1"}
        case "CreateModelPackageGroup" | "DescribeModelPackageGroup":
            return {"ModelPackageGroupArn": "arn:aws:sagemaker:us-east-1:111122223333:model-package-group/diabetes"}
        case "UpdateTrainingJob":
            return {"TrainingJobArn": "arn:aws:sagemaker:us-east-1:111122223333:training-job/any"}
    raise NotImplementedError(operation)


def step_functions(state, operation, call):
    if operation in ("SendTaskSuccess", "SendTaskFailure"):
        return {}
    raise NotImplementedError(operation)


SERVICES = {"DynamoDB_20120810": dynamodb, "SageMaker": sagemaker, "AWSStepFunctions": step_functions}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def setup(self):
        super().setup()
        self.connection.settimeout(600)

    def body(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "x-amz-decoded-content-length" in self.headers:
            plain = b""
            while size := int(re.match(rb"[0-9a-f]+", body).group(), 16):
                body = body.split(b"\r\n", 1)[1]
                plain += body[:size]
                body = body[size + 2 :]
            return plain
        return body

    def answer(self, status, body, content_type, headers=()):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_POST(self):
        target = self.headers.get("X-Amz-Target")
        if not target:
            raise NotImplementedError("POST " + self.path)
        service, operation = target.split(".")
        call = json.loads(self.body() or b"{}")
        self.server.calls.append(operation)
        reply = json.dumps(SERVICES[service](self.server.state, operation, call)).encode()
        self.answer(200, reply, "application/x-amz-json-1.1", [("x-amz-crc32", str(zlib.crc32(reply)))])

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        bucket, _, key = urllib.parse.unquote(url.path).lstrip("/").partition("/")
        objects = self.server.state.objects
        if key:
            self.server.calls.append("GetObject")
            body = objects[key]
            self.answer(200, body, "text/csv", [("ETag", '"' + format(zlib.crc32(body), "032x") + '"')])
            return
        self.server.calls.append("ListObjectsV2")
        prefix = urllib.parse.parse_qs(url.query).get("prefix", [""])[0]
        contents = "".join(
            f"<Contents><Key>{name}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
            f'<ETag>"{zlib.crc32(objects[name]):032x}"</ETag><Size>{len(objects[name])}</Size></Contents>'
            for name in sorted(objects)
            if name.startswith(prefix)
        )
        xml = f"<ListBucketResult><Name>{bucket}</Name><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>"
        self.answer(200, xml.encode(), "application/xml")

    def do_PUT(self):
        self.server.calls.append("PutObject")
        key = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path).lstrip("/").partition("/")[2]
        body = self.body()
        self.server.state.objects[key] = body
        self.answer(200, b"", "application/xml", [("ETag", '"' + format(zlib.crc32(body), "032x") + '"')])


class Server(http.server.ThreadingHTTPServer):
    """Answers on a free loopback port, encrypted."""

    daemon_threads = True

    def __init__(self, certificate, key):
        super().__init__(("127.0.0.1", 0), Handler)
        self.state = State()
        self.calls = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        # The handshake belongs to the connection's own thread.
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
