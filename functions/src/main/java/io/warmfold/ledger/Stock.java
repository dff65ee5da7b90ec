package io.warmfold.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A study's stock of suggestions.
 *
 * @param filling how often it has been filled
 * @param entries what is to become of the trials with these numbers; those that have begun since
 *     are still in it
 * @param seen how many trials had ended when it was filled
 * @param exhausted whether the space had nothing more to suggest
 * @param calm how many fillings in a row have expected no improvement worth a trial
 * @param filler who is filling it
 * @param leaseUntil from here on somebody else may fill it; the epoch without a filler
 */
public record Stock(
    int filling,
    SortedMap<Integer, Entry> entries,
    int seen,
    boolean exhausted,
    int calm,
    Optional<String> filler,
    Instant leaseUntil) {

  /** A combination and what suggested it. */
  public record Entry(SortedMap<String, String> hyperParameters, String origin) {
    public Entry {
      hyperParameters = Collections.unmodifiableSortedMap(new TreeMap<>(hyperParameters));
    }
  }

  public Stock {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /** A stock that was never filled. */
  public static Stock empty() {
    return new Stock(0, new TreeMap<>(), 0, false, 0, Optional.empty(), Instant.EPOCH);
  }

  /**
   * What a filling brings.
   *
   * @param improving whether an improvement worth a trial is expected, or not known
   */
  public Stock filled(
      SortedMap<Integer, Entry> suggestions, int seen, boolean exhausted, boolean improving) {
    return new Stock(
        filling + 1,
        suggestions,
        seen,
        exhausted,
        improving ? 0 : calm + 1,
        Optional.empty(),
        Instant.EPOCH);
  }

  /** Whether somebody is filling it. */
  public boolean beingFilled(Instant now) {
    return filler.isPresent() && now.isBefore(leaseUntil);
  }
}
