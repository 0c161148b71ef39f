/**
 * Bad requests by the thousand: valid ones are made from the OpenAPI document of a running service, then broken in every
 * way that the kinds know, and each answer is examined.
 *
 * <p>A request follows from its seed alone, so that any failure can be repeated. The tests run a few hundred; the
 * program in {@link io.foretide.fuzz.FuzzBench} runs as many as it is told to.
 */
package io.foretide.fuzz;
