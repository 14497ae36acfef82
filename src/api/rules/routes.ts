/** Rules: what they find, and what people decide about them in an instance. */
import { askToApplyRuleSetting } from "#flows/jobs/ask.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Rule } from "#model/rule.ts";
import { compareSeverity } from "#model/severity.ts";
import { listRuleSettings, type RuleSettingRow, saveRuleSetting } from "#store/issues/rule-settings.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { inTransaction } from "#store/transaction.ts";
import { type ApiServer, type Parts, type Routes, viewerOf } from "../api-server.ts";
import { instanceFor } from "../instances/instance-for.ts";
import { notFound } from "../problem-error.ts";
import type { Viewer } from "../viewer.ts";
import {
  type RuleSettingBody,
  type RulesQuery,
  ruleAnswer,
  ruleParams,
  ruleSettingBody,
  ruleSettingParams,
  rulesAnswer,
  rulesQuery,
} from "./contract.ts";
import { detailOf, scannerOf } from "./words-of.ts";

export const ruleRoutes: Routes = (server, parts) => {
  readRoutes(server, parts);
  settingRoutes(server, parts);
};

function readRoutes(server: ApiServer, { app, findRule, rules }: Parts): void {
  const frameworks = [...new Set(rules.flatMap((rule) => rule.frameworks ?? []))].sort();
  server.get(
    "/api/rules",
    {
      schema: { summary: "Rules of all scanners", querystring: rulesQuery, response: { 200: rulesAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const { offset, limit } = request.query;
      const settings = await listRuleSettings(app.db, viewerOf(request).scope);
      const found = rules.filter((rule) => fits(rule, request.query, settings)).sort(orderOf(request.query.sort));
      const rows = found.slice(offset, offset + limit).map((rule) => detailOf(rule, settings));
      return { rows, total: found.length, frameworks };
    },
  );

  server.get(
    "/api/rules/:id",
    {
      schema: {
        summary: "What a rule finds, why it matters, how to fix it (by id or alias; the id's slash is url-encoded)",
        params: ruleParams,
        response: { 200: ruleAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const rule = findRule(request.params.id);
      if (!rule) throw notFound("rule");
      return detailOf(rule, await listRuleSettings(app.db, viewerOf(request).scope));
    },
  );
}

function settingRoutes(server: ApiServer, parts: Parts): void {
  server.put(
    "/api/rules/:id/settings/:instanceId",
    {
      schema: {
        summary: "Switches a rule off or on in an instance, or grades it otherwise",
        description: "Issues follow soon after the answer; nothing is scanned again.",
        params: ruleSettingParams,
        body: ruleSettingBody,
        response: { 200: ruleAnswer },
      },
      config: { permission: "administer" },
    },
    async (request) => {
      const rule = parts.findRule(request.params.id);
      if (!rule) throw notFound("rule");
      const viewer = viewerOf(request);
      await change(parts, viewer, { rule, instanceId: request.params.instanceId }, request.body);
      return detailOf(rule, await listRuleSettings(parts.app.db, viewer.scope));
    },
  );
}

async function change(
  parts: Parts,
  viewer: Viewer,
  { rule, instanceId }: { readonly rule: Rule; readonly instanceId: string },
  { enabled, severity }: RuleSettingBody,
): Promise<void> {
  const { app } = parts;
  const instance = await instanceFor(parts, viewer, instanceId);
  const setting = { instanceId: instance.id, ruleId: rule.id, enabled, ...(severity !== null && { severity }) };
  await inTransaction(app.db, async (tx) => {
    await saveRuleSetting(tx, { ...setting, changedBy: viewer.name, changedAt: app.now() });
    await askToApplyRuleSetting(app, tx, { instance: instance.id, rule: rule.id });
    await insertAuditEvent(tx, {
      actor: viewer.name,
      action: enabled ? (severity === null ? "rule-reset" : "rule-re-graded") : "rule-switched-off",
      subject: `${rule.id} in ${instance.name}`,
      instanceId: instance.id as InstanceId,
      data: { enabled, severity },
      at: app.now(),
    });
  });
}

function fits(
  rule: Rule,
  { search = "", severity, scanner, framework, changedIn, changed }: RulesQuery,
  settings: readonly RuleSettingRow[],
): boolean {
  const { id, title, provider = "", looksLike = "", aliases, resourceTypes = [] } = rule;
  const names = [id, title, provider, looksLike, ...aliases, ...resourceTypes];
  const words = names.join("\n").toLowerCase();
  const changes = settings.filter((one) => one.ruleId === rule.id && (!one.enabled || one.severity !== undefined));
  const wanted = search.toLowerCase().split(/\s+/);
  return (
    wanted.every((word) => words.includes(word)) &&
    (severity?.includes(rule.severity) ?? true) &&
    (scanner?.includes(scannerOf(rule.id)) ?? true) &&
    (framework?.some((one) => rule.frameworks?.includes(one)) ?? true) &&
    (changedIn === undefined || changes.some(({ instanceId }) => instanceId === changedIn)) &&
    (changed !== true || changes.length > 0)
  );
}

function orderOf(sort: RulesQuery["sort"]): (a: Rule, b: Rule) => number {
  const byTitle = (a: Rule, b: Rule) => a.title.localeCompare(b.title, "en");
  switch (sort) {
    case "severity":
      return (a, b) => compareSeverity(a.severity, b.severity) || byTitle(a, b);
    case "-severity":
      return (a, b) => compareSeverity(b.severity, a.severity) || byTitle(a, b);
    case "title":
      return byTitle;
    case "-title":
      return (a, b) => byTitle(b, a);
    case undefined:
      // As they come: by id.
      return () => 0;
  }
}
