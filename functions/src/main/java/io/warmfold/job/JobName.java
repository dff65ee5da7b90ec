package io.warmfold.job;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The name of a job: {@code <prefix>-<study, shortened>-<key>-<what>-a<attempt>}, at most 63
 * characters of lower-case letters, digits and single hyphens. It is the job's idempotency key, so
 * it is made of nothing but facts; the key keeps studies of the same name apart.
 *
 * @param text the whole name
 * @param study the study's key
 * @param trial of a fold job
 * @param fold of a fold job
 * @param attempt from 1
 */
public record JobName(
    String text, String study, JobKind kind, OptionalInt trial, OptionalInt fold, int attempt) {

  /** SageMaker's limit. */
  static final int MAX_LENGTH = 63;

  private static final Pattern PATTERN =
      Pattern.compile(
          "(?<prefix>[a-z0-9-]{1,12})-(?:[a-z0-9-]+-)?(?<key>[0-9a-f]{8})-"
              + "(?:t(?<trial>\\d{4,5})-f(?<fold>\\d{1,2})|(?<what>prepare|final|transform))-a(?<attempt>\\d{1,3})");

  /** The name of a fold's job. */
  public static JobName fold(
      String prefix, String studyName, String study, int trial, int fold, int attempt) {
    return of(
        prefix,
        studyName,
        study,
        JobKind.FOLD,
        OptionalInt.of(trial),
        OptionalInt.of(fold),
        attempt);
  }

  /** The name of any job; trial and fold are those of a fold job. */
  public static JobName of(
      String prefix,
      String studyName,
      String study,
      JobKind kind,
      OptionalInt trial,
      OptionalInt fold,
      int attempt) {
    var what =
        kind == JobKind.FOLD
            ? String.format(Locale.ROOT, "t%04d-f%d", trial.orElseThrow(), fold.orElseThrow())
            : kind.inName();
    var end = "-" + study + "-" + what + "-a" + attempt;
    var room = MAX_LENGTH - prefix.length() - 1 - end.length();
    var name = plain(studyName);
    name = plain(name.substring(0, Math.min(name.length(), Math.max(room, 0))));
    return new JobName(
        prefix + (name.isEmpty() ? "" : "-" + name) + end, study, kind, trial, fold, attempt);
  }

  /**
   * Reads a name that {@link #of} made under the same prefix.
   *
   * @return empty for any other name: the job is not ours
   */
  public static Optional<JobName> parse(String prefix, String text) {
    var matcher = PATTERN.matcher(text);
    if (!text.startsWith(prefix + "-") || !matcher.matches()) {
      return Optional.empty();
    }
    var fold = matcher.group("trial") != null;
    return Optional.of(
        new JobName(
            text,
            matcher.group("key"),
            fold ? JobKind.FOLD : kind(matcher.group("what")),
            fold ? OptionalInt.of(Integer.parseInt(matcher.group("trial"))) : OptionalInt.empty(),
            fold ? OptionalInt.of(Integer.parseInt(matcher.group("fold"))) : OptionalInt.empty(),
            Integer.parseInt(matcher.group("attempt"))));
  }

  private static JobKind kind(String what) {
    for (var kind : JobKind.values()) {
      if (kind.inName().equals(what)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of job: " + what);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  @Override
  public String toString() {
    return text;
  }
}
