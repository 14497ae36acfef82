/** Code of other repositories and publishers that becomes part of the pipeline. */

import type { RepositoryResource } from "../../../formats/azure-pipeline/expansion.ts";
import { itemsOf, textAt, textOf, valueAt } from "../../../formats/azure-pipeline/source-node.ts";
import { hitAt } from "../../azure/hits.ts";
import type { Pipeline, Step } from "../../azure/pipeline.ts";
import type { PipelineFacts } from "../../azure/pipeline-facts.ts";
import type { PipelineRule, PipelineSubject } from "../../azure/pipeline-rule.ts";
import { checksOutSubmodules } from "../../azure/submodules.ts";
import { isBuiltInTask, taskFacts } from "../../azure/task-facts.ts";
import { type Answer, type Hit, notEvaluated } from "../../cicd-rule.ts";

const templates = "https://learn.microsoft.com/azure/devops/pipelines/process/templates";
const repositories = "https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/resources-repositories-repository";

/** Those that a template of theirs is called from. */
function templateRepositories({ expanded, repositories: all }: Pipeline): readonly RepositoryResource[] {
  const used = new Set(
    expanded.called.map((node) => {
      const name = textOf(node) ?? "";
      return name.includes("@") ? name.slice(name.lastIndexOf("@") + 1).toLowerCase() : "";
    }),
  );
  return all.filter(({ alias }) => used.has(alias.toLowerCase()));
}

function isOutside({ type, endpoint }: RepositoryResource): boolean {
  return /^(?:github|githubenterprise|bitbucket)$/.test(type) || (type === "git" && endpoint !== undefined);
}

function floatingHits(pipeline: Pipeline, { protectedRefs }: PipelineFacts): readonly Hit[] {
  return templateRepositories(pipeline).flatMap((repository): readonly Hit[] => {
    const { ref, name, alias, at } = repository;
    const written = itemsOf(valueAt(valueAt(pipeline.root, "resources"), "repositories")).find(
      (item) => textAt(item, "repository") === alias,
    );
    const node = valueAt(written, "ref") ?? written;
    if (ref?.startsWith("refs/tags/") || /^[\da-f]{40}$/i.test(ref ?? "")) return [];
    if (ref === undefined && node !== written) return [];
    const branch = ref ?? "refs/heads/main";
    const isProtected = protectedRefs?.includes(`${name}@${branch}`.toLowerCase()) ?? false;
    const severity = isProtected && !isOutside(repository) ? "medium" : "high";
    const why = `${name} is taken from ${branch}, as it is when the run starts${isProtected ? ", though reviews guard that branch" : ""}`;
    return [
      node
        ? hitAt(node, { address: `${pipeline.path}/${alias}`, why, severity })
        : { at, address: alias, why, severity },
    ];
  });
}

function outsideHits(pipeline: Pipeline, { trustedOwners = [] }: PipelineFacts): readonly Hit[] {
  const checkedOut = new Set(pipeline.steps.flatMap(({ node }) => textAt(node, "checkout")?.toLowerCase() ?? []));
  const asTemplates = new Set(templateRepositories(pipeline));
  return pipeline.repositories.flatMap((repository): readonly Hit[] => {
    const { name, alias, at, type } = repository;
    if (!isOutside(repository) || trustedOwners.includes(name.split("/")[0] ?? "")) return [];
    const isTemplate = asTemplates.has(repository);
    if (!isTemplate && !checkedOut.has(alias.toLowerCase())) return [];
    const where = type === "git" ? "another organization" : type;
    const why = `${name} on ${where} ${isTemplate ? "supplies templates" : "is checked out"}`;
    return [{ at, address: `${pipeline.path}/${alias}`, why, severity: isTemplate ? undefined : "medium" }];
  });
}

function taskHits({ steps }: Pipeline, { extensionTasks }: PipelineFacts): Answer {
  const floating = steps.filter(({ task }) => task && /^\d+$/.test(task.version) && !isBuiltInTask(task.name));
  const isThirdParty = ({ task }: Step): boolean | undefined => {
    if (!task) return false;
    const name = task.name.toLowerCase();
    // An extension's tasks may be named in full; built-in tasks never are.
    return /^[\w-]+\.[\w-]+\.[\w.-]+$/.test(name) ? true : extensionTasks?.some((one) => one === name);
  };
  const hits = floating
    .filter((step) => isThirdParty(step) === true)
    .map(({ task, node, address }) =>
      hitAt(task?.at ?? node, { address, why: `${task?.name} takes whatever is newest in version ${task?.version}` }),
    );
  const unclear = floating.find((step) => isThirdParty(step) === undefined);
  if (hits.length > 0 || !unclear) return hits;
  return notEvaluated(
    `Whether ${unclear.task?.name} belongs to an extension is known only from the organization's list of tasks.`,
  );
}

function deprecatedHits({ steps }: Pipeline, { deprecatedTasks = [] }: PipelineFacts): readonly Hit[] {
  return steps.flatMap(({ task, node, address }) => {
    const isOld =
      task &&
      (taskFacts(task.name, task.version.split(".")[0] ?? "")?.isDeprecated ??
        deprecatedTasks.includes(task.name.toLowerCase()));
    return isOld
      ? [hitAt(task.at ?? node, { address, why: `${task.name}@${task.version} is no longer looked after` })]
      : [];
  });
}

function cacheHits({ pipeline, taint }: PipelineSubject): readonly Hit[] {
  return pipeline.steps.flatMap((step) => {
    if (!/^cache(?:beta)?$/i.test(step.task?.name ?? "")) return [];
    const inputs = valueAt(step.node, "inputs");
    return ["key", "restoreKeys"].flatMap((name) => {
      const node = valueAt(inputs, name);
      if (node?.is !== "scalar") return [];
      const isChosen =
        taint.inText(node, step, step.job).some((one) => one.taint.kind === "source-control") ||
        /\$\(System\.PullRequest\.PullRequestId\)/i.test(node.text);
      return isChosen
        ? [hitAt(node, { address: step.address, why: "a name that outsiders choose is part of the key" })]
        : [];
    });
  });
}

function submoduleHits({ steps }: Pipeline, { outsideSubmodules, reasons }: PipelineFacts): Answer {
  const found = steps.find(checksOutSubmodules);
  if (!found) return [];
  const { address, node } = found;
  if (!outsideSubmodules) {
    const missing = `${address} checks submodules out; their addresses stand in .gitmodules, which was not read.`;
    return notEvaluated(reasons?.outsideSubmodules ?? missing);
  }
  const [first, ...more] = outsideSubmodules;
  if (first === undefined) return [];
  const why = `${first}${more.length > 0 ? ` and ${more.length} more` : ""} belongs to others`;
  return [hitAt(valueAt(node, "submodules") ?? node, { address, why })];
}

export const rules: readonly PipelineRule[] = [
  {
    id: "cicd/azure-template-repository-floating",
    readsFacts: true,
    aliases: ["ado-yaml-template-repo-floating", "pipeline-check:ADO-025"],
    title: "Templates of another repository follow a branch",
    severity: "high",
    risks: ["CICD-SEC-3"],
    why: "Whoever may push to that branch writes the code of every pipeline that uses it, from the next run on.",
    abuse: "Somebody pushes one step to the shared templates, and it runs in all pipelines with their secrets.",
    fix: "Name a tag: ref: refs/tags/v2, and protect tags in that repository.",
    links: [templates, repositories],
    check: ({ pipeline }, facts) => floatingHits(pipeline, facts),
    examples: {
      bad: [
        "resources:\n  repositories:\n  - repository: tools\n    type: git\n    name: p/tools\n    ref: refs/heads/main\nsteps:\n- template: build.yml@tools\n",
        {
          text: "resources:\n  repositories:\n  - repository: tools\n    name: p/Tools\n    ref: refs/heads/main\nsteps:\n- template: build.yml@tools\n",
          facts: { protectedRefs: ["p/tools@refs/heads/main"] },
        },
        "resources:\n  repositories:\n  - repository: tools\n    name: p/tools\nextends:\n  template: build.yml@tools\n",
      ],
      good: [
        "resources:\n  repositories:\n  - repository: tools\n    name: p/tools\n    ref: refs/tags/v2\nsteps:\n- template: build.yml@tools\n",
        "resources:\n  repositories:\n  - repository: app\n    name: p/app\nsteps:\n- checkout: app\n",
      ],
    },
  },
  {
    id: "cicd/azure-code-from-outside",
    readsFacts: true,
    aliases: ["ado-yaml-external-template-source", "ADOScanner:ADO_Build_SI_Review_External_Sources"],
    title: "Code of the pipeline comes from outside the organization",
    severity: "high",
    risks: ["CICD-SEC-8"],
    why: "People of another organization decide what runs with this pipeline's identity.",
    abuse: "The repository outside is taken over or sold, and its templates bring new steps.",
    fix: "Mirror it into Azure Repos, review changes there, and name a tag. Or add its owner to those you trust.",
    links: [repositories],
    check: ({ pipeline }, facts) => outsideHits(pipeline, facts),
    examples: {
      bad: [
        "resources:\n  repositories:\n  - repository: t\n    type: github\n    name: contoso/templates\n    ref: refs/tags/v1\n    endpoint: c\nsteps:\n- template: a.yml@t\n",
      ],
      good: [
        "resources:\n  repositories:\n  - repository: t\n    type: git\n    name: p/templates\n    ref: refs/tags/v1\nsteps:\n- template: a.yml@t\n",
        {
          text: "resources:\n  repositories:\n  - repository: t\n    type: github\n    name: contoso/templates\n    ref: refs/tags/v1\nsteps:\n- template: a.yml@t\n",
          facts: { trustedOwners: ["contoso"] },
        },
      ],
    },
  },
  {
    id: "cicd/azure-extension-task-floating",
    readsFacts: true,
    aliases: ["ado-yaml-thirdparty-task-floating", "pipeline-check:ADO-001"],
    title: "A task of an extension is taken in its newest version",
    severity: "medium",
    risks: ["CICD-SEC-3", "CICD-SEC-8"],
    why: "A new version of the extension runs everywhere at once, without a change in any repository.",
    abuse: "A publisher's account is taken over; the next update of the task collects secrets in every run.",
    fix: "Use few extensions, of publishers you know; watch their updates, and name a full version (Task@1.2.3) where you can.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/tasks"],
    check: ({ pipeline }, facts) => taskHits(pipeline, facts),
    examples: {
      bad: [
        "steps:\n- task: contoso.deploy-extension.deploy-task.Deploy@1\n",
        { text: "steps:\n- task: Deploy@1\n", facts: { extensionTasks: ["deploy"] } },
      ],
      good: ["steps:\n- task: DotNetCoreCLI@2\n- task: contoso.deploy-extension.deploy-task.Deploy@1.2.3\n"],
    },
  },
  {
    id: "cicd/azure-task-deprecated",
    readsFacts: true,
    aliases: ["ado-yaml-deprecated-task"],
    title: "A task is used in a version that is no longer looked after",
    severity: "low",
    risks: ["CICD-SEC-7"],
    why: "Old versions miss what newer ones do against injected arguments, and run on runtimes without updates.",
    abuse: "A flaw of the old task or its runtime stays usable for as long as the pipeline names it.",
    fix: "Move to the newest major version of the task.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/"],
    check: ({ pipeline }, facts) => deprecatedHits(pipeline, facts),
    examples: {
      bad: [
        "steps:\n- task: AzureCLI@1\n",
        { text: "steps:\n- task: OldDeploy@1\n", facts: { deprecatedTasks: ["olddeploy"] } },
      ],
      good: ["steps:\n- task: AzureCLI@2\n"],
    },
  },
  {
    id: "cicd/azure-cache-key-chosen",
    aliases: ["ado-yaml-cache-key-tainted", "pipeline-check:ADO-012"],
    title: "The key of a cache holds a name that outsiders choose",
    severity: "low",
    risks: ["CICD-SEC-9"],
    why: "Whoever chooses the key chooses which entry is restored, within the branches whose caches a run may read.",
    abuse: "A branch with the right name fills an entry that another run of the same scope takes for its own.",
    fix: "Build the key from the hash of lock files.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/release/caching"],
    check: cacheHits,
    examples: {
      bad: ["steps:\n- task: Cache@2\n  inputs:\n    key: 'a | $(Build.SourceBranchName)'\n    path: p\n"],
      good: ["steps:\n- task: Cache@2\n  inputs:\n    key: 'npm | \"$(Agent.OS)\" | package-lock.json'\n    path: p\n"],
    },
  },
  {
    id: "cicd/azure-submodules-recursive",
    readsFacts: true,
    aliases: ["ado-yaml-submodule-external"],
    title: "Submodules are checked out without a look at where they come from",
    severity: "low",
    risks: ["CICD-SEC-3"],
    why: "A submodule's repository is code of the build, and may belong to somebody else.",
    abuse: "The owner of a submodule's repository outside moves what its commit builds from.",
    fix: "Mirror what is outside of the organization, or keep a copy in the repository.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/steps-checkout"],
    check: ({ pipeline }, facts) => submoduleHits(pipeline, facts),
    examples: {
      bad: [
        {
          text: "steps:\n- checkout: self\n  submodules: recursive\n",
          facts: { outsideSubmodules: ["https://git.example/other/lib.git"] },
        },
      ],
      good: [
        "steps:\n- checkout: self\n",
        { text: "steps:\n- checkout: self\n  submodules: true\n", facts: { outsideSubmodules: [] } },
      ],
    },
  },
];
