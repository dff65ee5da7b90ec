package io.warmfold.local.cli;

import io.warmfold.local.Parts;
import io.warmfold.local.RealTimeline;
import io.warmfold.local.Timeline;
import io.warmfold.local.cloud.CloudOptions;
import io.warmfold.local.cloud.Delivery;
import io.warmfold.local.cloud.LocalCloud;
import io.warmfold.local.cloud.Witnesses;
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
    SplittableRandom random = new SplittableRandom();
    Troubles troubles = new Troubles();
    CloudOptions cloud =
        CloudOptions.of(random.split())
            .withParameters(Map.of("MetricsLagSeconds", "0"))
            .with(Delivery.retriedAfter(List.of(Duration.ofSeconds(2), Duration.ofSeconds(5))))
            .with(
                new Witnesses(
                    options.recording(), (caller, service, operation) -> {}, troubles::add));
    Parts parts = new Parts();
    try {
      parts.add(Logs.into(options.logs(), troubles::addBug));
      Timeline timeline = parts.add(new RealTimeline());
      LocalCloud local =
          parts.add(
              LocalCloud.open(
                  options.work(),
                  timeline,
                  home.template(),
                  cloud,
                  SageMakerSettings.unlimited(ACCOUNT, REGION, random.split()),
                  (time, objects, work) -> new LocalJobRunner(time, objects, work, images, 1)));
      if (Files.isDirectory(home.examples())) {
        local.seedExamples(home.examples());
      }
      return new LocalCloudDriver(local, timeline, troubles, parts);
    } catch (WorkFolderInUseException inUse) {
      parts.closeAfter(inUse);
      throw new FolderInUseException(inUse.getMessage(), inUse);
    } catch (IOException | RuntimeException | Error e) {
      parts.closeAfter(e);
      throw e;
    }
  }
}
