package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.ServiceException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One of the API's list operations: filters, order and pages, which all of them share.
 *
 * @param nameMember the member that {@code NameContains} looks into and that breaks ties
 * @param statusMember the member that sorting by {@code Status} uses
 * @param resultMember the member of the answer that holds the summaries
 * @param newestFirst the order when the request names none
 */
record Listing(String nameMember, String statusMember, String resultMember, boolean newestFirst) {

  private static final int DEFAULT_PAGE = 10;

  /**
   * Answers a list request.
   *
   * @param matches what the operation filters by beside names and times
   * @param summary a resource as it appears in the list
   */
  ObjectNode answer(
      JsonNode request,
      Collection<ObjectNode> resources,
      Predicate<ObjectNode> matches,
      Function<ObjectNode, ObjectNode> summary) {
    List<ObjectNode> found = new ArrayList<>();
    Predicate<ObjectNode> common = common(request);
    for (ObjectNode resource : resources) {
      if (common.test(resource) && matches.test(resource)) {
        found.add(resource);
      }
    }
    found.sort(order(request));
    int from =
        request.hasNonNull("NextToken") ? start(request.path("NextToken").asText(), found) : 0;
    int size = request.path("MaxResults").asInt(DEFAULT_PAGE);
    int to = Math.min(found.size(), from + size);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    var page = answer.putArray(resultMember);
    found.subList(from, to).forEach(resource -> page.add(summary.apply(resource)));
    if (to < found.size()) {
      answer.put("NextToken", token(found.get(to - 1)));
    }
    return answer;
  }

  /** A listing may go through tens of thousands of jobs, so what is not asked is not looked at. */
  private Predicate<ObjectNode> common(JsonNode request) {
    Predicate<ObjectNode> common = resource -> true;
    if (request.hasNonNull("NameContains")) {
      String part = request.path("NameContains").asText().toLowerCase(Locale.ROOT);
      common =
          common.and(
              resource ->
                  resource.path(nameMember).asText().toLowerCase(Locale.ROOT).contains(part));
    }
    JsonNode createdAfter = request.path("CreationTimeAfter");
    if (createdAfter.isNumber()) {
      common = common.and(resource -> after(createdAfter, resource.path("CreationTime")));
    }
    JsonNode createdBefore = request.path("CreationTimeBefore");
    if (createdBefore.isNumber()) {
      common = common.and(resource -> after(resource.path("CreationTime"), createdBefore));
    }
    JsonNode modifiedAfter = request.path("LastModifiedTimeAfter");
    if (modifiedAfter.isNumber()) {
      common = common.and(resource -> after(modifiedAfter, modified(resource)));
    }
    JsonNode modifiedBefore = request.path("LastModifiedTimeBefore");
    if (modifiedBefore.isNumber()) {
      common = common.and(resource -> after(modified(resource), modifiedBefore));
    }
    return common;
  }

  private static JsonNode modified(ObjectNode resource) {
    return resource.has("LastModifiedTime")
        ? resource.path("LastModifiedTime")
        : resource.path("CreationTime");
  }

  /** Whether the second time is not before the first; a time that is missing bounds nothing. */
  private static boolean after(JsonNode first, JsonNode second) {
    return !first.isNumber()
        || !second.isNumber()
        || second.decimalValue().compareTo(first.decimalValue()) >= 0;
  }

  private Comparator<ObjectNode> order(JsonNode request) {
    Comparator<ObjectNode> byName = Comparator.comparing(r -> r.path(nameMember).asText());
    Comparator<ObjectNode> order =
        switch (request.path("SortBy").asText("CreationTime")) {
          case "Name" -> byName;
          case "Status" ->
              Comparator.<ObjectNode, String>comparing(r -> r.path(statusMember).asText())
                  .thenComparing(byName);
          default ->
              Comparator.<ObjectNode, BigDecimal>comparing(
                      r -> r.path("CreationTime").decimalValue())
                  .thenComparing(byName);
        };
    String given = request.path("SortOrder").asText(newestFirst ? "Descending" : "Ascending");
    return given.equals("Descending") ? order.reversed() : order;
  }

  private String token(ObjectNode last) {
    return Base64.getUrlEncoder()
        .encodeToString(last.path("StoreKey").asText().getBytes(StandardCharsets.UTF_8));
  }

  private static int start(String token, List<ObjectNode> found) {
    String key;
    try {
      key = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid(e);
    }
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).path("StoreKey").asText().equals(key)) {
        return i + 1;
      }
    }
    throw invalid(null);
  }

  private static ServiceException invalid(Throwable cause) {
    var refusal = new ServiceException("ValidationException", "Invalid NextToken.");
    if (cause != null) {
      refusal.initCause(cause);
    }
    return refusal;
  }
}
