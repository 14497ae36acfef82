/** Faults that hit a request before its route: latency, made-up statuses, and delays as the rate limiter makes them. */
import { setTimeout as wait } from "node:timers/promises";
import { takeFault } from "../faults.ts";
import { type Answer, Refusal } from "../route.ts";
import type { Fault, World } from "../world.ts";
import { errorAnswer } from "./answers.ts";

export interface FaultOutcome {
  /** Sent in place of the real answer. */
  readonly answer?: Answer;
  /** Added to the real answer. */
  readonly headers: Readonly<Record<string, string>>;
}

function rateHeaders(world: World, fault: Fault, path: string, remaining: number): Record<string, string> {
  if (!world.switches.rateLimitHeadersOnHooks && /\/_apis\/hooks\//i.test(path)) return {};
  const retryAfter = fault.retryAfter ?? 1;
  return {
    "Retry-After": String(retryAfter),
    "X-RateLimit-Resource": "Concurrency",
    "X-RateLimit-Delay": String((fault.milliseconds ?? 0) / 1000),
    "X-RateLimit-Limit": "200",
    "X-RateLimit-Remaining": String(remaining),
    "X-RateLimit-Reset": String(Math.ceil(world.clock.now().getTime() / 1000) + retryAfter),
  };
}

export async function applyFaults(world: World, path: string): Promise<FaultOutcome> {
  const latency = takeFault(world, "latency", path);
  if (latency) await wait(latency.milliseconds ?? 100);
  const made = takeFault(world, "status", path);
  if (made)
    return { answer: madeAnswer(world, made), headers: made.status === 429 ? rateHeaders(world, made, path, 0) : {} };
  const delay = takeFault(world, "rate-limit-delay", path);
  if (!delay) return { headers: {} };
  if (delay.milliseconds) await wait(delay.milliseconds);
  return { headers: rateHeaders(world, delay, path, 20) };
}

function madeAnswer(world: World, fault: Fault): Answer {
  const status = fault.status ?? 500;
  const refusal =
    status === 429
      ? new Refusal(
          429,
          "RequestBlockedException",
          "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'Concurrency' in namespace 'User'. For more information on why your request was blocked, see the topic \"Rate limits\" on the Microsoft Web site (https://go.microsoft.com/fwlink/?LinkId=823950).",
          "Microsoft.TeamFoundation.Framework.Server.RequestBlockedException, Microsoft.TeamFoundation.Framework.Server",
        )
      : new Refusal(
          status,
          "VssServiceException",
          `The service answered ${status} because a fault was asked for.`,
          "Microsoft.VisualStudio.Services.Common.VssServiceException, Microsoft.VisualStudio.Services.Common",
        );
  return errorAnswer(world, refusal);
}
