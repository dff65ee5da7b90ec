/**
 * The small cloud on one machine: reads the template and runs its functions, rules and schedules,
 * its table and its buckets, behind AWS's own wire protocols.
 */
package io.warmfold.local.cloud;
