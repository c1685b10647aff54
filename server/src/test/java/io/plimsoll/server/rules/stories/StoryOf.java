package io.plimsoll.server.rules.stories;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The default rule that a test tells the story of, and the subject that it happens to. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface StoryOf {

    /** Its id. */
    String value();

    /** Subject of its alerts. */
    String subject() default Monitor.X;

    /** Whether it is the whole story, or one more chapter of it. */
    boolean whole() default true;
}
