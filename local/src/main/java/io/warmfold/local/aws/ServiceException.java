package io.warmfold.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A refusal by a service of the local cloud, with the code that AWS's own service would answer. */
public final class ServiceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;
  private final transient Map<String, JsonNode> details;

  /**
   * A refusal with HTTP status 400.
   *
   * @param code AWS's error code, such as {@code ValidationException}
   */
  public ServiceException(String code, String message) {
    this(400, code, message);
  }

  /** A refusal with an HTTP status of its own. */
  public ServiceException(int status, String code, String message) {
    this(status, code, message, Map.of());
  }

  /**
   * A refusal that says more than a message.
   *
   * @param details further members of the error as it goes over the wire
   */
  public ServiceException(int status, String code, String message, Map<String, JsonNode> details) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = Map.copyOf(details);
  }

  /** AWS's error code. */
  public String code() {
    return code;
  }

  /** The HTTP status that carries it. */
  public int status() {
    return status;
  }

  /** Further members of the error as it goes over the wire. */
  public Map<String, JsonNode> details() {
    return details;
  }
}
