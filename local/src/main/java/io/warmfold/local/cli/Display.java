package io.warmfold.local.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** Shows how a study gets on. For one thread. */
sealed interface Display {

  /** Shows the study as it is now. */
  void show(Progress progress);

  /** Says something between. */
  void say(String line);

  /** Leaves the terminal as it should be. */
  void end();

  /** The display that a console can show. */
  static Display on(Console console) {
    return console.live() ? new Live(console) : new Plain(console.err());
  }

  /** A line for whatever is worth one. */
  final class Plain implements Display {

    private final PrintWriter err;
    private Optional<Progress> last = Optional.empty();

    Plain(PrintWriter err) {
      this.err = err;
    }

    @Override
    public void show(Progress progress) {
      PlainLines.between(last, progress).forEach(err::println);
      err.flush();
      last = Optional.of(progress);
    }

    @Override
    public void say(String line) {
      err.println(line);
      err.flush();
    }

    @Override
    public void end() {
      err.flush();
    }
  }

  /** A block that is drawn over and over in place. */
  final class Live implements Display {

    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final Console console;
    private SlotBoard board = SlotBoard.EMPTY;
    private int height;

    Live(Console console) {
      this.console = console;
    }

    @Override
    public void show(Progress progress) {
      board = board.with(progress.running(), Math.min(progress.slots(), 100));
      draw(LiveFrame.lines(progress, board, console.width().getAsInt(), console.color()));
    }

    // One write for a whole frame, each line overwritten before its rest is cleared: no flicker.
    private void draw(List<String> lines) {
      StringBuilder frame = new StringBuilder(up());
      lines.forEach(line -> frame.append(line).append(CLEAR_TO_END_OF_LINE).append('\n'));
      frame.append(CLEAR_BELOW);
      height = lines.size();
      console.err().print(frame);
      console.err().flush();
    }

    private String up() {
      return height == 0 ? "" : "\r\u001b[" + height + "A";
    }

    @Override
    public void say(String line) {
      console.err().print(up() + CLEAR_BELOW + line + "\n");
      console.err().flush();
      height = 0;
    }

    @Override
    public void end() {
      height = 0;
      console.err().flush();
    }
  }
}
