/**
 * What one look over all accounts of a slice adds up to, and what the sums of all slices say about the system.
 *
 * <p>{@link io.plimsoll.risk.survey.Survey} looks at each account once and adds whole numbers: how far all prices must move
 * together until its pools fall, which of them a fall of one price alone takes along, and what it would sell to keep its
 * leverage. Slices add up exactly in any order ({@link io.plimsoll.risk.survey.SurveySum#plus}). From the sum follow
 * {@link io.plimsoll.risk.survey.SystemCascade}, {@link io.plimsoll.risk.survey.Contagion} and
 * {@link io.plimsoll.risk.survey.Systemicness}.
 */
@NullMarked
package io.plimsoll.risk.survey;

import org.jspecify.annotations.NullMarked;
