/**
 * Order-book depth, and how far it can be believed: in the worst hour books are crossed, frozen and late. Whatever cannot be
 * believed is left out and labelled, never used in silence.
 */
@NullMarked
package io.plimsoll.risk.depth;

import org.jspecify.annotations.NullMarked;
