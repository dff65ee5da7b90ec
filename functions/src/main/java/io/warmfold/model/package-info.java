/** The model that comes out: its registration. */
package io.warmfold.model;
