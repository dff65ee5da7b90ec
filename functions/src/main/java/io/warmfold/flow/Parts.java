package io.warmfold.flow;

import io.warmfold.job.SageMakerJobs;
import io.warmfold.job.StudyPlace;
import io.warmfold.ledger.Ledger;
import java.time.InstantSource;

/** What the flow is made of. */
public record Parts(
    Ledger ledger,
    SageMakerJobs jobs,
    StepFunctions stepFunctions,
    StudyPlace place,
    MetricsLag metricsLag,
    InstantSource clock,
    StudyLog log) {}
