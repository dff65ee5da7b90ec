package io.warmfold.local.sagemaker.instance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A custom image that serves: it is run with {@code serve}, listens on {@code
 * SAGEMAKER_BIND_TO_PORT}, answers {@code GET /ping} when it is ready and {@code POST
 * /invocations}.
 */
final class ServingContainer implements Endpoint {

  private static final Duration LONGEST_START = Duration.ofMinutes(4);
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);
  private static final Duration BETWEEN_PINGS = Duration.ofMillis(50);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI address;
  private final String contentType;
  private final String accept;
  private final Container container;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  /**
   * Starts the image and waits until it answers.
   *
   * @param containers makes a container of what is to be added to its environment
   * @param run runs a container to its end
   */
  ServingContainer(
      Function<Map<String, String>, Container> containers,
      Runner run,
      String contentType,
      String accept)
      throws IOException, InterruptedException, JobFailure {
    int port = freePort();
    this.address = URI.create("http://127.0.0.1:" + port);
    this.contentType = contentType;
    this.accept = accept;
    Map<String, String> environment = new HashMap<>();
    environment.put("SAGEMAKER_BIND_TO_PORT", Integer.toString(port));
    environment.put("SAGEMAKER_SAFE_PORT_RANGE", port + "-" + port);
    environment.put("SAGEMAKER_BATCH", "true");
    this.container = containers.apply(environment);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                exit.complete(run.run(container));
              } catch (IOException | InterruptedException e) {
                exit.completeExceptionally(e);
              }
            });
    awaitPing();
  }

  /** Runs a container to its end. */
  @FunctionalInterface
  interface Runner {
    int run(Container container) throws IOException, InterruptedException;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitPing() throws InterruptedException, JobFailure {
    HttpRequest ping =
        HttpRequest.newBuilder(address.resolve("/ping")).timeout(Duration.ofSeconds(5)).build();
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (http.send(ping, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
      failIfOver();
    }
    container.kill();
    throw JobFailure.client("The primary container did not pass the ping health check.");
  }

  /** Waits the time between two pings for the container to end, which it must not. */
  private void failIfOver() throws InterruptedException, JobFailure {
    try {
      int code = exit.get(BETWEEN_PINGS.toMillis(), TimeUnit.MILLISECONDS);
      throw JobFailure.algorithm("The container ended before it could serve", code);
    } catch (TimeoutException stillRunning) {
      return;
    } catch (ExecutionException e) {
      throw (JobFailure)
          JobFailure.algorithm(String.valueOf(e.getCause().getMessage()), 1).initCause(e);
    }
  }

  @Override
  public String invoke(String body) throws IOException, InterruptedException, JobFailure {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/invocations"))
            .timeout(LONGEST_ANSWER)
            .header("Content-Type", contentType)
            .header("Accept", accept)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw JobFailure.client(
          "The container answered "
              + response.statusCode()
              + ": "
              + response.body().lines().findFirst().orElse(""));
    }
    return response.body();
  }

  @Override
  public void close() {
    container.stop();
    http.shutdownNow();
  }
}
