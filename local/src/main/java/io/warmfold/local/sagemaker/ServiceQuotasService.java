package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.Service;
import io.warmfold.local.aws.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Service Quotas on one machine: lists SageMaker's quotas of instance types, with the values of the
 * local SageMaker's settings. Thread-safe.
 */
public final class ServiceQuotasService implements Service {

  private static final int LARGEST_PAGE = 100;
  private static final List<String> FAMILIES =
      List.of(
          "c4", "c5", "c5n", "c6g", "c6i", "c7g", "c7i", "g4dn", "g5", "g6", "g6e", "m4", "m5",
          "m5d", "m6g", "m6i", "m7g", "m7i", "p3", "p3dn", "p4d", "p4de", "p5", "r5", "r5d", "r6i",
          "r7i", "t3", "trn1");
  private static final List<String> SIZES =
      List.of(
          "medium",
          "large",
          "xlarge",
          "2xlarge",
          "4xlarge",
          "8xlarge",
          "9xlarge",
          "10xlarge",
          "12xlarge",
          "16xlarge",
          "18xlarge",
          "24xlarge",
          "32xlarge",
          "48xlarge");
  private static final List<String> JOBS =
      List.of("training job", "processing job", "transform job");

  private final SageMakerSettings settings;
  private final List<ObjectNode> quotas = new ArrayList<>();

  public ServiceQuotasService(SageMakerSettings settings) {
    this.settings = settings;
    for (String family : FAMILIES) {
      for (String size : SIZES) {
        String type = "ml." + family + "." + size;
        JOBS.forEach(kind -> add(type + " for " + kind + " usage", settings.jobInstances()));
        add(type + " for training warm pool usage", settings.warmPoolInstances());
      }
    }
  }

  private void add(String name, int value) {
    // A code is eight characters that say nothing; this one is the same for a name each time.
    String code =
        "L-"
            + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8)
                .toUpperCase(Locale.ROOT);
    quotas.add(
        JsonNodeFactory.instance
            .objectNode()
            .put("ServiceCode", "sagemaker")
            .put("ServiceName", "Amazon SageMaker")
            .put(
                "QuotaArn",
                "arn:aws:servicequotas:"
                    + settings.region()
                    + ":"
                    + settings.account()
                    + ":sagemaker/"
                    + code)
            .put("QuotaCode", code)
            .put("QuotaName", name)
            .put("Value", (double) value)
            .put("Unit", "None")
            .put("Adjustable", true)
            .put("GlobalQuota", false));
  }

  @Override
  public String name() {
    return "service-quotas";
  }

  @Override
  public String targetPrefix() {
    return "ServiceQuotasV20190624";
  }

  @Override
  public String jsonVersion() {
    return "1.1";
  }

  @Override
  public JsonNode call(String operation, JsonNode input) {
    if (!operation.equals("ListServiceQuotas")) {
      throw new ServiceException(
          "UnknownOperationException", operation + " is not served by the local Service Quotas.");
    }
    if (!input.path("ServiceCode").asText().equals("sagemaker")) {
      throw new ServiceException(
          "NoSuchResourceException",
          "The request failed because the specified service does not exist.");
    }
    int size = input.path("MaxResults").asInt(LARGEST_PAGE);
    int from = start(input.path("NextToken").asText("0"));
    if (size < 1 || size > LARGEST_PAGE || from < 0 || from > quotas.size()) {
      throw new ServiceException("IllegalArgumentException", "Invalid input was provided.");
    }
    int to = Math.min(quotas.size(), from + size);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    quotas.subList(from, to).forEach(quota -> answer.withArray("Quotas").add(quota.deepCopy()));
    if (to < quotas.size()) {
      answer.put("NextToken", Integer.toString(to));
    }
    return answer;
  }

  private static int start(String token) {
    try {
      return Integer.parseInt(token);
    } catch (NumberFormatException unknown) {
      throw (ServiceException)
          new ServiceException("InvalidPaginationTokenException", "Invalid pagination token.")
              .initCause(unknown);
    }
  }
}
