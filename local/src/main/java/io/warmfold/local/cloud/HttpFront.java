package io.warmfold.local.cloud;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The local cloud for everybody on this machine: one loopback port for all services, which {@code
 * AWS_ENDPOINT_URL} is set to.
 */
public final class HttpFront implements AutoCloseable {

  /** Headers that belong to one connection, not to the message. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "date", "expect", "keep-alive", "transfer-encoding");

  private final Gateway gateway;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private HttpFront(Gateway gateway, HttpServer server) {
    this.gateway = gateway;
    this.server = server;
  }

  static HttpFront start(Gateway gateway, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    HttpFront front = new HttpFront(gateway, server);
    server.setExecutor(front.threads);
    server.createContext("/", front::handle);
    server.start();
    return front;
  }

  /** Where it listens: what {@code AWS_ENDPOINT_URL} has to say. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpExecuteResponse response;
      try {
        response = gateway.execute(request(exchange), body(exchange));
      } catch (IOException | RuntimeException e) {
        fail(exchange, e);
        return;
      }
      answer(exchange, response);
    }
  }

  /** A fault of the local cloud itself, in a form that clients can read. */
  private static void fail(HttpExchange exchange, Exception e) throws IOException {
    String problem = String.valueOf(e).replaceAll("[<>&\"\\\\\\p{Cntrl}]", " ");
    boolean json = exchange.getRequestHeaders().containsKey("X-Amz-Target");
    String body =
        json
            ? "{\"__type\":\"InternalFailure\",\"message\":\"" + problem + "\"}"
            : "<Error><Code>InternalError</Code><Message>" + problem + "</Message></Error>";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", json ? "application/x-amz-json-1.1" : "application/xml");
    exchange.sendResponseHeaders(500, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static SdkHttpRequest request(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    SdkHttpFullRequest.Builder request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.fromValue(exchange.getRequestMethod()))
            .protocol("http")
            .host("127.0.0.1")
            .encodedPath(uri.getRawPath());
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!OF_THE_CONNECTION.contains(name) || name.equals("content-length")) {
        request.putHeader(header.getKey(), header.getValue());
      }
    }
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? null : pair.substring(equals + 1);
        request.appendRawQueryParameter(decode(name), value == null ? null : decode(value));
      }
    }
    return request.build();
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Optional<ContentStreamProvider> body(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    boolean some =
        headers.containsKey("Transfer-Encoding")
            || !"0".equals(Optional.ofNullable(headers.getFirst("Content-Length")).orElse("0"));
    InputStream in = exchange.getRequestBody();
    return some ? Optional.of(() -> in) : Optional.empty();
  }

  private static void answer(HttpExchange exchange, HttpExecuteResponse response)
      throws IOException {
    SdkHttpResponse http = response.httpResponse();
    http.forEachHeader(
        (name, values) -> {
          if (name != null && !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
    Optional<String> length = http.firstMatchingHeader("Content-Length");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head || http.statusCode() == 204 || http.statusCode() == 304) {
      length.ifPresent(value -> exchange.getResponseHeaders().set("Content-Length", value));
      exchange.sendResponseHeaders(http.statusCode(), -1);
      return;
    }
    long known = length.map(Long::parseLong).orElse(0L);
    boolean empty = response.responseBody().isEmpty() || (length.isPresent() && known == 0);
    exchange.sendResponseHeaders(http.statusCode(), empty ? -1 : known);
    if (!empty) {
      try (InputStream in = response.responseBody().get();
          OutputStream out = exchange.getResponseBody()) {
        in.transferTo(out);
      }
    }
  }

  /** Stops listening. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
