package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.schedule.Scheduler;
import io.warmfold.schedule.Turn;
import io.warmfold.study.GiveUpException;
import java.time.Instant;
import java.util.List;

/** Selects the best trial, when the ledger says that tuning is over. */
public final class Selection {

  // Lanes that were started this often without finishing the study will not.
  private static final int MAX_ROUNDS = 50;

  private final Parts parts;
  private final Pools pools;

  public Selection(Parts parts) {
    this.parts = parts;
    this.pools = new Pools(parts);
  }

  /**
   * Selects, or asks for another round of lanes if there is work left.
   *
   * @param round how often lanes have been started before this round
   * @throws GiveUpException if no trial has all its folds, or too many have failed
   * @throws io.warmfold.study.NotOwnerException if the study is not this execution's
   */
  public ObjectNode select(String study, String execution, int round) {
    var row = parts.ledger().requireOpen(study, execution);
    var document = parts.ledger().document(study);
    var progress =
        new Progress(row, document, parts.ledger().trials().current(study, document.folds()));
    progress
        .hopeless()
        .ifPresent(
            reason -> {
              throw new GiveUpException(reason);
            });
    if (unfinished(progress)) {
      if (round >= MAX_ROUNDS) {
        throw new GiveUpException("The lanes broke down " + MAX_ROUNDS + " times.");
      }
      parts.log().with("study", study).warn("lanes ended with work left, starting them again");
      return JsonNodeFactory.instance.objectNode().put("Next", "Tune");
    }
    var now = parts.clock().instant();
    var best = progress.best().orElseThrow(() -> new GiveUpException(withoutBest(progress, now)));
    var endedBy = progress.endedBy(now);
    parts.ledger().studies().select(study, best.number(), endedBy);
    // The final training asks for the same instances as the folds, so it can use one pool.
    pools.releaseAll(study, 1);
    parts
        .log()
        .with("study", study)
        .with("trial", best.number())
        .info("selected, tuning ended by " + endedBy);
    return JsonNodeFactory.instance.objectNode().put("Next", "Train").put("Trial", best.number());
  }

  private static String withoutBest(Progress progress, Instant now) {
    var sentence =
        "No trial has all its " + progress.document().folds() + " folds, so there is no best one";
    return progress.moneyIsSpent(now)
        ? sentence
            + ": MaxCost does not pay for another trial and the final training after it, as far as"
            + " the folds so far tell."
        : sentence + ".";
  }

  private boolean unfinished(Progress progress) {
    var situation = progress.situation(parts.clock().instant());
    return switch (Scheduler.next(situation)) {
      case Turn.Done done -> false;
      case Turn.Fold fold -> true;
      case Turn.Wait wait -> true;
      case Turn.Decide decide -> true;
      case Turn.NewTrial trial ->
          !(Scheduler.next(situation.withoutNewTrials()) instanceof Turn.Done)
              || !progress.suggestions(1, List.of()).candidates().isEmpty();
    };
  }
}
