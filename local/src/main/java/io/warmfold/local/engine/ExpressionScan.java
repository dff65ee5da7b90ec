package io.warmfold.local.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names in a JSONata expression, found by a look at its tokens.
 *
 * @param variables every {@code $name} in it, without the dollar
 * @param called those that are called
 * @param calledBare names without a dollar that are called
 * @param defined variables that it binds itself, and parameters of its lambdas
 * @param statesMembers the members of {@code $states} that it names
 * @param wholeStates whether it uses {@code $states} otherwise than by naming a member
 * @param executionInput whether it may look at {@code $states.context.Execution.Input}
 */
record ExpressionScan(
    Set<String> variables,
    Set<String> called,
    Set<String> calledBare,
    Set<String> defined,
    Set<String> statesMembers,
    boolean wholeStates,
    boolean executionInput) {

  private static final Set<String> KEYWORDS = Set.of("and", "or", "in", "function", "λ");

  boolean uses(String statesMember) {
    return wholeStates || statesMembers.contains(statesMember);
  }

  /** Scans an expression that the parser has accepted. */
  static ExpressionScan of(String text) {
    return new Scanner(text).scan();
  }

  private static final class Scanner {
    private final String text;
    private int at;

    private final Set<String> variables = new TreeSet<>();
    private final Set<String> called = new TreeSet<>();
    private final Set<String> calledBare = new TreeSet<>();
    private final Set<String> defined = new HashSet<>();
    private final Set<String> statesMembers = new TreeSet<>();
    private boolean wholeStates;
    private boolean executionInput;

    /** Whether the last token could end an operand, so that a slash after it divides. */
    private boolean operand;

    Scanner(String text) {
      this.text = text;
    }

    ExpressionScan scan() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
          at++;
        } else if (text.startsWith("/*", at)) {
          int end = text.indexOf("*/", at + 2);
          at = end < 0 ? text.length() : end + 2;
        } else if (c == '"' || c == '\'' || c == '`') {
          skipQuoted(c);
          operand = true;
        } else if (c == '/' && !operand) {
          skipQuoted('/');
          operand = true;
        } else if (c == '$') {
          variable();
        } else if (Character.isDigit(c)) {
          skipName();
          operand = true;
        } else if (isName(c)) {
          name();
        } else {
          at++;
          operand = c == ')' || c == ']' || c == '}';
        }
      }
      return new ExpressionScan(
          variables, called, calledBare, defined, statesMembers, wholeStates, executionInput);
    }

    private void variable() {
      at++;
      String name = skipName();
      operand = true;
      if (name.isEmpty()) {
        return;
      }
      variables.add(name);
      int next = nextToken(at);
      if (text.startsWith(":=", next)) {
        defined.add(name);
      } else if (startsWith('(', next)) {
        called.add(name);
      }
      if (name.equals("states")) {
        statesMember();
      }
    }

    private void statesMember() {
      String member = nextMember();
      if (member.isEmpty()) {
        wholeStates = true;
        executionInput = true;
        return;
      }
      statesMembers.add(member);
      if (member.equals("context")) {
        String part = nextMember();
        String detail = part.equals("Execution") ? nextMember() : part;
        executionInput |= detail.isEmpty() || detail.equals("Input");
      }
    }

    /** The name after a dot, which is passed over then; empty when there is none. */
    private String nextMember() {
      int dot = nextToken(at);
      int start = nextToken(dot + 1);
      if (!startsWith('.', dot) || start >= text.length() || !isName(text.charAt(start))) {
        return "";
      }
      at = start;
      return skipName();
    }

    private void name() {
      String name = skipName();
      int next = nextToken(at);
      boolean call = startsWith('(', next);
      if (call && (name.equals("function") || name.equals("λ"))) {
        parameters(next);
      } else if (call && !KEYWORDS.contains(name)) {
        calledBare.add(name);
      }
      // Also a field may be called "and"; a slash right after it is taken for a division then.
      operand = !KEYWORDS.contains(name);
    }

    private void parameters(int from) {
      int end = text.indexOf(')', from);
      String list = text.substring(from + 1, end < 0 ? text.length() : end);
      for (String parameter : list.split(",", -1)) {
        String trimmed = parameter.strip();
        if (trimmed.startsWith("$")) {
          defined.add(trimmed.substring(1));
        }
      }
    }

    private void skipQuoted(char quote) {
      at++;
      while (at < text.length() && text.charAt(at) != quote) {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      at++;
    }

    private String skipName() {
      int start = at;
      while (at < text.length() && isName(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private int nextToken(int from) {
      int next = from;
      while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
        next++;
      }
      return next;
    }

    private boolean startsWith(char c, int position) {
      return position < text.length() && text.charAt(position) == c;
    }

    private static boolean isName(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == 'λ';
    }
  }
}
