package io.warmfold.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a searcher answers. */
public sealed interface Suggestion {

  /**
   * A combination worth a trial.
   *
   * @param hyperParameters a value for every tuned parameter, in the order of the space
   * @param origin where it came from, for the report: {@code SeedTrial}, {@code Centre}, {@code
   *     Sobol}, {@code Random}, {@code Grid}, {@code Bayesian}, {@code Parent}
   */
  record Candidate(Map<String, String> hyperParameters, String origin) implements Suggestion {
    public Candidate {
      hyperParameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperParameters));
    }
  }

  /** The space has no combination that was not tried or is not being tried. */
  record Exhausted() implements Suggestion {}
}
