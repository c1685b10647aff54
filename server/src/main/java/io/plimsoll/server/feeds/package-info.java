/** What is known of the feeds: what their connectors say, and what could not be used. */
@NullMarked
package io.plimsoll.server.feeds;

import org.jspecify.annotations.NullMarked;
