package io.warmfold.local.engine;

/**
 * How a state is left: what is assigned, what goes on, and where to.
 *
 * @param assign an object of variables, or null
 * @param output what the next state gets, or null for the default
 * @param next the next state, or null at the end
 */
record Exit(Template assign, Template output, String next) {}
