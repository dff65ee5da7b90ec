package io.warmfold.flow;

import io.warmfold.job.SageMakerJobs.Which;
import io.warmfold.schedule.Scheduler;
import io.warmfold.schedule.Situation;
import io.warmfold.schedule.Turn;
import io.warmfold.study.FoldOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long a lane without work waits, and whether its instance waits with it.
 *
 * <p>An instance that waits costs as much as one that trains, and one that is given back too early
 * costs a cold start. So it is kept only if the work is expected before {@link #LONGEST_IDLE} is
 * over, and given back at once otherwise. docs/adr/0011-warm-slots.md has the reasons.
 */
final class Patience {

  /** An instance waits no longer than this after its last job. */
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(55);

  private static final Duration LONGEST_NAP = Duration.ofSeconds(60);

  /** Trouble is seldom over sooner. */
  private static final Duration SHORTEST_NAP_AFTER_TROUBLE = Duration.ofSeconds(10);

  /** So long after the end of a fold another lane can know of it. */
  private static final double NEWS = 2;

  /** So much time is worth starting all lanes again for. */
  private static final Duration WORTH_A_CALL = Duration.ofMinutes(15);

  /** Far fewer than the rounds after which {@link Selection} takes lanes for broken. */
  private static final int MOST_CALLS = 10;

  private final Parts parts;
  private final Leaving leaving;

  Patience(Parts parts, Leaving leaving) {
    this.parts = parts;
    this.leaving = leaving;
  }

  /** How long until a lane looks again whether what it waits for has come. */
  Duration nap(Progress progress) {
    return nap(progress, progress.outlook(now()).next());
  }

  private static Duration nap(Progress progress, OptionalDouble expected) {
    if (expected.isEmpty()) {
      return progress.nap();
    }
    var nap = Duration.ofSeconds((long) Math.ceil(expected.getAsDouble() + NEWS));
    return nap.compareTo(LONGEST_NAP) > 0 ? LONGEST_NAP : nap;
  }

  /**
   * How long a lane keeps away from what it has failed with: until the next fold may be over, when
   * the study may be as well and this lane the only one that keeps it waiting.
   */
  Duration afterTrouble(Progress progress) {
    var next = progress.outlook(now()).next();
    var nap = next.isPresent() ? nap(progress, next) : LONGEST_NAP;
    return nap.compareTo(SHORTEST_NAP_AFTER_TROUBLE) < 0 ? SHORTEST_NAP_AFTER_TROUBLE : nap;
  }

  /** Whether the instance of a lane that waits is likely to be used so soon that it is kept. */
  boolean keeps(Progress progress, Turn.Wait wait, Lane.Request request) {
    return lastEnd(progress, request)
            .filter(end -> !now().plus(nap(progress)).isAfter(end.plus(LONGEST_IDLE)))
            .isPresent()
        && (wait.more() >= progress.idleSlots(now())
            || parts.jobs().list(request.study(), Which.WARM).size() <= wait.more());
  }

  private static Optional<Instant> lastEnd(Progress progress, Lane.Request request) {
    return progress.trials().stream()
        .flatMap(trial -> trial.outcomes().values().stream())
        .filter(outcome -> request.lastJob().filter(outcome.job()::equals).isPresent())
        .map(FoldOutcome::endedAt)
        .findFirst();
  }

  /**
   * For how long a lane that has no instance any more leaves its work to those that have one: until
   * the next of them is free, if as many as there are folds to begin are free before a new instance
   * would be there.
   */
  Optional<Duration> leavesToOthers(Progress progress, Situation situation) {
    var outlook = progress.outlook(now());
    int others = outlook.within(progress.coldStart());
    return others > 0 && others >= Scheduler.startable(situation)
        ? Optional.of(nap(progress, outlook.next()))
        : Optional.empty();
  }

  /**
   * Whether the lanes that are left have work for many more, because the race has resumed trials
   * when the others had gone already. They come again once these have left as well.
   */
  boolean callsOthers(Progress progress, Situation situation, Lane.Request request) {
    int busy = progress.slots() - progress.idleSlots(now());
    int slots = Opening.atOnce(progress.document(), progress.slots());
    if (busy >= slots
        || request.turn() == 0
        || request.round() >= MOST_CALLS
        || situation.trials().size() < situation.maxTrials()) {
      return false;
    }
    int lanes = leaving.toCome(request, progress);
    if (lanes >= slots) {
      return false;
    }
    var fold = progress.usualFold();
    // All wait for the fold of the last one to leave, and then for new instances.
    var loss = fold.plus(Duration.ofSeconds((long) progress.coldStart()));
    return Scheduler.backlog(situation)
        .map(backlog -> backlog.gain(lanes, busy, slots, fold).minus(loss))
        .filter(gain -> gain.compareTo(WORTH_A_CALL) >= 0)
        .isPresent();
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
