package io.plimsoll.connectors.sim;

/** How a trader margins a position that it opens. */
record SimOrderTerms(boolean isolated, double leverage) {}
