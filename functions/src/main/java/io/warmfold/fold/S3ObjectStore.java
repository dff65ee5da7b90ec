package io.warmfold.fold;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Amazon S3 by the SDK, which retries what is transient. Safe for use by several threads, as its
 * client is.
 */
public final class S3ObjectStore implements ObjectStore {

  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client s3;

  /**
   * @param s3 not closed by this
   */
  public S3ObjectStore(S3Client s3) {
    this.s3 = s3;
  }

  @Override
  public List<StoredObject> list(String bucket, String prefix) {
    return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).stream()
        .flatMap(page -> page.contents().stream())
        .map(found -> new StoredObject(bucket, found.key(), found.size(), found.eTag()))
        .toList();
  }

  @Override
  public InputStream open(StoredObject object, long offset) throws IOException {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(object.bucket()).key(object.key()).ifMatch(object.etag());
    if (offset > 0) {
      request.range("bytes=" + offset + "-");
    }
    try {
      return new Body(s3.getObject(request.build()));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND || e.statusCode() == PRECONDITION_FAILED) {
        throw new ObjectChangedException(object, e);
      }
      throw e;
    }
  }

  /** A response whose failures are all of one kind, and which is dropped rather than drained. */
  private static final class Body extends FilterInputStream {

    private final ResponseInputStream<GetObjectResponse> response;

    Body(ResponseInputStream<GetObjectResponse> response) {
      super(response);
      this.response = response;
    }

    @Override
    public int read() throws IOException {
      try {
        return response.read();
      } catch (SdkException e) {
        throw new IOException(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return response.read(bytes, offset, length);
      } catch (SdkException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {
      response.abort();
    }
  }

  @Override
  public byte[] get(String bucket, String key) {
    return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArrayUnsafe();
  }

  @Override
  public void put(String bucket, String key, String contentType, byte[] bytes, int length) {
    s3.putObject(
        request -> request.bucket(bucket).key(key).contentType(contentType),
        body(bytes, length, contentType));
  }

  /**
   * {@inheritDoc} The checksum is asked for by name: S3 refuses parts with one, as the SDK sends
   * them by default, in an upload that did not announce it, and then wants it again to complete it.
   */
  @Override
  public String startUpload(String bucket, String key, String contentType) {
    return s3.createMultipartUpload(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .contentType(contentType)
                    .checksumAlgorithm(ChecksumAlgorithm.CRC32))
        .uploadId();
  }

  @Override
  public Part uploadPart(
      String bucket, String key, String uploadId, int number, byte[] bytes, int length) {
    UploadPartResponse response =
        s3.uploadPart(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .uploadId(uploadId)
                    .partNumber(number)
                    .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                    .contentLength((long) length),
            body(bytes, length, ObjectWriter.CSV));
    return new Part(response.eTag(), response.checksumCRC32());
  }

  /** Without a copy, and to be read again when the SDK tries again. */
  private static RequestBody body(byte[] bytes, int length, String contentType) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, contentType);
  }

  @Override
  public void completeUpload(String bucket, String key, String uploadId, List<Part> parts) {
    List<CompletedPart> completed = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      completed.add(
          CompletedPart.builder()
              .partNumber(i + 1)
              .eTag(part.etag())
              .checksumCRC32(part.checksum())
              .build());
    }
    s3.completeMultipartUpload(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(completed)));
  }

  @Override
  public void abortUpload(String bucket, String key, String uploadId) {
    s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId));
  }
}
