"""Holds every recorded request against botocore's models of the services."""

import collections
import json
import sys

import botocore.session
import botocore.validate

def main(recording):
    session = botocore.session.get_session()
    models = {}
    checked = collections.Counter()
    problems = []
    for line in open(recording, encoding="utf-8"):
        call = json.loads(line)
        service = call["service"]
        model = models.setdefault(service, session.get_service_model(service))
        operation = model.operation_model(call["operation"])
        given = dict(call["input"])
        if service == "s3":
            # A recording has the length of a body rather than the body.
            given = {name: value for name, value in given.items() if name in operation.input_shape.members}
        report = botocore.validate.ParamValidator().validate(given, operation.input_shape)
        checked[service] += 1
        if report.has_errors():
            problems.append(f"{call['function']} {call['operation']}: {report.generate_report()}")
    print(", ".join(f"{count} {service}" for service, count in sorted(checked.items())), "requests,",
          len(problems), "problems")
    for problem in problems[:20]:
        print("  " + problem)
    sys.exit(bool(problems))


main(sys.argv[1])
