package io.plimsoll.topology.episodes;

/**
 * Says that an episode is none after all: what came late has moved its start, or was so much that it is nothing unusual.
 *
 * @param subject market (venue:symbol) or system
 * @param asOfMs event time up to which the episode was told, epoch milliseconds
 * @param isCalm whether no other episode of the subject runs
 */
public record TakenBack(String subject, long asOfMs, boolean isCalm) {}
