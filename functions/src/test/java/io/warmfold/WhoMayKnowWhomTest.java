package io.warmfold;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callCodeUnitWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
              "io.warmfold.flow..",
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
              callCodeUnitWhere(describe("time or chance is looked up", call -> looksUp(call))));

  private static boolean looksUp(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    String name = call.getName();
    return switch (owner.getFullName()) {
      case "java.lang.System" -> name.equals("currentTimeMillis") || name.equals("nanoTime");
      case "java.time.Instant", "java.time.LocalDate", "java.time.ZonedDateTime" ->
          name.equals("now");
      case "java.time.Clock", "java.time.InstantSource" -> name.startsWith("system");
      case "java.lang.Math" -> name.equals("random");
      case "java.util.Random", "java.security.SecureRandom" -> name.equals("<init>");
      case "java.util.concurrent.ThreadLocalRandom" -> name.equals("current");
      case "java.util.UUID" -> name.equals("randomUUID");
      default -> false;
    };
  }
}
