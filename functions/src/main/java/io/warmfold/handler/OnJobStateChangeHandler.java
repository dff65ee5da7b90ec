package io.warmfold.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.flow.JobEnd;
import io.warmfold.job.JobName;
import java.util.List;
import java.util.Optional;

/**
 * Takes EventBridge's events of training, processing and transform jobs. An event is only a sign to
 * look: what counts is what SageMaker says of the job now.
 */
public final class OnJobStateChangeHandler extends JsonHandler {

  private static final List<String> NAMES =
      List.of("TrainingJobName", "ProcessingJobName", "TransformJobName");

  private final JobEnd ends;

  /** The function on Lambda. */
  public OnJobStateChangeHandler() {
    this(Platform.ofLambda());
  }

  /** The function on any platform. */
  public OnJobStateChangeHandler(Platform platform) {
    super(platform);
    this.ends = new JobEnd(wiring().parts());
  }

  @Override
  ObjectNode handle(JsonNode event) {
    var name =
        NAMES.stream()
            .map(field -> maybeText(event.path("detail"), field))
            .flatMap(Optional::stream)
            .findFirst()
            .flatMap(job -> JobName.parse(wiring().platform().variable("NAME_PREFIX"), job));
    var handled = name.isPresent() && ends.handle(name.get().study(), name.get().text());
    return MAPPER.createObjectNode().put("Handled", handled);
  }
}
