package io.plimsoll.topology.episodes;

/** Says that an episode is none after all: what came late has moved its start. */
record TakenBack() {}
