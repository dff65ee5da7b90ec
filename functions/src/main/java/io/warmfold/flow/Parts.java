package io.warmfold.flow;

import io.warmfold.job.SageMakerJobs;
import io.warmfold.job.StudyPlace;
import io.warmfold.ledger.Ledger;
import io.warmfold.race.Race;
import io.warmfold.study.StudyDocument;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the flow is made of.
 *
 * @param race the race that a document asks for, if it does
 */
public record Parts(
    Ledger ledger,
    SageMakerJobs jobs,
    StepFunctions stepFunctions,
    StudyPlace place,
    Function<StudyDocument, Optional<Race>> race,
    MetricsLag metricsLag,
    InstantSource clock,
    StudyLog log) {}
