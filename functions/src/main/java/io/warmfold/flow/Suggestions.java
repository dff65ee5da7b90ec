package io.warmfold.flow;

import io.warmfold.ledger.Stock;
import io.warmfold.search.Completion;
import io.warmfold.search.History;
import io.warmfold.search.Suggestion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Gives lanes what is to become of new trials.
 *
 * <p>With several slots the model is not computed by every lane that asks, but by one that fills a
 * stock for all of them; the others take from it. How much is in stock, and when it is stale, is in
 * docs/adr/0013. A study of one slot has no stock: each of its trials is suggested from everything
 * that came before.
 */
final class Suggestions {

  /** What a lane is given. */
  sealed interface Answer {

    /** A combination, and the number of the trial that it may become. */
    record New(int trial, Suggestion.Candidate candidate) implements Answer {}

    /** Another lane is just finding out: ask again after a while. */
    record Later(Duration nap) implements Answer {}

    /** The space has nothing more to suggest. */
    record Exhausted() implements Answer {}
  }

  /** A stock holds suggestions ahead of need for this share of the slots. */
  private static final int AHEAD = 8;

  /** So many suggestions of a model are in one filling at most, which bounds the time it takes. */
  private static final int MOST_OF_MODEL = 32;

  /** The same, times the slots: a suggestion takes the longer the more trials are in flight. */
  private static final int MOST_OF_MODEL_BY_SLOTS = 16_000;

  /** An item of the table ends at 400 KB, of which an entry's names are the larger part. */
  private static final int MOST_BYTES = 200_000;

  /** Longer than the function may run: whoever has not filled by then has died. */
  private static final Duration LEASE = Duration.ofSeconds(90);

  /** An expected improvement that is less than this share of the standard error is none. */
  private static final double TOLERANCE = 0.1;

  /** So many fillings in a row without an expected improvement end the study. */
  private static final int CALM = 3;

  private final Parts parts;

  Suggestions(Parts parts) {
    this.parts = parts;
  }

  /**
   * What a lane's new trial may be.
   *
   * @param lost how many claims in a row the lane has just lost to faster ones
   */
  Answer next(Progress progress, Lane.Request request, int lost) {
    var document = progress.document();
    if (progress.slots() == 1 && !document.endsOnConvergence()) {
      var one = progress.suggestions(1, parents(request)).candidates();
      return one.isEmpty()
          ? new Answer.Exhausted()
          : new Answer.New(progress.freeNumbers(1).getFirst(), one.getFirst());
    }
    var now = parts.clock().instant();
    var stock = parts.ledger().stocks().find(request.study());
    var free = free(stock, progress);
    var otherFills =
        stock.beingFilled(now) && !stock.filler().orElseThrow().equals(request.claimant());
    if (!free.isEmpty() && (fresh(stock, progress) || otherFills)) {
      return take(stock, free, request, lost);
    }
    if (free.isEmpty() && stock.exhausted()) {
      return new Answer.Exhausted();
    }
    if (otherFills
        || !parts
            .ledger()
            .stocks()
            .lease(request.study(), stock, request.claimant(), now.plus(LEASE))) {
      return later(request);
    }
    var filled = fill(stock, free, progress, request);
    if (!parts.ledger().stocks().fill(request.study(), request.claimant(), filled)) {
      return later(request);
    }
    if (filled.calm() >= CALM) {
      return new Answer.Exhausted();
    }
    return filled.entries().isEmpty()
        ? new Answer.Exhausted()
        : take(filled, List.copyOf(filled.entries().keySet()), request, lost);
  }

  /** The suggestions of a stock whose trials have not begun. */
  private static List<Integer> free(Stock stock, Progress progress) {
    return stock.entries().keySet().stream()
        .filter(trial -> progress.trial(trial).isEmpty())
        .toList();
  }

  /** Whether no more has been learnt since than when the last of them would be suggested anyway. */
  private static boolean fresh(Stock stock, Progress progress) {
    return progress.ended() - stock.seen() <= ahead(progress);
  }

  private static int ahead(Progress progress) {
    return Math.max(1, progress.slots() / AHEAD);
  }

  /**
   * Neighbouring lanes take different ones, so that those who ask at once do not collide, and lanes
   * that come one after the other take them in order. Who has lost a claim takes any: losers that
   * all went on to the next free one would lose against each other once more for each that is left.
   */
  private static Answer take(Stock stock, List<Integer> free, Lane.Request request, int lost) {
    var trial = lost > 0 ? any(free, request, lost) : own(stock, free, request);
    var entry = stock.entries().get(trial);
    return new Answer.New(trial, new Suggestion.Candidate(entry.hyperParameters(), entry.origin()));
  }

  private static int any(List<Integer> free, Lane.Request request, int lost) {
    var random = new SplittableRandom(Objects.hash(request.lane(), lost));
    return free.get(random.nextInt(free.size()));
  }

  private static int own(Stock stock, List<Integer> free, Lane.Request request) {
    var all = List.copyOf(stock.entries().keySet());
    var place = Math.floorMod(request.lane(), all.size());
    return free.stream()
        .filter(number -> number >= all.get(place))
        .findFirst()
        .orElseGet(free::getFirst);
  }

  private Stock fill(Stock old, List<Integer> left, Progress progress, Lane.Request request) {
    var wanted = Math.max(progress.idleSlots(parts.clock().instant()), ahead(progress));
    if (progress.learnt()) {
      wanted = Math.min(wanted, Math.min(MOST_OF_MODEL, MOST_OF_MODEL_BY_SLOTS / progress.slots()));
    }
    wanted = progress.freeNumbers(wanted).size();
    var batch = progress.suggestions(wanted, parents(request));
    var candidates = batch.candidates();
    // What was in stock before keeps its number: a lane may be taking it at this moment, and under
    // two numbers it would become two trials.
    var before = new HashMap<Map<String, String>, Integer>();
    left.forEach(number -> before.put(old.entries().get(number).hyperParameters(), number));
    var numbers = new ArrayDeque<>(progress.freeNumbers(wanted + left.size()));
    candidates.forEach(candidate -> numbers.remove(before.get(candidate.hyperParameters())));
    var entries = new TreeMap<Integer, Stock.Entry>();
    var bytes = 0;
    for (var candidate : candidates) {
      bytes += candidate.hyperParameters().toString().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES && !entries.isEmpty()) {
        break;
      }
      var number = before.get(candidate.hyperParameters());
      entries.put(
          number == null ? numbers.remove() : number,
          new Stock.Entry(new TreeMap<>(candidate.hyperParameters()), candidate.origin()));
    }
    parts
        .log()
        .with("study", progress.study().key())
        .info(entries.size() + " suggestions from " + progress.ended() + " trials");
    var filled =
        old.filled(
            entries,
            progress.ended(),
            candidates.size() < wanted,
            !progress.document().endsOnConvergence() || improving(progress, batch.gain()));
    if (filled.calm() >= CALM) {
      parts.ledger().studies().converged(request.study(), convergence(progress, batch.gain()));
    }
    return filled;
  }

  private List<History.Parent> parents(Lane.Request request) {
    return parts.ledger().parents().of(request.study());
  }

  private static boolean improving(Progress progress, OptionalDouble gain) {
    return !Completion.converged(history(progress), gain, TOLERANCE);
  }

  private static History history(Progress progress) {
    return Spaces.history(progress.document(), progress.trials(), List.of());
  }

  private static String convergence(Progress progress, OptionalDouble gain) {
    return "After "
        + progress.ended()
        + " trials the next one was expected to improve the best CV score by "
        + gain.orElseThrow()
        + ", less than "
        + TOLERANCE
        + " of the standard error of a CV score, "
        + Completion.standardError(history(progress)).orElseThrow()
        + ", for the "
        + CALM
        + "rd time in a row.";
  }

  /** Not all at once. */
  private static Answer later(Lane.Request request) {
    return new Answer.Later(Duration.ofSeconds(1 + Math.floorMod(request.lane(), 3)));
  }
}
