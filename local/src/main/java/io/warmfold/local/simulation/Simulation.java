package io.warmfold.local.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.MemoryTable;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.ledger.Table;
import io.warmfold.local.Parts;
import io.warmfold.local.VirtualTimeline;
import io.warmfold.local.cloud.CloudOptions;
import io.warmfold.local.cloud.LocalCloud;
import io.warmfold.local.cloud.Persistence;
import io.warmfold.local.cloud.Stack;
import io.warmfold.local.cloud.Witnesses;
import io.warmfold.local.engine.ExecutionListener;
import io.warmfold.local.engine.ExecutionStatus;
import io.warmfold.local.engine.ExecutionView;
import io.warmfold.local.sagemaker.SageMakerSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A study on the virtual clock: the real template, state machine and functions against a model of
 * SageMaker. For one thread, which lends itself to the clock in {@link #run}.
 */
public final class Simulation implements AutoCloseable {

  /** When every simulated study begins. */
  public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static final String ACCOUNT = "123456789012";
  private static final String REGION = "us-east-1";

  /** A sweep makes good what no event told; a second one finds nothing left to do. */
  private static final int SWEEPS_TO_CLEAR_UP = 3;

  /** Later than this a sweep looks at a job of its own accord. */
  private static final Duration FRESH = Duration.ofMinutes(2);

  private static final Set<String> ENDS = Set.of("Completed", "Failed", "Stopped");

  private final Setup setup;
  private final Parts parts = new Parts();
  private final VirtualTimeline timeline = parts.add(new VirtualTimeline(BEGIN));
  private final SplittableRandom faults;
  private final Meter meter = new Meter();
  private final Watch watch;
  private final Tally tally = new Tally();
  private final Optional<Table> memory;
  private final LocalCloud cloud;
  private SimulatedRunner runner;
  private Optional<ExecutionView> ended = Optional.empty();
  private String execution = "";

  /**
   * Opens the cloud that a study is simulated in, in an account without limits.
   *
   * @throws io.warmfold.local.cloud.WorkFolderInUseException if another process works in the folder
   */
  public static Simulation open(Setup setup) throws IOException {
    return open(setup, UnaryOperator.identity());
  }

  /**
   * The same in an account with quotas or laws of its own.
   *
   * @param account makes the account's settings of those without limits
   */
  static Simulation open(Setup setup, UnaryOperator<SageMakerSettings> account) throws IOException {
    return new Simulation(setup, account);
  }

  private Simulation(Setup setup, UnaryOperator<SageMakerSettings> account) throws IOException {
    this.setup = setup;
    SplittableRandom random = new SplittableRandom(setup.conditions().seed());
    this.faults = random.split();
    this.memory = setup.dynamoDb() ? Optional.empty() : Optional.of(new MemoryTable());
    CloudOptions asOnAws = CloudOptions.of(random.split());
    CloudOptions options =
        asOnAws
            .with(
                memory
                    .<Persistence>map(Persistence.InTable::new)
                    .orElseGet(Persistence.Nothing::new))
            .with(asOnAws.delivery().withDelays(this::deliveries))
            .with(new Witnesses(setup.recording(), tally, setup.troubles()))
            .with(setup.calls());
    SageMakerSettings settings = account.apply(settings(random.split()));
    this.watch =
        new Watch(
            slots(settings),
            setup.conditions().eventDelay(),
            settings.poolDelay().toMillis() / 1000.0);
    this.cloud =
        LocalCloud.open(
            setup.work(),
            timeline,
            setup.template(),
            options,
            settings,
            (time, objects, work) -> {
              runner =
                  new SimulatedRunner(
                      time,
                      objects,
                      new SimulatedRunner.Model(
                          setup.conditions(),
                          setup.objective(),
                          setup.document().objective().metricName(),
                          this::prefix),
                      watch,
                      meter);
              return runner;
            });
    parts.add(cloud);
    try {
      MadeUpData.forget(cloud.objects());
      if (setup.examples().isPresent()) {
        cloud.seedExamples(setup.examples().get());
      }
      cloud.stepFunctions().listen(new Listener());
    } catch (IOException | RuntimeException e) {
      parts.closeAfter(e);
      throw e;
    }
  }

  /** How many training jobs may run at once: as many as were asked for and the quota allows. */
  private int slots(SageMakerSettings settings) {
    int each = setup.document().training().resourceConfig().instanceCount();
    return Math.min(setup.document().slots(), settings.jobInstances() / each);
  }

  private SageMakerSettings settings(SplittableRandom random) {
    return SageMakerSettings.unlimited(ACCOUNT, REGION, random)
        .throttled(Map.of("CreateTrainingJob", setup.conditions().createRate()));
  }

  private String prefix() {
    return cloud.stack().functions().values().iterator().next().environment().get("NAME_PREFIX");
  }

  /** Events of jobs come late or never; those of executions are none of the conditions' concern. */
  private List<Duration> deliveries(ObjectNode event) {
    tally.event();
    if (!event.path("source").asText().equals("aws.sagemaker")) {
      return List.of(Duration.ZERO);
    }
    if (setup.conditions().eventLoss() > 0
        && faults.nextDouble() < setup.conditions().eventLoss()) {
      tally.lostEvent();
      if (ENDS.contains(event.at("/detail/TrainingJobStatus").asText())) {
        watch.unheard(
            event.at("/detail/TrainingJobName").asText(), sweeps().plus(FRESH).toMillis() / 1000.0);
      }
      return List.of();
    }
    return List.of(Duration.ofMillis(Math.round(setup.conditions().eventDelay() * 1000)));
  }

  private final class Listener implements ExecutionListener {
    @Override
    public void ended(ExecutionView view) {
      tally.ended(view);
      watch.history(now(), view.name(), view.events());
      if (view.arn().equals(execution)) {
        ended = Optional.of(view);
      }
    }
  }

  private double now() {
    return seconds(timeline.instant());
  }

  private static double seconds(Instant instant) {
    return Duration.between(BEGIN, instant).toMillis() / 1000.0;
  }

  /** The cloud, for uploads and for whoever wants to look. */
  public LocalCloud cloud() {
    return cloud;
  }

  /** The clock. */
  public VirtualTimeline timeline() {
    return timeline;
  }

  /** The ledger's table, when it is in memory. */
  public Optional<Table> table() {
    return memory;
  }

  /**
   * Says which execution is the study's, which has just been started.
   *
   * @param arn of the execution
   */
  public void follow(String arn) {
    execution = arn;
  }

  /** Puts made-up rows wherever the document expects data and there are none. */
  public void fillInData() throws IOException {
    for (String bucket : MadeUpData.fill(setup.document(), cloud.objects())) {
      cloud.mayRead(bucket);
    }
  }

  /**
   * Lets time go by until the study is over or somebody wants a pause.
   *
   * @return whether the study is over
   */
  public boolean run(BooleanSupplier pause) {
    return timeline.runUntil(() -> ended.isPresent() || pause.getAsBoolean()) && ended.isPresent();
  }

  /**
   * Lets time go by until a study that is over has cleared up, and looks at what it left.
   *
   * @throws java.util.NoSuchElementException if the study is not over
   */
  public void clearUp() {
    ExecutionView view = ended.orElseThrow();
    if (view.status() != ExecutionStatus.SUCCEEDED) {
      timeline.runFor(timeToClearUp());
    }
    watch.over(now());
  }

  /**
   * Lets time go by until a study that was stopped has cleared up, and looks at what it left; or
   * until somebody is in a hurry.
   */
  public void clearUpUnless(BooleanSupplier hurry) {
    Instant end = timeline.instant().plus(timeToClearUp());
    timeline.runUntil(() -> hurry.getAsBoolean() || !timeline.instant().isBefore(end));
    if (!timeline.instant().isBefore(end)) {
      watch.over(now());
    }
  }

  private Duration timeToClearUp() {
    return sweeps().multipliedBy(SWEEPS_TO_CLEAR_UP);
  }

  private Duration sweeps() {
    return cloud.stack().schedules().stream()
        .map(Stack.Schedule::every)
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** What the simulation came to. */
  public Figures figures() {
    double end = ended.flatMap(ExecutionView::stop).map(Simulation::seconds).orElse(now());
    return new Figures(
        end,
        watch.lastFold(),
        meter.at(now()),
        watch.peak(),
        watch.coldStarts(),
        watch.warmStarts(),
        tally.calls(),
        tally.transitions(),
        tally.events(),
        tally.lostEvents(),
        tally.longestHistory(),
        watch.breaches());
  }

  /** The incumbents of the study, in the order of time. */
  public List<Incumbent> trajectory(StudySnapshot snapshot) {
    return Incumbent.of(snapshot, BEGIN, meter);
  }

  @Override
  public void close() throws IOException {
    parts.close();
  }
}
