/** What orders issues: weights, days, owners, and the views that people keep. */
import { changeSlaDays, changeUrgencySettings } from "#flows/urgency/change-urgency.ts";
import { type MovedIssue, previewWeights } from "#flows/urgency/preview-weights.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import { getRepositoryOverview } from "#store/instances/repositories.ts";
import { findRepositoryOwners } from "#store/instances/repository-owners.ts";
import { type IssueRow, issuesById } from "#store/issues/issues.ts";
import { findSlaSettings } from "#store/issues/sla-settings.ts";
import { findUrgencySettings } from "#store/issues/urgency-settings.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { toTime } from "../shapes/time.ts";
import {
  ownersAnswer,
  previewAnswer,
  type SlaDays,
  slaAnswer,
  slaBody,
  type UrgencyPreview,
  type UrgencySettings,
  urgencySettingsAnswer,
  urgencySettingsBody,
} from "./contract.ts";
import { savedViewRoutes } from "./saved-view-routes.ts";

export const urgencyRoutes: Routes = (server, parts) => {
  weightRoutes(server, parts);
  previewRoutes(server, parts);
  slaRoutes(server, parts);
  ownerRoutes(server, parts);
  savedViewRoutes(server, parts);
};

function weightRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  const read = async (instanceId: InstanceId): Promise<UrgencySettings> => {
    const row = await findUrgencySettings(app.db, instanceId);
    return { text: row?.text ?? "", changedBy: row?.changedBy ?? null, changedAt: toTime(row?.changedAt) };
  };

  server.get(
    "/api/instances/:id/urgency-settings",
    {
      schema: {
        summary: "How an instance weighs urgency, as YAML",
        params: idParams,
        response: { 200: urgencySettingsAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => read((await instanceFor(parts, viewerOf(request), request.params.id)).id),
  );

  server.put(
    "/api/instances/:id/urgency-settings",
    {
      schema: {
        summary: "Changes how an instance weighs urgency; its issues follow within minutes",
        params: idParams,
        body: urgencySettingsBody,
        response: { 200: urgencySettingsAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { id: instanceId, name: subject } = await instanceFor(parts, viewer, request.params.id);
      const changed = await changeUrgencySettings(app, { instanceId, text: request.body.text, by: viewer.name });
      if (changed.is === "mistakes") throw mistaken(changed.mistakes);
      await insertAuditEvent(app.db, { actor: viewer.name, action: "urgency-settings-changed", subject, instanceId });
      return read(instanceId);
    },
  );
}

function previewRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.post(
    "/api/instances/:id/urgency-settings/preview",
    {
      schema: {
        summary: "What other weights would do to the fifty most urgent issues; nothing is changed",
        params: idParams,
        body: urgencySettingsBody,
        response: { 200: previewAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { id: instanceId } = await instanceFor(parts, viewerOf(request), request.params.id);
      const previewed = await previewWeights(app, { instanceId, text: request.body.text });
      if (previewed.is === "mistakes") throw mistaken(previewed.mistakes);
      const { top, leaving, considered, areAll } = previewed.preview;
      const issues = await issuesById(
        app.db,
        [...top, ...leaving].map(({ id }) => id),
      );
      const rows = new Map(issues.map((issue) => [issue.id, issue]));
      const told = (moved: MovedIssue) => movedOf(moved, rows.get(moved.id), parts);
      return { top: top.map(told), leaving: leaving.map(told), considered, areAll };
    },
  );
}

function movedOf(
  { id, urgency, place }: MovedIssue,
  issue: IssueRow | undefined,
  { findRule }: Parts,
): UrgencyPreview["top"][number] {
  return {
    ...{ id, urgency },
    title: issue ? (findRule(issue.rule)?.title ?? issue.finding.imported?.title ?? issue.rule) : "",
    message: issue?.message ?? "",
    repository: issue ? `${issue.projectName}/${issue.repositoryName}` : "",
    place: { before: place.before ?? null, after: place.after ?? null },
  };
}

function mistaken(mistakes: readonly { readonly line: number; readonly message: string }[]): ProblemError {
  const errors = mistakes.map(({ line, message }) => ({ pointer: "#/text", message: `Line ${line}: ${message}` }));
  return new ProblemError(422, "invalid", "The settings do not read.", { errors });
}

function slaRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  const read = async (instanceId: InstanceId): Promise<SlaDays> => {
    const { days, changedBy = null, changedAt } = await findSlaSettings(app.db, instanceId);
    return { ...days, changedBy, changedAt: toTime(changedAt) };
  };

  server.get(
    "/api/instances/:id/sla",
    {
      schema: {
        summary: "In how many days an instance wants problems solved",
        params: idParams,
        response: { 200: slaAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => read((await instanceFor(parts, viewerOf(request), request.params.id)).id),
  );

  server.put(
    "/api/instances/:id/sla",
    {
      schema: {
        summary: "Changes in how many days problems are to be solved; due dates follow within minutes",
        params: idParams,
        body: slaBody,
        response: { 200: slaAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { id: instanceId, name: subject } = await instanceFor(parts, viewer, request.params.id);
      const days = request.body;
      await changeSlaDays(app, { instanceId, days, by: viewer.name });
      const what = { actor: viewer.name, subject, instanceId, data: days };
      await insertAuditEvent(app.db, { ...what, action: "days-to-solve-problems-changed" });
      return read(instanceId);
    },
  );
}

function ownerRoutes(server: ApiServer, parts: Parts): void {
  const { app } = parts;
  server.get(
    "/api/repositories/:id/owners",
    {
      schema: {
        summary: "The file of a repository that says who owns which paths, and what of it cannot be read",
        params: idParams,
        response: { 200: ownersAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const { scope } = viewerOf(request);
      const id = request.params.id as RepositoryId;
      if (!(await getRepositoryOverview(app.db, scope, id))) throw notFound("repository");
      const owners = await findRepositoryOwners(app.db, scope, id);
      return { path: owners?.path ?? null, problems: [...(owners?.problems ?? [])], readAt: toTime(owners?.readAt) };
    },
  );
}
