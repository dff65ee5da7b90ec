package io.warmfold.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where commands are typed, on a cloud that does nothing; for one test. */
final class Terminal {

  final FakeCloud cloud = new FakeCloud();
  final List<Integer> halts = new ArrayList<>();
  final Interrupts interrupts = new Interrupts(Duration.ZERO, halts::add);
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  final String rows;
  final String work;
  private final Path folder;
  Cloud.Opener opener = options -> cloud;
  Instant now = Snapshots.BEGUN;

  /**
   * @param folder of which {@code work} is the work folder and {@code rows} an upload
   */
  Terminal(Path folder) throws IOException {
    this.folder = folder;
    rows = Files.writeString(folder.resolve("rows.csv"), "y,a\n1,2\n") + "=s3://my-data/rows.csv";
    work = folder.resolve("work").toString();
  }

  /** Types a command and answers its exit code. */
  int warmfold(String... arguments) {
    Console console =
        new Console(new PrintWriter(out), new PrintWriter(err), false, false, () -> 80);
    return Main.run(
        new Tools(console, opener, new Home(folder), interrupts, Duration.ZERO, this::tick),
        arguments);
  }

  /** The time goes on by a second whenever somebody looks. */
  private Instant tick() {
    now = now.plusSeconds(1);
    return now;
  }

  /** Runs the study of the snapshots with the rows that it wants. */
  int run(String... more) {
    String[] arguments = new String[6 + more.length];
    String[] first = {"run", Snapshots.DOCUMENT.toString(), "--work", work, "--upload", rows};
    System.arraycopy(first, 0, arguments, 0, 6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return warmfold(arguments);
  }
}
