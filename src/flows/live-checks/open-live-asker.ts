/** Asks providers whether they take a secret, one request for each. The value goes into that request and nowhere else. */
import { setTimeout as wait } from "node:timers/promises";
import type { SecretValue } from "#model/secret-value.ts";
import type { FoundCheck } from "#scan/secrets/live/find-live-check.ts";
import { liveRequest } from "#scan/secrets/live/live-request.ts";
import { passing, readVerdict, unknown, type Verdict } from "#scan/secrets/live/read-verdict.ts";
import { type Clock, createHostPace } from "./host-pace.ts";
import { openTransport, type SendLiveRequest, sendVia } from "./send-live-request.ts";

export interface LiveAsker {
  ask(about: AskedAbout, signal?: AbortSignal): Promise<Answered>;
}

export interface Answered extends Verdict {
  /** The host wants to be left alone for now: nothing was sent, and another time it may answer. */
  readonly isPutOff?: boolean;
}

export interface AskedAbout extends FoundCheck {
  readonly value: SecretValue;
  readonly companion: string | undefined;
}

export function openLiveAsker(environment: NodeJS.ProcessEnv, now: () => Date): LiveAsker {
  const clock = {
    now,
    wait: (milliseconds: number, signal?: AbortSignal) => wait(milliseconds, undefined, { signal }),
  };
  return createLiveAsker(sendVia(openTransport(environment)), clock);
}

export function createLiveAsker(send: SendLiveRequest, clock: Clock): LiveAsker {
  const pace = createHostPace(clock);
  return {
    async ask({ provider, check, value, companion }, signal) {
      const { host } = provider;
      if (check.companion && companion === undefined) return unknown(missing[check.companion.is]);
      const request = liveRequest(provider, check, { value: value.reveal(), companion });
      if (!request) return unknown("it holds characters that no request can carry; nothing was sent");
      if (!(await pace.turn(host, signal))) {
        return { ...unknown(`${host} asked for a pause; nothing was sent`), isPutOff: true };
      }
      const sent = await send(request, signal);
      if (sent.is === "failed") return passing(sent.reason);
      if (sent.answer.status === 429 || sent.answer.status === 503) pace.rest(host, sent.retryAfter);
      return readVerdict(provider, check, sent.answer);
    },
  };
}

const missing = {
  organization: "the organization that it belongs to is not known; nothing was sent",
  near: "the account that it belongs to is not beside it; nothing was sent",
} as const;
