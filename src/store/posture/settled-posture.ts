/**
 * Answers and attack paths as they count: without those of rules that the instance has switched off, and with the severity that
 * it gives them. What is stored is what was found; so a rule is switched on again without another look.
 */
import { sql } from "kysely";
import { severities } from "#model/severity.ts";

const rank = (severity: ReturnType<typeof sql>) =>
  sql`(array_position(${sql.lit(`{${severities.join(",")}}`)}::text[], ${severity}) - 1)`;

/** In place of `posture_results`. Why a severity is another than its rule's says nothing about one that people gave. */
export const settledResults = sql`(
  select r.organization_id, r.instance_id, r.fingerprint, r.source, r.rule, r.category, r.project_id, r.definition_id,
    r.resource_kind, r.resource_id, r.resource_name, r.resource_url, r.answer, r.reason, r.fix, r.evidence, r.since, r.judged_at,
    case when r.answer = 'fail' then coalesce(s.severity, r.severity) end as severity,
    case when r.answer = 'fail' then coalesce(${rank(sql`s.severity`)}, r.severity_rank) end as severity_rank,
    case when s.severity is null then r.because end as because
  from posture_results r left join rule_settings s on s.instance_id = r.instance_id and s.rule_id = r.rule
  where coalesce(s.enabled, true))`;

/** In place of `attack_paths`. */
export const settledPaths = sql`(
  select a.organization_id, a.instance_id, a.id, a.rule, a.certainty, a.places, a.search_text, a.first_seen, a.seen_at, a.gone_at,
    coalesce(s.severity, a.severity) as severity, coalesce(${rank(sql`s.severity`)}, a.severity_rank) as severity_rank,
    case when s.severity is null then a.path else a.path || jsonb_build_object('severity', s.severity) end as path
  from attack_paths a left join rule_settings s on s.instance_id = a.instance_id and s.rule_id = a.rule
  where coalesce(s.enabled, true))`;
