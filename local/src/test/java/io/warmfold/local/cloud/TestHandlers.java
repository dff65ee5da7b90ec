package io.warmfold.local.cloud;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.warmfold.handler.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions to host. */
public final class TestHandlers {

  private TestHandlers() {}

  /** Answers how often this instance was called, its environment and its event. */
  public static final class Counting implements RequestStreamHandler {
    private final Platform platform;
    private int calls;

    /** The function on a platform. */
    public Counting(Platform platform) {
      this.platform = platform;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      calls++;
      platform.log().accept("{\"call\":" + calls + "}");
      String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      output.write(
          ("{\"calls\":"
                  + calls
                  + ",\"stage\":\""
                  + platform.variable("STAGE")
                  + "\",\"remaining\":"
                  + context.getRemainingTimeInMillis()
                  + ",\"event\":"
                  + event
                  + "}")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A handler of Lambda's typed kind, without a platform. */
  public static final class Typed implements RequestHandler<Map<String, Integer>, Integer> {
    @Override
    public Integer handleRequest(Map<String, Integer> input, Context context) {
      return input.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Fails, as often as it is told to. */
  public static final class Failing implements RequestStreamHandler {
    static final AtomicInteger FAILURES = new AtomicInteger();
    static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      CALLS.incrementAndGet();
      if (FAILURES.getAndDecrement() > 0) {
        throw new IllegalStateException("not today", new IOException("because"));
      }
      output.write("null".getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Waits until it is interrupted. */
  public static final class Endless implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  /** Cannot be made. */
  public static final class Broken implements RequestStreamHandler {
    /** Throws. */
    public Broken() {
      throw new UnsupportedOperationException("no environment");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
      throw new AssertionError("never made");
    }
  }

  /** Answers more than Lambda lets through. */
  public static final class Talkative implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      output.write(("\"" + "x".repeat(6 * 1024 * 1024) + "\"").getBytes(StandardCharsets.UTF_8));
    }
  }
}
