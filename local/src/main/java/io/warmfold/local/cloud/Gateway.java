package io.warmfold.local.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.aws.Service;
import io.warmfold.local.aws.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Where every AWS call of the local cloud arrives, in-process or over loopback: finds out who
 * calls, asks IAM, hands the call to its service and records it.
 *
 * <p>Thread-safe.
 */
final class Gateway {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,]+)/");

  private final Map<String, Service> services = new ConcurrentHashMap<>();
  private final Map<String, Caller> callers = new ConcurrentHashMap<>();
  private final Caller user;
  private final Authorizer authorizer;
  private final NeededPermissions permissions;
  private final Recorder recorder;
  private final S3Endpoint s3;

  /**
   * @param troubles is told what IAM refuses; has to be quick and thread-safe
   */
  Gateway(
      String region, String account, Recorder recorder, S3Store store, Consumer<Trouble> troubles) {
    this.user = Caller.user(account);
    this.authorizer = new Authorizer(region, troubles);
    this.permissions = new NeededPermissions(region, account);
    this.recorder = recorder;
    this.s3 = new S3Endpoint(store, authorizer, recorder);
  }

  /** Adds a service, or puts it in the place of the one of that name. */
  void serve(Service service) {
    services.put(service.targetPrefix(), service);
  }

  /** Lets an access key id speak for a caller; other ids are the user's. */
  void identify(String accessKeyId, Caller caller) {
    callers.put(accessKeyId, caller);
  }

  Authorizer authorizer() {
    return authorizer;
  }

  Recorder recorder() {
    return recorder;
  }

  /** Carries out a request of AWS's wire protocols. */
  HttpExecuteResponse execute(SdkHttpRequest request, Optional<ContentStreamProvider> body)
      throws IOException {
    Caller caller = caller(request);
    Optional<String> target = request.firstMatchingHeader("X-Amz-Target");
    if (target.isEmpty()) {
      return s3.execute(caller, request, body);
    }
    byte[] bytes = new byte[0];
    if (body.isPresent()) {
      try (InputStream in = body.get().newStream()) {
        bytes = in.readAllBytes();
      }
    }
    return json(caller, target.get(), bytes);
  }

  private Caller caller(SdkHttpRequest request) {
    Matcher key = CREDENTIAL.matcher(request.firstMatchingHeader("Authorization").orElse(""));
    return key.find() ? callers.getOrDefault(key.group(1), user) : user;
  }

  private HttpExecuteResponse json(Caller caller, String target, byte[] body) {
    int dot = target.lastIndexOf('.');
    Service service = services.get(dot < 0 ? target : target.substring(0, dot));
    String operation = target.substring(dot + 1);
    if (service == null) {
      return error(
          "1.0",
          new ServiceException(
              "UnknownOperationException", "The local cloud does not serve " + target + "."));
    }
    JsonNode input;
    try {
      input = body.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body);
    } catch (IOException e) {
      return error(
          service.jsonVersion(), new ServiceException("SerializationException", e.getMessage()));
    }
    try {
      return answer(200, service.jsonVersion(), call(caller, service, operation, input), null);
    } catch (ServiceException e) {
      return error(service.jsonVersion(), e);
    }
  }

  /**
   * Calls a service for a caller: with its permissions, and recorded unless it is the user.
   *
   * @throws ServiceException if IAM or the service refuses
   */
  JsonNode call(Caller caller, Service service, String operation, JsonNode input) {
    try {
      List<Permission> needed = permissions.of(service.name(), operation, input);
      Optional<String> refusal = authorizer.refusal(caller, needed);
      if (refusal.isPresent()) {
        throw new ServiceException("AccessDeniedException", refusal.get());
      }
      JsonNode output = service.call(operation, input);
      if (!caller.isUser()) {
        recorder.answered(caller.name(), service.name(), operation, input, output);
      }
      return output;
    } catch (ServiceException e) {
      if (!caller.isUser()) {
        recorder.refused(caller.name(), service.name(), operation, input, e.code(), e.getMessage());
      }
      throw e;
    }
  }

  /**
   * Calls a service as the holder of an access key would.
   *
   * @param target what {@link Service#targetPrefix} says
   * @throws ServiceException if IAM or the service refuses
   */
  JsonNode call(String accessKeyId, String target, String operation, JsonNode input) {
    return call(callers.getOrDefault(accessKeyId, user), services.get(target), operation, input);
  }

  /** A refusal as it goes over the wire. */
  HttpExecuteResponse refusal(String target, ServiceException e) {
    return error(services.get(target).jsonVersion(), e);
  }

  private static HttpExecuteResponse error(String jsonVersion, ServiceException e) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("__type", e.code());
    body.put("message", e.getMessage());
    e.details().forEach(body::set);
    return answer(e.status(), jsonVersion, body, e.code());
  }

  private static HttpExecuteResponse answer(
      int status, String jsonVersion, JsonNode body, String errorType) {
    byte[] bytes;
    try {
      bytes = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      bytes = "{\"__type\":\"InternalFailure\"}".getBytes(StandardCharsets.UTF_8);
    }
    SdkHttpFullResponse.Builder response =
        SdkHttpResponse.builder()
            .statusCode(status)
            .putHeader("Content-Type", "application/x-amz-json-" + jsonVersion)
            .putHeader("Content-Length", Integer.toString(bytes.length))
            .putHeader("x-amzn-RequestId", UUID.randomUUID().toString());
    if (errorType != null) {
      response.putHeader("x-amzn-errortype", errorType);
    }
    return HttpExecuteResponse.builder()
        .response(response.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }
}
