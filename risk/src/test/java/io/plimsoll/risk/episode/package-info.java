@NullMarked
package io.plimsoll.risk.episode;

import org.jspecify.annotations.NullMarked;
