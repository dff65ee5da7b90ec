package io.warmfold.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmfold.study.FixInputException;
import io.warmfold.study.GiveUpException;
import io.warmfold.study.TryAgainException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reports come at the end of a study, whose end must not be lost to a busy S3. */
class S3FilesTest {

  /** One bucket that may be in trouble. */
  private static final class Bucket implements S3Client {
    final Map<String, String> objects = new TreeMap<>();
    Optional<RuntimeException> trouble = Optional.empty();

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      trouble.ifPresent(
          error -> {
            throw error;
          });
      try (var content = body.contentStreamProvider().newStream()) {
        objects.put(
            request.bucket() + "/" + request.key() + " " + request.contentType(),
            new String(content.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return PutObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private final Bucket bucket = new Bucket();
  private final S3Files files = new S3Files(bucket, "studies");

  private void put() {
    files.put("report.html", "text/html; charset=utf-8", "5 × 2");
  }

  private static RuntimeException answered(int status) {
    return (RuntimeException) S3Exception.builder().statusCode(status).message("no").build();
  }

  private static RuntimeException answered(int status, String code) {
    return (RuntimeException)
        S3Exception.builder()
            .statusCode(status)
            .message("no")
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
  }

  @Test
  void aTextIsAnObjectInUtf8() {
    put();
    assertThat(bucket.objects)
        .containsOnly(Map.entry("studies/report.html text/html; charset=utf-8", "5 × 2"));
  }

  @Test
  void whatIsBusyOrOutOfReachIsTriedAgain() {
    bucket.trouble = Optional.of(answered(503));
    assertThatThrownBy(this::put).isInstanceOf(TryAgainException.class);
    bucket.trouble = Optional.of(SdkClientException.create("no route"));
    assertThatThrownBy(this::put).isInstanceOf(TryAgainException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ExpiredToken", "RequestTimeout", "NoSuchUpload", "OperationAborted"})
  void whatHasNotArrivedInTimeIsTriedAgain(String code) {
    bucket.trouble = Optional.of(answered(code.equals("NoSuchUpload") ? 404 : 400, code));
    assertThatThrownBy(this::put).isInstanceOf(TryAgainException.class);
  }

  @Test
  void whatIsRefusedIsTheInputsFault() {
    bucket.trouble = Optional.of(answered(404, "NoSuchBucket"));
    assertThatThrownBy(this::put).isInstanceOf(FixInputException.class);
  }

  @Test
  void whatIsDeniedIsGivenUp() {
    bucket.trouble = Optional.of(answered(403));
    assertThatThrownBy(this::put).isInstanceOf(GiveUpException.class);
  }
}
