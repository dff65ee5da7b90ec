package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobDescription;
import io.warmfold.ledger.Trials;
import io.warmfold.ledger.Trials.Claimed;
import io.warmfold.schedule.Scheduler;
import io.warmfold.schedule.Turn;
import io.warmfold.search.Suggestion;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.Trial;
import io.warmfold.study.TryAgainException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gives a slot its next turn. */
public final class Lane {

  /**
   * Who asks.
   *
   * @param execution the ARN of the study's execution
   * @param round how often lanes have been started before
   * @param lane the number of the Map's item
   * @param turn from 0
   * @param failure what the turn before failed with
   * @param lastJob the fold job that the lane ran last
   * @param lastPool what is known of the pool that it left
   */
  public record Request(
      String study,
      String execution,
      int round,
      int lane,
      int turn,
      Optional<Failure> failure,
      Optional<String> lastJob,
      LastPool lastPool) {

    /** A request that says nothing of the pool, as running executions of an older release make. */
    public Request(
        String study,
        String execution,
        int round,
        int lane,
        int turn,
        Optional<Failure> failure,
        Optional<String> lastJob) {
      this(study, execution, round, lane, turn, failure, lastJob, LastPool.UNKNOWN);
    }

    String claimant() {
      return Trials.claimant(execution, round, lane, turn);
    }

    String claimantBefore() {
      return Trials.claimant(execution, round, lane, turn - 1);
    }
  }

  /** An error as Step Functions tells it. */
  public record Failure(String error, String cause) {}

  // Each failed try means that another lane got on, so this many in a row are a storm.
  private static final int TRIES = 10;

  private final Parts parts;
  private final Claims claims;
  private final Pools pools;
  private final Suggestions suggestions;
  private final Patience patience;
  private final Leaving leaving;

  public Lane(Parts parts) {
    this.parts = parts;
    this.claims = new Claims(parts);
    this.pools = new Pools(parts);
    this.suggestions = new Suggestions(parts);
    this.leaving = new Leaving(parts, pools);
    this.patience = new Patience(parts, leaving);
  }

  /**
   * The next turn. Asking again with the same turn gives the same fold.
   *
   * <p>Nothing is decided before the pool of the lane's last job can be used or is known not to
   * come: a job that starts earlier opens a pool beside it, and a pool that is not there yet cannot
   * be given back.
   *
   * @throws io.warmfold.study.NotOwnerException if the execution may not start jobs any more
   * @throws TryAgainException if other lanes were faster all the time
   */
  public ObjectNode next(Request request) {
    var facts = parts.ledger().turn(request.study(), request.execution(), request.claimant());
    var study = facts.study();
    var document = parts.ledger().document(request.study());
    var nap = request.failure().map(failure -> giveBack(request, failure));
    if (nap.isPresent()) {
      return nap.get();
    }
    if (facts.claimed().isPresent()
        && claims.paid(request, study, document, facts.claimed().get().trial())) {
      return run(request, facts.claimed().get());
    }
    if (study.keepsWarm()
        && request.lastJob().isPresent()
        && request.lastPool() == LastPool.COMING) {
      return sleep(LastPool.pause(Duration.ZERO), LastPool.UNKNOWN);
    }
    var last = study.keepsWarm() ? lastJob(request) : Optional.<JobDescription>empty();
    var pool =
        study.keepsWarm()
            ? last.map(job -> LastPool.of(job, now())).orElse(request.lastPool())
            : LastPool.GONE;
    if (pool == LastPool.COMING) {
      var ended = last.flatMap(JobDescription::ended).orElse(now());
      return sleep(LastPool.pause(Duration.between(ended, now())), LastPool.UNKNOWN);
    }
    var moreTrials = true;
    int lost = 0;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      var progress =
          new Progress(
              study, document, parts.ledger().trials().current(request.study(), document.folds()));
      var all = progress.situation(now());
      var situation = moreTrials ? all : all.withoutNewTrials();
      switch (Scheduler.next(situation)) {
        case Turn.Fold fold when request.turn() >= Opening.TURNS -> {
          return leaving.atLastTurn(request);
        }
        case Turn.NewTrial trial when request.turn() >= Opening.TURNS -> {
          return leaving.atLastTurn(request);
        }
        case Turn.Fold fold when patience.callsOthers(progress, situation, request) -> {
          return leaving.callOthers(request, progress, pool);
        }
        case Turn.Fold(int trial, int fold) -> {
          if (request.lastJob().isPresent() && study.keepsWarm() && pool == LastPool.GONE) {
            var left = patience.leavesToOthers(progress, situation);
            if (left.isPresent()) {
              return sleep(left.get(), pool);
            }
          }
          if (claims.fold(request, progress.trial(trial).orElseThrow(), fold)
              && claims.paid(request, study, document, trial)) {
            return run(request, new Claimed(trial, fold));
          }
        }
        case Turn.NewTrial next -> {
          switch (suggestions.next(progress, request, lost)) {
            case Suggestions.Answer.New(int number, Suggestion.Candidate candidate) -> {
              if (claims.newTrial(request, number, candidate)
                  && claims.paid(request, study, document, number)) {
                return run(request, new Claimed(number, 0));
              }
              lost++;
            }
            case Suggestions.Answer.Later later -> {
              return sleep(later.nap(), pool == LastPool.AVAILABLE ? LastPool.KEPT : pool);
            }
            case Suggestions.Answer.Exhausted none -> moreTrials = false;
          }
        }
        case Turn.Decide(var decisions) ->
            decisions.forEach(
                (trial, decision) ->
                    decide(request, progress.trial(trial).orElseThrow(), decision));
        case Turn.Wait wait -> {
          var pause = patience.nap(progress);
          if ((pool == LastPool.AVAILABLE || pool == LastPool.KEPT)
              && patience.keeps(progress, wait, request)) {
            return sleep(pause, LastPool.KEPT);
          }
          pools.release(request.study(), request.lastJob(), pool);
          return sleep(pause, LastPool.GONE);
        }
        case Turn.Done done -> {
          return leaving.withoutWork(request, progress, pool);
        }
      }
    }
    throw new TryAgainException("Other lanes were faster " + TRIES + " times in a row.");
  }

  /** What SageMaker says of the lane's last job, if it is not known what became of its pool. */
  private Optional<JobDescription> lastJob(Request request) {
    return request.lastPool() == LastPool.UNKNOWN
        ? request.lastJob().flatMap(pools::look)
        : Optional.empty();
  }

  private Instant now() {
    return parts.clock().instant();
  }

  /** Whoever is faster writes the same numbers or better ones. */
  private void decide(Request request, Trial trial, RaceDecision decision) {
    if (parts.ledger().trials().decide(request.study(), trial, decision)) {
      parts
          .log()
          .with("study", request.study())
          .with("trial", trial.number())
          .info("race: " + decision.explanation());
    }
  }

  /** Frees the fold of the turn before, and ends the lane or keeps it away from trouble. */
  private ObjectNode giveBack(Request request, Failure failure) {
    parts.ledger().trials().giveBack(request.study(), request.claimantBefore());
    var document = parts.ledger().document(request.study());
    var progress =
        new Progress(
            parts.ledger().requireOpen(request.study(), request.execution()),
            document,
            parts.ledger().trials().current(request.study(), document.folds()));
    var idle = Duration.between(progress.lastSign(), parts.clock().instant());
    var fatal = lasting(failure.error()) || idle.compareTo(Timeouts.stalled(document)) > 0;
    if (fatal) {
      parts.ledger().studies().fatal(request.study(), failure.error() + ": " + failure.cause());
    }
    parts
        .log()
        .with("study", request.study())
        .warn("lane " + request.lane() + " gave its fold back: " + failure.error());
    if (!fatal && progress.over(now())) {
      return leaving.withoutWork(request, progress, LastPool.UNKNOWN);
    }
    pools.release(request.study(), request.lastJob());
    // Once nothing is started any more, there is nothing to wait for.
    return fatal ? Leaving.done() : sleep(patience.afterTrouble(progress), LastPool.GONE);
  }

  /** Whether no wait would make the error go away. */
  private static boolean lasting(String error) {
    return error.endsWith(".FixInputException")
        || error.endsWith(".GiveUpException")
        || error.equals("States.Runtime")
        || error.equals("States.QueryEvaluationError");
  }

  private ObjectNode run(Request request, Claimed claimed) {
    parts
        .log()
        .with("study", request.study())
        .with("trial", claimed.trial())
        .with("fold", claimed.fold())
        .info("claimed by " + request.claimant());
    return JsonNodeFactory.instance
        .objectNode()
        .put("Action", "Run")
        .put("Trial", claimed.trial())
        .put("Fold", claimed.fold());
  }

  private static ObjectNode sleep(Duration nap, LastPool pool) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Action", "Wait")
        .put("Seconds", nap.toSeconds())
        .put("Pool", pool.label());
  }
}
