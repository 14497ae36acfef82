/** The collectors of an organization against a service that answers what a test scripts, by parts of addresses. */
import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import type { TestContext } from "node:test";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import type { UserFact } from "#model/posture/access-facts.ts";
import type { FactKey } from "#model/posture/fact-key.ts";
import type { FactValues } from "#model/posture/organization-facts.ts";
import { type ScriptedAnswer, scriptedService } from "../../testing/scripted-service.ts";
import type { CollectingProject } from "../collector.ts";
import { collectorsOfOrganization } from "../collectors-of-organization.ts";

export type Answer = (url: URL, request: IncomingMessage) => unknown;

/** Answers by the first part of an address that fits; what is an answer of its own has a status. */
export async function scripted(t: TestContext, answers: Readonly<Record<string, Answer>>) {
  const { client, requests, now } = await scriptedService(t, (request) => {
    const url = new URL(request.url ?? "", "http://scripted.example");
    const [, answer] = Object.entries(answers).find(([part]) => `${url.pathname}${url.search}`.includes(part)) ?? [];
    const body = answer?.(url, request);
    if (body === undefined) return { status: 404, body: "no controller" };
    return typeof body === "object" && body !== null && "status" in body && "body" in body
      ? (body as ScriptedAnswer)
      : { body };
  });
  const project = { id: "00000000-0000-0000-0000-00000000000a" as ProjectId, name: "Payments" };
  const given: CollectingProject = {
    organization: { id: "o" as OrganizationId, name: "contoso", url: "https://dev.azure.com/contoso" },
    projects: [project],
    project,
    known: {},
    lookAt: (name, value) => (value.includes("hunter") ? { rule: "secrets/password", masked: name } : undefined),
    now,
    signal: new AbortController().signal,
  };
  const read = async <Key extends FactKey>(key: Key, known: Partial<FactValues> = {}): Promise<FactValues[Key]> => {
    const collector = collectorsOfOrganization.find((one) => one.key === key);
    assert.ok(collector);
    return (await collector.read(client, { ...given, known })) as FactValues[Key];
  };
  return { read, requests, now };
}

export const list = (...value: readonly unknown[]) => ({ count: value.length, value });
export const refused = { status: 403, body: { message: "TF400813: no", typeKey: "AccessCheckException" } };
export const subject = (kind: string, text: string) => `${kind}.${Buffer.from(text).toString("base64url")}`;

export function user(name: string): UserFact {
  return { descriptor: subject("aad", name), name, kind: "member", isDeletedInOrigin: false };
}
