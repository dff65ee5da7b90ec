package io.warmfold.local.sagemaker.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvReaderTest {

  @TempDir private Path folder;

  @Test
  void readsNumbersAsJavaRoundsThem() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      double number = random.nextGaussian() * Math.pow(10, random.nextInt(-12, 12));
      String text = random.nextBoolean() ? Double.toString(number) : String.format("%.6f", number);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThat(CsvReader.number(bytes, 0, bytes.length)).isEqualTo(Double.parseDouble(text));
    }
  }

  @Test
  void leavesOutWhatIsMissing() throws Exception {
    Rows rows = new Rows();
    new CsvReader(false, rows)
        .read(Files.writeString(folder.resolve("a.csv"), "1,2,,x\r\n\n 0.5 ,,3,4\n"));
    assertThat(rows.labels()).containsExactly(1f, 0.5f);
    assertThat(rows.columns()).isEqualTo(3);
  }

  @Test
  void refusesAHeader() throws Exception {
    Path file = Files.writeString(folder.resolve("a.csv"), "rings,length\n1,2\n");
    assertThatThrownBy(() -> new CsvReader(false, new Rows()).read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there is no header");
  }
}
