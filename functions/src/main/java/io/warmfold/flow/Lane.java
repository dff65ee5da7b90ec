package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.Trials;
import io.warmfold.ledger.Trials.Claimed;
import io.warmfold.schedule.Scheduler;
import io.warmfold.schedule.Turn;
import io.warmfold.search.Suggestion;
import io.warmfold.study.FoldClaim;
import io.warmfold.study.Trial;
import io.warmfold.study.TryAgainException;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

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
   */
  public record Request(
      String study,
      String execution,
      int round,
      int lane,
      int turn,
      Optional<Failure> failure,
      Optional<String> lastJob) {

    String claimant() {
      return Trials.claimant(execution, round, lane, turn);
    }

    String claimantBefore() {
      return Trials.claimant(execution, round, lane, turn - 1);
    }
  }

  /** An error as Step Functions tells it. */
  public record Failure(String error, String cause) {}

  /** A claim whose job has no row after this is free again. */
  private static final Duration CLAIM_LEASE = Duration.ofMinutes(10);

  // Each failed try means that another lane got on, so this many in a row are a storm.
  private static final int TRIES = 10;

  private final Parts parts;
  private final Pools pools;
  private final Suggestions suggestions;

  public Lane(Parts parts) {
    this.parts = parts;
    this.pools = new Pools(parts);
    this.suggestions = new Suggestions(parts);
  }

  /**
   * The next turn. Asking again with the same turn gives the same fold.
   *
   * @throws io.warmfold.study.NotOwnerException if the execution may not start jobs any more
   * @throws TryAgainException if other lanes were faster all the time
   */
  public ObjectNode next(Request request) {
    var study = parts.ledger().requireOpen(request.study(), request.execution());
    var document = parts.ledger().document(request.study());
    var nap = request.failure().map(failure -> giveBack(request, failure));
    if (nap.isPresent()) {
      return nap.get();
    }
    var claimed = parts.ledger().trials().claimOf(request.study(), request.claimant());
    if (claimed.isPresent()) {
      return run(request, claimed.get());
    }
    if (request.turn() >= Opening.TURNS) {
      // The lane that takes this one's place will use its pool.
      return JsonNodeFactory.instance.objectNode().put("Action", "Done");
    }
    var moreTrials = true;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      var progress =
          new Progress(
              study, document, parts.ledger().trials().current(request.study(), document.folds()));
      var situation = progress.situation(parts.clock().instant());
      switch (Scheduler.next(moreTrials ? situation : situation.withoutNewTrials())) {
        case Turn.Fold(int trial, int fold) -> {
          if (claim(request, progress.trial(trial).orElseThrow(), fold)) {
            return run(request, new Claimed(trial, fold));
          }
        }
        case Turn.NewTrial next -> {
          switch (suggestions.next(progress, request)) {
            case Suggestions.Answer.New(int number, Suggestion.Candidate candidate) -> {
              if (parts
                  .ledger()
                  .trials()
                  .claimNew(request.study(), trial(request, number, candidate))) {
                return run(request, new Claimed(number, 0));
              }
            }
            case Suggestions.Answer.Later later -> {
              return sleep(later.nap());
            }
            case Suggestions.Answer.Exhausted none -> moreTrials = false;
          }
        }
        case Turn.Wait wait -> {
          pools.release(request.study(), request.lastJob());
          return sleep(progress.nap());
        }
        case Turn.Done done -> {
          pools.release(request.study(), request.lastJob());
          return JsonNodeFactory.instance.objectNode().put("Action", "Done");
        }
      }
    }
    throw new TryAgainException("Other lanes were faster " + TRIES + " times in a row.");
  }

  private Trial trial(Request request, int number, Suggestion.Candidate candidate) {
    var claims = new TreeMap<Integer, FoldClaim>();
    claims.put(0, claim(request));
    return new Trial(
        number,
        new TreeMap<>(candidate.hyperParameters()),
        candidate.origin(),
        parts.clock().instant(),
        claims,
        new TreeMap<>(),
        Optional.empty());
  }

  private FoldClaim claim(Request request) {
    return new FoldClaim(request.claimant(), parts.clock().instant().plus(CLAIM_LEASE));
  }

  private boolean claim(Request request, Trial trial, int fold) {
    return parts
        .ledger()
        .trials()
        .claim(
            request.study(),
            trial.number(),
            fold,
            claim(request),
            Optional.ofNullable(trial.claims().get(fold)));
  }

  /** Frees the fold of the turn before, and says how long the lane stays away from trouble. */
  private ObjectNode giveBack(Request request, Failure failure) {
    parts.ledger().trials().giveBack(request.study(), request.claimantBefore());
    var document = parts.ledger().document(request.study());
    var progress =
        new Progress(
            parts.ledger().requireOpen(request.study(), request.execution()),
            document,
            parts.ledger().trials().current(request.study(), document.folds()));
    var idle = Duration.between(progress.lastSign(), parts.clock().instant());
    if (lasting(failure.error()) || idle.compareTo(Timeouts.stalled(document)) > 0) {
      parts.ledger().fatal(request.study(), failure.error() + ": " + failure.cause());
    }
    parts
        .log()
        .with("study", request.study())
        .warn("lane " + request.lane() + " gave its fold back: " + failure.error());
    pools.release(request.study(), request.lastJob());
    return sleep(Duration.ofSeconds(60));
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

  private static ObjectNode sleep(Duration nap) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Action", "Wait")
        .put("Seconds", nap.toSeconds());
  }
}
