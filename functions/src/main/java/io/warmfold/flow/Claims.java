package io.warmfold.flow;

import io.warmfold.schedule.Scheduler;
import io.warmfold.search.Suggestion;
import io.warmfold.study.FoldClaim;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;

/** Claims folds for lanes, so that no two run the same one. */
final class Claims {

  private static final Comparator<FoldClaim> ORDER =
      Comparator.comparing(FoldClaim::leaseUntil).thenComparing(FoldClaim::claimant);

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
   * Whether the money does not pay for the trial of a claim that was just made, as lanes that
   * choose in the same moment do not see each other's claims. Every lane asks this with the claims
   * before its own, so that the first ones are kept.
   *
   * @param before as it was when the claim was chosen
   * @param trial whose fold was claimed
   */
  boolean unpaid(Lane.Request request, Progress before, int trial) {
    var document = before.document();
    if (document.tuning().resourceLimits().maxCost() == null) {
      return false;
    }
    var now = parts.clock().instant();
    var trials = parts.ledger().trials().current(request.study(), document.folds());
    var own =
        trials.stream()
            .flatMap(one -> one.claims().values().stream())
            .filter(claim -> claim.claimant().equals(request.claimant()))
            .findFirst();
    if (own.isEmpty()) {
      return false;
    }
    // The lease of a claim whose job is started is longer, but that one counts.
    var earlier =
        trials.stream()
            .map(
                one ->
                    one.withClaims(
                        claim ->
                            claim.leaseUntil().isAfter(lease(now))
                                || ORDER.compare(claim, own.get()) < 0))
            .toList();
    var situation = new Progress(before.study(), document, earlier).situation(now);
    return !Scheduler.affords(situation, trial);
  }

  private static Instant lease(Instant now) {
    return now.plus(Timeouts.CLAIM_LEASE);
  }

  private FoldClaim claim(Lane.Request request) {
    return new FoldClaim(request.claimant(), lease(parts.clock().instant()));
  }
}
