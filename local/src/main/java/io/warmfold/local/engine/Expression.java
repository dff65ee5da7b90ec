package io.warmfold.local.engine;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A compiled JSONata expression.
 *
 * @param text the expression without its braces
 * @param names what the text tells of the names in it
 */
record Expression(String text, Jsonata compiled, ExpressionScan names) {

  /** Thrown for an expression that AWS would refuse. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message);
    }
  }

  private static final Set<String> STATES_MEMBERS =
      Set.of("input", "result", "errorOutput", "context");

  /**
   * Compiles an expression.
   *
   * @param members the members of {@code $states} that its field may use
   */
  static Expression compile(String text, Set<String> members) throws Invalid {
    Jsonata compiled;
    try {
      compiled = Jsonata.jsonata(text);
    } catch (JException e) {
      throw new Invalid("is not JSONata: " + e.getMessage());
    } catch (RuntimeException e) {
      // The parser runs off the end of some unfinished expressions.
      throw new Invalid("is not JSONata: " + text);
    }
    if (compiled.getErrors() != null && !compiled.getErrors().isEmpty()) {
      throw new Invalid("is not JSONata: " + compiled.getErrors().getFirst().getMessage());
    }
    compiled.setValidateInput(false);
    compiled.setOutputConvertNulls(false);
    ExpressionScan names = ExpressionScan.of(text);
    List<String> problems = problems(names, members);
    if (!problems.isEmpty()) {
      throw new Invalid(String.join("; ", problems));
    }
    return new Expression(text, compiled, names);
  }

  private static List<String> problems(ExpressionScan names, Set<String> members) {
    List<String> problems = new ArrayList<>();
    if (names.called().contains("eval")) {
      problems.add("$eval does not exist in Step Functions; $parse reads JSON");
    }
    Set<String> unknown = new TreeSet<>(names.called());
    unknown.removeAll(names.defined());
    unknown.removeAll(JsonataFunctions.STANDARD);
    unknown.removeAll(JsonataFunctions.OF_STEP_FUNCTIONS);
    unknown.remove("eval");
    unknown.forEach(name -> problems.add("there is no function $" + name));
    names
        .calledBare()
        .forEach(name -> problems.add("there is no function " + name + "; functions start with $"));
    if (names.defined().contains("states")) {
      problems.add("$states is reserved");
    }
    for (String member : names.statesMembers()) {
      if (!STATES_MEMBERS.contains(member)) {
        problems.add("$states has no " + member);
      } else if (!members.contains(member)) {
        problems.add("$states." + member + " is not there in this field");
      }
    }
    return problems;
  }
}
