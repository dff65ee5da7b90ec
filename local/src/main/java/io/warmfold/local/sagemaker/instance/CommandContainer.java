package io.warmfold.local.sagemaker.instance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A container that is a command of this machine. */
final class CommandContainer implements Container {

  /** SageMaker's own grace between SIGTERM and SIGKILL. */
  private static final long GRACE_SECONDS = 120;

  /** How long what was printed at the end may take to arrive. */
  private static final long LAST_LINES_SECONDS = 5;

  /**
   * Holds a command back until its process id has been told: if we are killed before, its input
   * ends and it does not run, so there is never a container that nobody knows.
   */
  private static final List<String> HELD =
      List.of("/bin/sh", "-c", "read -r go && exec \"$@\"", "sh");

  private final List<String> command;
  private final Map<String, String> environment;
  private final Consumer<String> log;
  private final LongConsumer started;
  private Process process;
  private boolean stopped;

  /**
   * Makes a container that has not started.
   *
   * @param environment what it finds in its environment beside the worker's own
   * @param log takes every line that it prints
   * @param started is told its process id
   */
  CommandContainer(
      List<String> command,
      Map<String, String> environment,
      Consumer<String> log,
      LongConsumer started) {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.log = log;
    this.started = started;
  }

  /** The command line of an image that stands for a shell command. */
  static List<String> shell(String command, List<String> arguments) {
    List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", command + " \"$@\"", "sh"));
    line.addAll(arguments);
    return line;
  }

  @Override
  public int run() throws IOException, InterruptedException {
    List<String> held = new ArrayList<>(HELD);
    held.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(held).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process running;
    synchronized (this) {
      if (stopped) {
        return 143;
      }
      running = builder.start();
      process = running;
    }
    started.accept(running.pid());
    try (OutputStream input = running.getOutputStream()) {
      input.write('\n');
    } catch (IOException killedBefore) {
      log.accept("The container was killed before it ran.");
    }
    FutureTask<Void> reading = new FutureTask<>(() -> read(running));
    Thread.ofVirtual().start(reading);
    List<ProcessHandle> below = running.descendants().toList();
    while (!running.waitFor(1, TimeUnit.SECONDS)) {
      below = running.descendants().toList();
    }
    // The container is over with its main process; what that has left behind may hold its output.
    below.forEach(ProcessHandle::destroyForcibly);
    finish(reading);
    return running.exitValue();
  }

  private static void finish(FutureTask<Void> reading) throws IOException, InterruptedException {
    try {
      reading.get(LAST_LINES_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException held) {
      // Somebody else has its output now, who is no part of the container.
      return;
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(failed.getCause());
      }
    }
  }

  private Void read(Process running) throws IOException {
    boolean heard = false;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(running.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.accept(line);
      }
      heard = true;
      return null;
    } finally {
      if (!heard) {
        // Nobody takes its output any more, for which it would wait for ever.
        killTree(running.toHandle());
      }
    }
  }

  @Override
  public void stop() {
    Process running = begun();
    if (running != null) {
      tree(running).forEach(ProcessHandle::destroy);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  if (!running.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                    kill();
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }
  }

  @Override
  public void kill() {
    Process running = begun();
    if (running != null) {
      killTree(running.toHandle());
    }
  }

  private synchronized Process begun() {
    stopped = true;
    return process;
  }

  private static List<ProcessHandle> tree(Process process) {
    List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
    tree.add(process.toHandle());
    return tree;
  }

  /** Kills a process and everything below it. */
  static void killTree(ProcessHandle root) {
    List<ProcessHandle> below = root.descendants().toList();
    root.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
