/** Images that jobs run in, and what they may do to their host. */
import type { PipelineNode, ScalarNode } from "../../../formats/azure-pipeline/source-node.ts";
import { isFalse, isTrue, textAt, valueAt } from "../../../formats/azure-pipeline/source-node.ts";
import { type ImageName, parseImageName } from "../../../iac/languages/dockerfile/image-name.ts";
import { hitAt } from "../../azure/hits.ts";
import type { Container, Pipeline } from "../../azure/pipeline.ts";
import type { PipelineFacts } from "../../azure/pipeline-facts.ts";
import type { PipelineRule } from "../../azure/pipeline-rule.ts";
import { poolOf } from "../../azure/pool-of-job.ts";
import { anyOf, searchScripts } from "../../azure/search-scripts.ts";
import type { Hit } from "../../cicd-rule.ts";
import { addKeys, setKey } from "../../edits/azure-edits.ts";

const containers = "https://learn.microsoft.com/azure/devops/pipelines/process/container-phases";

interface Used {
  readonly container: Container;
  readonly address: string;
}

/** Those of jobs and services, and those that are only named under `resources`, each once. */
function usedContainers({ jobs, containers: named, path }: Pipeline): readonly Used[] {
  const found = new Map<PipelineNode, Used>();
  for (const container of named)
    found.set(container.node, { container, address: `${path}/${container.alias ?? "container"}` });
  for (const { container, services, address } of jobs) {
    for (const one of [...(container ? [container] : []), ...services]) {
      if (!found.has(one.node)) found.set(one.node, { container: one, address });
    }
  }
  return [...found.values()];
}

function imageHits(pipeline: Pipeline, judge: (image: ImageName) => string | undefined): readonly Hit[] {
  return usedContainers(pipeline).flatMap(({ container: { image }, address }) => {
    if (!image || isWorkedOut(image)) return [];
    const why = judge(parseImageName(image.text.trim()));
    return why === undefined ? [] : [hitAt(image, { address, why })];
  });
}

/** A macro or expression decides; what comes out of it is not known. */
function isWorkedOut({ text, pieces }: ScalarNode): boolean {
  return /\$[([{]/.test(text) || (pieces?.some(({ known }) => !known) ?? false);
}

const floating = new Set(["latest", "stable", "edge", "nightly", "dev", "main", "master", ""]);
const dangerous =
  /--privileged\b|--cap-add[= ]+["']?(?:ALL|(?:CAP_)?(?:SYS_ADMIN|SYS_PTRACE|SYS_MODULE|NET_ADMIN|DAC_READ_SEARCH))\b|--(?:pid|network|net|ipc|userns|uts)[= ]+["']?host\b|(?:-v|--volume)[= ]+["']?\/:|docker\.sock|--security-opt[= ]+["']?(?:seccomp|apparmor)[=:]unconfined|--device[= ]+["']?\/dev\/(?:sd|mem|kmsg)/i;
const volume = /^\/:|docker\.sock/;
const dockerRun = /\b(?:docker|podman|nerdctl)\s+(?:container\s+)?(?:run|create|exec)\b/i;

const noSocket = { title: "Set mapDockerSocket to false", safe: false };

const inScript = anyOf([[dangerous, "the container gets the host's rights"]]);

function hostHits(pipeline: Pipeline, facts: PipelineFacts): readonly Hit[] {
  const written = usedContainers(pipeline).flatMap(({ container: { node }, address }): readonly Hit[] => {
    const options = valueAt(node, "options");
    if (options?.is === "scalar" && dangerous.test(options.text.slice(0, 4000))) {
      return [hitAt(options, { address, why: "the container gets the host's rights" })];
    }
    const socket = valueAt(node, "mapDockerSocket");
    if (socket && isTrue(socket))
      return [
        {
          ...hitAt(socket, { address, why: "the host's Docker socket is in the container" }),
          edit: () => setKey(node, "mapDockerSocket", "false", noSocket),
        },
      ];
    const volumes = valueAt(node, "volumes");
    const open =
      volumes?.is === "list" ? volumes.items.find((one) => one.is === "scalar" && volume.test(one.text)) : undefined;
    return open ? [hitAt(open, { address, why: "the host's files are in the container" })] : [];
  });
  const mapped = pipeline.jobs.flatMap((job): readonly Hit[] => {
    const { container, address } = job;
    if (!container || poolOf(job, facts).is !== "own" || isFalse(valueAt(container.node, "mapDockerSocket"))) return [];
    if (isTrue(valueAt(container.node, "mapDockerSocket"))) return [];
    const why = "a self-hosted agent puts the host's Docker socket into it unless mapDockerSocket is false";
    const edit = () => addKeys(container.node, { mapDockerSocket: "false" }, noSocket);
    return [{ ...hitAt(container.node, { address, why }), edit }];
  });
  const scripts = searchScripts(pipeline, (line, script, step) =>
    dockerRun.test(line) ? inScript(line, script, step) : undefined,
  );
  return [...written, ...mapped, ...dockerTasks(pipeline), ...scripts];
}

function dockerTasks({ steps }: Pipeline): readonly Hit[] {
  return steps.flatMap(({ task, node, address }) => {
    if (!task || !/^docker/i.test(task.name)) return [];
    const inputs = valueAt(node, "inputs");
    const found = ["arguments", "runOptions", "memoryLimit"].map((key) => valueAt(inputs, key));
    const wrong = found.find(
      (one) => one?.is === "scalar" && dangerous.test(textAt(inputs, "arguments")?.slice(0, 4000) ?? ""),
    );
    return wrong ? [hitAt(wrong, { address, why: "the container gets the host's rights" })] : [];
  });
}

export const rules: readonly PipelineRule[] = [
  {
    id: "cicd/azure-container-floating-tag",
    aliases: ["ado-yaml-container-floating-tag", "pipeline-check:ADO-005", "checkov:CKV_AZUREPIPELINES_1"],
    title: "A job runs in an image without a fixed version",
    severity: "medium",
    risks: ["CICD-SEC-3"],
    why: "The image is whatever was pushed last, and runs with the pipeline's secrets.",
    abuse: "Whoever may push to the image's repository changes the build environment of the next run.",
    fix: "Name a version, or better the digest of an image that was looked at.",
    links: [containers],
    check: ({ pipeline }) =>
      imageHits(pipeline, ({ tag, digest }) => {
        if (digest !== undefined) return undefined;
        if (tag === undefined) return "no version is named, which means latest";
        return floating.has(tag.toLowerCase()) ? `${tag} is moved with every release` : undefined;
      }),
    examples: {
      bad: [
        "resources:\n  containers:\n  - container: c\n    image: python:latest\njobs:\n- job: a\n  container: c\n  steps:\n  - script: make\n",
        "container: registry.example:5000/tools/build\nsteps:\n- script: make\n",
      ],
      good: ["container: registry.example:5000/tools/build:1.4\nsteps:\n- script: make\n"],
    },
  },
  {
    id: "cicd/azure-container-not-pinned",
    aliases: ["ado-yaml-container-not-digest", "pipeline-check:ADO-009", "checkov:CKV_AZUREPIPELINES_2"],
    title: "A job runs in an image that is not pinned to a digest",
    severity: "low",
    risks: ["CICD-SEC-3"],
    why: "A tag can be moved to another image without a trace in the repository.",
    abuse: "Somebody who takes over the image's publisher pushes their own image under the same tag.",
    fix: "Write the digest behind the version, and let a bot keep it up to date.",
    links: [containers],
    check: ({ pipeline }) =>
      imageHits(pipeline, ({ digest }) => (digest === undefined ? "no digest is named" : undefined)),
    examples: {
      bad: ["jobs:\n- job: a\n  container: node:22.4\n  steps:\n  - script: make\n"],
      good: [`jobs:\n- job: a\n  container: node:22.4@sha256:${"0".repeat(64)}\n  steps:\n  - script: make\n`],
    },
  },
  {
    id: "cicd/azure-container-controls-host",
    readsFacts: true,
    aliases: ["ado-yaml-container-host-escape", "pipeline-check:ADO-017"],
    title: "A container of the pipeline can control its host",
    severity: "high",
    risks: ["CICD-SEC-7"],
    why: "With the host's Docker socket, its namespaces or all capabilities a container is no boundary.",
    abuse:
      "Code in the container starts another one with the host's file system, and reads the agent's credentials and other jobs' files.",
    fix: "Take the options away, set mapDockerSocket: false, and run untrusted work on agents that are thrown away.",
    links: [containers],
    check: ({ pipeline }, facts) => hostHits(pipeline, facts),
    examples: {
      bad: [
        "jobs:\n- job: a\n  container:\n    image: u:1\n    options: --privileged\n  steps:\n  - script: make\n",
        "steps:\n- script: docker run --network=host builder make\n",
        "steps:\n- bash: |\n    docker run --rm \\\n      -v /var/run/docker.sock:/var/run/docker.sock \\\n      builder\n",
        {
          text: "pool: own\ncontainer: u:1\nsteps:\n- script: make\n",
          facts: { pools: { own: { isHosted: false, isEphemeral: false } } },
        },
      ],
      good: ["container:\n  image: u:1\n  options: --cpus 2\nsteps:\n- script: docker run --rm builder ./test.sh\n"],
    },
  },
];
