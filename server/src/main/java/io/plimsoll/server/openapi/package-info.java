/** What an HTTP interface is made of, told once: for its routes, for its OpenAPI document and for its tables. */
@NullMarked
package io.plimsoll.server.openapi;

import org.jspecify.annotations.NullMarked;
