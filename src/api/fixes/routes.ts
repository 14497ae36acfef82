/** Fixes: asked for, previewed, looked at, tried again and abandoned; and how an instance wants them. */

import { abandonFix } from "#flows/fixes/abandon-fix.ts";
import { type AskedFix, askForFix } from "#flows/fixes/ask-for-fix.ts";
import { findReviewers } from "#flows/fixes/find-reviewers.ts";
import { previewFixes } from "#flows/fixes/preview-fix.ts";
import { askToMakeFix } from "#flows/jobs/ask.ts";
import { remoteAnswer } from "#flows/remote-answer.ts";
import { type FixId, isLiveFix } from "#model/fix.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import { getFixSettings, saveFixSettings } from "#store/fixes/fix-settings.ts";
import { getFixDetail, listFixes } from "#store/fixes/fixes.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { inTransaction } from "#store/transaction.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { conflict, invalid, notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import type { Viewer } from "../viewer.ts";
import {
  type Asked,
  askedAnswer,
  type FixSettingsAnswer,
  fixAnswer,
  fixesAnswer,
  fixesQuery,
  fixSettingsAnswer,
  fixSettingsBody,
  previewAnswer,
  reviewersAnswer,
  reviewersQuery,
  wishBody,
} from "./contract.ts";
import { detailOf, hunkOf, riskOf, rowOf } from "./row-of.ts";
import { wishesOf } from "./wishes-of.ts";

export const fixRoutes: Routes = (server, parts) => {
  readRoutes(server, parts);
  askRoutes(server, parts);
  previewRoutes(server, parts);
  changeRoutes(server, parts);
  settingRoutes(server, parts);
  reviewerRoutes(server, parts);
};

function readRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/fixes",
    {
      schema: { summary: "Fixes, changed last first", querystring: fixesQuery, response: { 200: fixesAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const { repositoryId, instanceId, ...filter } = request.query;
      const { rows, total } = await listFixes(app.db, viewerOf(request).scope, {
        ...filter,
        repositoryId: repositoryId as RepositoryId | undefined,
        instanceId: instanceId as InstanceId | undefined,
      });
      return { rows: rows.map(rowOf), total };
    },
  );

  server.get(
    "/api/fixes/:id",
    {
      schema: { summary: "One fix, with what it changes", params: idParams, response: { 200: fixAnswer } },
      config: { permission: "read" },
    },
    async (request) => detailOf(await fixFor(parts, viewerOf(request), request.params.id)),
  );
}

async function fixFor({ app }: Parts, { scope }: Viewer, id: string) {
  const fix = await getFixDetail(app.db, scope, id as FixId);
  if (!fix) throw notFound("fix");
  return fix;
}

function askRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/fixes",
    {
      schema: {
        summary: "Asks for fixes of issues, or of problems of a pull request",
        description: "Each is rescanned before its pull request opens. A root cause has one at a time.",
        body: wishBody,
        response: { 202: askedAnswer },
      },
      config: { permission: "triage" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const wishes = await wishesOf(parts, viewer, request.body);
      const answers: AskedFix[] = [];
      await inTransaction(app.db, async (tx) => {
        for (const wish of wishes) {
          const askedBy = { is: "person", name: viewer.name } as const;
          answers.push(...(await askForFix(app, tx, { ...wish, askedBy })));
        }
      });
      return reply.code(202).send({ answers: answers.map(answerOf) });
    },
  );
}

function previewRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/fixes/preview",
    {
      schema: {
        summary: "What fixes would change; nothing is written",
        body: wishBody,
        response: { 200: previewAnswer },
      },
      config: { permission: "triage" },
    },
    async (request) => {
      const wishes = await wishesOf(parts, viewerOf(request), request.body);
      const found = [];
      for (const wish of wishes.slice(0, 5)) found.push(await previewFixes(app, wish));
      return {
        previews: found.flatMap(({ previews }) =>
          previews.map(({ title, goal, fixes, said, risk, hunks, refused = null }) => ({
            ...{ title, goal, refused, fixes: [...fixes], said: [...said] },
            ...{ risk: riskOf(risk), diff: hunks.map(hunkOf) },
          })),
        ),
        refused: found.flatMap(({ refused }) => refused ?? []),
      };
    },
  );
}

function answerOf(asked: AskedFix): Asked["answers"][number] {
  if (asked.is === "refused") return { ...asked, fix: null, title: null, pullRequest: null };
  return { ...asked, pullRequest: asked.pullRequest ?? null, because: null };
}

function changeRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/fixes/:id/retry",
    {
      schema: { summary: "Tries a fix again", params: idParams, response: { 202: askedAnswer } },
      config: { permission: "triage" },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const fix = await fixFor(parts, viewer, request.params.id);
      const { instanceId, repositoryId, forPullRequest: pullRequest } = fix;
      const answers = await inTransaction(app.db, async (tx) => {
        if (isLiveFix(fix.state)) {
          await askToMakeFix(app, tx, fix);
          return [{ is: "under-way" as const, fix: fix.id, title: fix.title }];
        }
        const fingerprints = fix.fixes.map(({ fingerprint }) => fingerprint);
        const askedBy = { is: "person", name: viewer.name } as const;
        return askForFix(app, tx, { instanceId, repositoryId, fingerprints, pullRequest, askedBy });
      });
      return reply.code(202).send({ answers: answers.map(answerOf) });
    },
  );

  server.post(
    "/api/fixes/:id/abandon",
    {
      schema: {
        summary: "Ends a fix: its pull request is abandoned, and its branch goes unless people pushed to it",
        params: idParams,
        response: { 200: fixAnswer },
      },
      config: { permission: "triage" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const fix = await fixFor(parts, viewer, request.params.id);
      if (!(await abandonFix(app, fix, viewer.name))) throw conflict("This fix is over already.");
      await insertAuditEvent(app.db, {
        ...{ actor: viewer.name, action: "fix-abandoned", instanceId: fix.instanceId, at: app.now() },
        subject: `${fix.title} in ${fix.repositoryName}`,
      });
      return detailOf(await fixFor(parts, viewer, request.params.id));
    },
  );
}

function settingRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  const read = async (instanceId: InstanceId): Promise<FixSettingsAnswer> => {
    const { changedBy = null, changedAt, reviewers, ...settings } = await getFixSettings(app.db, instanceId);
    return { ...settings, reviewers: [...reviewers], changedBy, changedAt: toTime(changedAt) };
  };
  server.get(
    "/api/instances/:id/fix-settings",
    {
      schema: { summary: "How an instance wants its fixes", params: idParams, response: { 200: fixSettingsAnswer } },
      config: { permission: "read" },
    },
    async (request) => read((await instanceFor(parts, viewerOf(request), request.params.id)).id),
  );

  server.put(
    "/api/instances/:id/fix-settings",
    {
      schema: {
        summary: "Changes how an instance wants its fixes",
        params: idParams,
        body: fixSettingsBody,
        response: { 200: fixSettingsAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { id: instanceId, name } = await instanceFor(parts, viewer, request.params.id);
      await checkReviewers(app, instanceId, request.body.reviewers);
      await inTransaction(app.db, async (tx) => {
        await saveFixSettings(tx, instanceId, { settings: request.body, by: viewer.name, at: app.now() });
        const event = { subject: name, instanceId, data: request.body, actor: viewer.name, at: app.now() };
        await insertAuditEvent(tx, { ...event, action: "fix-settings-changed" });
      });
      return read(instanceId);
    },
  );
}

/** Those who are new are looked up; where Azure DevOps cannot be asked, they are taken as they are. */
async function checkReviewers(app: Parts["app"], instanceId: InstanceId, reviewers: readonly string[]): Promise<void> {
  const before = new Set((await getFixSettings(app.db, instanceId)).reviewers);
  const ids = reviewers.filter((one) => !before.has(one));
  if (ids.length === 0) return;
  const answer = await remoteAnswer(() => findReviewers(app, instanceId, { ids }));
  if (answer.is === "no") return;
  const found = new Set(answer.value.map((one) => one.id.toLowerCase()));
  const unknown = ids.find((one) => !found.has(one.toLowerCase()));
  if (unknown !== undefined) {
    throw invalid(`#/reviewers/${reviewers.indexOf(unknown)}`, "is nobody in the organizations of this instance");
  }
}

function reviewerRoutes(server: ApiServer, parts: Parts): void {
  server.get(
    "/api/instances/:id/reviewers",
    {
      schema: {
        summary: "People and groups of Azure DevOps who may be asked to review fixes, by name or by id",
        ...{ params: idParams, querystring: reviewersQuery, response: { 200: reviewersAnswer } },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const { id: instanceId } = await instanceFor(parts, viewerOf(request), request.params.id);
      const { search, id: ids = [] } = request.query;
      const found = await findReviewers(parts.app, instanceId, search === undefined ? { ids } : { search });
      return { rows: found.slice(0, 50).map(({ account = null, ...one }) => ({ ...one, account })) };
    },
  );
}
