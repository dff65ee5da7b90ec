package io.warmfold.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {

  private final List<String> ended = new ArrayList<>();
  private final Parts parts = new Parts();

  private AutoCloseable part(String name) {
    return () -> ended.add(name);
  }

  private static AutoCloseable broken(String message) {
    return () -> {
      throw new IllegalStateException(message);
    };
  }

  @Test
  void theyEndInReverseAndOnce() throws IOException {
    parts.add(part("first"));
    parts.add(part("second"));

    parts.close();
    parts.close();

    assertThat(ended).containsExactly("second", "first");
  }

  @Test
  void theOthersEndAlsoWhenOneDoesNot() {
    parts.add(part("first"));
    parts.add(broken("a"));
    parts.add(broken("b"));

    assertThatThrownBy(parts::close)
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("b")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(ended).containsExactly("first");
  }

  @Test
  void theFailureThatTheyEndAfterIsNotHidden() {
    parts.add(broken("a"));
    IllegalArgumentException failure = new IllegalArgumentException("the real one");

    parts.closeAfter(failure);

    assertThat(failure.getSuppressed()).hasSize(1);
  }
}
