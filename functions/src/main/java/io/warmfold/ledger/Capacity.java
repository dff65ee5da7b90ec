package io.warmfold.ledger;

import java.util.List;

/**
 * What a study may use at once, as the account's quotas allowed when its execution began.
 *
 * @param slots jobs at once, at least 1
 * @param warmSlots of them, those whose instances can be kept warm between jobs
 * @param notes what a person should know of it, a sentence each
 */
public record Capacity(int slots, int warmSlots, List<String> notes) {

  public Capacity {
    if (slots < 1 || warmSlots < 0 || warmSlots > slots) {
      throw new IllegalArgumentException("not a capacity: " + slots + ", " + warmSlots);
    }
    notes = List.copyOf(notes);
  }
}
