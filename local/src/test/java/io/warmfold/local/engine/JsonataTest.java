package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.engine.Evaluator.Situation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions: the library's values and ours, and the functions that Step Functions adds. */
final class JsonataTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123Z");
  private static final JsonNode INPUT =
      json(
          """
          {"n": 1, "d": 1.5, "big": 9007199254740993, "s": "x", "t": true, "none": null,
            "list": [1, null, 3], "one": [7], "empty": [], "o": {"a": null, "b": {"c": 2}},
            "rows": [{"k": "a", "v": 1}, {"k": "b", "v": 2}, {"k": "a", "v": 3}]}
          """);

  private static final String CONTEXT =
      """
      {"Execution": {"Id": "e", "Input": {"i": 9}}, "c": 6}
      """;

  private static JsonNode evaluate(String expression) throws Exception {
    return evaluate(expression, 1);
  }

  private static JsonNode evaluate(String expression, long seed) throws Exception {
    Evaluator evaluator = new Evaluator(InstantSource.fixed(NOW), new SplittableRandom(seed));
    Template.Query query =
        new Template.Query(
            "Output", Expression.compile(expression, Set.of("input", "result", "context")));
    Scope outer = Scope.root();
    outer.assign(json("{\"outer\": 1, \"both\": \"outer\"}"));
    Scope inner = outer.inner();
    inner.assign(json("{\"both\": \"inner\"}"));
    return evaluator.evaluate(
        query,
        new Situation(
            "the test", inner, INPUT, json("{\"r\": 5}"), null, () -> (ObjectNode) json(CONTEXT)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $states.input.n                              | 1
          $states.input.d                              | 1.5
          $states.input.d * 2                          | 3
          10 / 4                                       | 2.5
          $states.input.none                           | null
          $states.input.list                           | [1,null,3]
          $states.input.list[1]                        | null
          $states.input.o                              | {"a":null,"b":{"c":2}}
          $states.input.o.a                            | null
          $states.input.one                            | [7]
          $states.input.empty                          | []
          $exists($states.input.nope)                  | false
          $exists($states.input.none)                  | true
          $states.input.rows[k='b'].v                  | 2
          [$states.input.rows[k='b'].v]                | [2]
          $states.input.rows[k='a'].v                  | [1,3]
          $sum($states.input.rows.v)                   | 6
          $states.input.rows{k: $sum(v)}               | {"a":4,"b":2}
          {"a": $states.input.nope, "b": 1}            | {"b":1}
          {"a": null}                                  | {"a":null}
          $merge([{"a": 1}, {"b": null}])              | {"a":1,"b":null}
          $states.input.none = null                    | true
          $states.input.nope = null                    | false
          $states.input.n = 1.0                        | true
          $not($states.input.none)                     | true
          $states.input.t and $states.input.n = 1      | true
          $string($states.input.o)                     | "{\\"a\\":null,\\"b\\":{\\"c\\":2}}"
          $type($states.input.none)                    | "null"
          $states.result.r                             | 5
          $states.context.c                            | 6
          $states.context.Execution.Id                 | "e"
          $states.context.Execution.Input.i            | 9
          $states.context.Execution.(Id & Input.i)     | "e9"
          ($c := $states.context; $c.Execution.Input)  | {"i":9}
          $lookup($states, 'context').Execution.Input  | {"i":9}
          $states.context . Execution . `Input` . i    | 9
          $states.context.*.Input.i                    | 9
          $keys($states)                               | ["input","result","context"]
          $outer                                       | 1
          $both                                        | "inner"
          [0..2]                                       | [0,1,2]
          [0..0]                                       | [0]
          [0..(0 - 1)]                                 | []
          $map([1,2], function($x){$x * 2})            | [2,4]
          $reduce([1,2,3], function($a,$b){$a + $b})   | 6
          $partition([0,1,2], 2)                       | [[0,1],[2]]
          $partition([0], 3)                           | [[0]]
          $range(0, 9, 3)                              | [0,3,6,9]
          $range(0, 10, 3)                             | [0,3,6,9]
          $range(1, 9, 9)                              | 1
          $range(3, 1, -1)                             | [3,2,1]
          $hash('abc', 'MD5')                          | "900150983cd24fb0d6963f7d28e17f72"
          $hash('abc', 'SHA-1')                        | "a9993e364706816aba3e25717850c26c9cd0d89d"
          $parse('{"a": [1, null]}')                   | {"a":[1,null]}
          $parse('1')                                  | 1
          $random(7) = $random(7)                      | true
          $millis()                                    | 1772352000123
          $now()                                       | "2026-03-01T08:00:00.123Z"
          $now('[Y0001]-[M01]')                        | "2026-03"
          $toMillis('2026-03-01T08:00:00.123Z')        | 1772352000123
          $sort([3,1,2])                               | [1,2,3]
          $count($shuffle([1..9]))                     | 9
          """)
  void evaluates(String expression, String result) throws Exception {
    assertThat(evaluate(expression)).isEqualTo(json(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $partition([1], 0)            | must be positive
          $range(0, 5000, 1)            | more than 1000
          $range(0, 5, 0)               | must not be 0
          $hash('abc', 'CRC')           | no algorithm CRC
          $parse('{')                   | $parse
          $error('my words')            | my words
          1 / 0                         | range
          $number('x')                  | x
          """)
  void failsWithAReason(String expression, String reason) {
    assertThatThrownBy(() -> evaluate(expression))
        .isInstanceOf(StateError.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(expression);
  }

  @Test
  void endlessRecursionIsAnErrorOfTheExpression() {
    assertThatThrownBy(() -> evaluate("($f := function($x){1 + $f($x)}; $f(1))"))
        .isInstanceOf(StateError.class);
  }

  @Test
  void diceFallAsTheSeedSays() throws Exception {
    String all = "[$random(), $uuid(), $shuffle([1..20])]";
    assertThat(evaluate(all, 3)).isEqualTo(evaluate(all, 3)).isNotEqualTo(evaluate(all, 4));
    assertThat(evaluate("$uuid()", 3).textValue())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(evaluate("$random()", 3).doubleValue()).isBetween(0.0, 1.0);
  }

  @Test
  void anEvaluationLeavesItsInputsAlone() throws Exception {
    JsonNode before = INPUT.deepCopy();
    evaluate("$append($states.input.list, 4)");
    evaluate("$states.input ~> |o|{'z': 1}|");
    evaluate("$states.input.rows^(>v)");
    assertThat(INPUT).isEqualTo(before);
  }

  @Test
  void findsTheNamesInAnExpression() {
    ExpressionScan scan =
        ExpressionScan.of(
            "($a := $states.input.x; $f($a, $g) & $states . context & `$no` & '$no' /* $no */)");
    assertThat(scan.variables()).containsExactlyInAnyOrder("a", "f", "g", "states");
    assertThat(scan.called()).containsExactly("f");
    assertThat(scan.defined()).containsExactly("a");
    assertThat(scan.statesMembers()).containsExactly("context", "input");
    assertThat(scan.wholeStates()).isFalse();
    assertThat(ExpressionScan.of("$keys($states)").wholeStates()).isTrue();
  }
}
