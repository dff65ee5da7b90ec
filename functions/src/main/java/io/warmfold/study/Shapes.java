package io.warmfold.study;

/** Shapes that several blocks share, with the limits of SageMaker's API. */
final class Shapes {

  static final String S3_PATTERN = "s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^\\u0000-\\u001f]*)?";

  static final Leaf.Text S3_URI =
      new Leaf.Text(
          6,
          1024,
          S3_PATTERN,
          "s3://bucket/key, the bucket of 3 to 63 lower-case letters, digits, dots and hyphens");

  static final Leaf.Text IMAGE = new Leaf.Text(1, 255, "\\S+", "the URI of an image");

  static final Leaf.Text INSTANCE_TYPE =
      new Leaf.Text(
          7, 40, "ml\\.[a-z0-9-]+\\.[a-z0-9-]+", "an instance type such as \"ml.m5.large\"");

  static final Leaf.Text ROLE_ARN =
      new Leaf.Text(
          20,
          2048,
          "arn:aws[a-z-]*:iam::[0-9]{12}:role/?[a-zA-Z_0-9+=,.@/-]+",
          "the ARN of an IAM role");

  static final Leaf.Text KMS_KEY =
      new Leaf.Text(1, 2048, "[a-zA-Z0-9:/_-]+", "the id, alias or ARN of a KMS key");

  static final Leaf.Text MIME_TYPE = new Leaf.Text(1, 256, "\\S+", "a MIME type");

  static final Leaf.Flag FLAG = new Leaf.Flag();

  static final Leaf.Text ENVIRONMENT_KEY =
      new Leaf.Text(1, 512, "[a-zA-Z_][a-zA-Z0-9_]*", "a name of an environment variable");

  /** A name that SageMaker accepts for a job, a group and the like. */
  static final String NAME_PATTERN = "[A-Za-z0-9](-*[A-Za-z0-9]){0,62}";

  static final ObjectShape VPC =
      ObjectShape.object("an object with SecurityGroupIds and Subnets")
          .required(
              "SecurityGroupIds",
              new ListShape(
                  new Leaf.Text(1, 32, "[-0-9a-zA-Z]+", "the id of a security group"), 1, 5),
              "Security groups, 1 to 5.")
          .required(
              "Subnets",
              new ListShape(new Leaf.Text(1, 32, "[-0-9a-zA-Z]+", "the id of a subnet"), 1, 16),
              "Subnets, 1 to 16. A warm pool stays in the one it started in.")
          .build();

  private Shapes() {}

  static Leaf.Text text(int min, int max, String what) {
    return new Leaf.Text(min, max, null, what);
  }

  /** Text of which SageMaker's pattern is {@code .*}, which no line break fits. */
  static Leaf.Text line(int min, int max, String what) {
    return new Leaf.Text(min, max, ".*", what + " without line breaks");
  }

  static Leaf.Whole whole(int min, int max, String unit) {
    return new Leaf.Whole(min, max, unit);
  }

  static ListShape list(Shape item, int min, int max) {
    return new ListShape(item, min, max);
  }
}
