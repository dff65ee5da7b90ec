package io.warmfold.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.FixInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.CreateModelPackageGroupRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateModelPackageGroupResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeModelPackageGroupRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeModelPackageGroupResponse;
import software.amazon.awssdk.services.sagemaker.model.SageMakerException;

class SdkRegistryTest {

  /** A registry in which a group may come to be just before somebody asks for it. */
  private static final class Groups implements SageMakerClient {
    final Set<String> names = new HashSet<>();
    final List<String> created = new ArrayList<>();
    Runnable beforeCreation = () -> {};

    @Override
    public DescribeModelPackageGroupResponse describeModelPackageGroup(
        DescribeModelPackageGroupRequest request) {
      if (!names.contains(request.modelPackageGroupName())) {
        throw refused("ModelPackageGroup does not exist");
      }
      return DescribeModelPackageGroupResponse.builder().build();
    }

    @Override
    public CreateModelPackageGroupResponse createModelPackageGroup(
        CreateModelPackageGroupRequest request) {
      beforeCreation.run();
      created.add(request.modelPackageGroupName());
      if (request.modelPackageGroupName().contains("_")
          || !names.add(request.modelPackageGroupName())) {
        throw refused("no");
      }
      return CreateModelPackageGroupResponse.builder().build();
    }

    private static SageMakerException refused(String message) {
      return (SageMakerException)
          SageMakerException.builder()
              .statusCode(400)
              .message(message)
              .awsErrorDetails(
                  AwsErrorDetails.builder()
                      .errorCode("ValidationException")
                      .errorMessage(message)
                      .build())
              .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private final Groups groups = new Groups();
  private final SdkRegistry registry = new SdkRegistry(groups);

  private static ObjectNode group(String name) {
    return JsonNodeFactory.instance.objectNode().put("ModelPackageGroupName", name);
  }

  @Test
  void aGroupIsMadeOnce() {
    registry.ensureGroup(group("abalone"));
    registry.ensureGroup(group("abalone"));
    assertThat(groups.created).containsExactly("abalone");
  }

  @Test
  void aGroupThatAnotherStudyMakesAtTheSameMomentIsThere() {
    groups.beforeCreation = () -> groups.names.add("abalone");
    registry.ensureGroup(group("abalone"));
    assertThat(groups.created).containsExactly("abalone");
  }

  @Test
  void aNameThatIsRefusedIsTheInputsFault() {
    assertThatThrownBy(() -> registry.ensureGroup(group("aba_lone")))
        .isInstanceOf(FixInputException.class);
  }
}
