import static java.util.stream.Collectors.toCollection;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Leaves out of the jar for Lambda what belongs to operations of AWS that Warmfold never calls.
 *
 * <p>Nothing outside the SDK's service packages is touched. Inside them, the clients lose the
 * methods of operations that nobody calls, and a class stays if anything that stays names it, be it
 * in code, in a signature, in a string or in a resource. docs/adr/0005 says why it is done like
 * this.
 *
 * <p>Run as {@code java ShakeLambdaJar.java whole.jar shaken.jar}.
 */
final class ShakeLambdaJar {

  private static final Pattern SERVICE_CLASS =
      Pattern.compile("software[/.]amazon[/.]awssdk[/.]services[/.][\\w/.$]+");
  private static final Pattern CLIENT =
      Pattern.compile("software/amazon/awssdk/services/\\w+/\\w+Client");

  /** Casts to the request of every operation that has a parameter in its address; executes one. */
  private static final Pattern ENDPOINT_INTERCEPTOR =
      Pattern.compile(".*/endpoints/internal/\\w+ResolveEndpointInterceptor");

  /** Methods that every client has besides its operations. */
  private static final Set<String> NOT_OPERATIONS =
      Set.of(
          "builder",
          "close",
          "create",
          "serviceClientConfiguration",
          "serviceMetadata",
          "serviceName");

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Map<String, ClassModel> classes = new HashMap<>();

  /** Knows the supertypes of the jar's classes, which the frames of a rewritten method need. */
  private final ClassHierarchyResolver hierarchy =
      ClassHierarchyResolver.ofResourceParsing(this::open)
          .orElse(ClassHierarchyResolver.defaultResolver());

  /** The client interface that a class is or implements, for those classes; internal names. */
  private final Map<String, String> clients = new HashMap<>();

  /** The names of a client interface's operations. */
  private final Map<String, Set<String>> operations = new HashMap<>();

  /** Those of them that are called. */
  private final Map<String, Set<String>> called = new TreeMap<>();

  public static void main(String[] args) throws IOException {
    var shaker = new ShakeLambdaJar();
    shaker.read(Path.of(args[0]));
    Set<String> kept = shaker.shake();
    shaker.write(Path.of(args[1]), kept);
    shaker.called.forEach(
        (client, names) -> {
          if (!client.endsWith("AsyncClient")) {
            System.out.println(client.replaceAll(".*/", "") + ": " + String.join(", ", names));
          }
        });
  }

  private InputStream open(ClassDesc type) {
    String descriptor = type.descriptorString();
    byte[] bytes = entries.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  private void read(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(e -> (ZipEntry) e)::iterator) {
        if (entry.isDirectory()) {
          continue;
        }
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        entries.put(entry.getName(), bytes);
        if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
          ClassModel model = ClassFile.of().parse(bytes);
          classes.put(model.thisClass().asInternalName(), model);
        }
      }
    }
    for (ClassModel model : classes.values()) {
      String name = model.thisClass().asInternalName();
      if (CLIENT.matcher(name).matches() && model.flags().has(AccessFlag.INTERFACE)) {
        operations.put(
            name,
            model.methods().stream()
                .filter(method -> !method.flags().has(AccessFlag.STATIC))
                .map(method -> method.methodName().stringValue())
                .filter(method -> !NOT_OPERATIONS.contains(method))
                .collect(toCollection(HashSet::new)));
        called.put(name, new TreeSet<>());
      }
    }
    for (ClassModel model : classes.values()) {
      String client = clientOf(model);
      if (client != null) {
        clients.put(model.thisClass().asInternalName(), client);
      }
    }
  }

  /** The client interface that a class is, or implements itself or through its superclasses. */
  private String clientOf(ClassModel model) {
    String name = model.thisClass().asInternalName();
    if (operations.containsKey(name)) {
      return name;
    }
    for (var type : model.interfaces()) {
      if (operations.containsKey(type.asInternalName())) {
        return type.asInternalName();
      }
    }
    ClassModel parent =
        model.superclass().map(type -> classes.get(type.asInternalName())).orElse(null);
    return parent == null ? null : clientOf(parent);
  }

  /** Follows names from what stays for sure, until no further operation turns out to be called. */
  private Set<String> shake() {
    while (true) {
      Map<String, ClassModel> shaken = new HashMap<>(classes);
      clients.forEach(
          (name, client) -> shaken.put(name, withoutUncalled(classes.get(name), client)));
      Set<String> reached = reach(shaken);
      boolean grown = false;
      for (String name : reached) {
        for (PoolEntry entry : shaken.get(name).constantPool()) {
          if (entry instanceof MemberRefEntry member) {
            String client = clients.get(member.owner().asInternalName());
            String method = member.name().stringValue();
            if (client != null && operations.get(client).contains(method)) {
              grown |= called.get(client).add(method);
            }
          }
        }
      }
      if (!grown) {
        for (String name : clients.keySet()) {
          entries.put(
              name + ".class",
              ClassFile.of().transformClass(shaken.get(name), ClassTransform.ACCEPT_ALL));
        }
        return reached;
      }
    }
  }

  /** A client's class with a constant pool that knows only the operations that are called. */
  private ClassModel withoutUncalled(ClassModel model, String client) {
    Set<String> uncalled = new HashSet<>(operations.get(client));
    uncalled.removeAll(called.get(client));
    var file =
        ClassFile.of(
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    return file.parse(
        file.transformClass(
            model,
            // The list of inner classes names the builders of every request, and only reflection
            // reads it.
            ClassTransform.dropping(
                element ->
                    element instanceof InnerClassesAttribute
                        || element instanceof MethodModel method
                            && uncalled.contains(operationOf(method)))));
  }

  /** The operation that a method carries out or, for the body of a lambda, helps to carry out. */
  private static String operationOf(MethodModel method) {
    String name = method.methodName().stringValue();
    return name.startsWith("lambda$")
        ? name.substring("lambda$".length(), name.lastIndexOf('$'))
        : name;
  }

  private Set<String> reach(Map<String, ClassModel> models) {
    Set<String> reached = new HashSet<>();
    var toVisit = new ArrayDeque<String>();
    for (String name : models.keySet()) {
      if (!SERVICE_CLASS.matcher(name).matches() && reached.add(name)) {
        toVisit.add(name);
      }
    }
    entries.forEach(
        (name, bytes) -> {
          if (!name.endsWith(".class")) {
            visitNames(new String(bytes, StandardCharsets.UTF_8), models, reached, toVisit);
          }
        });
    while (!toVisit.isEmpty()) {
      String visited = toVisit.poll();
      boolean namesEveryRequest = ENDPOINT_INTERCEPTOR.matcher(visited).matches();
      for (PoolEntry entry : models.get(visited).constantPool()) {
        if (entry instanceof Utf8Entry text
            && !(namesEveryRequest && text.stringValue().contains("/model/"))) {
          visitNames(text.stringValue(), models, reached, toVisit);
        }
      }
    }
    return reached;
  }

  private static void visitNames(
      String text,
      Map<String, ClassModel> models,
      Set<String> reached,
      ArrayDeque<String> toVisit) {
    var names = SERVICE_CLASS.matcher(text);
    while (names.find()) {
      String name = names.group().replace('.', '/');
      if (models.containsKey(name) && reached.add(name)) {
        toVisit.add(name);
      }
    }
  }

  private void write(Path jar, Set<String> kept) throws IOException {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(jar));
        var zip = new ZipOutputStream(file)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        String name = entry.getKey();
        if (name.endsWith(".class")
            && !name.startsWith("META-INF/")
            && !kept.contains(name.substring(0, name.length() - ".class".length()))) {
          continue;
        }
        var target = new ZipEntry(name);
        // The same bytes for the same sources.
        target.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        zip.putNextEntry(target);
        zip.write(entry.getValue());
      }
    }
  }
}
