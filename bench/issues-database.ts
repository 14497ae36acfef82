/** A database with made issues, as a company of 400 repositories might have them: made where they are, by PostgreSQL. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { OrganizationId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { insertInstance } from "#store/instances/instances.ts";
import { upsertOrganization } from "#store/instances/organizations.ts";
import { upsertProjects } from "#store/instances/projects.ts";
import { upsertRepositories } from "#store/instances/repositories.ts";

const instances = ["Fabrikam", "Contoso", "Tailspin"];
const repositories = 400;
const tables = ["issues"];

export async function makeIssues(db: Db, count: number): Promise<void> {
  const now = new Date();
  for (const [index, name] of instances.entries()) {
    const takes = { is: "existing-and-future" } as const;
    const instanceId = await insertInstance(db, { name, takes, createdBy: "bench" });
    const organization = { id: randomUUID() as OrganizationId, instanceId };
    await upsertOrganization(db, { ...organization, name });
    const projectId = randomUUID() as ProjectId;
    await upsertProjects(db, organization, [{ id: projectId, name: `${name} project` }], now);
    // Of ten repositories six, three and one.
    const own = Array.from({ length: repositories }, (_, n) => n).filter(
      (n) => [0, 0, 0, 0, 0, 0, 1, 1, 1, 2][n % 10] === index,
    );
    const rows = own.map((n) => ({
      ...{ id: randomUUID() as RepositoryId, projectId, name: `service-${(n * 7919) % repositories}`, size: 1_000 },
      ...{ defaultBranch: "refs/heads/main", remoteUrl: "https://x.example/r", webUrl: "https://x.example/r" },
      ...{ isDisabled: false, isFork: false },
    }));
    await upsertRepositories(db, organization.id, rows, now);
  }
  await sql`update repositories set tags = array['production'] where random() < 0.2`.execute(db);
  const indexes = await dropIndexes(db);
  await sql.raw("alter table issues set (autovacuum_enabled = off)").execute(db);
  // Pieces, so that no statement holds all.
  for (let from = 0; from < count; from += 100_000) {
    await insertPiece(db, from, Math.min(count, from + 100_000));
  }
  for (const index of indexes) await sql.raw(index).execute(db);
  await sql.raw("alter table issues reset (autovacuum_enabled)").execute(db);
  for (const table of [...tables, "issue_counts"]) await sql.raw(`vacuum analyze ${table}`).execute(db);
}

/** To fill first and to index afterwards takes a third of the time. */
async function dropIndexes(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = any(${tables}::text[]) and indexdef not like 'CREATE UNIQUE%'`.execute(db);
  for (const { name } of rows) await sql.raw(`drop index ${name}`).execute(db);
  return rows.map(({ definition }) => definition);
}

async function insertPiece(db: Db, from: number, to: number): Promise<void> {
  await sql`
    with places as materialized (
      select id, instance_id, row_number() over (order by id) - 1 as at from repositories),
    dice as materialized (
      select n, floor(${repositories} * power(random(), 2))::int as place, random() as of_scanner, random() as of_state,
        floor(900 * power(random(), 3))::int as rule, floor(5000 * power(random(), 3))::int as package,
        floor(300 * power(random(), 2))::int as owner, floor(120 * power(random(), 2))::int as folder,
        random() as of_live, random() as of_fix, random() as of_language,
        now() - interval '1 day' * (720 * power(random(), 2)) as first_seen,
        greatest(0, least(100, round(45 + (random() + random() + random() - 1.5) * 40)))::int as urgency
      from generate_series(${from}::int, ${to}::int - 1) n),
    typed as materialized (
      select *, case when of_scanner < .45 then 'iac' when of_scanner < .8 then 'vulnerabilities' when of_scanner < .86
          then 'secrets' when of_scanner < .92 then 'licenses' when of_scanner < .97 then 'operational-risk' else 'cicd' end
          as scanner,
        case when of_state < .6 then 'open' when of_state < .88 then 'fixed' when of_state < .98 then 'dismissed'
          else 'silenced' end as state,
        case when rule % 20 = 0 then 0 when rule % 4 = 1 then 1 when rule % 4 = 3 then 3 else 2 end as rank,
        case when of_language < .6 then 'terraform' when of_language < .85 then 'bicep' when of_language < .95
          then 'kubernetes' when of_language < .99 then 'helm' else 'ansible' end as language
      from dice),
    told as materialized (
      select *, scanner || '/made-rule-' || rule as rule_id, 'src/area-' || folder || '/part-' || n % 977 || '/file-' || n % 7 || '.tf' as path,
        'The resource number ' || n % 5003 || ' of service ' || place || ' is open to ' ||
          (array['everybody','the internet','other accounts','old protocols','plain text'])[1 + n % 5] as message
      from typed)
    insert into issues (id, instance_id, repository_id, branch, fingerprint, rule, scanner, severity, severity_rank, message,
      path, line, finding, search_text, state, present, first_seen, last_seen, urgency, urgency_points, score_at, novelty,
      counts_from, due_soon_at, due_at, owner, owner_from, live, fix_available)
    select gen_random_uuid(), p.instance_id, p.id, 'refs/heads/main', md5(n::text), rule_id, scanner,
      (array['critical','high','medium','low'])[rank + 1], rank, message, path, n % 400,
      jsonb_build_object('rule', rule_id, 'aliases', jsonb_build_array('X_' || rule), 'message', message, 'fingerprint', md5(n::text),
        'severity', (array['critical','high','medium','low'])[rank + 1],
        'at', jsonb_build_object('path', path, 'startLine', n % 400, 'startColumn', 1, 'endLine', n % 400 + 3, 'endColumn', 2))
        || case when scanner = 'iac' then jsonb_build_object('resource', jsonb_build_object('address', 'azurerm_thing.n' || n, 'language', language))
          when scanner in ('vulnerabilities','licenses','operational-risk') then jsonb_build_object('package', jsonb_build_object(
            'ecosystem', 'npm', 'name', 'package-' || package, 'version', '1.2.3', 'purl', 'pkg:npm/package-' || package || '@1.2.3',
            'manifest', 'package-lock.json', 'relation', 'transitive', 'isDevelopment', false)) else '{}'::jsonb end,
      lower(path || E'\n' || message || E'\n' || rule_id || E'\npackage-' || package || E'\nX_' || rule), state, state = 'open',
      first_seen, greatest(first_seen, now() - interval '1 day' * case when state = 'open' then random() else 400 * random() end),
      urgency, jsonb_build_array(jsonb_build_object('signal', 'severity', 'points', urgency, 'because', 'made')),
      'infinity', case when n % 3 = 0 then 'new' else 'backlog' end, first_seen,
      first_seen + interval '1 day' * (array[5,10,22,67])[rank + 1], first_seen + interval '1 day' * (array[7,14,30,90])[rank + 1],
      '@team-' || owner, 'file', case when scanner <> 'secrets' or of_live < .6 then null when of_live < .62 then 'live'
        when of_live < .82 then 'not-live' else 'unknown' end, of_fix < .35
    from told join places p on p.at = told.place`.execute(db);
}
