package io.warmfold.local.simulation;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that answers a line for each line. It and all that it started end with {@link #close},
 * and with this JVM. For one thread.
 */
final class AnsweringProcess implements AutoCloseable {

  private static final int LAST_WORDS = 20;
  private static final int SHORT = 300;

  /** More lines than this that nobody has asked for are not kept: the first of them is an error. */
  private static final int UNASKED = 100;

  /** What a process that ends by itself, at the end of its input, is given for it. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** A line of its standard output, or its end. */
  private record Line(String text) {
    private static final Line END = new Line(null);

    boolean end() {
      return text == null;
    }
  }

  private final String command;
  private final Duration patience;
  private final Process process;
  private final BufferedWriter input;
  private final BlockingQueue<Line> output = new LinkedBlockingQueue<>(UNASKED);
  private final Deque<String> lastWords = new ArrayDeque<>();
  private final Thread errors;
  private final Thread hook;
  private boolean closed;

  private AnsweringProcess(String command, Duration patience, Process process) {
    this.command = command;
    this.patience = patience;
    this.process = process;
    this.input =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    Thread.ofVirtual().start(this::readOutput);
    this.errors = Thread.ofVirtual().start(this::readErrors);
    this.hook = new Thread(this::kill, "end of the objective");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a command through the shell.
   *
   * @param patience how long an answer may take
   */
  static AnsweringProcess start(String command, Duration patience) {
    try {
      return new AnsweringProcess(
          command, patience, new ProcessBuilder("/bin/sh", "-c", command).start());
    } catch (IOException e) {
      throw new ObjectiveException(
          "the objective's command cannot be started: " + command + ": " + e.getMessage());
    }
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.offer(new Line(line));
      }
    } catch (IOException ended) {
      // The end says it.
    } finally {
      output.offer(Line.END);
    }
  }

  private void readErrors() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (lastWords) {
          lastWords.add(shortened(line));
          if (lastWords.size() > LAST_WORDS) {
            lastWords.remove();
          }
        }
      }
    } catch (IOException ended) {
      // What it said is kept.
    }
  }

  /**
   * The answer to a line.
   *
   * @throws ObjectiveException if there is none
   */
  String ask(String question) {
    Line early = output.peek();
    if (early != null && !early.end()) {
      throw problem(
          "wrote a line before it was asked for one: "
              + shortened(early.text())
              + "; expected one line of standard output for each line of standard input, and"
              + " whatever else there is to say on standard error");
    }
    try {
      input.write(question);
      input.newLine();
      input.flush();
    } catch (IOException broken) {
      throw ended(question);
    }
    try {
      Line line = output.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw problem(
            "has not answered "
                + question
                + " for "
                + patience.toSeconds()
                + " s; does it flush its standard output after every line?");
      }
      if (line.end()) {
        throw ended(question);
      }
      return line.text();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw problem("was interrupted at " + question);
    }
  }

  private ObjectiveException ended(String question) {
    String how = "has closed its standard output";
    try {
      if (process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        how = "ended with exit code " + process.exitValue();
      }
      errors.join(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return problem(how + " and has not answered " + question);
  }

  /** A problem of the process, with the last that it wrote to its standard error. */
  ObjectiveException problem(String what) {
    StringBuilder message = new StringBuilder("the objective `" + command + "` ").append(what);
    synchronized (lastWords) {
      if (!lastWords.isEmpty()) {
        message.append(". Its standard error ends with:");
        lastWords.forEach(line -> message.append("\n  ").append(line));
      }
    }
    return new ObjectiveException(message.toString());
  }

  static String shortened(String line) {
    return line.length() <= SHORT ? line : line.substring(0, SHORT) + "…";
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    // Taken before the end of its input, after which its children would be nobody's.
    List<ProcessHandle> below = process.descendants().toList();
    try {
      input.close();
      process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException gone) {
      // It needs no telling.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
    below.forEach(ProcessHandle::destroyForcibly);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook does the same again.
    }
  }

  private void kill() {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
