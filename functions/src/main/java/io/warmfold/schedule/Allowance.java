package io.warmfold.schedule;

/**
 * What the budget still allows, beside what is running and the final training.
 *
 * @param rounds how many folds a slot that is free now can still run, one after the other
 * @param folds how many further folds may be begun
 */
public record Allowance(int rounds, int folds) {

  /** No limit. */
  public static final Allowance UNLIMITED = new Allowance(Integer.MAX_VALUE, Integer.MAX_VALUE);

  public Allowance {
    rounds = Math.max(0, rounds);
    folds = Math.max(0, folds);
  }

  /** Both limits together. */
  public Allowance and(Allowance other) {
    return new Allowance(Math.min(rounds, other.rounds), Math.min(folds, other.folds));
  }

  /**
   * Whether another trial can be begun and completed.
   *
   * @param k its folds
   * @param slots how many folds may run at once
   */
  public boolean another(int k, int slots) {
    return k <= folds(slots) && inTime(k, Math.min(k, slots));
  }

  /** How many folds all slots together can still begin. */
  long folds(int slots) {
    return Math.min(folds, (long) rounds * slots);
  }

  /** Whether so many folds, as many at once as given, can be over in time. */
  boolean inTime(int folds, int atOnce) {
    return Math.ceilDiv(folds, Math.max(1, atOnce)) <= rounds;
  }
}
