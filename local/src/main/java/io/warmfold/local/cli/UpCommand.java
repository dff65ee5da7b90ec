package io.warmfold.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code warmfold up}. */
@Command(
    name = "up",
    description = "Runs the local cloud until it is interrupted, for the AWS CLI and the SDKs.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  private final Tools tools;

  @Mixin private CommonOptions options;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "The port on loopback (default: one that is free).")
  private int port;

  UpCommand(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException {
    if (port < 0 || port > 65_535) {
      throw new WrongInputException("--port " + port + ": expected 0 to 65535");
    }
    List<CommonOptions.Upload> uploads = options.uploads();
    try (Cloud cloud = tools.opener().open(options)) {
      for (CommonOptions.Upload upload : uploads) {
        cloud.upload(upload.file(), upload.s3Uri());
      }
      tools.interrupts().heed();
      URI endpoint = listen(cloud);
      tell(cloud, endpoint);
      while (!tools.interrupts().await(tools.look())) {
        cloud.troubles().forEach(tools.console()::say);
      }
      tools.console().say("Closing; jobs in flight end with it.");
    }
    return Exit.INTERRUPTED;
  }

  private URI listen(Cloud cloud) throws IOException {
    try {
      return cloud.listen(port);
    } catch (java.net.BindException taken) {
      throw new WrongInputException("--port " + port + ": " + taken.getMessage());
    }
  }

  private void tell(Cloud cloud, URI endpoint) {
    var out = tools.console().out();
    if (options.json()) {
      out.println(
          JsonNodeFactory.instance
              .objectNode()
              .put("Endpoint", endpoint.toString())
              .put("Region", cloud.region())
              .put("StateMachineArn", cloud.stateMachineArn()));
    } else {
      out.println("The local cloud listens at " + endpoint);
      out.println();
      out.println("export AWS_ENDPOINT_URL=" + endpoint);
      out.println("export AWS_REGION=" + cloud.region() + " AWS_DEFAULT_REGION=" + cloud.region());
      out.println("export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local");
      out.println();
      out.println("State machine " + cloud.stateMachineArn());
      out.println();
      out.println(
          "aws stepfunctions start-execution --state-machine-arn "
              + cloud.stateMachineArn()
              + " --input file://study.json");
      out.println(
          "python3 -c \"import boto3; print(boto3.client('sagemaker').list_training_jobs())\"");
    }
    out.flush();
    tools.console().say("Ctrl-C ends it.");
  }
}
