package io.warmfold.local.sagemaker.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.sagemaker.JobRunner;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** An instance: a JVM of its own that runs one job after another. Thread-safe. */
final class WorkerProcess implements JobRunner.Instances {

  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final Writer toWorker;
  private final BufferedReader fromWorker;
  private volatile long container;

  /**
   * Starts an instance.
   *
   * @param errors the file that takes what it prints beside its jobs' logs
   */
  WorkerProcess(Path errors) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(commandLine())
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    // Threads that wait by spinning take the cores from the other jobs' instances.
    builder.environment().putIfAbsent("OMP_WAIT_POLICY", "passive");
    this.process = builder.start();
    this.toWorker =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.fromWorker =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The same JDK and classes as ours; what the worker needs first, for it to open few archives. */
  private static List<String> commandLine() {
    Set<String> path = new LinkedHashSet<>();
    for (Class<?> needed :
        List.of(
            WorkerMain.class,
            JsonMapper.class,
            com.fasterxml.jackson.core.JsonFactory.class,
            com.fasterxml.jackson.annotation.JsonProperty.class,
            ml.dmlc.xgboost4j.java.DMatrix.class,
            org.apache.commons.logging.Log.class,
            com.esotericsoftware.kryo.KryoSerializable.class)) {
      CodeSource source = needed.getProtectionDomain().getCodeSource();
      if (source != null) {
        path.add(Path.of(java.net.URI.create(source.getLocation().toString())).toString());
      }
    }
    path.addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            String.join(File.pathSeparator, path),
            WorkerMain.class.getName()));
    return line;
  }

  /**
   * Has it run a job, whose end is to be waited for. What is asked for later, such as a {@link
   * #stop}, concerns this job.
   *
   * @throws IOException when the instance is lost
   */
  void begin(Order order) throws IOException {
    ObjectNode message = JSON.createObjectNode();
    message.set("run", order.toJson());
    send(message);
  }

  /**
   * Waits for the end of the job that was begun.
   *
   * @param phases is told every phase
   * @return what the worker says of the end
   * @throws IOException when the instance is lost
   */
  JsonNode await(Consumer<String> phases) throws IOException {
    try {
      for (String line = fromWorker.readLine(); line != null; line = fromWorker.readLine()) {
        if (!line.startsWith("{")) {
          continue;
        }
        JsonNode said = JSON.readTree(line);
        if (said.has("ended")) {
          container = 0;
          return said.path("ended");
        }
        if (said.has("container")) {
          container = said.path("container").longValue();
        } else if (said.has("phase")) {
          phases.accept(said.path("phase").textValue());
        }
      }
    } finally {
      killContainer();
    }
    throw new IOException("the worker process " + process.pid() + " has gone");
  }

  /** Asks for the running job to stop; without effect when there is none. */
  void stop() {
    try {
      send(JSON.createObjectNode().put("stop", true));
    } catch (IOException e) {
      // It is gone, which run() reports.
      return;
    }
  }

  private void send(ObjectNode message) throws IOException {
    synchronized (toWorker) {
      toWorker.write(message.toString());
      toWorker.write('\n');
      toWorker.flush();
    }
  }

  /** A worker that was killed leaves its container behind. */
  private void killContainer() {
    long pid = container;
    if (pid != 0) {
      ProcessHandle.of(pid).ifPresent(CommandContainer::killTree);
      container = 0;
    }
  }

  @Override
  public boolean alive() {
    return process.isAlive();
  }

  /** Ends its input, at which it kills what it runs and exits. */
  @Override
  public void release() {
    try {
      toWorker.close();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  /** Kills it, as a failure of the machine would. */
  void kill() {
    process.destroyForcibly();
  }

  long pid() {
    return process.pid();
  }
}
