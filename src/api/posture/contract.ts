/** Posture of organizations: what their settings are by rules and categories, what is known of them, and by which measure. */
import { type Static, Type } from "typebox";
import { whyUnknown } from "#model/posture/fact.ts";
import { factKeys } from "#model/posture/fact-key.ts";
import { postureCategories } from "#model/posture/posture-result.ts";
import { ruleWords } from "../rules/contract.ts";
import { evidence } from "../shapes/evidence.ts";
import { id } from "../shapes/id.ts";
import { severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

export const postureAnswers = ["pass", "fail", "not-evaluated"] as const;

const category = Type.Enum(postureCategories);
const answerName = Type.Enum(postureAnswers);
const factKey = Type.Enum(factKeys);

/** Of answers, not of rules: a rule answers once for each resource. */
const counts = { pass: Type.Integer(), fail: Type.Integer(), notEvaluated: Type.Integer() };

const bySeverity = Type.Object({
  critical: Type.Integer(),
  high: Type.Integer(),
  medium: Type.Integer(),
  low: Type.Integer(),
});

export const organizationParams = Type.Object({ id });

const lastRun = Type.Object({
  startedAt: time,
  finishedAt: time,
  calls: Type.Integer({ description: "To Azure DevOps, all together" }),
  callsByKey: Type.Array(Type.Object({ key: Type.String(), calls: Type.Integer() }), {
    description: "The most first",
  }),
});

const organizationRow = Type.Object({
  id,
  name: Type.String(),
  /** Null: nobody has looked yet. */
  url: nullable(Type.String()),
  instanceId: id,
  instance: Type.String(),
  enabled: Type.Boolean({ description: "Whether its instance looks at settings at all" }),
  ...counts,
  failures: bySeverity,
  attackPaths: Type.Integer({ description: "That are open now" }),
  pipelines: Type.Integer(),
  /** Null: nobody has looked yet. */
  lastRun: nullable(lastRun),
  /** Null: with the next turn of the schedule, or never where it is switched off. */
  nextRunAt: nullable(time),
  isRunning: Type.Boolean({ description: "A look is asked for or under way" }),
});
export type PostureOrganization = Static<typeof organizationRow>;

export const postureListAnswer = Type.Object({ rows: Type.Array(organizationRow) });
export type PostureList = Static<typeof postureListAnswer>;

export const postureQuery = Type.Object({
  days: Type.Integer({ minimum: 1, maximum: 365, default: 30, description: "Of the trend" }),
});

const factRow = Type.Object({
  key: factKey,
  title: Type.String(),
  /** What reads it; null: Azure DevOps declares no scope. */
  scope: nullable(Type.String()),
  isUndocumented: Type.Boolean({ description: "A call of Azure DevOps' own pages, read only where that is allowed" }),
  of: Type.Enum(["organization", "project"] as const),
  known: Type.Integer({ description: "For how many projects, or 1 for the organization, it is known" }),
  unknown: Type.Integer(),
  /** The oldest of those that are known. */
  readAt: nullable(time),
  reasons: Type.Array(
    Type.Object({ why: Type.Enum(whyUnknown), reason: Type.String(), projects: Type.Array(Type.String()) }),
    { description: "Why it is not known, each reason once" },
  ),
  rules: Type.Integer({ description: "How many rules need it" }),
});

export const postureAnswer = Type.Object({
  ...organizationRow.properties,
  categories: Type.Array(Type.Object({ category, ...counts, rules: Type.Integer(), failures: bySeverity })),
  /** Oldest first; days on which nobody looked are left out. */
  trend: Type.Array(Type.Object({ day: Type.String({ format: "date" }), ...counts })),
  facts: Type.Array(factRow),
  projects: Type.Array(Type.Object({ id, name: Type.String() })),
  gaps: Type.Array(Type.String({ description: "What could not be taken into account last" })),
});
export type Posture = Static<typeof postureAnswer>;

/** Repeat a parameter for several values: `severity=critical&severity=high`. */
const resultFilter = {
  search: Type.Optional(
    Type.String({ maxLength: 200, description: "Part of a resource, rule (also its title and aliases) or reason" }),
  ),
  category: Type.Optional(Type.Array(category)),
  answer: Type.Optional(Type.Array(answerName)),
  severity: Type.Optional(Type.Array(severityName)),
  rule: Type.Optional(Type.String({ maxLength: 300 })),
  /** The organization's own id: what belongs to no project. */
  projectId: Type.Optional(id),
};

export const resultsQuery = Type.Object({ ...pageQuery, ...resultFilter });
export type ResultsQuery = Partial<Static<typeof resultsQuery>>;
export const resultsExportQuery = Type.Object(resultFilter);

export const resultRow = Type.Object({
  rule: Type.String(),
  title: Type.String(),
  category,
  resource: Type.Object({
    kind: Type.String({ description: "`branch`, `connection`, `pipeline`: a word people know" }),
    id: Type.String(),
    name: Type.String(),
    url: nullable(Type.String({ description: "The page of Azure DevOps where it is set" })),
  }),
  /** Null: of the organization. */
  project: nullable(Type.Object({ id, name: Type.String() })),
  answer: answerName,
  /** Of failures. */
  severity: nullable(severityName),
  severityBecause: nullable(Type.String({ description: "What raised or lowered it" })),
  /** Of a failure, what is wrong; of what was not evaluated, what is missing and would help. */
  reason: nullable(Type.String()),
  fix: nullable(Type.String({ description: "The exact setting, and to what" })),
  evidence: Type.Array(evidence),
  since: time,
  judgedAt: time,
  source: Type.Enum(["settings", "run"] as const),
  /** Of failures. */
  issue: nullable(Type.Object({ id, state: Type.Enum(["open", "fixed", "dismissed", "silenced"] as const) })),
});
export type ResultRow = Static<typeof resultRow>;

/** The worst first: failures by severity, then what was not evaluated, then what passes. */
export const resultsAnswer = pageOf(resultRow);
export type Results = Static<typeof resultsAnswer>;

const ruleRow = Type.Object({
  ...ruleWords.properties,
  category,
  risks: Type.Array(Type.String({ description: "OWASP Top 10 CI/CD: `CICD-SEC-4`" })),
  abuse: Type.String({ description: "How somebody abuses it, step by step" }),
  needs: Type.Array(factKey),
  ...counts,
  failures: bySeverity,
});
export type PostureRuleRow = Static<typeof ruleRow>;

/** Those with the worst failures first; a filter leaves only answers that fit, and rules that have some. */
export const postureRulesAnswer = Type.Object({ rows: Type.Array(ruleRow) });
export type PostureRules = Static<typeof postureRulesAnswer>;

export const postureRuleParams = Type.Object({ id, rule: Type.String({ minLength: 1, maxLength: 300 }) });
/** The counts of the rule are of all its answers. */
export const postureRuleAnswer = Type.Object({ rule: ruleRow, results: resultsAnswer });
export type PostureRuleDetail = Static<typeof postureRuleAnswer>;

/** Which rules a credential can feed: by fact, the rules that wait for it. */
export const capabilityAnswer = Type.Object({
  rules: Type.Integer(),
  /** Rules all of whose facts are known, at least of some project. */
  fed: Type.Integer(),
  rows: Type.Array(
    Type.Object({
      ...factRow.properties,
      /** `partly`: of some projects. */
      state: Type.Enum(["known", "partly", "unknown"] as const),
      waiting: Type.Array(Type.Object({ id: Type.String(), title: Type.String() }), {
        description: "Rules that cannot be evaluated, or not everywhere, without it",
      }),
    }),
  ),
});
export type Capability = Static<typeof capabilityAnswer>;

const words = (what: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { maxItems: 200, description: what });
const days = (what: string) => Type.Integer({ minimum: 1, maximum: 3650, description: what });

const measures = {
  staleAfter: days("Days after which people and guests who did not come are stale"),
  idleAfter: days("Days after which pipelines and connections that nobody used are idle"),
  mostAdministrators: Type.Integer({ minimum: 1, maximum: 1000 }),
  broadFrom: Type.Integer({ minimum: 2, maximum: 100_000, description: "A group of so many is as good as everybody" }),
  longestToken: days("Days that a personal access token may live"),
  productionWords: words("What names of production hold, compared without case"),
  releaseBranches: words("Branches that are held like the default branch, with `*`: `refs/heads/release/*`"),
  trustedPublishers: words("Publishers whose extensions may hold wide rights"),
  trustedOwners: words("Owners outside whose templates may be used"),
  trustedHosts: words("Hosts that service hooks may call"),
  breakGlass: words("People and groups who may pass policies by in an emergency"),
};

export const postureSettingsBody = Type.Object(
  {
    enabled: Type.Boolean(),
    usesPortal: Type.Boolean({ description: "Calls of Azure DevOps' own pages, which nobody documents, are allowed" }),
    settings: Type.Object(measures, { additionalProperties: false }),
  },
  { additionalProperties: false },
);
export type PostureSettingsBody = Static<typeof postureSettingsBody>;

export const postureSettingsAnswer = Type.Object({
  ...postureSettingsBody.properties,
  usual: Type.Object(measures, { description: "What counts where nobody decided otherwise" }),
  /** Null: as they come. */
  changedBy: nullable(Type.String()),
  changedAt: nullable(time),
});
export type PostureSettingsAnswer = Static<typeof postureSettingsAnswer>;
