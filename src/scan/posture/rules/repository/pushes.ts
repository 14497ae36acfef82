/** What is refused when somebody pushes. */
import { type BranchPolicyFact, policyTypes, type RepositoryFact } from "#model/posture/code-facts.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { examplePolicy, exampleRepository } from "../../example-facts.ts";
import { projectPage } from "../../facts/pages-of.ts";
import { isEnforced } from "../../facts/policies-of-branch.ts";
import { listed } from "../../makers/access-rule.ts";
import { judgedRepositories, repositoryResource } from "../../makers/branch-rule.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass, type ResourceAnswer } from "../../posture-rule.ts";

const repositories = [exampleRepository()];
const everywhere = [{ match: "exact" }] as const;

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/repository-takes-pushed-secrets",
    aliases: [
      "ado-repo-secret-push-protection-off",
      "ADO_Repository_DP_Enable_Credentials_And_Secrets_Policy",
      "ADO-RP-011",
    ],
    category: "repository",
    title: "Pushes that hold secrets are not refused",
    severity: "medium",
    risks: ["CICD-SEC-6"],
    why: "A secret that was pushed once stays in the history for everybody who can read the repository.",
    abuse: "Somebody with read access searches old commits for keys and uses those that nobody replaced.",
    fix: 'Repository settings > Settings > Advanced Security: switch on "Block secrets on push". Where the policy "Check for credentials and other secrets" is offered: switch it on, required.',
    links: ["https://learn.microsoft.com/azure/devops/repos/security/github-advanced-security-secret-scanning"],
    needs: ["repositories", "branchPolicies"],
    checkProject: ({ repositories: all, branchPolicies, project, organization }) =>
      secretAnswers(judgedRepositories(all, project), branchPolicies, { project, organization }),
    examples: {
      bad: [
        { project: { repositories: [exampleRepository({ blocksSecretPushes: false })], branchPolicies: [] } },
        { project: { repositories, branchPolicies: [examplePolicy("credentialScan", { isEnabled: false })] } },
        {
          project: {
            repositories,
            branchPolicies: [examplePolicy("credentialScan", { isBlocking: false, scopes: everywhere })],
          },
        },
      ],
      good: [
        { project: { repositories, branchPolicies: [examplePolicy("credentialScan", { scopes: everywhere })] } },
        { project: { repositories: [exampleRepository({ blocksSecretPushes: true })], branchPolicies: [] } },
      ],
    },
  }),
  onProjects({
    id: "cicd/repository-author-email-unchecked",
    aliases: ["ado-repo-author-email-unchecked", "ADO_Project_SI_Review_Author_Email_Validation_Policy"],
    category: "repository",
    title: "Commits may carry any author's address",
    severity: "low",
    risks: ["CICD-SEC-2"],
    why: "The name on a commit is whatever its author typed: it proves nothing, and misleads who reads the history.",
    abuse: "Somebody commits in the name of a colleague, whose changes nobody questions.",
    fix: 'Project settings > Repositories > Policies > "Commit author email validation": switch it on and give the patterns of your own addresses, such as *@contoso.com.',
    links: ["https://learn.microsoft.com/azure/devops/repos/git/repository-settings"],
    needs: ["repositories", "branchPolicies"],
    checkProject({ repositories: all, branchPolicies, project, organization }) {
      const url = `${projectPage(organization, project, "repositories")}?_a=policies`;
      const resource = { kind: "project", id: project.id, name: project.name, projectId: project.id, url };
      const judged = judgedRepositories(all, project);
      return judged.length === 0 ? [] : [{ resource, answer: emailAnswer(judged, branchPolicies, url) }];
    },
    examples: {
      bad: [
        { project: { repositories, branchPolicies: [] } },
        { project: { repositories, branchPolicies: [emailPolicy(["*"])] } },
        { project: { repositories, branchPolicies: [emailPolicy(["*@contoso.example"], { isEnabled: false })] } },
        {
          project: {
            repositories: [exampleRepository(), exampleRepository({ id: "b", name: "ledger" })],
            branchPolicies: [emailPolicy(["*@contoso.example"], { scopes: [{ repositoryId: "b", match: "exact" }] })],
          },
        },
      ],
      good: [{ project: { repositories, branchPolicies: [emailPolicy(["*@contoso.example"])] } }],
    },
  }),
];

function emailPolicy(authorEmailPatterns: readonly string[], given: Partial<BranchPolicyFact> = {}) {
  return examplePolicy("commitAuthorEmail", { scopes: everywhere, ...given, settings: { authorEmailPatterns } });
}

/** Of the repository, whichever branches: these policies know none. */
function policiesOfRepository(policies: readonly BranchPolicyFact[], { id }: RepositoryFact, typeId: string) {
  return policies.filter(
    (policy) =>
      policy.typeId === typeId &&
      policy.scopes.some(
        ({ repositoryId }) => repositoryId === undefined || repositoryId.toLowerCase() === id.toLowerCase(),
      ),
  );
}

/** Most organizations have neither the policy nor Advanced Security to ask: that is told once for the project. */
function secretAnswers(
  judged: readonly RepositoryFact[],
  policies: readonly BranchPolicyFact[],
  { project, organization }: { readonly project: ProjectFacts; readonly organization: OrganizationFacts },
): readonly ResourceAnswer[] {
  const unknown: string[] = [];
  const answers = judged.flatMap((repository): readonly ResourceAnswer[] => {
    const resource = repositoryResource(organization, project, repository, "policies");
    const written = policiesOfRepository(policies, repository, policyTypes.credentialScan);
    const answer = secretAnswer(repository, written, resource.url);
    if (!answer) unknown.push(repository.name);
    return answer ? [{ resource, answer }] : [];
  });
  if (unknown.length === 0) return answers;
  const url = projectPage(organization, project, "repositories");
  const resource = { kind: "project", id: project.id, name: project.name, projectId: project.id, url };
  const reason = `Whether Advanced Security refuses pushes with secrets to ${listed(unknown)} was not read; that needs the scope vso.advsec.`;
  return [...answers, { resource, answer: notEvaluated(reason) }];
}

function secretAnswer(
  { id, blocksSecretPushes }: RepositoryFact,
  written: readonly BranchPolicyFact[],
  url: string,
): PostureAnswer | undefined {
  if (blocksSecretPushes || written.some(isEnforced)) return pass;
  if (blocksSecretPushes === undefined && written.length === 0) return undefined;
  const ofPolicies = written.map((policy) => ({
    what: `policy ${policy.id} (${policy.typeName}): isEnabled = ${policy.isEnabled}, isBlocking = ${policy.isBlocking}`,
    url,
  }));
  const ofSecurity =
    blocksSecretPushes === false ? [{ what: `enablement of repository ${id}: blockPushes = false`, url }] : [];
  return fail("medium", "pushes that hold secrets are taken", {
    evidence: [...ofPolicies, ...ofSecurity],
    fix:
      written.length > 0
        ? 'Switch on "Check for credentials and other secrets", required.'
        : 'Switch on "Block secrets on push".',
  });
}

/** One answer for the project, because that is where it is set: for a hundred repositories a hundred would say the same. */
function emailAnswer(
  judged: readonly RepositoryFact[],
  policies: readonly BranchPolicyFact[],
  url: string,
): PostureAnswer {
  const open = judged.filter(
    (repository) =>
      !policiesOfRepository(policies, repository, policyTypes.commitAuthorEmail).some(
        (policy) => isEnforced(policy) && hasPatterns(policy),
      ),
  );
  if (open.length === 0) return pass;
  const written = policies.filter(({ typeId }) => typeId === policyTypes.commitAuthorEmail);
  const where = open.length === judged.length ? "its repositories" : listed(open.map(({ name }) => name));
  return fail("low", `${where} take commits with any author's address`, {
    evidence:
      written.length > 0
        ? written.map((policy) => ({ what: sayEmailPolicy(policy), url }))
        : [{ what: "policy/configurations: no commit author email validation policy", url }],
    fix: 'Switch on "Commit author email validation" with the patterns of your own addresses.',
  });
}

function hasPatterns({ settings: { authorEmailPatterns: patterns } }: BranchPolicyFact): boolean {
  return Array.isArray(patterns) && patterns.length > 0 && !patterns.some((one) => one === "*" || one === "*@*");
}

function sayEmailPolicy({ id, isEnabled, isBlocking, settings: { authorEmailPatterns } }: BranchPolicyFact): string {
  const patterns = Array.isArray(authorEmailPatterns) ? authorEmailPatterns.join(";").slice(0, 200) : "none";
  return `policy ${id}: authorEmailPatterns = ${patterns}, isEnabled = ${isEnabled}, isBlocking = ${isBlocking}`;
}
