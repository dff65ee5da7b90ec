package io.warmfold.local.cloud;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmfold.handler.Platform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** One sandbox of a function: a handler object that takes one event at a time. */
final class FunctionInstance {

  private static final JsonMapper JSON = JsonMapper.builder().findAndAddModules().build();

  private final Object handler;
  private final Sandbox sandbox;

  private FunctionInstance(Object handler, Sandbox sandbox) {
    this.handler = handler;
    this.sandbox = sandbox;
  }

  /** The way to AWS of one instance, which ends with it. */
  static final class Sandbox implements SdkHttpClient {
    private final SdkHttpClient http;
    private volatile boolean gone;

    Sandbox(SdkHttpClient http) {
      this.http = http;
    }

    boolean gone() {
      return gone;
    }

    /** From now on nothing is reached. */
    void cutOff() {
      gone = true;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      ExecutableHttpRequest prepared = http.prepareRequest(request);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          if (gone) {
            throw new IOException("the sandbox of this function is gone: it had timed out");
          }
          return prepared.call();
        }

        @Override
        public void abort() {
          prepared.abort();
        }
      };
    }

    @Override
    public void close() {
      // What it leads to is shared.
    }
  }

  /**
   * Makes the handler, with a {@link Platform} if it takes one.
   *
   * @throws ReflectiveOperationException if there is no such class, or it throws when it is made
   */
  static FunctionInstance start(String handlerClass, Platform platform, Sandbox sandbox)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(handlerClass);
    if (!RequestStreamHandler.class.isAssignableFrom(type)
        && !RequestHandler.class.isAssignableFrom(type)) {
      throw new NoSuchMethodException(handlerClass + " is not a handler of Lambda");
    }
    Constructor<?> constructor;
    Object[] arguments;
    try {
      constructor = type.getConstructor(Platform.class);
      arguments = new Object[] {platform};
    } catch (NoSuchMethodException withoutPlatform) {
      constructor = type.getConstructor();
      arguments = new Object[0];
    }
    return new FunctionInstance(constructor.newInstance(arguments), sandbox);
  }

  /** What was thrown when an instance was made, without the reflection around it. */
  static Throwable thrownBy(ReflectiveOperationException e) {
    return e instanceof InvocationTargetException target ? target.getCause() : e;
  }

  byte[] handle(byte[] event, Context context) throws IOException {
    if (handler instanceof RequestStreamHandler stream) {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      stream.handleRequest(new ByteArrayInputStream(event), output, context);
      return output.toByteArray();
    }
    JavaType input =
        JSON.getTypeFactory()
            .constructType(handler.getClass())
            .findTypeParameters(RequestHandler.class)[0];
    @SuppressWarnings("unchecked")
    RequestHandler<Object, Object> typed = (RequestHandler<Object, Object>) handler;
    return JSON.writeValueAsBytes(typed.handleRequest(JSON.readValue(event, input), context));
  }

  /** Cuts the instance off from AWS: its invocation has timed out. */
  void kill() {
    sandbox.cutOff();
  }

  static JsonNode parse(byte[] payload) throws IOException {
    JsonNode parsed = JSON.readTree(payload);
    return parsed.isMissingNode() ? JSON.nullNode() : parsed;
  }

  static byte[] write(JsonNode payload) throws IOException {
    return JSON.writeValueAsBytes(payload);
  }
}
