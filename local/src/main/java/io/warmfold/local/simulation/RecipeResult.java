package io.warmfold.local.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What the published recipe came to.
 *
 * @param warm whether its fold jobs ran in warm pools
 * @param elapsed seconds from the start of its first coordinator to the end of its last
 * @param bill of the fold jobs
 * @param coordinators instance seconds of the coordinators
 * @param trials that were run
 * @param failedTrials those of which a fold failed
 * @param foldJobs how many jobs the coordinators started
 * @param coldStarts fold jobs on new instances
 * @param peakJobs the most training jobs at once, coordinators included
 * @param trajectory its incumbents in the order of time
 */
public record RecipeResult(
    boolean warm,
    double elapsed,
    Bill bill,
    double coordinators,
    int trials,
    int failedTrials,
    int foldJobs,
    int coldStarts,
    int peakJobs,
    List<Incumbent> trajectory) {

  public RecipeResult {
    trajectory = List.copyOf(trajectory);
  }

  /** Everything that is billed, in instance seconds. */
  public double billed() {
    return bill.total() + coordinators;
  }

  /** One coordinator for each trial, and its folds. */
  public int jobs() {
    return trials + foldJobs;
  }

  /** In the manner of the result of a simulated study. */
  public ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("Recipe", warm ? "warm" : "cold");
    if (!trajectory.isEmpty()) {
      Incumbent best = trajectory.getLast();
      ObjectNode values =
          node.putObject("Best")
              .put("Trial", best.trial())
              .put("CvScore", best.cvScore())
              .putObject("HyperParameters");
      best.hyperParameters().forEach(values::put);
    }
    node.putObject("Trials")
        .put("Total", trials)
        .put("Complete", trials - failedTrials)
        .put("Failed", failedTrials);
    node.putObject("Jobs").put("Fold", foldJobs).put("Coordinator", trials);
    ObjectNode simulated = node.putObject("Simulated");
    simulated.put("Elapsed", Figures.rounded(elapsed));
    simulated
        .putObject("Billed")
        .put("Training", Figures.rounded(bill.training()))
        .put("StartUp", Figures.rounded(bill.startUp()))
        .put("WarmIdle", Figures.rounded(bill.warmIdle()))
        .put("Coordinators", Figures.rounded(coordinators))
        .put("Total", Figures.rounded(billed()));
    simulated.put("PeakJobs", peakJobs);
    simulated.put("ColdStarts", coldStarts);
    simulated.put("WarmStarts", foldJobs - coldStarts);
    node.set("Trajectory", Incumbent.toJson(trajectory));
    return node;
  }
}
