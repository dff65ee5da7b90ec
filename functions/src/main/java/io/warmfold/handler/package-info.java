/** The Lambda functions: each decodes its event, calls the core, encodes the answer. */
package io.warmfold.handler;
