import assert from "node:assert/strict";
import { test } from "node:test";
import { type EntraAnswer, entraRefused, type SignInStep } from "./entra-error.ts";
import { signInProblem } from "./sign-in-problem.ts";

/** What Entra sends at the end of every sentence. */
const tail = " Trace ID: 1234 Correlation ID: 5678 Timestamp: 2026-11-25 09:00:00Z";

function refusal(error: string, number: number | undefined, more: EntraAnswer = {}): EntraAnswer {
  if (number === undefined) return { error, ...more };
  return { error, error_description: `AADSTS${number}: Something.${tail}`, error_codes: [number], ...more };
}

const cases: readonly (readonly [string, SignInStep, EntraAnswer])[] = [
  ["consent-declined", "authorize", refusal("access_denied", 65004, { error_subcode: "cancel" })],
  ["consent-declined", "authorize", refusal("access_denied", undefined, { error_subcode: "cancel" })],
  ["consent-missing", "refresh", refusal("invalid_grant", 65001, { suberror: "consent_required" })],
  ["consent-missing", "refresh", refusal("invalid_grant", 99999999, { suberror: "consent_required" })],
  ["consent-needs-administrator", "authorize", refusal("access_denied", 90094)],
  ["consent-needs-administrator", "authorize", refusal("consent_required", undefined)],
  ["not-a-member", "authorize", refusal("access_denied", 50020)],
  ["conditional-access", "authorize", refusal("access_denied", 53003)],
  ["interaction-needed", "refresh", refusal("interaction_required", 50076, { suberror: "basic_action" })],
  ["interaction-needed", "refresh", refusal("interaction_required", undefined)],
  ["account-disabled", "refresh", refusal("invalid_grant", 50057)],
  ["sign-in-revoked", "refresh", refusal("invalid_grant", 50173)],
  ["sign-in-revoked", "refresh", refusal("invalid_grant", 70000)],
  ["sign-in-revoked", "refresh", refusal("invalid_grant", undefined)],
  ["sign-in-expired", "refresh", refusal("invalid_grant", 700082)],
  ["sign-in-expired", "code", refusal("invalid_grant", 70008)],
  ["code-used", "code", refusal("invalid_grant", 54005)],
  ["code-used", "code", refusal("invalid_grant", 70000)],
  ["state-mismatch", "code", refusal("invalid_grant", 501481)],
  ["app-unknown", "app", refusal("unauthorized_client", 700016)],
  ["app-secret-wrong", "refresh", refusal("invalid_client", 7000215)],
  ["app-secret-wrong", "refresh", refusal("invalid_client", 99999999)],
  ["app-secret-expired", "refresh", refusal("invalid_client", 7000222)],
  ["app-permissions", "authorize", refusal("invalid_client", 650057)],
  ["wrong-directory", "directory", refusal("invalid_tenant", 90002)],
  ["other", "authorize", refusal("invalid_request", 900144)],
];

test("every refusal has its problem, and words that say what to do", () => {
  for (const [code, step, answer] of cases) {
    const error = entraRefused(answer, step, 400);
    const problem = signInProblem(error);
    assert.equal(problem.code, code, JSON.stringify(answer));
    assert.equal(error.code, "sign-in-again");
    assert.ok(problem.title && problem.whatHappened && problem.whatToDo);
  }
});

test("Entra's own line is kept without its ids, on one line, and short", () => {
  const error_description = `AADSTS65004: User declined.\r\nPlease\u202e try\u0000 again. ${"x".repeat(900)}${tail}`;
  const { entraSays = "" } = signInProblem(entraRefused({ error: "access_denied", error_description }, "authorize"));
  assert.ok(entraSays.startsWith("AADSTS65004: User declined. Please try again. xxx"));
  assert.equal(entraSays.length, 500);
  assert.ok(!signInProblem(entraRefused({ error: "x", error_description: tail }, "authorize")).entraSays);
});

test("a personal account is told so, although it has the number of any stranger", () => {
  const error_description = "AADSTS50020: User account 'a@b.example' from identity provider 'live.com' does not exist";
  const error = entraRefused({ error: "access_denied", error_description }, "authorize");
  assert.equal(error.details.problem, "personal-account");
});

test("troubles of Entra pass by themselves", () => {
  const error = entraRefused(refusal("invalid_request", 90033), "refresh", 400);
  assert.ok(error.passing);
  assert.equal(signInProblem(error).whatToDo, "Wait a few minutes and try again.");
  assert.ok(entraRefused(refusal("temporarily_unavailable", undefined), "refresh", 400).passing);
});

test("a number known better than its group has its own words", () => {
  const problem = signInProblem(entraRefused(refusal("access_denied", 50105), "authorize"));
  assert.equal(problem.code, "not-a-member");
  assert.equal(problem.title, "This account may not use the app");
});
