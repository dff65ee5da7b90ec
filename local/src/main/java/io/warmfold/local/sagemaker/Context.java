package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.Timeline;
import io.warmfold.local.aws.EventSink;
import io.warmfold.local.aws.ServiceException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What all parts of the service share.
 *
 * @param folder where resources are kept, one folder a kind; empty to remember nothing
 */
record Context(
    Timeline timeline,
    SageMakerSettings settings,
    EventSink events,
    JobRunner runner,
    Optional<Path> folder) {

  Store store(String kind) {
    return new Store(folder.map(f -> f.resolve(kind)));
  }

  /** Now, as the wire has times: seconds since the epoch. */
  DecimalNode now() {
    return seconds(timeline.instant());
  }

  static DecimalNode seconds(Instant instant) {
    return DecimalNode.valueOf(BigDecimal.valueOf(instant.toEpochMilli(), 3));
  }

  /** Puts an event of SageMaker's on the bus, once what is being done is done. */
  void emit(String detailType, String arn, ObjectNode detail) {
    var random = settings.random();
    ObjectNode event = detail.objectNode();
    event.put("version", "0");
    event.put("id", new UUID(random.nextLong(), random.nextLong()).toString());
    event.put("detail-type", detailType);
    event.put("source", "aws.sagemaker");
    event.put("account", settings.account());
    event.put("time", Instant.ofEpochSecond(timeline.instant().getEpochSecond()).toString());
    event.put("region", settings.region());
    event.putArray("resources").add(arn);
    event.set("detail", detail);
    timeline.after(Duration.ZERO, () -> events.put(event));
  }

  static ServiceException invalid(String message) {
    return new ServiceException("ValidationException", message);
  }
}
