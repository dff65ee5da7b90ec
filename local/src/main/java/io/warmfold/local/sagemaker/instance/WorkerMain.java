package io.warmfold.local.sagemaker.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The process that an instance is.
 *
 * <p>It reads one JSON document a line: {@code {"run": order}} starts a job, {@code {"stop": true}}
 * asks the running one to stop. It answers in lines too: {@code phase}, {@code container} (a
 * process id) and at last {@code ended}. When its input ends, its parent is gone or has no more use
 * for it: it kills what it runs and exits.
 */
public final class WorkerMain {

  private static final JsonMapper JSON = new JsonMapper();

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final AtomicReference<Work> running = new AtomicReference<>();

  private WorkerMain() {}

  /** Runs until the input ends. */
  public static void main(String[] arguments) throws IOException {
    // What libraries print must not come between the lines of the protocol.
    System.setOut(System.err);
    new WorkerMain().serve();
  }

  private void serve() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode message = JSON.readTree(line);
        if (message.has("run")) {
          start(Order.fromJson(message.path("run")));
        } else {
          Work work = running.get();
          if (work != null) {
            work.stop();
          }
        }
      }
    }
    Work work = running.get();
    if (work != null) {
      work.kill();
    }
    // Not exit: native code may be in the middle of a round.
    Runtime.getRuntime().halt(0);
  }

  private void start(Order order) {
    Work work =
        switch (order.kind()) {
          case TRAINING -> new TrainingWork(order, this::phase, this::container);
          case PROCESSING -> new ProcessingWork(order, this::phase, this::container);
          case TRANSFORM -> new TransformWork(order, this::phase, this::container);
        };
    running.set(work);
    Thread.ofPlatform().name(order.name()).start(() -> carryOut(work));
  }

  private void carryOut(Work work) {
    ObjectNode ended = JSON.createObjectNode();
    ObjectNode how = ended.putObject("ended");
    try {
      work.run().exitMessage().ifPresent(message -> how.put("exitMessage", message));
    } catch (JobFailure failure) {
      how.put("failure", failure.getMessage());
    } catch (FileSystemException e) {
      how.put("failure", impossible(e).getMessage());
    } catch (UncheckedIOException e) {
      how.put(
          "failure",
          e.getCause() instanceof FileSystemException cause
              ? impossible(cause).getMessage()
              : "InternalServerError: " + e.getCause());
    } catch (IOException e) {
      how.put("failure", "InternalServerError: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      how.put("failure", "InternalServerError: interrupted");
    } catch (RuntimeException | LinkageError | VirtualMachineError e) {
      how.put("failure", "InternalServerError: " + e);
    }
    ObjectNode metrics = how.putObject("metrics");
    work.metrics().forEach(metrics::put);
    running.set(null);
    send(ended);
  }

  /**
   * A file that cannot be read or written here will be as impossible at the next attempt: an object
   * in the way of a folder, a name too long, a model that is no folder.
   */
  private static JobFailure impossible(FileSystemException e) {
    String kind = e.getClass().getSimpleName().replaceFirst("Exception$", "");
    return JobFailure.client("A file of the job is in the way: " + kind + ": " + e.getMessage());
  }

  private void phase(String phase) {
    send(JSON.createObjectNode().put("phase", phase));
  }

  private void container(long pid) {
    send(JSON.createObjectNode().put("container", pid));
  }

  private void send(ObjectNode message) {
    out.println(message);
  }
}
