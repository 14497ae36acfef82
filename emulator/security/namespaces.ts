/** Facts of the security namespaces that matter here: their actions, and from which group upwards each is allowed by default. */
import type { GroupName } from "../world.ts";

export interface NamespaceAction {
  readonly bit: number;
  readonly name: string;
  readonly displayName: string;
  /** Allowed from here upwards; absent: to nobody before an entry allows it. */
  readonly from?: GroupName;
}

export interface SecurityNamespace {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly separator: string;
  readonly readPermission: number;
  readonly writePermission: number;
  readonly actions: readonly NamespaceAction[];
  /** The token of everything, and the one of a project. */
  readonly rootToken: string;
  readonly projectToken?: (projectId: string) => string;
}

const groups = {
  R: "readers",
  C: "contributors",
  P: "project administrators",
  A: "collection administrators",
} as const satisfies Record<string, GroupName>;

/** One action a line: group, or N for nobody, bit, name, words. */
function actions(text: string): NamespaceAction[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [, letter, bit, name = "", displayName = ""] = /^\s*([NRCPA]) (\d+) (\S+) (.*)$/.exec(line) ?? [];
      const action = { bit: Number(bit), name, displayName };
      return letter === "N" ? action : { ...action, from: groups[letter as keyof typeof groups] };
    });
}

export const hooksNamespace = "cb594ebe-87dd-4fc9-ac2c-6a10a4c92046";

export const gitNamespace = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87";

export const namespaces: readonly SecurityNamespace[] = [
  {
    id: gitNamespace,
    name: "Git Repositories",
    displayName: "Git Repositories",
    separator: "/",
    readPermission: 2,
    writePermission: 8192,
    rootToken: "repoV2",
    projectToken: (id) => `repoV2/${id}`,
    actions: actions(`
      P 1 Administer Administer
      R 2 GenericRead Read
      C 4 GenericContribute Contribute
      P 8 ForcePush Force push (rewrite history, delete branches and tags)
      C 16 CreateBranch Create branch
      C 32 CreateTag Create tag
      C 64 ManageNote Manage notes
      N 128 PolicyExempt Bypass policies when pushing
      P 256 CreateRepository Create repository
      P 512 DeleteRepository Delete or disable repository
      P 1024 RenameRepository Rename repository
      P 2048 EditPolicies Edit policies
      P 4096 RemoveOthersLocks Remove others' locks
      P 8192 ManagePermissions Manage permissions
      C 16384 PullRequestContribute Contribute to pull requests
      N 32768 PullRequestBypassPolicy Bypass policies when completing pull requests`),
  },
  {
    id: "52d39943-cb85-4d7f-8fa8-c6baac873819",
    name: "Project",
    displayName: "Project",
    separator: ":",
    readPermission: 1,
    writePermission: 2,
    rootToken: "$PROJECT",
    projectToken: (id) => `$PROJECT:vstfs:///Classification/TeamProject/${id}`,
    actions: actions(`
      R 1 GENERIC_READ View project-level information
      P 2 GENERIC_WRITE Edit project-level information
      P 4 DELETE Delete team project
      C 8 PUBLISH_TEST_RESULTS Create test runs
      P 16 ADMINISTER_BUILD Administer a build
      C 32 START_BUILD Start a build
      C 64 EDIT_BUILD_STATUS Edit build quality
      P 128 UPDATE_BUILD Write to build operational store
      C 256 DELETE_TEST_RESULTS Delete test runs
      R 512 VIEW_TEST_RESULTS View test runs
      C 2048 MANAGE_TEST_ENVIRONMENTS Manage test environments
      C 4096 MANAGE_TEST_CONFIGURATIONS Manage test configurations
      C 8192 WORK_ITEM_DELETE Delete and restore work items
      P 16384 WORK_ITEM_MOVE Move work items out of this project
      P 32768 WORK_ITEM_PERMANENTLY_DELETE Permanently delete work items
      P 65536 RENAME Rename team project
      P 131072 MANAGE_PROPERTIES Manage project properties
      A 262144 MANAGE_SYSTEM_PROPERTIES Manage system project properties
      A 524288 BYPASS_PROPERTY_CACHE Bypass project property cache
      P 1048576 BYPASS_RULES Bypass rules on work item updates
      P 2097152 SUPPRESS_NOTIFICATIONS Suppress notifications for work item updates
      P 4194304 UPDATE_VISIBILITY Update project visibility
      A 8388608 CHANGE_PROCESS Change process of team project.`),
  },
  {
    id: hooksNamespace,
    name: "ServiceHooks",
    displayName: "ServiceHooks",
    separator: "/",
    readPermission: 1,
    writePermission: 0,
    rootToken: "PublisherSecurity",
    projectToken: (id) => `PublisherSecurity/${id}`,
    actions: actions(`
      P 1 ViewSubscriptions View Subscriptions
      P 2 EditSubscriptions Edit Subscription
      P 4 DeleteSubscriptions Delete Subscriptions
      P 8 PublishEvents Publish Events`),
  },
  {
    id: "33344d9c-fc72-4d6f-aba5-fa317101a7e9",
    name: "Build",
    displayName: "Build",
    separator: "/",
    readPermission: 1,
    writePermission: 16384,
    rootToken: "",
    projectToken: (id) => id,
    actions: actions(`
      R 1 ViewBuilds View builds
      C 2 EditBuildQuality Edit build quality
      P 4 RetainIndefinitely Retain indefinitely
      P 8 DeleteBuilds Delete builds
      P 16 ManageBuildQualities Manage build qualities
      P 32 DestroyBuilds Destroy builds
      P 64 UpdateBuildInformation Update build information
      C 128 QueueBuilds Queue builds
      P 256 ManageBuildQueue Manage build queue
      C 512 StopBuilds Stop builds
      R 1024 ViewBuildDefinition View build pipeline
      C 2048 EditBuildDefinition Edit build pipeline
      C 4096 DeleteBuildDefinition Delete build pipeline
      P 8192 OverrideBuildCheckInValidation Override check-in validation by build
      P 16384 AdministerBuildPermissions Administer build permissions`),
  },
  {
    id: "3e65f728-f8bc-4ecd-8764-7e378b19bfa7",
    name: "Collection",
    displayName: "Collection",
    separator: ":",
    readPermission: 1,
    writePermission: 2,
    rootToken: "NAMESPACE:",
    actions: actions(`
      R 1 GENERIC_READ View instance-level information
      A 2 GENERIC_WRITE Edit instance-level information
      A 4 CREATE_PROJECTS Create new projects
      A 8 TRIGGER_EVENT Trigger events
      A 16 MANAGE_TEMPLATE Manage process template
      A 32 DIAGNOSTIC_TRACE Alter trace settings
      A 64 SYNCHRONIZE_READ View system synchronization information
      A 512 MANAGE_TEST_CONTROLLERS Manage test controllers
      A 1024 DELETE_FIELD Delete field from organization
      A 2048 MANAGE_ENTERPRISE_POLICIES Manage enterprise policies`),
  },
  {
    id: "49b48001-ca20-4adc-8111-5b60c903a50c",
    name: "ServiceEndpoints",
    displayName: "Service Endpoints",
    separator: "/",
    readPermission: 0,
    writePermission: 2,
    rootToken: "endpoints",
    projectToken: (id) => `endpoints/${id}`,
    actions: actions(`
      C 1 Use Use Service Endpoint
      P 2 Administer Administer Service Endpoint
      P 4 Create Create Service Endpoint
      P 8 ViewAuthorization View Authorization
      R 16 ViewEndpoint View Service Endpoint`),
  },
  {
    id: "b7e84409-6553-448a-bbb2-af228e07cbeb",
    name: "Library",
    displayName: "Library",
    separator: "/",
    readPermission: 1,
    writePermission: 2,
    rootToken: "Library",
    projectToken: (id) => `Library/${id}`,
    actions: actions(`
      R 1 View View library item
      P 2 Administer Administer library item
      C 4 Create Create library item
      P 8 ViewSecrets View library item secrets
      C 16 Use Use library item
      P 32 Owner Owner library item`),
  },
  {
    id: "101eae8c-1709-47f9-b228-0e476c35b3ba",
    name: "DistributedTask",
    displayName: "DistributedTask",
    separator: "/",
    readPermission: 1,
    writePermission: 8,
    rootToken: "AgentPools",
    projectToken: (id) => `AgentQueues/${id}`,
    actions: actions(`
      R 1 View View
      P 2 Manage Manage
      P 4 Listen Listen
      P 8 AdministerPermissions Administer Permissions
      C 16 Use Use
      P 32 Create Create`),
  },
  {
    id: "f6a4de49-dbe2-4704-86dc-f8ec1a294436",
    name: "MetaTask",
    displayName: "MetaTask",
    separator: "/",
    readPermission: 0,
    writePermission: 1,
    rootToken: "",
    projectToken: (id) => id,
    actions: actions(`
      P 1 Administer Administer task group permissions
      C 2 Edit Edit task group
      C 4 Delete Delete task group`),
  },
  {
    id: "c788c23e-1b46-4162-8f5e-d7585343b5de",
    name: "ReleaseManagement",
    displayName: "ReleaseManagement",
    separator: "/",
    readPermission: 0,
    writePermission: 512,
    rootToken: "",
    projectToken: (id) => id,
    actions: actions(`
      R 1 ViewReleaseDefinition View release pipeline
      C 2 EditReleaseDefinition Edit release pipeline
      C 4 DeleteReleaseDefinition Delete release pipeline
      P 8 ManageReleaseApprovers Manage release approvers
      C 16 ManageReleases Manage releases
      R 32 ViewReleases View releases
      C 64 CreateReleases Create releases
      C 128 EditReleaseEnvironment Edit release stage
      C 256 DeleteReleaseEnvironment Delete release stage
      P 512 AdministerReleasePermissions Administer release permissions
      C 1024 DeleteReleases Delete releases
      C 2048 ManageDeployments Manage deployments
      P 4096 ManageReleaseSettings Manage release settings
      P 8192 ManageTaskHubExtension Manage TaskHub Extension`),
  },
  {
    id: "a6cc6381-a1ca-4b36-b3c1-4e65211e82b6",
    name: "AuditLog",
    displayName: "AuditLog",
    separator: "/",
    readPermission: 1,
    writePermission: 2,
    rootToken: "AllPermissions",
    actions: actions(`
      A 1 Read View audit log
      A 2 Write Write to the audit log
      A 4 Manage_Streams Manage audit streams
      A 8 Delete_Streams Delete audit streams`),
  },
];

export function findNamespace(id: unknown): SecurityNamespace | undefined {
  const wanted = typeof id === "string" ? id.toLowerCase() : "";
  return namespaces.find((one) => one.id === wanted);
}
