package io.warmfold.flow;

import io.warmfold.ledger.StudyRow;
import io.warmfold.schedule.Scheduler;
import io.warmfold.search.Suggestion;
import io.warmfold.study.FoldClaim;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.util.Optional;
import java.util.TreeMap;

/** Claims folds for lanes, so that no two run the same one. */
final class Claims {

  private final Parts parts;

  Claims(Parts parts) {
    this.parts = parts;
  }

  /**
   * Begins a trial with a claim on its first fold.
   *
   * @return false if another lane was faster to take the number
   */
  boolean newTrial(Lane.Request request, int number, Suggestion.Candidate candidate) {
    var claims = new TreeMap<Integer, FoldClaim>();
    claims.put(0, claim(request));
    return parts
        .ledger()
        .trials()
        .claimNew(
            request.study(),
            new Trial(
                number,
                new TreeMap<>(candidate.hyperParameters()),
                candidate.origin(),
                parts.clock().instant(),
                claims,
                new TreeMap<>(),
                Optional.empty()));
  }

  /**
   * Claims a further fold of a trial.
   *
   * @return false if another lane was faster
   */
  boolean fold(Lane.Request request, Trial trial, int fold) {
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

  /**
   * Whether the money pays for the trial of a claim that was just made beside what others have
   * claimed, as lanes that choose in the same moment do not see each other's claims. A claim that
   * is not paid for is undone.
   *
   * <p>Every claim that is seen counts, earlier or not: of two lanes at least the one that writes
   * last sees the other. Should both see each other, both give their claims back, and then choose
   * the same fold, which one of them gets.
   *
   * @param trial whose fold was claimed
   */
  boolean paid(Lane.Request request, StudyRow study, StudyDocument document, int trial) {
    if (document.tuning().resourceLimits().maxCost() == null) {
      return true;
    }
    var others =
        parts.ledger().trials().current(request.study(), document.folds()).stream()
            .map(one -> one.withClaims(claim -> !claim.claimant().equals(request.claimant())))
            .toList();
    var situation = new Progress(study, document, others).situation(parts.clock().instant());
    var paid = Scheduler.affords(situation, trial);
    if (!paid) {
      parts.ledger().trials().unclaim(request.study(), request.claimant());
    }
    return paid;
  }

  private FoldClaim claim(Lane.Request request) {
    return new FoldClaim(request.claimant(), parts.clock().instant().plus(Timeouts.CLAIM_LEASE));
  }
}
