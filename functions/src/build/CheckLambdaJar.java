import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Proves that the jar for Lambda can do its work alone: every client can be built from it, every
 * operation that it kept can be called with every field of its request set, every handler of the
 * template can be made and called, and it is small enough.
 *
 * <p>Run as {@code java -cp lambda.jar CheckLambdaJar.java lambda.jar template.yaml megabytes}.
 * Calls end in an HTTP client that answers by itself.
 */
final class CheckLambdaJar {

  private static final List<String> CLIENTS =
      List.of(
          "software.amazon.awssdk.services.dynamodb.DynamoDbClient",
          "software.amazon.awssdk.services.s3.S3Client",
          "software.amazon.awssdk.services.sagemaker.SageMakerClient",
          "software.amazon.awssdk.services.sfn.SfnClient");

  private CheckLambdaJar() {}

  public static void main(String[] args) throws Exception {
    Path jar = Path.of(args[0]);
    List<String> problems = new ArrayList<>();

    double megabytes = Files.size(jar) / 1e6;
    if (megabytes > Double.parseDouble(args[2])) {
      problems.add("%s has %.1f MB, more than %s".formatted(jar, megabytes, args[2]));
    }
    var calls = new TreeMap<String, Integer>();
    for (String client : CLIENTS) {
      calls.put(client.replaceAll(".*\\.", ""), callEverything(client, problems));
    }
    int handlers = makeHandlers(jar, Path.of(args[1]), problems);

    if (!problems.isEmpty()) {
      problems.forEach(problem -> System.err.println("[ERROR] " + problem));
      System.exit(1);
    }
    System.out.printf(
        "%s: %.1f MB, %d handlers, operations %s%n", jar.getFileName(), megabytes, handlers, calls);
  }

  private static int callEverything(String name, List<String> problems) throws Exception {
    Class<?> type = Class.forName(name);
    var answered = new AtomicInteger();
    var builder = (AwsClientBuilder<?, ?>) type.getMethod("builder").invoke(null);
    builder
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
    ((AwsSyncClientBuilder<?, ?>) builder).httpClient(new Answering(answered));
    Object client = builder.build();
    Class<?> implementation = client.getClass();
    for (Method method : type.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (Modifier.isStatic(method.getModifiers())
          || parameters.length == 0
          || !SdkRequest.class.isAssignableFrom(parameters[0])
          || method.getName().endsWith("Paginator")
          || !isImplemented(implementation, method)) {
        continue;
      }
      int before = answered.get();
      try {
        method.invoke(client, arguments(parameters));
      } catch (InvocationTargetException e) {
        problems.add(name + "." + method.getName() + ": " + e.getCause());
        continue;
      } catch (LinkageError e) {
        problems.add(name + "." + method.getName() + ": " + e);
        continue;
      }
      if (answered.get() == before) {
        problems.add(name + "." + method.getName() + " made no request");
      }
    }
    return answered.get();
  }

  private static Object[] arguments(Class<?>[] parameters) throws ReflectiveOperationException {
    Object[] arguments = new Object[parameters.length];
    arguments[0] = filled((SdkPojo) parameters[0].getMethod("builder").invoke(null), 0);
    for (int i = 1; i < parameters.length; i++) {
      if (parameters[i] == RequestBody.class) {
        arguments[i] = RequestBody.fromString("x");
      } else if (parameters[i] == ResponseTransformer.class) {
        arguments[i] = ResponseTransformer.toBytes();
      }
    }
    return arguments;
  }

  private static boolean isImplemented(Class<?> implementation, Method method) {
    for (Class<?> type = implementation; type != null; type = type.getSuperclass()) {
      for (Method own : type.getDeclaredMethods()) {
        if (own.getName().equals(method.getName())
            && List.of(own.getParameterTypes()).equals(List.of(method.getParameterTypes()))) {
          return true;
        }
      }
    }
    return false;
  }

  /** A request or a part of one with something in every field, down to a depth. */
  private static Object filled(SdkPojo builder, int depth) {
    for (SdkField<?> field : builder.sdkFields()) {
      Object value = value(field, depth);
      if (value != null) {
        field.set(builder, value);
      }
    }
    return ((Buildable) builder).build();
  }

  private static Object value(SdkField<?> field, int depth) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.STRING) {
      // A checksum would have to be right, and CopySource is another way to say SourceBucket.
      String name = String.valueOf(field.memberName());
      return name.contains("Checksum") || name.contains("MD5") || name.equals("CopySource")
          ? null
          : "abc";
    }
    if (type == MarshallingType.INTEGER) {
      return 1;
    }
    if (type == MarshallingType.BOOLEAN) {
      return true;
    }
    if (depth > 6) {
      return null;
    }
    if (type == MarshallingType.SDK_POJO) {
      return filled(field.constructor().get(), depth + 1);
    }
    if (type == MarshallingType.LIST) {
      Object member = value(field.getTrait(ListTrait.class).memberFieldInfo(), depth + 1);
      return member == null ? List.of() : List.of(member);
    }
    if (type == MarshallingType.MAP) {
      Object member = value(field.getTrait(MapTrait.class).valueFieldInfo(), depth + 1);
      return member == null ? Map.of() : Map.of("abc", member);
    }
    return null;
  }

  private static int makeHandlers(Path jar, Path template, List<String> problems)
      throws IOException {
    var wanted = new TreeSet<String>();
    for (String line : Files.readAllLines(template)) {
      String trimmed = line.trim();
      if (trimmed.startsWith("Handler: ")) {
        wanted.add(trimmed.substring("Handler: ".length()).replaceAll("::.*", ""));
      }
    }
    var present = new TreeSet<String>();
    try (var zip = new ZipFile(jar.toFile())) {
      zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.matches("io/warmfold/handler/\\w+Handler\\.class"))
          .forEach(name -> present.add(name.replace('/', '.').replaceAll("\\.class$", "")));
    }
    for (String name : wanted) {
      if (!present.contains(name)) {
        problems.add(template + " names the handler " + name + ", which the jar does not have");
        continue;
      }
      try {
        call(Class.forName(name).getConstructor().newInstance(), problems);
      } catch (ReflectiveOperationException | LinkageError e) {
        problems.add(
            name
                + " cannot be made: "
                + (e instanceof InvocationTargetException i ? i.getCause() : e));
      }
    }
    return wanted.size();
  }

  /**
   * Calls a handler as Lambda's runtime does, by reflection and from outside its package; with what
   * is no JSON, so that it comes no further than its decoder.
   */
  private static void call(Object handler, List<String> problems)
      throws ReflectiveOperationException {
    String name = handler.getClass().getName();
    Method method =
        handler
            .getClass()
            .getMethod("handleRequest", InputStream.class, OutputStream.class, Context.class);
    try {
      method.invoke(
          handler,
          new ByteArrayInputStream("no JSON".getBytes(StandardCharsets.UTF_8)),
          OutputStream.nullOutputStream(),
          null);
      problems.add(name + " took what is no JSON for an event");
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IOException)) {
        problems.add(name + " does not refuse what is no JSON: " + e.getCause());
      }
    }
  }

  /** Answers every request with an empty success. */
  private record Answering(AtomicInteger answered) implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          answered.incrementAndGet();
          URI uri = request.httpRequest().getUri();
          String body = uri.getHost().contains("s3") ? "<Empty/>" : "{}";
          var stream = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
          return HttpExecuteResponse.builder()
              .response(
                  SdkHttpFullResponse.builder()
                      .statusCode(200)
                      .putHeader("Content-Length", Integer.toString(body.length()))
                      .build())
              .responseBody(AbortableInputStream.create(stream))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
