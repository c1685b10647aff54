package io.plimsoll.risk.alert;

/**
 * Whose history it is.
 *
 * @param windowMs milliseconds, more than 0
 */
public record HistoryKey(SubjectKind kind, String subject, String metric, long windowMs) {}
