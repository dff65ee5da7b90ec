package io.warmfold.handler;

import io.warmfold.flow.StepFunctions;
import io.warmfold.job.SageMakerJobs;
import io.warmfold.ledger.Table;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What a function uses in the place of a client of the AWS SDK where it does not run on Lambda. An
 * instance of a function asks for each once, when it is made. By default nothing is replaced.
 */
public interface Shortcuts {

  /** Every call is made by the SDK, as on Lambda. */
  Shortcuts NONE = new Shortcuts() {};

  /** What the ledger is kept in; empty for the DynamoDB table of the environment. */
  default Optional<Table> table() {
    return Optional.empty();
  }

  /**
   * What DynamoDB is asked by, where {@link #table} is empty.
   *
   * @param bySdk asks it by the SDK
   */
  default DynamoDbClient dynamoDb(DynamoDbClient bySdk) {
    return bySdk;
  }

  /**
   * What SageMaker is asked by.
   *
   * @param bySdk asks it by the SDK
   */
  default SageMakerJobs jobs(SageMakerJobs bySdk) {
    return bySdk;
  }

  /**
   * What Step Functions is asked by.
   *
   * @param bySdk asks it by the SDK
   */
  default StepFunctions stepFunctions(StepFunctions bySdk) {
    return bySdk;
  }
}
