/** Issues of which a policy has told a webhook: for as long as they are there, which is longer than the log of deliveries is kept. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(toldIssues).execute(db);
}

/** As `json`: half a character that a cut left behind in some text is no `jsonb`. */
const toldIssues = `
create table webhook_told_issues (
  instance_id uuid not null references instances on delete cascade,
  webhook_id uuid not null references webhooks on delete cascade,
  policy text not null,
  issue_id uuid not null references issues on delete cascade,
  primary key (webhook_id, policy, issue_id)
);
create index webhook_told_issues_instance on webhook_told_issues (instance_id);
create index webhook_told_issues_issue on webhook_told_issues (issue_id);
insert into webhook_told_issues (instance_id, webhook_id, policy, issue_id)
select distinct d.instance_id, d.webhook_id, d.body::json->>'policy', i.id
from webhook_deliveries d
cross join lateral json_array_elements(d.body::json->'issues') as told
join issues i on i.id = (told->>'id')::uuid
where d.event = 'policy';
`;
