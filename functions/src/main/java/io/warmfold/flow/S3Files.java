package io.warmfold.flow;

import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** {@link Files} in a bucket, by the AWS SDK. */
public final class S3Files implements Files {

  private final S3Client client;
  private final String bucket;

  public S3Files(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  @Override
  public void put(String key, String contentType, String text) {
    S3Calls.call(
        () ->
            client.putObject(
                request -> request.bucket(bucket).key(key).contentType(contentType),
                RequestBody.fromBytes(text.getBytes(StandardCharsets.UTF_8))));
  }
}
