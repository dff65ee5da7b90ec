package io.warmfold.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.report.Words;
import io.warmfold.study.Problem;
import io.warmfold.study.StudyDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code warmfold validate DOCUMENT}. */
@Command(
    name = "validate",
    description = "Tells all problems of a study document; starts nothing.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {

  private final Tools tools;

  @Mixin private CommonOptions options;

  @Parameters(paramLabel = "DOCUMENT", description = "The study document, a JSON file.")
  private Path document;

  ValidateCommand(Tools tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() {
    try {
      Checked checked = Checked.read(document);
      List<Problem> problems =
          new LocalChecks(tools.home(), options).ofData(checked.document(), false);
      if (!problems.isEmpty()) {
        throw Checked.wrong(document, problems);
      }
      right(checked.document());
      return Exit.DONE;
    } catch (WrongInputException wrong) {
      if (options.json()) {
        tools.console().out().println(wrong(wrong).toPrettyString());
      }
      throw wrong;
    }
  }

  private void right(StudyDocument study) {
    long folds = (long) study.maxTrials() * study.folds();
    if (options.json()) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.put("Valid", true).put("StudyName", study.studyName());
      answer.put("Trials", study.maxTrials()).put("Folds", study.folds());
      answer.put("FoldJobs", folds).put("Slots", study.slots());
      answer.putArray("Problems");
      tools.console().out().println(answer.toPrettyString());
      return;
    }
    tools
        .console()
        .out()
        .println(
            document
                + " is valid: study "
                + study.studyName()
                + ", at most "
                + Words.count(study.maxTrials(), "trial")
                + " × "
                + Words.count(study.folds(), "fold")
                + " = "
                + Words.count(folds, "fold job")
                + " on "
                + Words.count(study.slots(), "slot")
                + ", then the final training"
                + (study.batchTransform().isPresent() ? " and a batch transform." : "."));
  }

  private static ObjectNode wrong(WrongInputException wrong) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("Valid", false);
    if (wrong.problems().isEmpty()) {
      answer.put("Error", wrong.getMessage());
    }
    var problems = answer.putArray("Problems");
    for (Problem problem : wrong.problems()) {
      problems
          .addObject()
          .put("Pointer", problem.pointer())
          .put("Found", problem.found())
          .put("Expected", problem.expected());
    }
    return answer;
  }
}
