package io.warmfold.local.cloud;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Says no where IAM would. */
final class Authorizer {

  private final String region;
  private final Consumer<Trouble> troubles;

  /**
   * @param troubles is told every refusal; has to be quick and thread-safe
   */
  Authorizer(String region, Consumer<Trouble> troubles) {
    this.region = region;
    this.troubles = troubles;
  }

  /**
   * Why a caller may not do something, in AWS's words.
   *
   * @return empty if everything that is needed is allowed
   */
  Optional<String> refusal(Caller caller, List<Permission> needed) {
    for (Permission permission : needed) {
      Policy.Decision decision = decide(caller, permission);
      if (decision != Policy.Decision.ALLOWED) {
        troubles.accept(
            new Trouble.Refused(caller.name(), permission.action(), permission.resource()));
        String reason =
            decision == Policy.Decision.DENIED
                ? "with an explicit deny in an identity-based policy"
                : "because no identity-based policy allows the " + permission.action() + " action";
        return Optional.of(
            "User: "
                + caller.arn()
                + " is not authorized to perform: "
                + permission.action()
                + " on resource: "
                + permission.resource()
                + " "
                + reason);
      }
    }
    return Optional.empty();
  }

  boolean allows(Caller caller, Permission permission) {
    return decide(caller, permission) == Policy.Decision.ALLOWED;
  }

  private Policy.Decision decide(Caller caller, Permission permission) {
    Map<String, String> context = new HashMap<>(permission.context());
    context.put("aws:securetransport", "true");
    context.put("aws:requestedregion", region);
    context.put("aws:principalarn", caller.arn());
    return caller.policy().decide(permission.action(), permission.resource(), context);
  }
}
