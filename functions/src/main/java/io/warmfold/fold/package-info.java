/**
 * Folds of data: rows are read once and dealt to K shards, and a fold is a pair of manifests over
 * them. {@link io.warmfold.fold.Split} is the entrance; everything but {@link
 * io.warmfold.fold.S3ObjectStore} is free of AWS.
 */
package io.warmfold.fold;
