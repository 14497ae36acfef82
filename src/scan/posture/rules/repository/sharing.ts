/** Who gets at a repository beside the people who work on it: pipelines that nobody allowed, and copies elsewhere. */
import type { RepositoryFact } from "#model/posture/code-facts.ts";
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { exampleRepository, exampleRepositoryId } from "../../example-facts.ts";
import { permissionOf } from "../../facts/resources-of.ts";
import { judgedRepositories, repositoryResource } from "../../makers/branch-rule.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass } from "../../posture-rule.ts";

const repositories = [exampleRepository()];

function allowed(allPipelines: boolean) {
  const id = exampleRepositoryId;
  return { repositories, pipelinePermissions: [{ kind: "repository", id, allPipelines, definitionIds: [] }] } as const;
}

const foreignFork = { name: "payments-copy", project: "Playground" };

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/repository-open-to-all-pipelines",
    aliases: ["ado-repo-open-to-all-pipelines", "ADO_Repository_AuthZ_Dont_Grant_All_Pipelines_Access"],
    category: "repository",
    title: "Every pipeline may check out the repository",
    severity: "medium",
    risks: ["CICD-SEC-5"],
    why: "Whoever can change any pipeline of the project reads the code, also where they may not read it themselves.",
    abuse: "Somebody adds the repository to the resources of their own pipeline and publishes what the job checks out.",
    fix: 'Repository settings > Security > Pipeline permissions: choose "Restrict permission" and allow the pipelines that need it, one by one.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/security/secure-access-to-repos"],
    needs: ["repositories", "pipelinePermissions"],
    checkProject: ({ repositories: all, pipelinePermissions, project, organization }) =>
      judgedRepositories(all, project).map((repository) => {
        const resource = repositoryResource(organization, project, repository, "permissions");
        const permission = permissionOf(pipelinePermissions, "repository", repository.id);
        return { resource, answer: openAnswer(permission?.allPipelines, project, resource) };
      }),
    examples: {
      bad: [{ project: allowed(true) }, { project: allowed(true), visibility: "public" }],
      good: [{ project: allowed(false) }],
    },
  }),
  onProjects({
    id: "cicd/repository-forked-elsewhere",
    aliases: ["ado-repo-forks-allowed"],
    category: "repository",
    title: "A private repository is forked into other projects",
    severity: "low",
    risks: ["CICD-SEC-7"],
    why: "In a copy neither the policies nor the permissions of the original hold: it is read and built by whom its owner likes.",
    abuse:
      "Somebody forks the repository into a project of their own before they leave, and goes on reading and building there.",
    fix: 'Repository settings > Settings: switch off "Forks", and delete copies that nobody needs.',
    links: ["https://learn.microsoft.com/azure/devops/repos/git/forks"],
    needs: ["repositories"],
    checkProject: ({ repositories: all, project, organization }) =>
      project.visibility === "public"
        ? []
        : judgedRepositories(all, project).map((repository) => {
            const resource = repositoryResource(organization, project, repository, "settings");
            return { resource, answer: forkAnswer(repository, project, resource.url) };
          }),
    examples: {
      bad: [
        { project: { repositories: [exampleRepository({ forks: [foreignFork] })] } },
        { project: { repositories: [exampleRepository({ allowsForks: true, forks: [foreignFork] })] } },
      ],
      good: [
        { project: { repositories: [exampleRepository({ allowsForks: false })] } },
        { project: { repositories: [exampleRepository({ allowsForks: true, forks: [] })] } },
        { project: { repositories: [exampleRepository({ forks: [{ name: "payments.anna", project: "Payments" }] })] } },
      ],
    },
  }),
];

function openAnswer(
  allPipelines: boolean | undefined,
  { visibility, pipelinePermissions }: ProjectFacts,
  { id, url }: { readonly id: string; readonly url: string },
): PostureAnswer {
  if (allPipelines === undefined) return notEvaluated("Which pipelines may use this repository was not read.");
  if (!allPipelines) return pass;
  const isPublic = visibility === "public";
  return fail(isPublic ? "low" : "medium", "every pipeline of the project may check it out", {
    evidence: [
      {
        what: `pipelinepermissions/repository/${id}: allPipelines.authorized = true`,
        url,
        ...(pipelinePermissions.is === "known" && { at: pipelinePermissions.at }),
      },
    ],
    fix: 'Under "Pipeline permissions" choose "Restrict permission".',
    ...(isPublic && { severityBecause: "the project is public: everybody may read the code anyway" }),
  });
}

/**
 * Azure DevOps allows forks unless somebody forbids them, and a fork beside its original is how many teams work: only copies in
 * other projects are told.
 */
function forkAnswer({ allowsForks, forks }: RepositoryFact, { name }: ProjectFacts, url: string): PostureAnswer {
  const elsewhere = (forks ?? []).filter(({ project }) => project !== name);
  const [first, ...rest] = elsewhere;
  if (first) {
    const more = rest.length === 0 ? "" : ` and in ${rest.length} more places`;
    return fail("low", `there is a copy of it in the project ${first.project}${more}`, {
      evidence: elsewhere.slice(0, 20).map((fork) => ({ what: `forks: ${fork.project}/${fork.name}`, url })),
      fix:
        allowsForks === false
          ? "Delete the copies that nobody needs; new ones are forbidden already."
          : 'Switch off "Forks", and delete the copies that nobody needs.',
    });
  }
  return allowsForks === false || forks ? pass : notEvaluated("Which forks there are was not read.");
}
