/** Faults that hit a request before its route: latency, made-up statuses, delays as the rate limiter makes them, lists that change, broken connections. */
import { setTimeout as wait } from "node:timers/promises";
import { takeFault } from "../faults.ts";
import { type Answer, Refusal } from "../route.ts";
import type { Fault, World } from "../world.ts";
import { errorAnswer } from "./answers.ts";
import { blockedAnswer } from "./blocked-answer.ts";
import { signInPage } from "./gate.ts";
import type { Target } from "./handle-request.ts";

export interface FaultOutcome {
  /** Sent in place of the real answer. */
  readonly answer?: Answer;
  /** Added to the real answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** The connection ends within the answer. */
  readonly isCut?: boolean;
}

interface RateFacts {
  readonly path: string;
  readonly remaining: number;
  readonly now: number;
}

/** `now` is what the service takes for the time. */
function rateHeaders(world: World, fault: Fault, about: RateFacts): Record<string, string> {
  const { path, remaining, now } = about;
  if (!world.switches.rateLimitHeadersOnHooks && /\/_apis\/hooks\//i.test(path)) return {};
  const retryAfter = fault.retryAfter ?? 1;
  return {
    "Retry-After": fault.asDate ? new Date(now + retryAfter * 1000).toUTCString() : String(retryAfter),
    "X-RateLimit-Resource": "Concurrency",
    "X-RateLimit-Delay": String((fault.milliseconds ?? 0) / 1000),
    "X-RateLimit-Limit": "200",
    "X-RateLimit-Remaining": String(remaining),
    "X-RateLimit-Reset": String(Math.ceil(now / 1000) + retryAfter),
  };
}

/** One entry further or nearer, for tokens that count: plainly, or in base64. */
function shifted(token: string, by: number): string {
  if (/^\d+$/.test(token)) return String(Math.max(0, Number(token) + by));
  const text = Buffer.from(token, "base64url").toString();
  return /^\d+$/.test(text) ? Buffer.from(String(Math.max(0, Number(text) + by))).toString("base64url") : token;
}

/** Moves what asks for a later page, as if the list in front of it had changed; other requests are left alone. */
function changePage(world: World, { path, search }: Pick<Target, "path" | "search">): void {
  const name = [...search.keys()].find((one) => /^(continuationToken|\$skip)$/i.test(one));
  const value = name === undefined ? "" : (search.get(name) ?? "");
  if (name === undefined || value === "" || value === "0") return;
  const fault = takeFault(world, "page-changes", path);
  if (fault) search.set(name, shifted(value, fault.change === "removes" ? 1 : -1));
}

export async function applyFaults(world: World, target: Pick<Target, "path" | "search">): Promise<FaultOutcome> {
  const { path } = target;
  const latency = takeFault(world, "latency", path);
  if (latency) await wait(latency.milliseconds ?? 100);
  changePage(world, target);
  const clock = takeFault(world, "wrong-clock", path);
  const now = world.clock.now().getTime() + (clock?.milliseconds ?? 0);
  const date = clock ? { Date: new Date(now).toUTCString() } : {};
  const isCut = takeFault(world, "drop-connection", path) !== undefined;
  const made = takeFault(world, "status", path);
  if (made) {
    const rate = made.status === 429 ? rateHeaders(world, made, { path, remaining: 0, now }) : {};
    return { answer: madeAnswer(world, made), headers: { ...date, ...rate }, isCut };
  }
  if (takeFault(world, "unauthorized-pages", path)) return { answer: signInPage(203), headers: date, isCut };
  const delay = takeFault(world, "rate-limit-delay", path);
  if (delay?.milliseconds) await wait(delay.milliseconds);
  return { headers: { ...date, ...(delay ? rateHeaders(world, delay, { path, remaining: 20, now }) : {}) }, isCut };
}

function madeAnswer(world: World, fault: Fault): Answer {
  const status = fault.status ?? 500;
  if (status === 429) return blockedAnswer(world);
  return errorAnswer(
    world,
    new Refusal(
      status,
      "VssServiceException",
      `The service answered ${status} because a fault was asked for.`,
      "Microsoft.VisualStudio.Services.Common.VssServiceException, Microsoft.VisualStudio.Services.Common",
    ),
  );
}
