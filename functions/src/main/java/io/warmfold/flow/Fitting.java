package io.warmfold.flow;

import io.warmfold.job.InstanceQuotas;
import io.warmfold.job.InstanceQuotas.Known;
import io.warmfold.job.InstanceQuotas.Unknown;
import io.warmfold.ledger.Capacity;
import io.warmfold.study.FixInputException;
import io.warmfold.study.StudyDocument;
import java.util.ArrayList;
import java.util.List;

/** Fits a study's slots to the quotas of its instance type. Pure. */
final class Fitting {

  private Fitting() {}

  /**
   * The slots that the quotas allow.
   *
   * <p>Fewer jobs at once than asked is fewer slots: the others could only be refused. Fewer warm
   * pools than slots is not: a slot that starts cold is slower than a warm one, but quicker than
   * none, and SageMaker does not bill for the time in which instances start.
   *
   * @throws FixInputException if the quota does not allow a single job
   */
  static Capacity fit(StudyDocument document, InstanceQuotas.Answer answer) {
    var asked = document.slots();
    return switch (answer) {
      case Unknown(String reason) ->
          new Capacity(
              asked,
              asked,
              List.of("The slots were not fitted to the account's quotas. " + reason));
      case Known known -> fit(document, asked, known);
    };
  }

  private static Capacity fit(StudyDocument document, int asked, Known quotas) {
    var type = document.training().resourceConfig().instanceType();
    var each = document.training().resourceConfig().instanceCount();
    if (quotas.trainingJobs() < each) {
      throw new FixInputException(
          "/TrainingJobDefinition/ResourceConfig: the account's quota \""
              + type
              + " for training job usage\" is "
              + quotas.trainingJobs()
              + ", and a job needs "
              + each
              + ". Ask Service Quotas for an increase, or use another instance type.");
    }
    var notes = new ArrayList<String>();
    var slots = Math.min(asked, quotas.trainingJobs() / each);
    if (slots < asked) {
      notes.add(
          "Only "
              + slots
              + " of "
              + asked
              + " slots were used: the account's quota \""
              + type
              + " for training job usage\" is "
              + quotas.trainingJobs()
              + (each == 1 ? "." : ", and a job needs " + each + "."));
    }
    var warm = Math.min(slots, quotas.warmPools() / each);
    if (warm < slots) {
      notes.add(
          (warm == 0 ? "No slot" : "Only " + warm + " of " + slots + " slots")
              + " could be kept warm, so "
              + (warm == 0 ? "every job started" : "the others' jobs started")
              + " on new instances: the account's quota \""
              + type
              + " for training warm pool usage\" is "
              + quotas.warmPools()
              + ". Ask Service Quotas for "
              + slots * each
              + " to be rid of the cold starts.");
    }
    return new Capacity(slots, warm, notes);
  }
}
