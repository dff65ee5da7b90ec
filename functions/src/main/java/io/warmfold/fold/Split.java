package io.warmfold.fold;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Splits data into K shards, in three steps that may run in different processes: {@link #plan}
 * once, {@link #shard} once for each part of the plan in any order and at the same time, and {@link
 * #seal} when all of them are done. Every step may be repeated, and gives the same objects again.
 *
 * <p>The sizes of the shards differ by at most one row; under {@link Splitter#STRATIFIED_KFOLD} so
 * do the counts of each class, both at once. See the decision record on one-pass exact folds.
 *
 * <p>All steps throw {@link DataProblem} if the data are wrong, {@link UncheckedIOException} or the
 * SDK's exception if S3 fails. Safe for use by several threads.
 */
public final class Split {

  private final ObjectStore store;

  /**
   * @param store where data are and shards go
   */
  public Split(ObjectStore store) {
    this.store = store;
  }

  /** Lists the data and plans the parts; the plan is stored, too, for {@link #storedPlan}. */
  public SplitPlan plan(SplitRequest request) {
    try {
      SplitPlan plan =
          request.splitter().writesShards()
              ? new Planner(store, request).run()
              : new PredefinedFolds(store, request).plan();
      FoldJson.write(store, request.bucket(), request.layout().planKey(), plan);
      return plan;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The plan that {@link #plan} stored. */
  public SplitPlan storedPlan(SplitRequest request) {
    try {
      return FoldJson.read(store, request.bucket(), request.layout().planKey(), SplitPlan.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Splits one part in one pass; the facts are stored for {@link #seal}, too.
   *
   * @param part from 0; there are {@code plan.parts().size()}
   */
  public PartFacts shard(SplitRequest request, SplitPlan plan, int part) {
    try {
      return new PartSplitter(store, request, plan, part).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deals what the parts left over, and writes the manifests that {@link FoldLayout} names. */
  public SealedFolds seal(SplitRequest request, SplitPlan plan) {
    try {
      return request.splitter().writesShards()
          ? new Sealer(store, request, plan).run()
          : new PredefinedFolds(store, request).seal(plan);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
