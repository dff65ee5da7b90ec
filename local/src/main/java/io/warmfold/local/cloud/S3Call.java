package io.warmfold.local.cloud;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What an HTTP request means to S3.
 *
 * @param operation the API's name of it
 * @param bucket empty for a request about all buckets
 * @param key empty for a request about a bucket
 * @param input the call's parameters as botocore names them, without bodies
 */
record S3Call(String operation, String bucket, String key, ObjectNode input) {

  private static final Pattern VIRTUAL_HOST =
      Pattern.compile(
          "(.+?)\\.(?:s3[.-][a-z0-9.-]*amazonaws\\.com|localhost)", Pattern.CASE_INSENSITIVE);
  private static final Pattern DELETED = Pattern.compile("<Key>([^<]*)</Key>");
  private static final Map<String, String> QUERY =
      Map.of(
          "prefix", "Prefix",
          "delimiter", "Delimiter",
          "continuation-token", "ContinuationToken",
          "start-after", "StartAfter",
          "uploadId", "UploadId",
          "versionId", "VersionId");
  private static final Map<String, String> HEADERS =
      Map.of(
          "Range", "Range",
          "If-Match", "IfMatch",
          "If-None-Match", "IfNoneMatch",
          "Content-Type", "ContentType",
          "x-amz-copy-source", "CopySource");

  /**
   * Reads a request.
   *
   * @param body the body where it names keys (DeleteObjects), else ignored
   */
  static S3Call of(SdkHttpRequest request, byte[] body) {
    String path = pathStyle(request);
    int slash = path.indexOf('/', 1);
    String bucket = decode(slash < 0 ? path.substring(1) : path.substring(1, slash));
    String key = slash < 0 ? "" : decode(path.substring(slash + 1));
    String operation = operation(request, bucket, key);
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    if (!bucket.isEmpty()) {
      input.put("Bucket", bucket);
    }
    if (!key.isEmpty()) {
      input.put("Key", key);
    }
    QUERY.forEach((from, to) -> query(request, from, value -> input.put(to, value)));
    query(request, "partNumber", value -> input.put("PartNumber", Integer.parseInt(value)));
    query(request, "max-keys", value -> input.put("MaxKeys", Integer.parseInt(value)));
    HEADERS.forEach(
        (from, to) -> request.firstMatchingHeader(from).ifPresent(value -> input.put(to, value)));
    if (operation.equals("DeleteObjects")) {
      Matcher keys = DELETED.matcher(new String(body, StandardCharsets.UTF_8));
      var objects = input.putObject("Delete").putArray("Objects");
      while (keys.find()) {
        objects.addObject().put("Key", unescape(keys.group(1)));
      }
    }
    return new S3Call(operation, bucket, key, input);
  }

  /** The path with the bucket in it, also where the client has put the bucket into the host. */
  static String pathStyle(SdkHttpRequest request) {
    String host = request.firstMatchingHeader("Host").orElse(request.host());
    Matcher virtual = VIRTUAL_HOST.matcher(host.replaceFirst(":\\d+$", ""));
    String path = request.encodedPath().isEmpty() ? "/" : request.encodedPath();
    boolean virtualHosted = virtual.matches() && !virtual.group(1).equalsIgnoreCase("s3");
    return virtualHosted ? "/" + virtual.group(1) + path : path;
  }

  private static void query(
      SdkHttpRequest request, String name, java.util.function.Consumer<String> then) {
    request.firstMatchingRawQueryParameter(name).filter(v -> !v.isEmpty()).ifPresent(then);
  }

  private static String operation(SdkHttpRequest request, String bucket, String key) {
    var query = request.rawQueryParameters();
    boolean copies = request.firstMatchingHeader("x-amz-copy-source").isPresent();
    SdkHttpMethod method = request.method();
    if (bucket.isEmpty()) {
      return "ListBuckets";
    }
    if (key.isEmpty()) {
      return switch (method) {
        case HEAD -> "HeadBucket";
        case PUT -> "CreateBucket";
        case DELETE -> "DeleteBucket";
        case POST -> "DeleteObjects";
        default -> {
          if (query.containsKey("location")) {
            yield "GetBucketLocation";
          }
          if (query.containsKey("uploads")) {
            yield "ListMultipartUploads";
          }
          yield query.containsKey("list-type") ? "ListObjectsV2" : "ListObjects";
        }
      };
    }
    boolean upload = query.containsKey("uploadId");
    return switch (method) {
      case HEAD -> "HeadObject";
      case PUT -> upload ? "UploadPart" : copies ? "CopyObject" : "PutObject";
      case POST -> upload ? "CompleteMultipartUpload" : "CreateMultipartUpload";
      case DELETE -> upload ? "AbortMultipartUpload" : "DeleteObject";
      default -> upload ? "ListParts" : "GetObject";
    };
  }

  /** What IAM asks for this call. */
  List<Permission> needed() {
    List<Permission> needed = new ArrayList<>();
    switch (operation) {
      case "ListBuckets" -> needed.add(new Permission("s3:ListAllMyBuckets", "*"));
      case "ListObjects", "ListObjectsV2", "HeadBucket" -> needed.add(list());
      case "ListMultipartUploads" ->
          needed.add(new Permission("s3:ListBucketMultipartUploads", bucketArn()));
      case "CreateBucket", "DeleteBucket", "GetBucketLocation" ->
          needed.add(new Permission("s3:" + operation, bucketArn()));
      case "DeleteObjects" -> {
        for (var object : input.path("Delete").path("Objects")) {
          String deleted = object.path("Key").asText();
          needed.add(new Permission("s3:DeleteObject", bucketArn() + "/" + deleted));
        }
      }
      case "HeadObject" -> needed.add(object("GetObject"));
      case "UploadPart", "CopyObject", "CreateMultipartUpload", "CompleteMultipartUpload" ->
          needed.add(object("PutObject"));
      case "ListParts" -> needed.add(object("ListMultipartUploadParts"));
      default -> needed.add(object(operation));
    }
    String source = decode(input.path("CopySource").asText(""));
    if (!source.isEmpty()) {
      String from = source.startsWith("/") ? source.substring(1) : source;
      needed.add(new Permission("s3:GetObject", "arn:aws:s3:::" + from.replaceFirst("\\?.*", "")));
    }
    return needed;
  }

  /** What S3 asks before it admits that an object does not exist. */
  Permission list() {
    return new Permission(
        "s3:ListBucket", bucketArn(), Map.of("s3:prefix", input.path("Prefix").asText("")));
  }

  private Permission object(String action) {
    return new Permission("s3:" + action, bucketArn() + "/" + key);
  }

  private String bucketArn() {
    return "arn:aws:s3:::" + bucket;
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String unescape(String xml) {
    return xml.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }
}
