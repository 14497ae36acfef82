/** Issues: what was found, its history, and what people decide about it. */
import { type Static, Type } from "typebox";
import { dismissReasons } from "#model/issue.ts";
import { novelties, policyActions, policyTriggers } from "#model/policy.ts";
import { dueStates, ownerSources, urgencySignals } from "#model/urgency.ts";
import { exceptionAnswer } from "../exceptions/contract.ts";
import { fixRow } from "../fixes/contract.ts";
import { ruleWords } from "../rules/contract.ts";
import { id } from "../shapes/id.ts";
import { scannerName, severityName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import {
  advisory,
  ecosystemName,
  licenseDecision,
  packageReference,
  reachability,
  risk,
  upgrade,
} from "../shapes/package-finding.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { place, span } from "../shapes/place.ts";
import { repositoryReference } from "../shapes/repository-reference.ts";
import { skip } from "../shapes/skip.ts";
import { time } from "../shapes/time.ts";

const liveVerdicts = ["live", "not-live", "unknown"] as const;
export const issueStateNames = ["open", "fixed", "dismissed", "silenced"] as const;
const issueSorts = [
  "urgency",
  "-urgency",
  "due",
  "-due",
  "age",
  "-age",
  "severity",
  "-severity",
  "first-seen",
  "-first-seen",
  "last-seen",
  "-last-seen",
  "repository",
  "-repository",
  "rule",
  "-rule",
] as const;

/** What narrows a list of issues. Repeat a parameter for several values: `severity=critical&severity=high`. */
export const issueCriteria = {
  search: Type.Optional(Type.String({ maxLength: 200, description: "Part of message, rule, path or repository" })),
  severity: Type.Optional(Type.Array(severityName)),
  scanner: Type.Optional(Type.Array(scannerName)),
  framework: Type.Optional(
    Type.Array(Type.String({ maxLength: 50 }), { description: "What the resource is written in: `terraform` ..." }),
  ),
  state: Type.Optional(Type.Array(Type.Enum(issueStateNames))),
  repositoryId: Type.Optional(id),
  projectId: Type.Optional(id),
  instanceId: Type.Optional(id),
  tag: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { description: "Of repositories" })),
  owner: Type.Optional(Type.Array(Type.String({ maxLength: 1000 }))),
  novelty: Type.Optional(Type.Enum(novelties, { description: "`backlog`: there before anybody looked" })),
  due: Type.Optional(Type.Array(Type.Enum(dueStates))),
  urgency: Type.Optional(Type.Integer({ minimum: 0, maximum: 100, description: "At least" })),
  live: Type.Optional(Type.Array(Type.Enum([...liveVerdicts, "not-asked"] as const), { description: "Of secrets" })),
  fixAvailable: Type.Optional(Type.Boolean()),
  fingerprint: Type.Optional(Type.String({ maxLength: 200, description: "Of a secret: wherever it stands" })),
  rule: Type.Optional(Type.String({ maxLength: 300 })),
  ecosystem: Type.Optional(ecosystemName),
  package: Type.Optional(Type.String({ maxLength: 500, description: "The name of a package, with `ecosystem`" })),
  archived: Type.Optional(
    Type.Boolean({ description: "Those of repositories that are no longer watched, instead of the others" }),
  ),
};

/** `severity` and `urgency` sort the worst first, `age` the oldest, `due` what is due next. */
export const issuesQuery = Type.Object({
  ...pageQuery,
  ...issueCriteria,
  after: Type.Optional(
    Type.String({ format: "uuid", description: "`next` of the page before: goes on after that issue, however deep" }),
  ),
  sort: Type.Optional(Type.Enum(issueSorts)),
});
export type IssuesQuery = Partial<Static<typeof issuesQuery>>;

const issueState = Type.Object({
  is: Type.Enum(issueStateNames),
  /** Fixed: since when. */
  at: Type.Optional(time),
  /** Dismissed: by whom, why, and until when. */
  by: Type.Optional(Type.String()),
  reason: Type.Optional(Type.Enum(dismissReasons)),
  until: Type.Optional(time),
  comment: Type.Optional(Type.String()),
  /** Silenced: where the code says so, and why. Who wrote it is not known. */
  skip: Type.Optional(skip),
});

export const issueRow = Type.Object({
  id,
  rule: Type.String(),
  title: Type.String({ description: "The rule's title" }),
  scanner: scannerName,
  severity: severityName,
  message: Type.String(),
  state: issueState,
  instanceId: id,
  repository: repositoryReference,
  branch: Type.String({ description: "Without refs/heads/" }),
  at: place,
  aliases: Type.Array(Type.String({ description: "What other tools call the rule: `CKV_AZURE_44`" })),
  masked: nullable(Type.String()),
  onlyInHistory: Type.Boolean({
    description: "A secret that the branch does not hold now; it stays open until it is dismissed as `rotated`",
  }),
  branches: Type.Array(Type.String(), {
    description: "A secret that the branch does not hold: other branches that do, as far as they were looked at",
  }),
  urgency: Type.Integer({ description: "0 to 100; the points of one issue tell why" }),
  novelty: Type.Enum(novelties),
  owner: nullable(Type.Object({ name: Type.String(), from: Type.Enum(ownerSources) })),
  due: nullable(Type.Object({ state: Type.Enum(dueStates), at: time })),
  live: nullable(Type.Enum(liveVerdicts, { description: "Of a secret: what its provider said last" })),
  fixAvailable: Type.Boolean(),
  firstSeen: time,
  lastSeen: time,
});
export type IssueRow = Static<typeof issueRow>;

export const issuesAnswer = Type.Object({
  ...pageOf(issueRow).properties,
  isExact: Type.Boolean({ description: "False: there are more than `total`, which nobody counted" }),
  next: nullable(Type.String({ description: "For `after`; null on the last page" })),
});
export type Issues = Static<typeof issuesAnswer>;

const occurrence = Type.Object({
  at: place,
  /** What silences it there; an issue is silenced if all its occurrences are. */
  skip: nullable(skip),
  webUrl: nullable(Type.String({ description: "The line in Azure DevOps" })),
});

const issueEvent = Type.Object({
  at: time,
  is: Type.String({
    description:
      "`opened`, `reopened`, `fixed`, `dismissed`, `silenced`, `skip-removed`, `rule-off`, `rule-on`, `re-graded`, `left-head`, `back-in-head` ...",
  }),
  by: nullable(Type.String({ description: "The person; null if a scan did it" })),
  scanId: nullable(id),
  reason: nullable(Type.String()),
  comment: nullable(Type.String()),
  /** Re-graded: what it is now. */
  severity: nullable(severityName),
  /** Silenced: by what. */
  skip: nullable(skip),
});

export const issueAnswer = Type.Object({
  ...issueRow.properties,
  signals: Type.Array(Type.String({ description: "What decided, in words" })),
  /** What its urgency is the sum of; what is missing has the points of not knowing. */
  urgencyPoints: Type.Array(
    Type.Object({
      signal: Type.Enum(urgencySignals),
      points: Type.Number(),
      because: Type.String(),
      isMissing: Type.Boolean(),
    }),
  ),
  /** Of a secret: its fingerprint, for GET /api/secrets/:instanceId/:fingerprint, and how it came into the repository. */
  fingerprint: nullable(Type.String()),
  origin: nullable(
    Type.Object({
      commit: Type.String(),
      author: Type.String(),
      at: nullable(time),
      branches: Type.Array(Type.String({ description: "Those that held it when the history was read" })),
      webUrl: Type.String({ description: "The commit in Azure DevOps" }),
    }),
  ),
  /** Packages: what it is about, and what each judge of packages knows of it. */
  package: nullable(packageReference),
  advisory: nullable(advisory),
  upgrade: nullable(upgrade),
  reachability: nullable(reachability),
  risk: nullable(risk),
  license: nullable(licenseDecision),
  /** Packages: when the advisory was published, since when the branch has the package, when the version that ends it came out. */
  times: nullable(Type.Object({ known: nullable(time), since: nullable(time), fixed: nullable(time) })),
  /** Infrastructure: what the issue is about. `at` is the whole block; GET .../excerpt shows its lines. */
  resource: nullable(
    Type.Object({
      address: Type.String(),
      language: nullable(Type.String({ description: "`terraform`, `bicep` ..." })),
      at: nullable(span),
    }),
  ),
  /** Edits that solve it; GET .../excerpt shows them as a diff. `safe`: they change nothing else. */
  fix: nullable(
    Type.Object({
      title: Type.String(),
      safe: Type.Boolean(),
      edits: Type.Array(Type.Object({ at: span, text: Type.String() })),
    }),
  ),
  /** The rule's words; null if this version no longer has the rule. */
  words: nullable(ruleWords),
  webUrl: nullable(Type.String({ description: "The line in Azure DevOps" })),
  occurrences: Type.Array(occurrence),
  /** Oldest first. */
  events: Type.Array(issueEvent),
});
export type IssueDetail = Static<typeof issueAnswer>;

/** What bears on one issue. Policies: those in force that hold it, when, and what each asks for. */
export const decidedAnswer = Type.Object({
  exceptions: Type.Array(exceptionAnswer),
  policies: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      triggers: Type.Array(Type.Enum(policyTriggers)),
      actions: Type.Array(Type.Enum(policyActions)),
      graceUntil: nullable(Type.String({ description: "It would block, and only records until then" })),
    }),
  ),
  fixes: Type.Array(fixRow, { description: "Asked for by anybody; changed last first" }),
});
export type DecidedAbout = Static<typeof decidedAnswer>;

const excerptLine = Type.Object({ number: Type.Integer(), text: Type.String(), marked: Type.Boolean() });

/** Lines around the finding with every secret of the file masked; 404 with code `gone` if the file cannot be read any more. */
export const excerptAnswer = Type.Object({
  path: Type.String(),
  commit: Type.String(),
  webUrl: nullable(Type.String()),
  /** The finding's place in that commit; columns still fit, because masks keep the length. */
  at: span,
  lines: Type.Array(excerptLine),
  /** The block of the resource, from its first line on; `marked` are the lines that decided, if they stand in it. */
  resource: nullable(
    Type.Object({ path: Type.String(), webUrl: nullable(Type.String()), lines: Type.Array(excerptLine) }),
  ),
  /** What the fix changes: runs of lines, in the order of the files; `number` is null for an added line. */
  fix: nullable(
    Type.Array(
      Type.Object({
        path: Type.String(),
        lines: Type.Array(
          Type.Object({
            is: Type.Enum(["same", "removed", "added"] as const),
            number: nullable(Type.Integer()),
            text: Type.String(),
          }),
        ),
      }),
    ),
  ),
});
export type Excerpt = Static<typeof excerptAnswer>;

export const dismissBody = Type.Object(
  {
    reason: Type.Enum(dismissReasons, { description: "`rotated`: of secrets only" }),
    comment: Type.Optional(Type.String({ maxLength: 4000 })),
    until: Type.Optional(time),
  },
  { additionalProperties: false },
);

export const reopenBody = Type.Object(
  { comment: Type.Optional(Type.String({ maxLength: 4000 })) },
  { additionalProperties: false },
);
export type ReopenBody = Static<typeof reopenBody>;
