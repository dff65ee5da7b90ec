package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** S3 as callers see it: IAM before the store, and the recording after it. */
final class S3Endpoint {

  private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");
  private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");

  /** The operations whose answer has the length of an object; others have that of their XML. */
  private static final Set<String> OF_AN_OBJECT = Set.of("GetObject", "HeadObject");

  private static final int ATTEMPTS = 8;

  /** Before the second attempt; twice as long before each further one. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private final S3Store store;
  private final Authorizer authorizer;
  private final Recorder recorder;
  private final SdkHttpClient toStore =
      UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMinutes(5)).build();

  S3Endpoint(S3Store store, Authorizer authorizer, Recorder recorder) {
    this.store = store;
    this.authorizer = authorizer;
    this.recorder = recorder;
  }

  HttpExecuteResponse execute(
      Caller caller, SdkHttpRequest request, Optional<ContentStreamProvider> body)
      throws IOException {
    Optional<ContentStreamProvider> content = body;
    byte[] known = new byte[0];
    if (request.method() == SdkHttpMethod.POST && body.isPresent()) {
      // Short lists of parts or keys.
      try (InputStream in = body.get().newStream()) {
        known = in.readAllBytes();
      }
      content = Optional.of(ContentStreamProvider.fromByteArray(known));
    }
    S3Call call = S3Call.of(request, known);
    Optional<String> refusal = authorizer.refusal(caller, call.needed());
    if (refusal.isPresent()) {
      return denied(caller, call, request, refusal.get());
    }
    HttpExecuteResponse response =
        caller.isUser() ? forward(request, content) : forwardSurely(request, content);
    int status = response.httpResponse().statusCode();
    if (status == 404 && !call.key().isEmpty()) {
      Optional<String> mayNotKnow = authorizer.refusal(caller, java.util.List.of(call.list()));
      if (mayNotKnow.isPresent()) {
        response.responseBody().ifPresent(S3Endpoint::discard);
        return denied(caller, call, request, mayNotKnow.get());
      }
    }
    return caller.isUser() ? response : recorded(caller, call, response);
  }

  /** The body of a function's request can be sent again, as its SDK would do on AWS. */
  private HttpExecuteResponse forwardSurely(
      SdkHttpRequest request, Optional<ContentStreamProvider> content) throws IOException {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return forward(request, content);
      } catch (IOException hungUp) {
        // The store has hung up before it had read all, and may do so for a while.
        pause(pause);
        pause = pause.multipliedBy(2);
      }
    }
    return forward(request, content);
  }

  private static void pause(Duration time) throws InterruptedIOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the store was asked again");
    }
  }

  private HttpExecuteResponse forward(
      SdkHttpRequest request, Optional<ContentStreamProvider> content) throws IOException {
    SdkHttpRequest.Builder toHere =
        request.toBuilder()
            .protocol("http")
            .host("127.0.0.1")
            .port(store.port())
            .encodedPath(S3Call.pathStyle(request))
            .putHeader("Host", "127.0.0.1:" + store.port())
            // The store may close a connection that is kept, just when a body is being sent on it,
            // and answers the other one while the client underneath has begun to send.
            .putHeader("Connection", "close")
            .removeHeader("Expect");
    if (request.firstMatchingHeader("Content-Type").isEmpty()) {
      // S3's default; the client underneath would make a form of it, which the store then reads.
      toHere.putHeader("Content-Type", "binary/octet-stream");
    }
    HttpExecuteRequest.Builder forwarded = HttpExecuteRequest.builder().request(toHere.build());
    if (content.isPresent()) {
      forwarded.contentStreamProvider(content.get());
    } else if (request.firstMatchingHeader("Content-Length").isPresent()) {
      // The client underneath announces a length only together with a body.
      forwarded.contentStreamProvider(ContentStreamProvider.fromByteArray(new byte[0]));
    }
    return toStore.prepareRequest(forwarded.build()).call();
  }

  private HttpExecuteResponse recorded(Caller caller, S3Call call, HttpExecuteResponse response)
      throws IOException {
    SdkHttpResponse http = response.httpResponse();
    if (http.isSuccessful()) {
      ObjectNode output = JsonNodeFactory.instance.objectNode();
      http.firstMatchingHeader("ETag").ifPresent(etag -> output.put("ETag", etag));
      if (OF_AN_OBJECT.contains(call.operation())) {
        http.firstMatchingHeader("Content-Length")
            .ifPresent(length -> output.put("ContentLength", Long.parseLong(length)));
      }
      recorder.answered(caller.name(), "s3", call.operation(), call.input(), output);
      return response;
    }
    byte[] body = new byte[0];
    if (response.responseBody().isPresent()) {
      try (InputStream in = response.responseBody().get()) {
        body = in.readAllBytes();
      }
    }
    String xml = new String(body, StandardCharsets.UTF_8);
    recorder.refused(
        caller.name(),
        "s3",
        call.operation(),
        call.input(),
        first(CODE, xml).orElse(Integer.toString(http.statusCode())),
        first(MESSAGE, xml).orElse(""));
    return HttpExecuteResponse.builder()
        .response(http)
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  private HttpExecuteResponse denied(
      Caller caller, S3Call call, SdkHttpRequest request, String message) {
    recorder.refused(caller.name(), "s3", call.operation(), call.input(), "AccessDenied", message);
    boolean head = request.method() == SdkHttpMethod.HEAD;
    byte[] body =
        head
            ? new byte[0]
            : ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>AccessDenied</Code><Message>"
                    + message.replace("&", "&amp;").replace("<", "&lt;")
                    + "</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(403)
                .putHeader("Content-Type", "application/xml")
                .putHeader("Content-Length", Integer.toString(body.length))
                .putHeader("x-amz-request-id", UUID.randomUUID().toString())
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
        .build();
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static void discard(AbortableInputStream body) {
    body.abort();
  }
}
