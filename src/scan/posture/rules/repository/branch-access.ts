/** Who may do on branches what their policies are there to prevent. */
import type { AccessFacts } from "#model/posture/access-facts.ts";
import {
  exampleGroup,
  exampleList,
  examplePolicy,
  exampleRepository,
  exampleRepositoryId,
  exampleUser,
  gitActions,
  noAccess,
} from "../../example-facts.ts";
import { gitTokens } from "../../facts/access-of.ts";
import { breadthOf, isAdministrative, isBroad, isBuildIdentity } from "../../facts/broad-groups.ts";
import { branchName, isEnforced, isOfPushes, policiesOfBranch } from "../../facts/policies-of-branch.ts";
import { accessRule, type GivenHolder, type HolderAnswer } from "../../makers/access-rule.ts";
import { exampleProjectId } from "../../posture-example.ts";
import type { PostureRule } from "../../posture-rule.ts";
import type { PostureSettings } from "../../posture-settings.ts";

const links = ["https://learn.microsoft.com/azure/devops/organizations/security/namespace-reference"];
const repositories = [exampleRepository()];
const ofProject = `repoV2/${exampleProjectId}`;
const ofRepository = `${ofProject}/${exampleRepositoryId}`;
const ofMain = gitTokens(exampleProjectId, exampleRepositoryId, "refs/heads/main").at(-1) ?? "";

function given(...lists: AccessFacts["git"]["lists"]) {
  return { repositories, access: { ...noAccess, git: { actions: gitActions, lists } } };
}

const contributors = exampleGroup("Contributors");
const seniors = exampleGroup("Seniors");
const anna = exampleUser("Anna");
const people = {
  users: [anna],
  groups: [contributors, seniors],
  members: { [contributors.descriptor]: [seniors.descriptor], [seniors.descriptor]: [anna.descriptor] },
};
const buildService = { name: "Payments Build Service (contoso)", subject: "svc.payments" };
const fine: HolderAnswer = { is: "fine" };

export const rules: readonly PostureRule[] = [
  accessRule({
    id: "cicd/branch-policies-bypassed-by-permission",
    aliases: ["ado-repo-bypass-policy", "ADO_Project_AuthZ_Restrict_Broader_Group_Access_on_Repo"],
    title: "Somebody may pass branch policies by",
    severity: "high",
    risks: ["CICD-SEC-1"],
    why: "For them no review and no build is required: their account alone changes what runs in production.",
    abuse:
      "Somebody takes over such an account, or is its owner, and pushes straight to the branch, or completes a pull request that failed.",
    fix: 'Repository settings > Security: set "Bypass policies when pushing" and "Bypass policies when completing pull requests" to "Not set" for everybody but one account for emergencies, and name that account in the settings of Sallyport.',
    links,
    actions: ["PolicyExempt", "PullRequestBypassPolicy"],
    says: "branch policies do not hold for",
    instruction: 'take "Bypass policies when pushing" and "Bypass policies when completing pull requests" from',
    checkHolder({ holder }, { settings }) {
      return isNamed(holder.name, settings.breakGlass) ? fine : { is: "wrong", severity: "high" };
    },
    examples: {
      bad: [
        { project: given(exampleList(ofProject, [{ name: "Contributors", allow: 128 }])) },
        { project: given(exampleList(ofRepository, [{ name: "Anna", subject: anna.descriptor, allow: 32768 }])) },
        { project: given(exampleList(ofMain, [{ name: "Release managers", allow: 128 }])) },
        // An allowance nearer to the branch wins over a refusal above.
        {
          project: given(
            exampleList(ofProject, [{ name: "Seniors", deny: 128 }]),
            exampleList(ofMain, [{ name: "Seniors", allow: 128 }]),
          ),
        },
      ],
      good: [
        { project: given(exampleList(ofProject, [{ name: "Contributors", allow: 4 }])) },
        {
          project: given(
            exampleList(ofProject, [{ name: "Contributors", allow: 128 }]),
            exampleList(ofMain, [{ name: "Contributors", deny: 128 }]),
          ),
        },
        // Nothing is inherited.
        {
          project: given(
            exampleList(ofProject, [{ name: "Contributors", allow: 128 }]),
            exampleList(ofRepository, [], false),
          ),
        },
        // A refusal by another group.
        {
          organization: { people },
          project: given(
            exampleList(ofProject, [
              { name: "Seniors", allow: 128 },
              { name: "Contributors", deny: 128 },
            ]),
          ),
        },
        {
          project: given(exampleList(ofProject, [{ name: "Emergency", allow: 128 }])),
          settings: { breakGlass: ["emergency"] },
        },
      ],
    },
  }),
  accessRule({
    id: "cicd/branch-force-push-allowed",
    aliases: ["ado-repo-force-push"],
    title: "People who are no administrators may rewrite a branch that matters",
    severity: "high",
    risks: ["CICD-SEC-1"],
    why: "Commits can be put in and taken out of the past: what was reviewed is no longer what is there, and the traces are gone.",
    abuse:
      "Somebody replaces the last commits of the branch with their own, keeps authors and messages, and lets a pipeline build it.",
    fix: 'Repository settings > Security > the branch: set "Force push (rewrite history, delete branches and tags)" to "Not set" for everybody but administrators.',
    links,
    actions: ["ForcePush"],
    says: "history can be rewritten by",
    instruction: 'take "Force push (rewrite history, delete branches and tags)" from',
    checkHolder: checkForcePush,
    examples: {
      bad: [
        { project: given(exampleList(ofProject, [{ name: "Contributors", allow: 8 }])) },
        { project: given(exampleList(ofRepository, [{ ...buildService, allow: 8 }])) },
        {
          project: {
            ...given(exampleList(ofProject, [{ name: "Contributors", allow: 8 }])),
            branchPolicies: [examplePolicy("minimumReviewers")],
          },
        },
        { project: given(exampleList(ofMain, [{ name: "Anna", subject: anna.descriptor, allow: 8 }])) },
      ],
      good: [
        { project: given(exampleList(ofProject, [{ name: "Project Administrators", allow: 8 }])) },
        { project: given(exampleList(ofMain, [{ name: "Contributors", deny: 8 }])) },
        // Another branch than those that matter.
        {
          project: given(
            exampleList(gitTokens(exampleProjectId, exampleRepositoryId, "refs/heads/topic").at(-1) ?? "", [
              { name: "Anna", allow: 8 },
            ]),
          ),
        },
      ],
    },
  }),
  accessRule({
    id: "cicd/branch-policies-edited-by-many",
    aliases: ["ado-repo-edit-policies-broad"],
    title: "Many people may change branch policies or permissions",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "A policy that everybody can switch off protects against nobody.",
    abuse:
      "Somebody switches the review policy off, merges their change, and switches it on again before anybody looks.",
    fix: 'Repository settings > Security: set "Edit policies" and "Manage permissions" to "Not set" for everybody but project administrators.',
    links,
    actions: ["EditPolicies", "ManagePermissions"],
    says: "policies and permissions can be changed by",
    instruction: 'take "Edit policies" and "Manage permissions" from',
    checkHolder: (holding, { settings }) => checkEditor(holding, settings),
    examples: {
      bad: [
        { project: given(exampleList(ofProject, [{ name: "[Payments]\\Contributors", allow: 2048 }])) },
        { project: given(exampleList(ofRepository, [{ name: "Readers", allow: 8192 }])) },
        { project: given(exampleList(ofRepository, [{ ...buildService, allow: 2048 }])) },
        {
          organization: { people },
          project: given(exampleList(ofProject, [{ name: "Seniors", allow: 2048 }])),
          settings: { broadFrom: 0 },
        },
      ],
      good: [
        { project: given(exampleList(ofProject, [{ name: "Project Administrators", allow: 2048 | 8192 }])) },
        { project: given(exampleList(ofRepository, [{ name: "Anna", subject: anna.descriptor, allow: 8192 }])) },
        { organization: { people }, project: given(exampleList(ofProject, [{ name: "Seniors", allow: 2048 }])) },
      ],
    },
  }),
  accessRule({
    id: "cicd/repository-written-by-builds",
    aliases: ["ado-repo-build-identity-write", "ADO_Repository_AuthZ_Dont_Grant_BuildSvcAcct_Permission"],
    title: "Any pipeline may write to repositories",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "Code that runs in one pipeline changes the code that others run: it spreads by itself.",
    abuse: "A harmful package that one build installs pushes itself to every repository with the token of the job.",
    fix: 'Repository settings > Security > the build service: set "Contribute", "Create branch" and "Contribute to pull requests" to "Not set". Give a pipeline that has to push an identity of its own, on that repository only.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/access-tokens"],
    actions: ["GenericContribute", "PolicyExempt", "CreateBranch", "PullRequestContribute"],
    says: "repositories can be written to by",
    instruction:
      'take "Contribute", "Create branch", "Contribute to pull requests" and "Bypass policies when pushing" from',
    checkHolder: checkBuildIdentity,
    examples: {
      bad: [
        { project: given(exampleList(ofProject, [{ ...buildService, allow: 4 }])) },
        {
          project: given(
            exampleList(ofRepository, [
              { name: "Project Collection Build Service (contoso)", subject: "svc.collection", allow: 16 },
            ]),
          ),
        },
        {
          organization: {
            people: {
              users: [exampleUser("Dienst für Builds", { descriptor: "svc.any", kind: "build-identity" })],
              groups: [],
              members: {},
            },
          },
          project: given(exampleList(ofRepository, [{ name: "Dienst für Builds", subject: "svc.any", allow: 16384 }])),
        },
      ],
      good: [
        { project: given(exampleList(ofProject, [{ ...buildService, allow: 2 }])) },
        { project: given(exampleList(ofProject, [{ name: "Contributors", allow: 4 | 16 | 16384 }])) },
        {
          project: given(
            exampleList(ofProject, [{ ...buildService, allow: 4 }]),
            exampleList(ofRepository, [{ ...buildService, deny: 4 }]),
          ),
        },
      ],
    },
  }),
];

/** Whoever creates a branch gets this right on it without being asked: told, but as small. Policies still ask for a pull request. */
function checkForcePush({ holder, branch, project }: GivenHolder): HolderAnswer {
  if (isAdministrative(holder.name)) return fine;
  const name = branchName(branch.ref);
  if (/^(?:aad|msa)\./.test(holder.subject) && holder.token.includes("/refs/heads/")) {
    return { is: "wrong", severity: "low", because: `Azure DevOps gives it to whoever creates a branch: here ${name}` };
  }
  const policies = project.branchPolicies.is === "known" ? policiesOfBranch(project.branchPolicies.value, branch) : [];
  const policy = policies.find((one) => isEnforced(one) && !isOfPushes(one.typeId));
  if (!policy) return { is: "wrong", severity: "high" };
  return { is: "wrong", severity: "medium", because: `policy ${policy.id} still asks for a pull request on ${name}` };
}

function checkEditor({ holder, membership }: GivenHolder, settings: PostureSettings): HolderAnswer {
  if (isBuildIdentity(holder, membership)) {
    return { is: "wrong", severity: "high", because: "code of every pipeline acts as it" };
  }
  const breadth = breadthOf(holder, membership, settings);
  if (isBroad(breadth)) return { is: "wrong", severity: "high", because: `${holder.name}: ${breadth.because}` };
  if (breadth.is === "few") return fine;
  return {
    is: "unknown",
    reason: `How many people ${holder.name} lets edit policies is not known: ${breadth.because}.`,
  };
}

function checkBuildIdentity({ holder, membership }: GivenHolder): HolderAnswer {
  if (!isBuildIdentity(holder, membership)) return fine;
  const isPush = holder.action === "GenericContribute" || holder.action === "PolicyExempt";
  return isPush
    ? { is: "wrong", severity: "high" }
    : { is: "wrong", severity: "medium", because: "it may propose changes, not push to branches that exist" };
}

function isNamed(name: string, wanted: readonly string[]): boolean {
  const bare = name.slice(name.lastIndexOf("\\") + 1).toLowerCase();
  return wanted.some((one) => one.toLowerCase() === bare || one.toLowerCase() === name.toLowerCase());
}
