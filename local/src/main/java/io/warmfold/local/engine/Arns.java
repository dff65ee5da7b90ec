package io.warmfold.local.engine;

/** The names that Step Functions gives to its resources. */
record Arns(String region, String account) {

  String stateMachine(String name) {
    return of("stateMachine", name);
  }

  /** An execution of a machine, or of {@code machine/label} for a Map's child. */
  String execution(String machine, String name) {
    return of("execution", machine + ":" + name);
  }

  String mapRun(String machine, String label, String name) {
    return of("mapRun", machine + "/" + label + ":" + name);
  }

  private String of(String type, String rest) {
    return "arn:aws:states:" + region + ":" + account + ":" + type + ":" + rest;
  }
}
