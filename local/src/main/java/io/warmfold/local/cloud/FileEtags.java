package io.warmfold.local.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Gives every object an ETag that changes whenever its file does.
 *
 * <p>The store underneath keeps ETags in file attributes, so that a file which a training job wrote
 * has none and one that was written over keeps the old one. Here the ETag is made of the file's
 * size, its time and its identity; it has the form of a multipart upload's, so that nobody takes it
 * for a digest of the content.
 */
final class FileEtags extends ForwardingBlobStore {

  private final Path root;

  FileEtags(BlobStore delegate, Path root) {
    super(delegate);
    this.root = root;
  }

  private Optional<String> etag(String bucket, String key) {
    try {
      BasicFileAttributes file =
          Files.readAttributes(root.resolve(bucket).resolve(key), BasicFileAttributes.class);
      if (!file.isRegularFile()) {
        return Optional.empty();
      }
      String identity = file.size() + "/" + file.lastModifiedTime() + "/" + file.fileKey();
      UUID hash = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
      return Optional.of("\"" + hash.toString().replace("-", "") + "-1\"");
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check(String bucket, String key, String ifMatch, String ifNoneMatch) {
    Optional<String> actual = etag(bucket, key);
    if (ifMatch != null && actual.isPresent() && !isOneOf(actual.get(), ifMatch)) {
      throw S3Exceptions.preconditionFailed(null);
    }
    if (ifNoneMatch != null && actual.isPresent() && isOneOf(actual.get(), ifNoneMatch)) {
      throw S3Exceptions.fromStatusCode(304);
    }
  }

  private static boolean isOneOf(String etag, String condition) {
    for (String candidate : condition.split(",", -1)) {
      String bare = candidate.strip().replace("\"", "");
      if (bare.equals("*") || bare.equals(etag.replace("\"", ""))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    check(request.bucket(), request.key(), request.ifMatch(), request.ifNoneMatch());
    HeadObjectResponse found =
        super.blobMetadata(request.toBuilder().ifMatch(null).ifNoneMatch(null).build());
    if (found == null) {
      return null;
    }
    return found.toBuilder().eTag(etag(request.bucket(), request.key()).orElse(null)).build();
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    check(request.bucket(), request.key(), request.ifMatch(), request.ifNoneMatch());
    ResponseInputStream<GetObjectResponse> found =
        super.getBlob(request.toBuilder().ifMatch(null).ifNoneMatch(null).build());
    if (found == null) {
      return null;
    }
    String etag = etag(request.bucket(), request.key()).orElse(null);
    return new ResponseInputStream<>(found.response().toBuilder().eTag(etag).build(), found);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
    String ifMatch = request.ifMatch();
    if (ifMatch != null) {
      if (etag(request.bucket(), request.key()).isEmpty()) {
        throw S3Exceptions.noSuchKey(request.bucket(), request.key(), "no object to match");
      }
      check(request.bucket(), request.key(), ifMatch, null);
    }
    PutObjectResponse done = super.putBlob(request.toBuilder().ifMatch(null).build(), content);
    return done.toBuilder().eTag(etag(request.bucket(), request.key()).orElse(null)).build();
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    CopyObjectResponse done = super.copyBlob(request);
    String etag = etag(request.destinationBucket(), request.destinationKey()).orElse(null);
    return done.toBuilder()
        .copyObjectResult(done.copyObjectResult().toBuilder().eTag(etag).build())
        .build();
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    CompleteMultipartUploadResponse done = super.completeMultipartUpload(upload, request);
    return done.toBuilder().eTag(etag(request.bucket(), request.key()).orElse(null)).build();
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Response found = super.list(request);
    List<S3Object> contents =
        found.contents().stream()
            .map(
                object ->
                    object.toBuilder()
                        .eTag(etag(request.bucket(), object.key()).orElse(null))
                        .build())
            .toList();
    return found.toBuilder().contents(contents).build();
  }
}
