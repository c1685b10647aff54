/** Settings: one YAML file, environment overrides, checked before anything starts. */
@NullMarked
package io.plimsoll.server.config;

import org.jspecify.annotations.NullMarked;
