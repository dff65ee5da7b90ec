package io.warmfold.local.sagemaker.instance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandContainerTest {

  @Test
  void aLineThatCannotBeTakenEndsTheContainerAndIsItsRunsFailure() {
    var container =
        new CommandContainer(
            CommandContainer.shell("echo deep; exec sleep 300 #", List.of()),
            Map.of(),
            line -> {
              throw new StackOverflowError(line);
            },
            pid -> {});
    assertThatThrownBy(container::run).isInstanceOf(StackOverflowError.class).hasMessage("deep");
  }
}
