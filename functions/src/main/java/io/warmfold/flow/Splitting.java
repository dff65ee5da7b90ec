package io.warmfold.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.fold.DataProblem;
import io.warmfold.fold.DataSpec;
import io.warmfold.fold.LabelColumn;
import io.warmfold.fold.S3Location;
import io.warmfold.fold.SealedFolds;
import io.warmfold.fold.Split;
import io.warmfold.fold.SplitRequest;
import io.warmfold.fold.Splitter;
import io.warmfold.study.FixInputException;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.SplitterType;
import io.warmfold.study.StudyDocument;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Splits a study's data into its folds. */
public final class Splitting {

  private final Parts parts;
  private final Split split;
  private final Function<SealedFolds, JsonNode> json;

  /**
   * @param json writes a seal for the ledger
   */
  public Splitting(Parts parts, Split split, Function<SealedFolds, JsonNode> json) {
    this.parts = parts;
    this.split = split;
    this.json = json;
  }

  /**
   * Lists the data and deals them out in parts.
   *
   * @throws FixInputException if there are none, or they are not as the document says
   */
  public ObjectNode plan(String study, String execution) {
    var request = request(study, execution);
    var plan = call(() -> split.plan(request));
    parts.log().with("study", study).info("data planned in " + plan.parts().size() + " parts");
    return JsonNodeFactory.instance.objectNode().put("Parts", plan.parts().size());
  }

  /**
   * Splits one part.
   *
   * @throws FixInputException naming object and line, if the data are not as the document says
   */
  public ObjectNode shard(String study, String execution, int part) {
    var request = request(study, execution);
    var facts = call(() -> split.shard(request, split.storedPlan(request), part));
    parts.log().with("study", study).info("part " + part + ": " + facts.rows() + " rows");
    return JsonNodeFactory.instance.objectNode().put("Rows", facts.rows());
  }

  /**
   * Seals the folds in the ledger.
   *
   * @throws FixInputException if there are fewer rows, or members of a class, than folds, or the
   *     data are not those of a parent that is said to have the same
   */
  public ObjectNode seal(String study, String execution) {
    var request = request(study, execution);
    var sealed = call(() -> split.seal(request, split.storedPlan(request)));
    var seal = json.apply(sealed);
    new WarmStart(parts).requireSameData(study, seal);
    parts.ledger().seal(study, seal);
    parts.log().with("study", study).info("sealed " + sealed.rows() + " rows");
    return JsonNodeFactory.instance
        .objectNode()
        .put("Rows", sealed.rows())
        .put("Folds", request.folds());
  }

  private SplitRequest request(String study, String execution) {
    parts.ledger().requireOpen(study, execution);
    var document = parts.ledger().document(study);
    return new SplitRequest(
        parts.place().bucket(),
        parts.place().key(document, study),
        data(document),
        document.folds(),
        splitter(document.crossValidation().splitter()),
        document.crossValidation().seed(),
        document.usesBuiltInXgboost(),
        Labels.of(document));
  }

  private static DataSpec data(StudyDocument document) {
    var data = document.data();
    var uris = data.shards().isEmpty() ? List.of(data.s3Uri()) : data.shards();
    return new DataSpec(
        uris.stream().map(S3Location::of).toList(),
        data.hasHeader(),
        switch (data.labelColumn()) {
          case io.warmfold.study.LabelColumn.Index(int index) -> new LabelColumn.Index(index);
          case io.warmfold.study.LabelColumn.Name(String name) -> new LabelColumn.Name(name);
          case null -> new LabelColumn.Index(0);
        });
  }

  private static Splitter splitter(SplitterType type) {
    return switch (type) {
      case KFOLD -> Splitter.KFOLD;
      case STRATIFIED_KFOLD -> Splitter.STRATIFIED_KFOLD;
      case PREDEFINED -> Splitter.PREDEFINED;
      case GROUP_KFOLD, TIME_SERIES_SPLIT, REPEATED_KFOLD ->
          throw new GiveUpException(type.label() + " is not built yet.");
    };
  }

  private static <T> T call(Supplier<T> call) {
    try {
      return S3Calls.call(call);
    } catch (DataProblem problem) {
      throw new FixInputException(problem.getMessage(), problem);
    }
  }
}
