package io.warmfold.local.sagemaker.instance;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A batch transform job. */
final class TransformWork extends Work {

  TransformWork(Order order, Consumer<String> phases, LongConsumer containers) {
    super(order, phases, containers);
  }

  @Override
  Map<String, Float> metrics() {
    return Map.of();
  }

  @Override
  Done run() throws IOException, InterruptedException, JobFailure {
    throw JobFailure.client("Batch transform is not served yet.");
  }
}
