package io.warmfold.fold;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, where, and with what advice. */
class RefusalsTest {

  private static final LabelColumn FIRST = new LabelColumn.Index(0);

  private final MemoryStore store = new MemoryStore();

  private void assertRefused(SplitRequest request, String... parts) {
    Split split = new Split(store);
    assertThatExceptionOfType(DataProblem.class)
        .isThrownBy(
            () -> {
              SplitPlan plan = split.plan(request);
              Splits.run(split, request, plan.parts().isEmpty() ? plan : Splits.partEach(plan));
            })
        .withMessageContainingAll(parts);
  }

  private static SplitRequest request(
      String location, boolean header, LabelColumn label, Splitter splitter, boolean numeric) {
    return Splits.request(Splits.data(location, header, label), 3, splitter, 7, numeric);
  }

  private void assertRefused(
      String csv, boolean header, LabelColumn label, boolean numeric, String... parts) {
    store.add("data", "a.csv", csv);
    assertRefused(request("s3://data/a.csv", header, label, Splitter.KFOLD, numeric), parts);
  }

  @Test
  void nothingThere() {
    store.add("data", "abc", "1,2\n");
    assertRefused(
        request("s3://data/abd", false, FIRST, Splitter.KFOLD, true),
        "s3://data/abd: found no object there; expected an object with that key");
    store.add("data", "e.csv", "");
    assertRefused(
        request("s3://data/e.csv", false, FIRST, Splitter.KFOLD, true), "empty objects only");
    store.add("data", "h/_x.csv", "1,2\n");
    assertRefused(
        request("s3://data/h/", false, FIRST, Splitter.KFOLD, true), "hidden objects only");
    assertRefused("\n\r\n", false, FIRST, true, "s3://data/a.csv: found empty lines only");
  }

  @Test
  void labelsThatTheObjectiveHasNoPlaceFor() {
    store.add("data", "l.csv", "label,x\n1,5\n0.0,5\n1,6\n2,7\n");
    var request = request("s3://data/l.csv", true, FIRST, Splitter.STRATIFIED_KFOLD, true);
    assertRefused(
        ruled(request, LabelRule.classes(2, "the objective binary:logistic wants it")),
        "s3://data/l.csv, line 5: found the label \"2\" in column 0 (\"label\")",
        "expected 0 or 1, as the objective binary:logistic wants it.");
    store.add("data", "m.csv", "0,5\n2,5\n1.5,6\n");
    request = request("s3://data/m.csv", false, FIRST, Splitter.KFOLD, true);
    assertRefused(
        ruled(request, LabelRule.classes(3, "num_class is 3")),
        "line 3: found the label \"1.5\" in column 0; expected a whole number from 0 to 2");
    store.add("data", "n.csv", "1,5\n0.5,5\n-0.25,6\n");
    request = request("s3://data/n.csv", false, FIRST, Splitter.KFOLD, true);
    assertRefused(ruled(request, LabelRule.share("it")), "line 3", "a number from 0 to 1");
    assertRefused(ruled(request, LabelRule.atLeast(0, "it")), "line 3", "a number of at least 0");
    assertRefused(ruled(request, LabelRule.above(0, "it")), "line 3", "a number above 0, as it");
    store.add("data", "p.csv", "1,5\n1e-30,5\n0.0,6\n");
    request = request("s3://data/p.csv", false, FIRST, Splitter.KFOLD, true);
    assertRefused(ruled(request, LabelRule.above(0, "it")), "line 3: found the label \"0.0\"");
    store.add("data", "q.csv", "0,5\n-0.9,5\n-1,6\n");
    request = request("s3://data/q.csv", false, FIRST, Splitter.KFOLD, true);
    assertRefused(ruled(request, LabelRule.above(-1, "it")), "line 3: found the label \"-1\"");
  }

  @Test
  void aLabelAfterSoManyThatTheyAreNoLongerCounted() {
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < 200; row++) {
      rows.append(row).append(",1\n");
    }
    store.add("data", "o.csv", rows + "-1,1\n");
    assertRefused(
        ruled(
            request("s3://data/o.csv", false, FIRST, Splitter.KFOLD, true),
            LabelRule.atLeast(0, "the objective count:poisson wants it")),
        "line 201: found the label \"-1\"");
  }

  private static SplitRequest ruled(SplitRequest request, LabelRule rule) {
    return new SplitRequest(
        request.bucket(),
        request.prefix(),
        request.data(),
        request.folds(),
        request.splitter(),
        request.seed(),
        true,
        Optional.of(rule));
  }

  @Test
  void shardsThatWouldBeDataOfTheNextAttempt() {
    store.add(Splits.BUCKET, "studies/x.csv", "1,2\n");
    assertRefused(
        request("s3://work/studies/", false, FIRST, Splitter.KFOLD, true),
        "found the folder s3://work/studies/a/ for shards in it");
  }

  @Test
  void labelColumnsThatAreNotThere() {
    assertRefused(
        "x,y\n1,2\n",
        true,
        new LabelColumn.Name("rings"),
        true,
        "s3://data/a.csv, line 1: found no column \"rings\"",
        "\"x,y\"");
    assertRefused(
        "\n\nx,y\n1,2\n", true, new LabelColumn.Name("z"), true, "s3://data/a.csv, line 3");
    assertRefused(
        "1,2\n",
        false,
        new LabelColumn.Name("rings"),
        true,
        "line 1: found the label column \"rings\" of data without a header",
        "\"HasHeader\": true, or the zero-based index");
    assertRefused(
        "1,2\n",
        false,
        new LabelColumn.Index(2),
        true,
        "line 1: found 2 columns; expected a label column from 0 to 1, not 2");
    assertRefused(
        "y,y\n1,2\n", true, new LabelColumn.Name("y"), true, "line 1: found two columns \"y\"");
  }

  @Test
  void oneColumn() {
    assertRefused("1;2\n", false, FIRST, true, "line 1: found one column only", "not semicolons");
    assertRefused("1\t2\n", false, FIRST, true, "one column only", "not tabs");
    assertRefused("1\n", false, FIRST, true, "one column only", "at least one feature");
  }

  @Test
  void aHeaderThatWasNotAnnounced() {
    assertRefused(
        "1,2\nx,4\n",
        false,
        FIRST,
        true,
        "s3://data/a.csv, line 2: found \"x\" in column 0; expected a number as the label.");
    assertRefused(
        "x,y\n1,2\n",
        false,
        FIRST,
        true,
        "s3://data/a.csv, line 1: found \"x\" in column 0",
        "looks like a header, and \"HasHeader\": true would be right");
    store.add("data", "a.csv", "class,y\na,2\na,2\na,2\n");
    assertRefused(
        request("s3://data/a.csv", false, FIRST, Splitter.STRATIFIED_KFOLD, false),
        "line 1: found the label \"class\", of which there is 1 row",
        "\"HasHeader\": true would be right");
  }

  @Test
  void oneClassOnly() {
    store.add("data", "a.csv", "1,2\n1,3\n1,4\n1,5\n");
    assertRefused(
        request("s3://data/a.csv", false, FIRST, Splitter.STRATIFIED_KFOLD, true),
        "s3://data/a.csv: found the label \"1\" in every row; expected at least two classes");
  }

  @Test
  void aRowTakenForAHeader() {
    assertRefused(
        "15,0.5,1\n1,2,3\n",
        true,
        FIRST,
        true,
        "line 1: found numbers for a header",
        "\"HasHeader\": false would be right");
  }

  @Test
  void columnsAreCalledByTheirNames() {
    assertRefused(
        "rings,sex\n1,2\n\"3\",M\n",
        true,
        FIRST,
        true,
        "s3://data/a.csv, line 3: found \"M\" in column 1 (\"sex\"); expected a number, or nothing");
  }

  @Test
  void objectsThatDoNotFitEachOther() {
    store.add("data", "in/a.csv", "x,y\n1,2\n3,4\n5,6\n");
    store.add("data", "in/b.csv", "y,x\n1,2\n");
    assertRefused(
        request("s3://data/in", true, FIRST, Splitter.KFOLD, true),
        "s3://data/in/b.csv, line 1: found the header \"y,x\"",
        "the header of s3://data/in/a.csv: \"x,y\"");
    store.add("data", "no/a.csv", "1,2\n");
    store.add("data", "no/b.csv", "1,2\n3,4,5\n");
    assertRefused(
        request("s3://data/no", false, FIRST, Splitter.KFOLD, true),
        "s3://data/no/b.csv, line 2: found 3 fields; expected 2, as in the first line of"
            + " s3://data/no/a.csv");
  }

  @Test
  void fewerRowsThanFolds() {
    assertRefused("1,2\n3,4\n", false, FIRST, true, "s3://data/a.csv: found 2 rows", "as folds, 3");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void fewerMembersOfAClassThanFolds(boolean numeric) {
    store.add("data", "in/a.csv", "0,1\n0,1\n0,1\n");
    store.add("data", "in/b.csv", "0,1\n1,1\n1,1\n");
    assertRefused(
        request("s3://data/in", false, FIRST, Splitter.STRATIFIED_KFOLD, numeric),
        "s3://data/in/b.csv, line 2: found the label \"1\", of which there are 2 rows",
        "at least as many as folds, 3, of every class");
  }

  @Test
  void aLabelThatIsContinuous() {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i <= 10_000; i++) {
      csv.append(i).append(".5,1\n");
    }
    store.add("data", "in/a.csv", csv.toString());
    SplitRequest request = request("s3://data/in", false, FIRST, Splitter.STRATIFIED_KFOLD, true);
    assertRefused(
        request,
        "s3://data/in/a.csv, line 10001: found the 10001th distinct label",
        "the splitter KFold would be right");

    store.add("data", "in/a.csv", csv.substring(0, csv.indexOf("6000.5")));
    store.add("data", "in/b.csv", csv.substring(csv.indexOf("6000.5")));
    assertRefused(request, "s3://data/in", "10001 distinct labels", "KFold would be right");
  }

  @Test
  void anObjectThatChangedSinceThePlan() {
    store.add("data", "a.csv", "1,2\n3,4\n5,6\n");
    SplitRequest request = request("s3://data/a.csv", false, FIRST, Splitter.KFOLD, true);
    Split split = new Split(store);
    SplitPlan plan = split.plan(request);
    store.add("data", "a.csv", "1,2\n3,4\n5,7\n");
    assertThatExceptionOfType(DataProblem.class)
        .isThrownBy(() -> split.shard(request, plan, 0))
        .withMessageContaining("s3://data/a.csv: found that it was replaced");
  }
}
