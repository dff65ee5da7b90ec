package io.warmfold.local.cli;

import io.warmfold.local.RealTimeline;
import io.warmfold.local.Timeline;
import io.warmfold.local.cloud.CloudOptions;
import io.warmfold.local.cloud.LocalCloud;
import io.warmfold.local.cloud.WorkFolderInUseException;
import io.warmfold.local.sagemaker.Images;
import io.warmfold.local.sagemaker.SageMakerSettings;
import io.warmfold.local.sagemaker.instance.LocalJobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Opens the real local cloud, on the wall clock. */
final class LocalCloudOpener implements Cloud.Opener {

  /** The account that the local stack is in, which its SageMaker has to agree with. */
  private static final String ACCOUNT = "123456789012";

  private static final String REGION = "us-east-1";

  private final Home home;

  LocalCloudOpener(Home home) {
    this.home = home;
  }

  @Override
  public Cloud open(CommonOptions options) throws IOException {
    Images images = options.images();
    Logs.into(options.logs());
    SplittableRandom random = new SplittableRandom();
    Troubles troubles = new Troubles();
    CloudOptions cloud =
        CloudOptions.of(random.split())
            .withTroubles(troubles::add)
            .withParameters(Map.of("MetricsLagSeconds", "0"))
            .withRetryDelays(List.of(Duration.ofSeconds(2), Duration.ofSeconds(5)));
    if (options.recording().isPresent()) {
      cloud = cloud.recordingTo(options.recording().get());
    }
    Timeline timeline = new RealTimeline();
    try {
      LocalCloud local =
          LocalCloud.open(
              options.work(),
              timeline,
              home.template(),
              cloud,
              SageMakerSettings.unlimited(ACCOUNT, REGION, random.split()),
              (time, objects, work) -> new LocalJobRunner(time, objects, work, images, 1));
      try {
        if (Files.isDirectory(home.examples())) {
          local.seedExamples(home.examples());
        }
        return new LocalCloudDriver(local, timeline, troubles);
      } catch (IOException | RuntimeException e) {
        local.close();
        throw e;
      }
    } catch (WorkFolderInUseException inUse) {
      timeline.close();
      throw new FolderInUseException(inUse.getMessage(), inUse);
    } catch (IOException | RuntimeException e) {
      timeline.close();
      throw e;
    }
  }
}
