/**
 * The local SageMaker: jobs, warm pools, models and model packages behind the API's own wire
 * shapes.
 *
 * <p>What a job does is a {@link io.warmfold.local.sagemaker.JobRunner}'s affair; everything else
 * (validation, life of a job, pools, quotas, events) happens here, on the timeline's thread.
 */
package io.warmfold.local.sagemaker;
