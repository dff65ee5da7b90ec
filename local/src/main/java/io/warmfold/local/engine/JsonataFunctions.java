package io.warmfold.local.engine;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import com.dashjoin.jsonata.Utils;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The functions that an expression may call: JSONata 2.0.6's, those that Step Functions adds, and
 * the ones among them that must not look at this machine's clock or dice.
 */
final class JsonataFunctions {

  /** JSONata 2.0.6's own functions, without {@code $eval}, which Step Functions takes away. */
  static final Set<String> STANDARD =
      Set.of(
          ("string length substring substringBefore substringAfter uppercase lowercase trim pad"
                  + " contains split join match replace base64encode base64decode"
                  + " encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl number abs floor"
                  + " ceil round power sqrt random formatNumber formatBase formatInteger"
                  + " parseInteger sum max min average boolean not exists count append sort reverse"
                  + " shuffle distinct zip keys lookup spread merge sift each error assert type now"
                  + " millis fromMillis toMillis map filter single reduce clone")
              .split(" "));

  /** What Step Functions adds. */
  static final Set<String> OF_STEP_FUNCTIONS =
      Set.of("partition", "range", "hash", "uuid", "parse");

  private static final int LONGEST_RANGE = 1000;
  private static final int LONGEST_HASHED = 10_000;
  private static final Set<String> DIGESTS =
      Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  private final Map<String, JFunction> bound;

  JsonataFunctions(InstantSource clock, RandomGenerator random) {
    this.bound =
        Map.of(
            "partition", function("<an:a>", a -> partition((List<?>) a.get(0), number(a, 1))),
            "range", function("<nnn:a>", a -> range(number(a, 0), number(a, 1), number(a, 2))),
            "hash", function("<ss:s>", a -> hash((String) a.get(0), (String) a.get(1))),
            "uuid", function("<:s>", a -> Ids.uuid(random)),
            "parse", function("<s:x>", a -> parse((String) a.get(0))),
            "random", function("<n?:n>", a -> random(a, random)),
            "shuffle", function("<a:a>", a -> shuffle((List<?>) a.get(0), random)),
            "now", function("<s?s?:s>", a -> now(a, clock)),
            "millis", function("<:n>", a -> clock.millis()));
  }

  /** The functions that have to be bound before an evaluation, by name. */
  Map<String, JFunction> bound() {
    return bound;
  }

  private interface Body {
    Object apply(List<?> arguments);
  }

  private static JFunction function(String signature, Body body) {
    JFunctionCallable callable = (input, arguments) -> body.apply(arguments);
    return new JFunction(callable, signature);
  }

  private static double number(List<?> arguments, int index) {
    return ((Number) arguments.get(index)).doubleValue();
  }

  private static Object argument(List<?> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }

  private static List<List<Object>> partition(List<?> array, double size) {
    int chunk = (int) Math.floor(size);
    if (chunk < 1) {
      throw new IllegalArgumentException("$partition: the size must be positive, not " + size);
    }
    List<List<Object>> chunks = new ArrayList<>();
    for (int from = 0; from < array.size(); from += chunk) {
      chunks.add(new ArrayList<>(array.subList(from, Math.min(array.size(), from + chunk))));
    }
    return chunks;
  }

  /** A sequence, so that one element alone comes out bare, as it does on AWS. */
  private static List<Object> range(double first, double last, double delta) {
    long step = (long) Math.floor(delta);
    if (step == 0) {
      throw new IllegalArgumentException("$range: the step must not be 0");
    }
    long end = (long) Math.floor(last);
    List<Object> numbers = Utils.createSequence();
    for (long i = (long) Math.floor(first); step > 0 ? i <= end : i >= end; i += step) {
      if (numbers.size() == LONGEST_RANGE) {
        throw new IllegalArgumentException("$range: more than " + LONGEST_RANGE + " numbers");
      }
      numbers.add(Utils.convertNumber(i));
    }
    return numbers;
  }

  private static String hash(String text, String algorithm) {
    if (!DIGESTS.contains(algorithm)) {
      throw new IllegalArgumentException("$hash: no algorithm " + algorithm + " in " + DIGESTS);
    }
    if (text.length() > LONGEST_HASHED) {
      throw new IllegalArgumentException("$hash: more than " + LONGEST_HASHED + " characters");
    }
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object parse(String json) {
    try {
      return JsonataValues.toJsonata(Json.parse(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("$parse: " + e.getOriginalMessage(), e);
    }
  }

  private static Object random(List<?> arguments, RandomGenerator random) {
    return argument(arguments, 0) instanceof Number seed
        ? new Random(seed.longValue()).nextDouble()
        : random.nextDouble();
  }

  private static List<Object> shuffle(List<?> array, RandomGenerator random) {
    List<Object> shuffled = new ArrayList<>(array);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    return shuffled;
  }

  private static String now(List<?> arguments, InstantSource clock) {
    return Functions.dateTimeFromMillis(
        clock.millis(), (String) argument(arguments, 0), (String) argument(arguments, 1));
  }
}
