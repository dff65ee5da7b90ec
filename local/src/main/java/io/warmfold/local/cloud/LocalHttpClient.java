package io.warmfold.local.cloud;

import java.io.IOException;
import java.util.Objects;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The HTTP client that the SDK's clients of the functions are built with: it hands requests to the
 * local services without a socket.
 *
 * <p>Thread-safe; closing it does nothing, because a function's clients share it.
 */
final class LocalHttpClient implements SdkHttpClient {

  private final Gateway gateway;

  LocalHttpClient(Gateway gateway) {
    this.gateway = Objects.requireNonNull(gateway, "gateway");
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return gateway.execute(request.httpRequest(), request.contentStreamProvider());
      }

      @Override
      public void abort() {
        // The services answer at once; there is nothing to abort.
      }
    };
  }

  @Override
  public String clientName() {
    return "warmfold-local";
  }

  @Override
  public void close() {
    // The gateway belongs to the local cloud.
  }
}
