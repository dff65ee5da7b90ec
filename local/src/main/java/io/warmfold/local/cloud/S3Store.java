package io.warmfold.local.cloud;

import io.warmfold.local.aws.S3Folder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * S3 over a folder in which an object is a plain file: s3proxy on a loopback port of its own, to
 * which only this process is pointed.
 */
final class S3Store implements AutoCloseable {

  private final S3Folder folder;
  private final S3Proxy proxy;

  private S3Store(S3Folder folder, S3Proxy proxy) {
    this.folder = folder;
    this.proxy = proxy;
  }

  /** Starts it; the folder is made if need be. */
  static S3Store in(Path root) throws IOException {
    Files.createDirectories(root);
    Path absolute = root.toRealPath();
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new FileEtags(new FilesystemNio2BlobStore(absolute.toString()), absolute))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.NONE, null, null)
            .ignoreUnknownHeaders(true)
            .build();
    try {
      proxy.start();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the local S3 does not start", e);
    }
    return new S3Store(new S3Folder(absolute), proxy);
  }

  S3Folder folder() {
    return folder;
  }

  int port() {
    return proxy.getPort();
  }

  void ensureBucket(String bucket) throws IOException {
    Files.createDirectories(folder.root().resolve(bucket));
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the local S3 does not stop", e);
    }
  }
}
