package io.warmfold.local.sagemaker;

import io.warmfold.local.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A runner of modelled jobs: ten seconds to start, one to download, as long as the test says to
 * train, one to upload; a warm start takes one second.
 */
final class ScriptedRunner implements JobRunner {

  private final Timeline timeline;
  final List<Machine> machines = new ArrayList<>();
  final Map<String, Machine> ranOn = new HashMap<>();
  Duration training = Duration.ofSeconds(30);
  Optional<String> failure = Optional.empty();
  Map<String, Float> metrics = Map.of("validation:rmse", 0.25f);

  ScriptedRunner(Timeline timeline) {
    this.timeline = timeline;
  }

  /** An instance that only exists. */
  static final class Machine implements Instances {
    private boolean alive = true;

    @Override
    public boolean alive() {
      return alive;
    }

    @Override
    public void release() {
      alive = false;
    }
  }

  private final class Modelled implements Run {
    private final Machine machine;
    private final Progress progress;
    private final List<Timeline.Scheduled> ahead = new ArrayList<>();
    private boolean over;

    Modelled(Machine machine, Progress progress) {
      this.machine = machine;
      this.progress = progress;
    }

    void at(Duration delay, Runnable action) {
      ahead.add(timeline.after(delay, action));
    }

    void end(Optional<String> why) {
      over = true;
      progress.ended(
          new Ended(
              why,
              Optional.empty(),
              why.isPresent() ? Map.of() : metrics,
              why.filter(w -> w.startsWith("Internal")).isPresent()
                  ? Optional.empty()
                  : Optional.of(machine)));
    }

    @Override
    public void stop() {
      if (!over) {
        ahead.forEach(Timeline.Scheduled::cancel);
        at(Duration.ofSeconds(2), () -> end(Optional.empty()));
      }
    }
  }

  @Override
  public Run start(Job job, Optional<Instances> warm, Progress progress) {
    Machine machine = (Machine) warm.orElseGet(this::launch);
    ranOn.put(job.name(), machine);
    Modelled run = new Modelled(machine, progress);
    Optional<String> why = failure;
    Duration at = Duration.ofSeconds(warm.isPresent() ? 1 : 10);
    run.at(at, () -> progress.phase("Downloading"));
    Duration begun = at.plusSeconds(1);
    run.at(begun, () -> progress.phase("Training"));
    Duration done = begun.plus(training);
    run.at(done, () -> progress.phase("Uploading"));
    run.at(done.plusSeconds(1), () -> run.end(why));
    return run;
  }

  private Machine launch() {
    Machine machine = new Machine();
    machines.add(machine);
    return machine;
  }

  long alive() {
    return machines.stream().filter(Machine::alive).count();
  }
}
