/** Parameters, scales and the unit cube: what is tuned, and nothing about how. */
package io.warmfold.space;
