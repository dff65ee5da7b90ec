package io.warmfold.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** SageMaker's model registry. Thread-safe. */
public interface Registry {

  /**
   * Makes a group of model packages, if there is none of that name.
   *
   * @param request CreateModelPackageGroup in the API's own shape
   */
  void ensureGroup(ObjectNode request);

  /**
   * Registers a version. The same client token gives the same version.
   *
   * @param request CreateModelPackage in the API's own shape
   * @return its ARN
   */
  String register(ObjectNode request);
}
