/**
 * What a provider's answer says. Live needs the provider's own mark of a signed-in caller, dead its documented refusal;
 * everything else is unknown. The reason is made of words of ours: an answer may repeat the secret.
 */
import type { LiveVerdict } from "#model/finding.ts";
import { fitsMarker } from "./fits-marker.ts";
import type { LiveCheck, LiveProvider } from "./live-provider.ts";

export interface ProviderAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** The body goes on behind what was read. */
  readonly isCut: boolean;
}

export interface Verdict {
  readonly verdict: LiveVerdict;
  readonly reason: string;
  /** Another time it may be answered. */
  readonly isPassing?: boolean;
}

export function readVerdict({ host }: LiveProvider, check: LiveCheck, answer: ProviderAnswer): Verdict {
  const { status } = answer;
  if (status >= 300 && status < 400) return unknown(`${host} answered ${status} and points elsewhere; nobody follows`);
  if (status === 429) return passing(`${host} asks for fewer requests (429)`);
  if (status >= 500) return passing(`${host} has trouble of its own (${status})`);
  if (answer.isCut) return unknown(`${host} answered ${status} with more text than is read`);
  const json = /html/i.test(answer.contentType) ? undefined : jsonOf(answer.body);
  if (json === undefined) return unknown(`${host} answered ${status} without JSON${doubtOf(check, status)}`);
  const seen = { status, json };
  if (fitsMarker(check.live, seen)) return { verdict: "live", reason: `${host} took it` };
  if (check.notLive?.some((marker) => fitsMarker(marker, seen))) {
    return { verdict: "not-live", reason: `${host} answered as it does to a secret that it does not take (${status})` };
  }
  return unknown(`${host} answered ${status}, which proves nothing${doubtOf(check, status)}`);
}

export function unknown(reason: string): Verdict {
  return { verdict: "unknown", reason };
}

export function passing(reason: string): Verdict {
  return { ...unknown(reason), isPassing: true };
}

function doubtOf({ doubt }: LiveCheck, status: number): string {
  return doubt === undefined || status < 400 ? "" : `: ${doubt}`;
}

function jsonOf(body: string): unknown {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === "object" && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
