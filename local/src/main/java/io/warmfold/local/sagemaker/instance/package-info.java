/** Instances as processes of this machine: the parent's side and the worker's. */
package io.warmfold.local.sagemaker.instance;
