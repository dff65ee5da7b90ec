package io.warmfold.study;

import java.util.List;

/** The network of a job: 1 to 5 security groups, 1 to 16 subnets. */
public record VpcConfig(List<String> securityGroupIds, List<String> subnets) {
  public VpcConfig {
    securityGroupIds = Copies.list(securityGroupIds);
    subnets = Copies.list(subnets);
  }
}
