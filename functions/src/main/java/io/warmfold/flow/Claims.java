package io.warmfold.flow;

import io.warmfold.search.Suggestion;
import io.warmfold.study.FoldClaim;
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

  private FoldClaim claim(Lane.Request request) {
    return new FoldClaim(request.claimant(), parts.clock().instant().plus(Timeouts.CLAIM_LEASE));
  }
}
