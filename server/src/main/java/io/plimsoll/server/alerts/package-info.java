/** Alerts on their way to people: the board in memory, its changes for listeners, the webhook. */
@NullMarked
package io.plimsoll.server.alerts;

import org.jspecify.annotations.NullMarked;
