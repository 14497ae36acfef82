/** All migrations in order. They only go forward; a released one never changes. */
import type { Migration } from "kysely/migration";
import { up as first } from "./migrations/0001-first.ts";
import { up as connections } from "./migrations/0002-connections.ts";
import { up as infrastructure } from "./migrations/0003-infrastructure.ts";
import { up as silenced } from "./migrations/0004-silenced.ts";
import { up as packages } from "./migrations/0005-packages.ts";
import { up as secrets } from "./migrations/0006-secrets.ts";
import { up as policies } from "./migrations/0007-policies.ts";
import { up as gates } from "./migrations/0008-gates.ts";
import { up as exceptions } from "./migrations/0009-exceptions.ts";
import { up as urgency } from "./migrations/0010-urgency.ts";
import { up as fixes } from "./migrations/0011-fixes.ts";
import { up as workItems } from "./migrations/0012-work-items.ts";
import { up as imports } from "./migrations/0013-imports.ts";
import { up as pullRequestLoop } from "./migrations/0014-pull-request-loop.ts";
import { up as figures } from "./migrations/0015-figures.ts";
import { up as posture } from "./migrations/0016-posture.ts";
import { up as previews } from "./migrations/0017-previews.ts";
import { up as branchAllows } from "./migrations/0018-branch-allows.ts";
import { up as expiredSecrets } from "./migrations/0019-expired-secrets.ts";
import { up as askedAgain } from "./migrations/0020-asked-again.ts";
import { up as pipelineTexts } from "./migrations/0021-pipeline-texts.ts";
import { up as auditActions } from "./migrations/0022-audit-actions.ts";
import { up as unreadParts } from "./migrations/0023-unread-parts.ts";
import { up as manifestGaps } from "./migrations/0024-manifest-gaps.ts";
import { up as toldIssues } from "./migrations/0025-told-issues.ts";

export const migrations: Readonly<Record<string, Migration>> = {
  "0001-first": { up: first },
  "0002-connections": { up: connections },
  "0003-infrastructure": { up: infrastructure },
  "0004-silenced": { up: silenced },
  "0005-packages": { up: packages },
  "0006-secrets": { up: secrets },
  "0007-policies": { up: policies },
  "0008-gates": { up: gates },
  "0009-exceptions": { up: exceptions },
  "0011-fixes": { up: fixes },
  "0010-urgency": { up: urgency },
  "0012-work-items": { up: workItems },
  "0013-imports": { up: imports },
  "0014-pull-request-loop": { up: pullRequestLoop },
  "0015-figures": { up: figures },
  "0016-posture": { up: posture },
  "0017-previews": { up: previews },
  "0018-branch-allows": { up: branchAllows },
  "0019-expired-secrets": { up: expiredSecrets },
  "0020-asked-again": { up: askedAgain },
  "0021-pipeline-texts": { up: pipelineTexts },
  "0022-audit-actions": { up: auditActions },
  "0023-unread-parts": { up: unreadParts },
  "0024-manifest-gaps": { up: manifestGaps },
  "0025-told-issues": { up: toldIssues },
};
