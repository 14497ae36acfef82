/**
 * The tables as Kysely sees them. Columns are snake_case in SQL and camelCase here; json columns take `json(value)`.
 * Longer than other files: it is the one place where the whole schema can be read as types.
 */
import type { ColumnType, Generated, GeneratedAlways, Kysely } from "kysely";
import type { Allow } from "#model/allow.ts";
import type { Hunk } from "#model/diff-of-fix.ts";
import type {
  ExceptionAnchor,
  ExceptionId,
  ExceptionSource,
  ExceptionStateName,
  ExceptionSubject,
  Justification,
} from "#model/exception.ts";
import type { Finding, LiveVerdict } from "#model/finding.ts";
import type { FixAskedBy, FixedProblem, FixId, FixSettings, FixState } from "#model/fix.ts";
import type { FixGrouping, FixRisk } from "#model/fix-plan.ts";
import type { Bypasser, GateEvaluation, GateFlaw, GateState } from "#model/gate.ts";
import type {
  CredentialId,
  HookEventId,
  ImportId,
  InstanceId,
  IssueId,
  OrganizationId,
  ProjectId,
  RepositoryId,
  ScanId,
  SignInId,
  UserId,
  VerdictId,
} from "#model/ids.ts";
import type { InstanceState, StateReason, Takes } from "#model/instance.ts";
import type { DismissReason } from "#model/issue.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Novelty, Policy, PolicyTrigger } from "#model/policy.ts";
import type { Preflight } from "#model/preflight.ts";
import type { PullRequestState, PullRequestStatusState } from "#model/pull-request.ts";
import type { Purpose } from "#model/purpose.ts";
import type { ProjectVisibility, RepositoryKind } from "#model/repository.ts";
import type { RuleId } from "#model/rule.ts";
import type { Because, ScanOutcome, ScanStats, ScanTarget } from "#model/scan.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { FeatureSwitches, SignInMethod } from "#model/scopes.ts";
import type { Severity } from "#model/severity.ts";
import type { Skip } from "#model/silenced-finding.ts";
import type { OwnerSource, UrgencyPoint } from "#model/urgency.ts";
import type { PolicyMatch, VerdictOutcome } from "#model/verdict.ts";
import type { DeliveredEvent, DeliveryId, DeliveryState, WebhookEvent, WebhookId } from "#model/webhook.ts";
import type { WorkItemAskedBy, WorkItemId, WorkItemSettings, WorkItemState } from "#model/work-item.ts";
import type { JsonText } from "./json.ts";
import type { SessionData } from "./people/sessions.ts";
import type { PolicyMistake } from "./policies/policy-sources.ts";
import type { StoredFacts } from "./policies/verdicts.ts";
import type { PostedKinds } from "./pull-requests/posted-statuses.ts";

/** A connection pool or a transaction: every function of the store takes one as its first argument. */
export type Db = Kysely<Database>;

type Json<T> = ColumnType<T, JsonText, JsonText>;
type JsonOrNull<T> = ColumnType<T | null, JsonText | null, JsonText | null>;
/** A time that the database sets if the caller does not. */
type CreatedAt = ColumnType<Date, Date | undefined, Date>;

export interface Database {
  readonly users: UserTable;
  readonly instanceAccess: { readonly userId: UserId; readonly instanceId: InstanceId };
  readonly sessions: { readonly id: string; readonly data: Json<SessionData>; readonly expires: Date };
  readonly apiTokens: ApiTokenTable;
  readonly signInLinks: SignInLinkTable;
  readonly connectionDrafts: ConnectionDraftTable;
  readonly instances: InstanceTable;
  readonly signIns: SignInTable;
  readonly signInAttempts: SignInAttemptTable;
  readonly entraApp: EntraAppTable;
  readonly credentials: CredentialTable;
  readonly organizations: OrganizationTable;
  readonly projects: ProjectTable;
  readonly repositories: RepositoryTable;
  readonly hookSubscriptions: HookSubscriptionTable;
  readonly hookEvents: HookEventTable;
  readonly scans: ScanTable;
  readonly blobResults: BlobResultTable;
  readonly surveys: SurveyTable;
  readonly issues: IssueTable;
  readonly occurrences: OccurrenceTable;
  readonly historyOccurrences: HistoryOccurrenceTable;
  readonly secretChecks: SecretCheckTable;
  readonly liveCheckSettings: LiveCheckSettingTable;
  readonly fixes: FixTable;
  readonly fixSettings: FixSettingsTable;
  readonly issueEvents: IssueEventTable;
  readonly auditEvents: AuditEventTable;
  readonly pullRequests: PullRequestTable;
  readonly pullRequestFindings: PullRequestFindingTable;
  readonly builds: BuildTable;
  readonly remoteSpend: RemoteSpendTable;
  readonly hookValidations: HookValidationTable;
  readonly ruleSettings: RuleSettingTable;
  readonly manifests: ManifestTable;
  readonly packages: PackageTable;
  readonly sourceImports: SourceImportTable;
  readonly branchAllows: BranchAllowsTable;
  readonly unreadParts: UnreadPartTable;
  readonly packageSettings: PackageSettingsTable;
  readonly gates: GateTable;
  readonly urgencySettings: UrgencySettingTable;
  readonly slaSettings: SlaSettingTable;
  readonly savedViews: SavedViewTable;
  readonly repositoryOwners: RepositoryOwnersTable;
  readonly exceptions: ExceptionTable;
  readonly exceptionSettings: ExceptionSettingTable;
  readonly commentAnswers: CommentAnswerTable;
  readonly policies: PolicyTable;
  readonly policySources: PolicySourceTable;
  readonly policySets: PolicySetTable;
  readonly verdicts: VerdictTable;
  readonly workItemSettings: WorkItemSettingsTable;
  readonly workItems: WorkItemTable;
  readonly workItemIssues: WorkItemIssueTable;
  readonly webhooks: WebhookTable;
  readonly webhookDeliveries: WebhookDeliveryTable;
  readonly webhookToldIssues: WebhookToldIssueTable;
  readonly imports: ImportTable;
  readonly postureSettings: PostureSettingsTable;
  readonly figureTimes: { readonly instanceId: InstanceId; readonly at: Date; readonly issues: number };
  readonly knowledgeVersions: { readonly place: string; readonly version: string; readonly changedAt: Date };
}

export type Role = "administrator" | "member";

interface UserTable {
  readonly id: UserId;
  readonly name: string;
  readonly passwordHash: string;
  readonly role: Role;
  readonly createdAt: CreatedAt;
}

interface ApiTokenTable {
  readonly id: string;
  readonly userId: UserId;
  readonly name: string;
  readonly hash: Buffer;
  readonly createdAt: CreatedAt;
  readonly expires: Date | null;
}

export type SignInPurpose = "first-administrator" | "sign-in";

interface SignInLinkTable {
  readonly hash: Buffer;
  readonly purpose: SignInPurpose;
  readonly userId: UserId | null;
  readonly expires: Date;
}

interface ConnectionDraftTable {
  readonly id: string;
  readonly sealed: Buffer;
  readonly summary: Json<unknown>;
  readonly expires: Date;
}

interface InstanceTable {
  readonly id: InstanceId;
  readonly name: string;
  readonly vendor: ColumnType<"azure-devops", "azure-devops" | undefined, never>;
  readonly takes: Json<Takes>;
  readonly state: InstanceState;
  readonly reasons: Json<readonly StateReason[]>;
  readonly features: ColumnType<FeatureSwitches, JsonText | undefined, JsonText>;
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  readonly createdBy: string;
  readonly createdAt: CreatedAt;
}

interface SignInTable {
  readonly id: SignInId;
  readonly method: Exclude<SignInMethod, "pat">;
  readonly tenantId: string;
  readonly objectId: string;
  readonly accountName: string;
  readonly sealedRefresh: Buffer | null;
  readonly sealedAccess: Buffer | null;
  readonly accessExpires: Date | null;
  readonly scopes: Json<readonly string[]>;
  readonly problem: JsonOrNull<SignInTrouble>;
  readonly createdAt: CreatedAt;
  readonly renewedAt: CreatedAt;
}

/** Why a sign-in gives no tokens until a person signs in again. */
export interface SignInTrouble {
  readonly code: string;
  readonly message: string;
  /** What Microsoft Entra ID wants to see satisfied, to be sent along when the person signs in again. */
  readonly claims?: string;
  /** ISO text. */
  readonly since: string;
}

interface SignInAttemptTable {
  readonly id: string;
  readonly stateHash: Buffer;
  readonly sealed: Buffer;
  readonly about: Json<unknown>;
  readonly userId: UserId;
  readonly outcome: JsonOrNull<unknown>;
  readonly expires: Date;
}

interface EntraAppTable {
  readonly onlyRow: Generated<boolean>;
  readonly clientId: string;
  /** The directory of a service principal; absent for an app that only signs people in. */
  readonly tenant: string | null;
  readonly proof: "secret" | "certificate";
  readonly sealedProof: Buffer;
  readonly certificate: string | null;
  readonly proofExpires: Date | null;
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

/** `refused`: expired, revoked or mistyped; `removed`: the sign-in works, but the organization does not know the person any more. */
export type CredentialHealth = "good" | "refused" | "sign-in-again" | "removed";

/** A personal access token is sealed here; every other method refers to its sign-in. */
interface CredentialTable {
  readonly id: CredentialId;
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  readonly method: Generated<SignInMethod>;
  readonly sealed: Buffer | null;
  readonly signInId: SignInId | null;
  /** Keyed hash of a token: the same one twice is one credential. */
  readonly valueHash: Buffer | null;
  readonly allOrganizations: Generated<boolean>;
  readonly accountId: string;
  readonly accountName: string;
  readonly expires: Date | null;
  readonly health: Generated<CredentialHealth>;
  readonly healthReason: string | null;
  readonly healthSince: CreatedAt;
  readonly preflight: JsonOrNull<Preflight>;
  readonly checkedAt: Date | null;
  readonly createdAt: CreatedAt;
}

interface OrganizationTable {
  readonly id: OrganizationId;
  readonly instanceId: InstanceId;
  readonly name: string;
  readonly syncedAt: Date | null;
  /** The Microsoft Entra directory behind it; absent while unknown, zeros for one of personal accounts. */
  readonly tenantId: string | null;
  readonly pace: JsonOrNull<OrganizationPace>;
  /** When its settings are to be looked at next; null: nobody has yet. */
  readonly postureDueAt: Date | null;
}

/** How near the limit of Azure DevOps an organization's identities are, as last seen. */
export interface OrganizationPace {
  readonly limit?: number;
  readonly remaining?: number;
  /** ISO text. */
  readonly resetAt?: string;
  readonly pausedUntil?: string;
  readonly waiting: number;
  readonly seenAt: string;
}

/** What a project keeps its code in; nothing of a `tfvc` project can be scanned. */
export type SourceControl = "git" | "tfvc";

interface ProjectTable {
  readonly id: ProjectId;
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly sourceControl: Generated<SourceControl>;
  readonly goneAt: Date | null;
  /** One stands for the organization itself, with its id: what is found there belongs to no project. */
  readonly kind: Generated<"project" | "organization">;
  /** As of the last look at its settings. */
  readonly visibility: Generated<ProjectVisibility>;
}

interface RepositoryTable {
  readonly id: RepositoryId;
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  readonly projectId: ProjectId;
  readonly name: string;
  readonly defaultBranch: string | null;
  readonly size: number;
  readonly remoteUrl: string;
  readonly webUrl: string;
  readonly isDisabled: boolean;
  readonly isFork: boolean;
  readonly chosen: Generated<boolean>;
  readonly scannedRef: string | null;
  readonly scannedCommit: string | null;
  readonly scannersVersion: string | null;
  /** What its history was read with, to the end; null: never. */
  readonly historyVersion: string | null;
  /** Head of the default branch when it was last looked at. */
  readonly headCommit: string | null;
  readonly headCheckedAt: Date | null;
  readonly addedAt: Date;
  readonly goneAt: Date | null;
  /** As people tag it here, for policies. */
  readonly tags: Generated<readonly string[]>;
  readonly kind: Generated<RepositoryKind>;
}

/**
 * `pending`: the row is there, Azure DevOps does not have it yet; `refused`: nobody who is connected may make or change it
 * (one that somebody else made may still deliver); the other words are Azure DevOps' own.
 */
export type SubscriptionStatus =
  | "pending"
  | "refused"
  | "enabled"
  | "onProbation"
  | "disabledByUser"
  | "disabledBySystem"
  | "disabledByInactiveIdentity";

interface HookSubscriptionTable {
  readonly key: string;
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  /** Null for a subscription to the whole organization. */
  readonly projectId: ProjectId | null;
  readonly eventType: string;
  readonly secretSealed: Buffer;
  readonly secretMadeAt: CreatedAt;
  /** Still accepted until then, while Azure DevOps takes up a new one. */
  readonly previousSecretSealed: Buffer | null;
  readonly previousSecretUntil: Date | null;
  readonly remoteId: string | null;
  readonly status: Generated<SubscriptionStatus>;
  readonly accepted: Generated<number>;
  readonly duplicate: Generated<number>;
  readonly refused: Generated<number>;
  /** How many refused deliveries the last look at this subscription knew of. */
  readonly refusedSeen: Generated<number>;
  readonly lastDeliveryAt: Date | null;
  /** When it was last found in working order, or brought there. */
  readonly checkedAt: Date | null;
  readonly createdAt: CreatedAt;
}

export type HookEventState = "received" | "handled" | "ignored" | "failed";

interface HookEventTable {
  readonly id: HookEventId;
  readonly instanceId: InstanceId;
  readonly subscriptionKey: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly body: Json<unknown>;
  readonly receivedAt: Date;
  readonly state: Generated<HookEventState>;
  readonly note: string | null;
  readonly finishedAt: Date | null;
}

interface ScanTable {
  readonly id: ScanId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly target: Json<ScanTarget>;
  readonly commit: string;
  readonly because: Json<Because>;
  readonly started: Date;
  readonly finished: Date | null;
  readonly outcome: ScanOutcome | null;
  readonly stats: JsonOrNull<ScanStats>;
  readonly problems: Json<readonly Problem[]>;
  readonly error: string | null;
  /** Of a built commit only: what a branch or a pull request has stands in its issues. */
  readonly findings: JsonOrNull<readonly Finding[]>;
  /** What it looked with; null in scans of versions before. */
  readonly scannersVersion: string | null;
  readonly knowledgeVersion: string | null;
}

/** `result` is null if there was nothing to say: nearly every blob. */
interface BlobResultTable {
  readonly instanceId: InstanceId;
  readonly key: Buffer;
  readonly result: JsonOrNull<{ readonly findings: readonly Finding[]; readonly problems: readonly Problem[] }>;
  readonly createdAt: CreatedAt;
}

/** `survey` is null if the file is nothing to the scanner. */
interface SurveyTable {
  readonly instanceId: InstanceId;
  readonly key: Buffer;
  readonly survey: JsonOrNull<Readonly<Record<string, readonly string[]>>>;
  readonly createdAt: CreatedAt;
}

export type IssueStateName = "open" | "fixed" | "dismissed" | "silenced";

interface IssueTable {
  readonly id: IssueId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly branch: string;
  readonly fingerprint: string;
  readonly rule: RuleId;
  readonly scanner: ScannerName;
  readonly severity: Severity;
  readonly severityRank: number;
  readonly message: string;
  readonly path: string;
  readonly line: number | null;
  readonly finding: Json<Finding>;
  readonly searchText: string;
  readonly state: IssueStateName;
  /** What silences it in the code, also while it is dismissed; null if some occurrence is not silenced. */
  readonly skip: JsonOrNull<Skip>;
  /** True while it has an occurrence; a dismissed issue keeps its state when it goes and comes. */
  readonly present: boolean;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly fixedAt: Date | null;
  readonly dismissedBy: string | null;
  readonly dismissedAt: Date | null;
  readonly dismissedUntil: Date | null;
  readonly dismissReason: DismissReason | null;
  readonly dismissComment: string | null;
  /** What it is dismissed by. */
  readonly exceptionId: Generated<ExceptionId | null>;
  /** Its repository is no longer watched: kept, but in no list unless asked for. */
  readonly archived: Generated<boolean>;
  /** A secret that the branch does not hold now, and that is or was in some commit of the repository. */
  readonly onlyInHistory: Generated<boolean>;
  readonly urgency: Generated<number>;
  readonly urgencyPoints: ColumnType<readonly UrgencyPoint[], JsonText | undefined, JsonText>;
  readonly novelty: Generated<Novelty>;
  /** Since when its time runs; null: just opened or back, and not judged yet. */
  readonly countsFrom: Date | null;
  readonly dueSoonAt: Date | null;
  readonly dueAt: Date | null;
  readonly owner: string | null;
  readonly ownerFrom: OwnerSource | null;
  /** Of secrets: what the provider said last. */
  readonly live: LiveVerdict | null;
  readonly fixAvailable: Generated<boolean>;
  /** Made of the finding, to be found by. */
  readonly framework: GeneratedAlways<string | null>;
  readonly package: GeneratedAlways<string | null>;
}

/** Where a secret stands or stood, on any branch, at any time. */
interface HistoryOccurrenceTable {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly fingerprint: string;
  readonly path: string;
  readonly line: number;
  /** With its origin, once the history was read. */
  readonly finding: Json<Finding>;
  readonly skip: JsonOrNull<Skip>;
  readonly introducedAt: Date | null;
  /** Of the scanner that found it last. */
  readonly scannerVersion: string;
}

interface SecretCheckTable {
  readonly instanceId: InstanceId;
  readonly fingerprint: string;
  readonly verdict: LiveVerdict;
  readonly reason: Generated<string>;
  readonly at: Date;
  /** Its own end is over; nobody was asked. */
  readonly isByItself: Generated<boolean>;
  /** There was no answer; another time there may be one. */
  readonly isAskedAgain: Generated<boolean>;
}

/** A provider that is listed may be asked about an instance's secrets. */
interface LiveCheckSettingTable {
  readonly instanceId: InstanceId;
  readonly provider: string;
  readonly enabledBy: string;
  readonly at: Date;
}

interface FixTable {
  readonly id: FixId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly key: string;
  readonly grouping: FixGrouping;
  readonly title: string;
  readonly goal: string;
  readonly branch: string;
  readonly targetRef: string;
  readonly forPullRequest: number | null;
  readonly baseCommit: Generated<string | null>;
  /** What was written last. */
  readonly headCommit: Generated<string | null>;
  /** What we know of the branch at the remote. */
  readonly pushedCommit: Generated<string | null>;
  readonly pullRequest: Generated<number | null>;
  readonly pullRequestUrl: Generated<string | null>;
  readonly state: FixState;
  readonly reason: Generated<string | null>;
  readonly fixes: Json<readonly FixedProblem[]>;
  readonly adds: ColumnType<readonly FixedProblem[], JsonText | undefined, JsonText>;
  readonly said: ColumnType<readonly string[], JsonText | undefined, JsonText>;
  readonly risk: ColumnType<FixRisk | null, JsonText | undefined, JsonText | null>;
  readonly hunks: ColumnType<readonly Hunk[], JsonText | undefined, JsonText>;
  readonly askedBy: Json<FixAskedBy>;
  readonly askedAt: Date;
  readonly changedAt: Date;
}

interface FixSettingsTable {
  readonly instanceId: InstanceId;
  readonly content: Json<Partial<FixSettings>>;
  readonly changedBy: string;
  readonly changedAt: Date;
}

interface OccurrenceTable {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly branch: string;
  readonly path: string;
  readonly fingerprint: string;
  /** Tells several places of one fingerprint in one file apart; counts from 0. */
  readonly ordinal: number;
  readonly line: number | null;
  readonly finding: Json<Finding>;
  /** What silences it there. */
  readonly skip: JsonOrNull<Skip>;
}

export type IssueEventKind =
  | "opened"
  | "reopened"
  | "fixed"
  | "dismissed"
  | "dismissal-ended"
  | "silenced"
  | "skip-removed"
  | "rule-off"
  | "rule-on"
  | "re-graded"
  /** Of a secret: the default branch holds it no more, its history does; or it does again. */
  | "left-head"
  | "back-in-head"
  /** A second person has to agree to an exception, or did not; or it got more time. */
  | "exception-asked"
  | "exception-refused"
  | "exception-extended";

interface IssueEventTable {
  readonly id: string;
  readonly issueId: IssueId;
  readonly instanceId: InstanceId;
  readonly at: Date;
  readonly kind: IssueEventKind;
  /** A person's name; null if a scan did it. */
  readonly actor: string | null;
  readonly scanId: ScanId | null;
  readonly data: JsonOrNull<unknown>;
}

interface AuditEventTable {
  readonly id: string;
  readonly at: CreatedAt;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** No foreign key: the line outlives the instance. */
  readonly instanceId: InstanceId | null;
  readonly data: Json<unknown>;
}

interface PullRequestTable {
  readonly repositoryId: RepositoryId;
  readonly number: number;
  readonly instanceId: InstanceId;
  readonly title: string;
  readonly author: string;
  readonly state: PullRequestState;
  readonly isDraft: boolean;
  readonly sourceRef: string;
  readonly targetRef: string;
  readonly sourceCommit: string | null;
  readonly webUrl: string;
  readonly iteration: number | null;
  readonly scanId: ScanId | null;
  readonly scannedIteration: number | null;
  readonly scannedCommit: string | null;
  readonly scanOutcome: ScanOutcome | null;
  readonly failedIteration: number | null;
  readonly failure: string | null;
  readonly postedIteration: number | null;
  readonly postedState: PullRequestStatusState | null;
  readonly postedRemoteId: number | null;
  /** When this iteration was first told anything. */
  readonly postedSince: Date | null;
  readonly postedDescription: string | null;
  readonly postedKinds: ColumnType<PostedKinds, never, JsonText>;
  /** Where the summary stands, in Azure DevOps. */
  readonly summaryThreadId: number | null;
  readonly createdAt: CreatedAt;
  readonly updatedAt: CreatedAt;
}

export type PullRequestFindingState = "open" | "fixed" | "silenced" | "dismissed";

interface PullRequestFindingTable {
  readonly repositoryId: RepositoryId;
  readonly number: number;
  readonly fingerprint: string;
  readonly instanceId: InstanceId;
  readonly finding: Json<Finding>;
  readonly state: PullRequestFindingState;
  /** Silenced: by what. */
  readonly skip: JsonOrNull<Skip>;
  /** Dismissed: by what. */
  readonly exceptionId: Generated<ExceptionId | null>;
  readonly threadId: number | null;
  /** The thread's state as we last wrote it, in Azure DevOps' words. */
  readonly postedState: string | null;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly fixedAt: Date | null;
}

interface BuildTable {
  readonly organizationId: OrganizationId;
  readonly buildId: number;
  readonly instanceId: InstanceId;
  readonly projectId: ProjectId | null;
  readonly number: string;
  readonly definition: string;
  readonly result: string;
  readonly commit: string | null;
  readonly branch: string | null;
  readonly repositoryId: RepositoryId | null;
  readonly finishedAt: Date | null;
  readonly webUrl: string | null;
  readonly requestedBy: string | null;
  /** Of the scan that looked at its commit. */
  readonly scanId: ScanId | null;
}

interface RemoteSpendTable {
  readonly organizationId: OrganizationId;
  readonly hour: Date;
  readonly purpose: Purpose;
  readonly instanceId: InstanceId;
  readonly calls: number;
  readonly refused: number;
  readonly failed: number;
  readonly delayedMilliseconds: number;
}

interface HookValidationTable {
  readonly id: string;
  readonly instanceId: InstanceId;
  readonly startedBy: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly results: Json<readonly HookValidationResult[]>;
}

export interface HookValidationResult {
  readonly key: string;
  /** The project's name; absent for the whole organization. */
  readonly project?: string;
  readonly organization: string;
  readonly eventType: string;
  /** `refused`: Azure DevOps would not send it; `lost`: it was sent and did not arrive. */
  readonly state: "waiting" | "sent" | "arrived" | "refused" | "lost";
  readonly detail?: string;
  readonly milliseconds?: number;
}

/** What people decide about a rule in one instance. */
interface RuleSettingTable {
  readonly instanceId: InstanceId;
  readonly ruleId: string;
  readonly enabled: boolean;
  /** In place of the rule's own. */
  readonly severity: Severity | null;
  readonly changedBy: string;
  readonly changedAt: Date;
}

interface ManifestTable {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly branch: string;
  readonly unit: string;
  readonly content: Json<readonly Manifest[]>;
  readonly hasGaps: boolean;
  readonly readAt: Date;
}

/** Written and searched by SQL of its own. */
interface PackageTable {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly branch: string;
}

interface SourceImportTable {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly branch: string;
  readonly path: string;
  readonly names: readonly string[];
}

interface BranchAllowsTable {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly branch: string;
  readonly allows: Json<readonly Allow[]>;
}

interface UnreadPartTable {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly path: string;
  readonly content: string;
  readonly tries: number;
  readonly triedAt: Date;
}

interface PackageSettingsTable {
  readonly instanceId: InstanceId;
  readonly text: string;
  readonly changedBy: string;
  readonly changedAt: Date;
}

interface PolicyTable {
  readonly instanceId: InstanceId;
  readonly id: string;
  /** Null: a built-in one. */
  readonly content: JsonOrNull<Policy>;
  readonly enabled: boolean;
  readonly version: Generated<number>;
  readonly changedBy: string;
  readonly changedAt: Date;
}

interface PolicySourceTable {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly ref: string;
  readonly folder: string;
  readonly changedBy: string;
  readonly changedAt: Date;
  readonly readCommit: string | null;
  readonly readAt: Date | null;
  readonly problems: Json<readonly PolicyMistake[]>;
  readonly policies: JsonOrNull<readonly Policy[]>;
  readonly policiesCommit: string | null;
}

interface PolicySetTable {
  readonly instanceId: InstanceId;
  readonly version: string;
  readonly policies: Json<readonly Policy[]>;
  readonly since: Date;
}

interface VerdictTable {
  readonly id: VerdictId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly number: number | null;
  readonly iteration: number | null;
  readonly branch: string | null;
  readonly scanId: ScanId | null;
  readonly trigger: PolicyTrigger;
  readonly commit: string;
  readonly base: string | null;
  readonly scannersVersion: string;
  readonly knowledgeVersion: string;
  readonly policiesVersion: string;
  readonly outcome: VerdictOutcome;
  readonly decidedBy: Json<readonly string[]>;
  readonly matches: Json<readonly PolicyMatch[]>;
  readonly facts: Json<StoredFacts>;
  /** Of all that makes it what it is but the moment. */
  readonly factsHash: string;
  readonly at: Date;
}

interface ExceptionTable {
  readonly id: ExceptionId;
  readonly instanceId: InstanceId;
  /** Null: in all repositories of the instance. */
  readonly repositoryId: RepositoryId | null;
  readonly anchor: Json<ExceptionAnchor>;
  readonly about: Json<ExceptionSubject>;
  readonly reason: DismissReason;
  readonly comment: string;
  readonly justification: Justification | null;
  readonly author: string;
  readonly authorAccount: string | null;
  readonly madeAt: Date;
  readonly until: Date | null;
  readonly approver: string | null;
  readonly source: ExceptionSource;
  readonly saidAt: string | null;
  readonly state: ExceptionStateName;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
}

interface ExceptionSettingTable {
  readonly instanceId: InstanceId;
  readonly expiryRequired: boolean;
  readonly longestDays: number;
  readonly approvalFrom: Severity | null;
  readonly reviewers: readonly string[];
  readonly authorsMay: boolean;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** A comment that was a command. */
interface CommentAnswerTable {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly number: number;
  readonly threadId: number;
  readonly commentId: number;
  readonly author: string;
  readonly answer: string;
  readonly replied: Generated<boolean>;
  readonly at: Date;
}

interface GateTable {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly ref: string;
  readonly wanted: Generated<boolean>;
  readonly changedBy: string | null;
  readonly changedAt: Date | null;
  readonly toInstall: Generated<boolean>;
  readonly remoteId: number | null;
  readonly authorId: string | null;
  readonly state: Generated<GateState>;
  readonly flaws: Json<readonly GateFlaw[]>;
  readonly directPushes: boolean | null;
  readonly bypassers: JsonOrNull<readonly Bypasser[]>;
  readonly bypassersAt: Date | null;
  readonly evaluation: JsonOrNull<GateEvaluation>;
  readonly checkedAt: Date | null;
}

interface UrgencySettingTable {
  readonly instanceId: InstanceId;
  readonly text: string;
  readonly changedBy: string;
  readonly changedAt: Date;
  /** A change has come to all issues up to this one; null: to all there are. */
  readonly walkedTo: IssueId | null;
}

interface SlaSettingTable {
  readonly instanceId: InstanceId;
  readonly criticalDays: number;
  readonly highDays: number;
  readonly mediumDays: number;
  readonly lowDays: number;
  readonly graceDays: number;
  readonly changedBy: string;
  readonly changedAt: Date;
}

interface SavedViewTable {
  readonly id: string;
  /** Null: over all instances that its reader may see. */
  readonly instanceId: InstanceId | null;
  readonly userId: UserId;
  readonly name: string;
  readonly query: Json<SavedQuery>;
  readonly shared: boolean;
  readonly createdAt: Date;
}

/** Parameters of the list of issues, by name. */
export type SavedQuery = Readonly<Record<string, readonly string[]>>;

interface RepositoryOwnersTable {
  readonly repositoryId: RepositoryId;
  readonly instanceId: InstanceId;
  readonly path: string;
  readonly text: string;
  readonly problems: Json<readonly { readonly line: number; readonly message: string }[]>;
  readonly readAt: Date;
}

interface WorkItemSettingsTable {
  readonly instanceId: InstanceId;
  /** Null: of every project that has none of its own. */
  readonly projectId: ProjectId | null;
  readonly content: Json<WorkItemSettings>;
  readonly changedBy: string;
  readonly changedAt: Date;
}

interface WorkItemTable {
  readonly id: WorkItemId;
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  readonly projectId: ProjectId;
  readonly repositoryId: RepositoryId;
  readonly key: string;
  readonly title: string;
  readonly state: WorkItemState;
  readonly number: number | null;
  readonly webUrl: string | null;
  readonly type: string | null;
  readonly remoteState: string | null;
  readonly revision: number | null;
  readonly reason: string | null;
  /** How often it was told something. */
  readonly tellings: Generated<number>;
  /** Those that it links to. */
  readonly pullRequests: Generated<readonly number[]>;
  readonly askedBy: Json<WorkItemAskedBy>;
  readonly askedAt: Date;
  /** When Boards was last asked about it. */
  readonly lookedAt: Date | null;
  /** Not before, after a refusal. */
  readonly tryAt: Date | null;
  readonly changedAt: Date;
}

interface WorkItemIssueTable {
  readonly workItemId: WorkItemId;
  readonly issueId: IssueId;
  readonly instanceId: InstanceId;
  readonly told: "open" | "over" | null;
}

interface WebhookTable {
  readonly id: WebhookId;
  readonly instanceId: InstanceId;
  readonly name: string;
  readonly address: string;
  /** Sealed. */
  readonly secret: Buffer;
  readonly events: readonly WebhookEvent[];
  readonly enabled: boolean;
  readonly failingSince: Date | null;
  readonly lookedUntil: Date;
  readonly changedBy: string;
  readonly changedAt: Date;
  readonly createdAt: Date;
}

interface WebhookDeliveryTable {
  readonly id: DeliveryId;
  readonly webhookId: WebhookId;
  readonly instanceId: InstanceId;
  readonly event: DeliveredEvent;
  readonly key: string;
  readonly body: string;
  readonly state: DeliveryState;
  readonly tries: Generated<number>;
  readonly nextTry: Date | null;
  readonly lastStatus: number | null;
  readonly lastAnswer: string | null;
  readonly createdAt: Date;
  readonly triedAt: Date | null;
}

interface WebhookToldIssueTable {
  readonly instanceId: InstanceId;
  readonly webhookId: WebhookId;
  readonly policy: string;
  readonly issueId: IssueId;
}

interface ImportTable {
  readonly id: ImportId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  /** Full ref name. */
  readonly branch: string | null;
  /** Of a pull request, in place of a branch. */
  readonly number: number | null;
  readonly target: GeneratedAlways<string>;
  readonly key: string;
  readonly tool: string;
  readonly version: string | null;
  readonly category: string;
  readonly commit: string | null;
  readonly at: Date;
  readonly by: string;
  readonly counts: Json<ImportCounts>;
  readonly problems: Json<readonly ImportProblem[]>;
}

export interface ImportCounts {
  readonly results: number;
  readonly findings: number;
  readonly silenced: number;
  readonly skipped: number;
  readonly known: number;
  readonly opened: number;
  readonly fixed: number;
}

export interface ImportProblem {
  readonly at: string;
  readonly message: string;
}

/** Whether an instance looks at settings, how far, and by which measure. */
interface PostureSettingsTable {
  readonly instanceId: InstanceId;
  readonly enabled: boolean;
  readonly usesPortal: boolean;
  /** What differs from the usual; checked before it is stored. */
  readonly settings: Json<unknown>;
  readonly changedBy: string;
  readonly changedAt: Date;
}
