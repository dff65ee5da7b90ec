package io.warmfold.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenDocumentsTest {

  static Stream<BrokenDocuments> broken() {
    return Stream.concat(BrokenDocuments.shapes().stream(), BrokenDocuments.rules().stream());
  }

  @ParameterizedTest
  @MethodSource("broken")
  void hasOneProblemThatSaysWhereAndWhatWouldBeRight(BrokenDocuments broken) {
    assertThat(Documents.problems(broken.document()))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.pointer()).isEqualTo(broken.pointer());
              assertThat(problem.text()).contains(broken.expected()).doesNotContain(",,");
            });
  }
}
