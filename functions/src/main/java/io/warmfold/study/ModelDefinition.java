package io.warmfold.study;

import java.util.Map;

/**
 * How the best model is registered.
 *
 * @param modelPackageGroupName the group, made if it does not exist; by default the study's name
 * @param modelApprovalStatus of the new version: {@code PendingManualApproval}, {@code Approved} or
 *     {@code Rejected}
 * @param modelPackageDescription null for none
 * @param customerMetadataProperties at most 40, the study adds its own
 * @param inferenceImage the image that serves the model; by default the training image
 */
public record ModelDefinition(
    String modelPackageGroupName,
    String modelApprovalStatus,
    String modelPackageDescription,
    Map<String, String> customerMetadataProperties,
    String inferenceImage) {

  public ModelDefinition {
    customerMetadataProperties = Copies.map(customerMetadataProperties);
  }
}
