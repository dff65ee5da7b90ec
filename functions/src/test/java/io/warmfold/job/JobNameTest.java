package io.warmfold.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class JobNameTest {

  private static final String KEY = "0badcafe";

  @Test
  void saysWhatItIs() {
    assertThat(JobName.fold("warmfold", "Abalone", KEY, 7, 3, 1).text())
        .isEqualTo("warmfold-abalone-0badcafe-t0007-f3-a1");
    assertThat(
            JobName.of("wf", "x", KEY, JobKind.FINAL, OptionalInt.empty(), OptionalInt.empty(), 2)
                .text())
        .isEqualTo("wf-x-0badcafe-final-a2");
  }

  @Property
  void anyStudyNameGivesANameThatSageMakerTakesAndThatReadsBack(
      @ForAll @StringLength(min = 1, max = 80) String study,
      @ForAll @IntRange(min = 0, max = 99_999) int trial,
      @ForAll @IntRange(min = 0, max = 99) int fold,
      @ForAll @IntRange(min = 1, max = 999) int attempt) {
    JobName name = JobName.fold("longest-pref", study, KEY, trial, fold, attempt);
    assertThat(name.text())
        .matches("[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")
        .hasSizeLessThanOrEqualTo(63);
    assertThat(JobName.parse("longest-pref", name.text())).contains(name);
  }

  @Test
  void namesOfOthersAreNotOurs() {
    for (String text :
        new String[] {
          "other-abalone-0badcafe-t0007-f3-a1",
          "warmfold",
          "warmfold-abalone-0badcafe",
          "warmfold-abalone-0badcaf-t0007-f3-a1",
          "warmfold-abalone-0badcafe-t0007-a1",
          "warmfold-2026-11-23-10-11-12-345",
        }) {
      assertThat(JobName.parse("warmfold", text)).as(text).isEmpty();
    }
  }

  @Test
  void aStudyNamedLikeAKeyIsNotTakenForOne() {
    JobName name = JobName.fold("warmfold", "deadbeef-final-a1", KEY, 0, 0, 1);
    assertThat(JobName.parse("warmfold", name.text()).orElseThrow().study()).isEqualTo(KEY);
  }
}
