package io.warmfold.local.sagemaker;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The container images that this machine has: the built-in XGBoost, and those that the user maps to
 * a shell command.
 *
 * @param commands a shell command by the image's URI, or by the end of it from a slash on, with or
 *     without its tag
 */
public record Images(Map<String, String> commands) {

  private static final Pattern BUILT_IN = Pattern.compile("(.*/)?sagemaker-xgboost(:[^/]*)?");

  public Images {
    commands = Map.copyOf(commands);
  }

  /** Whether an image is the built-in XGBoost, under any account, region and tag. */
  public static boolean builtIn(String image) {
    return BUILT_IN.matcher(image).matches();
  }

  /** The command of an image; the longest name that fits wins. */
  public Optional<String> command(String image) {
    String name = image;
    while (true) {
      if (commands.containsKey(name)) {
        return Optional.of(commands.get(name));
      }
      String untagged = name.replaceFirst("[:@][^/]*$", "");
      if (commands.containsKey(untagged)) {
        return Optional.of(commands.get(untagged));
      }
      int slash = name.indexOf('/');
      if (slash < 0) {
        return Optional.empty();
      }
      name = name.substring(slash + 1);
    }
  }
}
