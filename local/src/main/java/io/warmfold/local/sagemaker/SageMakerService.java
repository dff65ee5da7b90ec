package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.Timeline;
import io.warmfold.local.aws.EventSink;
import io.warmfold.local.aws.S3Folder;
import io.warmfold.local.aws.Service;
import io.warmfold.local.aws.ServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * SageMaker on one machine, as far as a study needs it.
 *
 * <p>It works on its timeline's thread alone and has no threads of its own; what jobs do is its
 * {@link JobRunner}'s affair. Resources are remembered under {@code folder}: over the folder of an
 * earlier life, jobs that were running then have failed with an InternalServerError, and its warm
 * pools are terminated.
 */
public final class SageMakerService implements Service, AutoCloseable {

  /** {@link #targetPrefix}. */
  public static final String TARGET_PREFIX = "SageMaker";

  private final Context context;
  private final RequestValidator validator = new RequestValidator();
  private final Map<String, Function<JsonNode, ObjectNode>> operations = new HashMap<>();
  private final Map<String, Throttle> throttles = new HashMap<>();
  private final TrainingJobs training;

  /**
   * Opens the service.
   *
   * @param folder where resources are remembered as JSON; empty to remember nothing
   * @param objects the local S3, which models are looked up in
   */
  public SageMakerService(
      Timeline timeline,
      SageMakerSettings settings,
      Optional<Path> folder,
      S3Folder objects,
      EventSink events,
      JobRunner runner) {
    this.context = new Context(timeline, settings, events, runner, folder);
    this.training = timeline.call(() -> open(objects));
    settings
        .callsPerSecond()
        .forEach((operation, rate) -> throttles.put(operation, new Throttle(rate)));
  }

  private TrainingJobs open(S3Folder objects) {
    Tags tags = new Tags(context);
    ModelPackages packages = new ModelPackages(context, tags);
    Models models = new Models(context, objects, tags, packages);
    TrainingJobs trainings = new TrainingJobs(context, tags);
    ProcessingJobs processings = new ProcessingJobs(context, tags);
    TransformJobs transforms = new TransformJobs(context, tags, models);
    jobs("Training", trainings);
    jobs("Processing", processings);
    jobs("Transform", transforms);
    operations.put("UpdateTrainingJob", trainings::update);
    operations.put("CreateModel", models::create);
    operations.put("DescribeModel", models::describe);
    operations.put("ListModels", models::list);
    operations.put("DeleteModel", silent(models::delete));
    operations.put("CreateModelPackageGroup", packages::createGroup);
    operations.put("DescribeModelPackageGroup", packages::describeGroup);
    operations.put("ListModelPackageGroups", packages::listGroups);
    operations.put("DeleteModelPackageGroup", silent(packages::deleteGroup));
    operations.put("CreateModelPackage", packages::create);
    operations.put("DescribeModelPackage", packages::describe);
    operations.put("UpdateModelPackage", packages::update);
    operations.put("ListModelPackages", packages::list);
    operations.put("DeleteModelPackage", silent(packages::delete));
    operations.put("AddTags", request -> addTags(tags, request));
    operations.put("ListTags", request -> listTags(tags, request));
    operations.put(
        "DeleteTags",
        silent(
            request ->
                tags.remove(request.path("ResourceArn").textValue(), request.path("TagKeys"))));
    trainings.recover();
    processings.recover();
    transforms.recover();
    return trainings;
  }

  private void jobs(String kind, Jobs jobs) {
    operations.put("Create" + kind + "Job", jobs::create);
    operations.put("Describe" + kind + "Job", jobs::describe);
    operations.put("List" + kind + "Jobs", jobs::list);
    operations.put("Stop" + kind + "Job", silent(jobs::stop));
  }

  private static Function<JsonNode, ObjectNode> silent(Consumer<JsonNode> operation) {
    return request -> {
      operation.accept(request);
      return JsonNodeFactory.instance.objectNode();
    };
  }

  private static ObjectNode addTags(Tags tags, JsonNode request) {
    String arn = request.path("ResourceArn").textValue();
    tags.add(arn, request.path("Tags"));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("Tags", tags.list(arn));
    return answer;
  }

  private static ObjectNode listTags(Tags tags, JsonNode request) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("Tags", tags.list(request.path("ResourceArn").textValue()));
    return answer;
  }

  @Override
  public String name() {
    return "sagemaker";
  }

  @Override
  public String targetPrefix() {
    return TARGET_PREFIX;
  }

  @Override
  public String jsonVersion() {
    return "1.1";
  }

  @Override
  public JsonNode call(String operation, JsonNode input) {
    Function<JsonNode, ObjectNode> carryOut = operations.get(operation);
    if (carryOut == null) {
      throw new ServiceException(
          "UnknownOperationException", operation + " is not served by the local SageMaker.");
    }
    Object answer =
        context.timeline().call(() -> outcome(() -> answer(operation, input, carryOut)));
    if (answer instanceof ServiceException refusal) {
      throw refusal;
    }
    return (JsonNode) answer;
  }

  /** A refusal as a value, for it to come over from the timeline's thread as it is. */
  private static Object outcome(Callable<ObjectNode> work) throws Exception {
    try {
      return work.call();
    } catch (ServiceException refusal) {
      return refusal;
    }
  }

  private ObjectNode answer(
      String operation, JsonNode input, Function<JsonNode, ObjectNode> carryOut) {
    Throttle throttle = throttles.get(operation);
    if (throttle != null && !throttle.allows(context.timeline().instant())) {
      context.runner().throttled(operation);
      throw new ServiceException("ThrottlingException", "Rate exceeded");
    }
    validator.check(operation, input);
    return carryOut.apply(input).deepCopy();
  }

  /** Ends the warm pools and the runner; jobs that run are lost. */
  @Override
  public void close() {
    context
        .timeline()
        .call(
            () -> {
              training.close();
              context.runner().close();
              return null;
            });
  }

  /** A bucket of tokens that fills at a steady rate and holds one second's worth, at least one. */
  private static final class Throttle {
    private final double rate;
    private double tokens;
    private Instant last = Instant.MIN;

    Throttle(double rate) {
      this.rate = rate;
    }

    boolean allows(Instant now) {
      double most = Math.max(1, rate);
      tokens =
          last.equals(Instant.MIN)
              ? most
              : Math.min(most, tokens + rate * Duration.between(last, now).toNanos() / 1e9);
      last = now;
      if (tokens < 1) {
        return false;
      }
      tokens -= 1;
      return true;
    }
  }
}
