package io.warmfold;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

/** Who may know whom in the functions; docs/architecture.md says why. */
@AnalyzeClasses(packages = "io.warmfold", importOptions = ImportOption.DoNotIncludeTests.class)
class WhoMayKnowWhomTest {

  private static final String[] PURE = {
    "io.warmfold.study..",
    "io.warmfold.space..",
    "io.warmfold.search..",
    "io.warmfold.race..",
    "io.warmfold.schedule.."
  };

  /** Decisions can be tested, and simulated, without a cloud. */
  @ArchTest
  static final ArchRule decisionsKnowNoAws =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "com.amazonaws..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule decisionsKnowOnlyDecisions =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.warmfold.handler..",
              "io.warmfold.ledger..",
              "io.warmfold.job..",
              "io.warmfold.fold..",
              "io.warmfold.model..",
              "io.warmfold.report..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyHandlersKnowHandlers =
      classes()
          .that()
          .resideInAPackage("io.warmfold.handler..")
          .should()
          .onlyBeAccessed()
          .byAnyPackage("io.warmfold.handler..");

  @ArchTest
  static final ArchRule functionsDoNotKnowTheLocalCloud =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.warmfold.local..");

  @ArchTest
  static final ArchRule packagesMakeNoCircle =
      slices().matching("io.warmfold.(*)..").should().beFreeOfCycles();

  /** Time and chance are handed in; only the platform of a Lambda looks them up. */
  @ArchTest
  static final ArchRule timeAndChanceAreHandedIn =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.warmfold.handler.Platform")
          .should(
              ArchConditions.callMethodWhere(
                  JavaCall.Predicates.target(
                      com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                              JavaClass.Predicates.assignableTo(Instant.class)
                                  .or(JavaClass.Predicates.assignableTo(Clock.class))
                                  .or(JavaClass.Predicates.assignableTo(System.class)))
                          .and(
                              com.tngtech.archunit.core.domain.properties.HasName.Predicates
                                  .nameMatching("now|system.*|currentTimeMillis|nanoTime")))))
          .orShould(
              ArchConditions.callConstructorWhere(
                  JavaCall.Predicates.target(
                      com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                          JavaClass.Predicates.assignableTo(Random.class)))));
}
