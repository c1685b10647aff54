@NullMarked
package io.plimsoll.topology.survey;

import org.jspecify.annotations.NullMarked;
