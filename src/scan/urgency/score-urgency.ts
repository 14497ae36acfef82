/**
 * The published formula of urgency (docs/urgency.md): the weighted mean of the signals that such a finding can have, in
 * 0 to 100. A worse value never lowers it; a missing one counts as what the settings say, and never as safe.
 */
import { type Urgency, type UrgencyPoint, urgencySignals } from "#model/urgency.ts";
import type { UrgencySignals } from "./read-signals.ts";
import type { UrgencySettings } from "./urgency-settings.ts";

export function scoreUrgency(
  signals: UrgencySignals,
  { weights, notKnown }: Pick<UrgencySettings, "weights" | "notKnown">,
): Urgency {
  const counted = urgencySignals.filter((signal) => signals[signal] && weights[signal] > 0);
  const whole = counted.reduce((sum, signal) => sum + weights[signal], 0);
  const points = counted.map((signal): UrgencyPoint => {
    const reading = signals[signal]!;
    const value = reading.is === "known" ? Math.min(1, Math.max(0, reading.value)) : notKnown[signal];
    return {
      signal,
      points: Math.round((1000 * weights[signal] * value) / whole) / 10,
      because: reading.because,
      ...(reading.is === "missing" && { isMissing: true }),
    };
  });
  // Of the points as they are shown, so that whoever adds them up comes to the same.
  const sum = points.reduce((total, one) => total + Math.round(one.points * 10), 0);
  return { score: Math.min(100, Math.round(sum / 10)), points };
}
