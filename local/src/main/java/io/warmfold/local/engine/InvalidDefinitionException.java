package io.warmfold.local.engine;

import java.util.List;
import java.util.stream.Collectors;

/** A state machine definition that is wrong, or that uses what this interpreter does not know. */
public final class InvalidDefinitionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * One thing that is wrong.
   *
   * @param location where, as a JSON pointer into the definition, such as {@code /States/A/Next}
   * @param message what, and where it helps, what would be right
   */
  public record Problem(String location, String message) {
    @Override
    public String toString() {
      return (location.isEmpty() ? "/" : location) + ": " + message;
    }
  }

  InvalidDefinitionException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong, in the order of the definition. */
  public List<Problem> problems() {
    return problems;
  }
}
