package io.warmfold.fold;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The SDK's client over objects in memory: what S3 does with the requests that splitting sends. */
final class FakeS3Client implements S3Client {

  private static final int PAGE = 2;

  private final MemoryStore store;

  /** How many responses were dropped, rather than read to their end. */
  int aborted;

  FakeS3Client(MemoryStore store) {
    this.store = store;
  }

  @Override
  public String serviceName() {
    return "s3";
  }

  @Override
  public void close() {}

  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    List<StoredObject> all = store.list(request.bucket(), request.prefix());
    int from =
        request.continuationToken() == null ? 0 : Integer.parseInt(request.continuationToken());
    int to = Math.min(all.size(), from + PAGE);
    boolean more = to < all.size();
    return ListObjectsV2Response.builder()
        .contents(
            all.subList(from, to).stream()
                .map(o -> S3Object.builder().key(o.key()).size(o.size()).eTag(o.etag()).build())
                .toList())
        .isTruncated(more)
        .nextContinuationToken(more ? Integer.toString(to) : null)
        .build();
  }

  @Override
  public <T> T getObject(
      GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
    StoredObject stored =
        store.list(request.bucket(), request.key()).stream()
            .filter(object -> object.key().equals(request.key()))
            .findFirst()
            .orElseThrow(() -> failure(404));
    if (request.ifMatch() != null && !request.ifMatch().equals(stored.etag())) {
      throw failure(412);
    }
    long from =
        request.range() == null ? 0 : Long.parseLong(request.range().replaceAll("bytes=|-$", ""));
    try {
      InputStream body = store.open(stored, from);
      return transformer.transform(
          GetObjectResponse.builder().contentLength(stored.size() - from).build(),
          AbortableInputStream.create(body, () -> aborted++));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
    return getObject(request, ResponseTransformer.toInputStream());
  }

  private static S3Exception failure(int status) {
    return (S3Exception)
        S3Exception.builder().statusCode(status).message("status " + status).build();
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    byte[] bytes = bytes(body);
    try {
      store.put(request.bucket(), request.key(), request.contentType(), bytes, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PutObjectResponse.builder().build();
  }

  @Override
  public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
    if (request.checksumAlgorithm() != ChecksumAlgorithm.CRC32) {
      throw failure(400);
    }
    String id = store.startUpload(request.bucket(), request.key(), request.contentType());
    return CreateMultipartUploadResponse.builder().uploadId(id).build();
  }

  @Override
  public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
    byte[] bytes = bytes(body);
    try {
      ObjectStore.Part part =
          store.uploadPart(
              request.bucket(),
              request.key(),
              request.uploadId(),
              request.partNumber(),
              bytes,
              Math.toIntExact(request.contentLength()));
      return UploadPartResponse.builder().eTag(part.etag()).checksumCRC32(part.checksum()).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      CompleteMultipartUploadRequest request) {
    store.completeUpload(
        request.bucket(),
        request.key(),
        request.uploadId(),
        request.multipartUpload().parts().stream()
            .map(part -> new ObjectStore.Part(part.eTag(), part.checksumCRC32()))
            .toList());
    return CompleteMultipartUploadResponse.builder().build();
  }

  @Override
  public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest request) {
    store.abortUpload(request.bucket(), request.key(), request.uploadId());
    return AbortMultipartUploadResponse.builder().build();
  }

  /** Reads the body twice, as the SDK does when it tries again. */
  private static byte[] bytes(RequestBody body) {
    try (InputStream first = body.contentStreamProvider().newStream();
        InputStream second = body.contentStreamProvider().newStream()) {
      first.readAllBytes();
      return second.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
