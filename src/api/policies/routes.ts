/** Policies of an instance: those in force, and how people change them. What they would have done is in dry-run-routes.ts. */
import {
  type ChangedPolicy,
  clonePolicy,
  createPolicy,
  type PolicyChange,
  removePolicy,
  switchPolicy,
  updatePolicy,
} from "#flows/policies/change-policies.ts";
import { checkPolicy, checkPolicyText } from "#flows/policies/check-policy.ts";
import { policiesInForce } from "#flows/policies/policies-in-force.ts";
import type { Policy } from "#model/policy.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { conflict, notFound, type ProblemError } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import {
  cloneBody,
  type PolicyRow,
  policiesAnswer,
  policy,
  policyAnswer,
  policyCheckAnswer,
  policyCheckBody,
  policyParams,
  switchBody,
} from "./contract.ts";
import { dryRunRoutes } from "./dry-run-routes.ts";
import { changeOf, policiesOf, rowFor } from "./row-of.ts";
import { sourceRoutes } from "./source-routes.ts";

export const policyRoutes: Routes = (server, parts) => {
  readRoutes(server, parts);
  checkRoutes(server);
  writeRoutes(server, parts);
  actionRoutes(server, parts);
  sourceRoutes(server, parts);
  dryRunRoutes(server, parts);
};

function readRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/instances/:id/policies",
    {
      schema: { summary: "The policies in force in an instance", params: idParams, response: { 200: policiesAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const { id } = await instanceFor(parts, viewerOf(request), request.params.id);
      return policiesOf(parts, await policiesInForce(app.db, id));
    },
  );

  server.get(
    "/api/instances/:id/policies/:policy",
    {
      schema: { summary: "One policy in force", params: policyParams, response: { 200: policyAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const { id } = await instanceFor(parts, viewerOf(request), request.params.id);
      return rowFor(await policiesInForce(app.db, id), request.params.policy);
    },
  );
}

function checkRoutes(server: ApiServer): void {
  server.post(
    "/api/policies/check",
    {
      schema: {
        summary: "Reads a policy while it is written; nothing is kept",
        ...{ body: policyCheckBody, response: { 200: policyCheckAnswer } },
      },
      config: { permission: "read" },
    },
    async ({ body }) => {
      const {
        text,
        policy: read,
        says,
        problems,
      } = "text" in body ? checkPolicyText(body.text) : checkPolicy(body.policy as Policy);
      return { text, policy: (read as PolicyRow["policy"]) ?? null, says: [...says], problems: [...problems] };
    },
  );
}

function writeRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/instances/:id/policies",
    {
      schema: {
        summary: "Make a policy",
        description: "Open pull requests are judged again soon after the answer, without a scan.",
        ...{ params: idParams, body: policy, response: { 201: policyAnswer } },
      },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const change = await changeOf(parts, viewerOf(request), request.params.id);
      const made = await answer(parts, change, await createPolicy(app, change, request.body as Policy));
      return reply.code(201).send(made);
    },
  );

  server.put(
    "/api/instances/:id/policies/:policy",
    {
      schema: {
        summary: "Change a policy; its id stays",
        ...{ params: policyParams, body: policy, response: { 200: policyAnswer } },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const change = await changeOf(parts, viewerOf(request), request.params.id);
      const changed = { ...(request.body as Policy), id: request.params.policy };
      return answer(parts, change, await updatePolicy(app, change, changed));
    },
  );

  server.delete(
    "/api/instances/:id/policies/:policy",
    {
      schema: { summary: "Take a policy away; built-in ones can be switched off", params: policyParams },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const change = await changeOf(parts, viewerOf(request), request.params.id);
      const removed = await removePolicy(app, change, request.params.policy);
      if (removed.is !== "changed") throw refusal(removed);
      return reply.code(204).send();
    },
  );
}

function actionRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/instances/:id/policies/:policy/clone",
    {
      schema: {
        summary: "Copy a policy under another id, switched off",
        ...{ params: policyParams, body: cloneBody, response: { 201: policyAnswer } },
      },
      config: { permission: "administer" },
    },
    async (request, reply) => {
      const change = await changeOf(parts, viewerOf(request), request.params.id);
      const cloned = await clonePolicy(app, change, { from: request.params.policy, ...request.body });
      return reply.code(201).send(await answer(parts, change, cloned));
    },
  );

  server.put(
    "/api/instances/:id/policies/:policy/enabled",
    {
      schema: {
        summary: "Switch a policy on or off",
        ...{ params: policyParams, body: switchBody, response: { 200: policyAnswer } },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const change = await changeOf(parts, viewerOf(request), request.params.id);
      const switched = await switchPolicy(app, change, { id: request.params.policy, ...request.body });
      return answer(parts, change, switched);
    },
  );
}

async function answer({ app }: Parts, { instanceId }: PolicyChange, changed: ChangedPolicy): Promise<PolicyRow> {
  if (changed.is !== "changed") throw refusal(changed);
  return rowFor(await policiesInForce(app.db, instanceId), changed.policy.id);
}

function refusal({ is }: Exclude<ChangedPolicy, { readonly is: "changed" }>): ProblemError {
  switch (is) {
    case "elsewhere":
      return conflict("The policies of this instance are kept in a repository: change them there.");
    case "taken":
      return conflict("There is a policy of this id already: choose another one.");
    case "built-in":
      return conflict("A built-in policy stays as it is: clone it and change the copy, or switch it off.");
    case "unknown":
      return notFound("policy");
  }
}
