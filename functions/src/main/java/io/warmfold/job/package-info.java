/** Jobs: their names, requests, outcomes and warm pools. */
package io.warmfold.job;
