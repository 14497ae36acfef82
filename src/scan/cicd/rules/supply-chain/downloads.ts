/** What scripts fetch from elsewhere and run. Long, because each rule has its words and examples. */
import { isTrue, textAt, textOf, valueAt } from "../../../formats/azure-pipeline/source-node.ts";
import { commandLines } from "../../azure/commands.ts";
import { hitAt, hitIn } from "../../azure/hits.ts";
import type { Job, Pipeline, Step } from "../../azure/pipeline.ts";
import type { PipelineFacts } from "../../azure/pipeline-facts.ts";
import type { PipelineRule } from "../../azure/pipeline-rule.ts";
import { anyOf, type Found, hasLine, searchScripts, searchStep } from "../../azure/search-scripts.ts";
import type { Hit } from "../../cicd-rule.ts";

const integrity =
  "https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-09-Improper-Artifact-Integrity-Validation";

const fetched = String.raw`\b(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod)\b(?:\.exe)?`;
const interpreter = String.raw`(?:sudo\s+(?:-\S+\s+)*)?(?:\S*\/)?(?:ba|z|k|da|a)?sh|(?:sudo\s+(?:-\S+\s+)*)?(?:\S*\/)?(?:python[\d.]*|node|perl|ruby|php|pwsh|powershell)`;
const piped: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      String.raw`${fetched}[^|\n]{0,1500}\|\s*(?:\w+\s+[^|]{0,200}\|\s*)?(?:${interpreter})(?=$|[\s;&|"'()-])`,
      "i",
    ),
    "what is downloaded is run at once",
  ],
  [
    new RegExp(
      String.raw`(?:\beval\b|\bsource\b|(?:^|[;&|]\s*)\.|(?:\b(?:ba|z|da)?sh|python[\d.]*|node|perl|ruby)(?:\s+-\w+)*)\s+["']?(?:<\(|\$\(|${"`"})\s*${fetched}`,
      "i",
    ),
    "what is downloaded is run at once",
  ],
  [
    new RegExp(String.raw`${fetched}[^\n]{0,1500}\|\s*(?:iex|invoke-expression)\b`, "i"),
    "what is downloaded is run at once",
  ],
  [
    /\b(?:iex|invoke-expression)\b[^\n]{0,300}(?:downloadstring|\biwr\b|\birm\b|invoke-webrequest|invoke-restmethod|\bcurl\b|\bwget\b)/i,
    "what is downloaded is run at once",
  ],
  [/downloadstring\s*\([^\n]{0,1500}\|\s*(?:iex|invoke-expression)\b/i, "what is downloaded is run at once"],
];
const findPiped = anyOf(piped);
/** A commit in the address is as good as a checksum. */
const pinnedAddress = /https:\/\/[^\s"'|]{0,500}[/@=][\da-f]{40}(?:[^\da-f]|$)/i;
const verification =
  /\b(?:sha(?:256|384|512)sum|shasum|md5sum|cksum)\b[^\n]{0,300}(?:-c\b|--check\b)|get-filehash|certutil\s+-hashfile|\bgpg\b[^\n]{0,200}--verify|\bcosign\s+verify|\bslsa-verifier\b|\bnotation\s+verify|\bminisign\b[^\n]{0,100}-V|signtool\s+verify|get-authenticodesignature|dotnet\s+nuget\s+verify|gh\s+attestation\s+verify|openssl\s+dgst[^\n]{0,200}-verify|\bsha256sum\b[^\n]{0,200}\||--checksum\b/i;

function remoteHits(pipeline: Pipeline): readonly Hit[] {
  return searchScripts(pipeline, (line, script, step) =>
    pinnedAddress.test(line) ? undefined : findPiped(line, script, step),
  );
}

const saved = [
  /\bcurl\b[^|;&\n]{0,1000}?(?:-\w*o|--output)[= ]+["']?([^\s"';|&]{1,200})/i,
  /\bwget\b[^|;&\n]{0,1000}?(?:-O|--output-document)[= ]*["']?([^\s"';|&]{1,200})/,
  /\b(?:iwr|invoke-webrequest|irm|invoke-restmethod)\b[^|;\n]{0,1000}?-outfile\s+["']?([^\s"';|]{1,200})/i,
  /\b(?:curl|wget)\b[^|\n]{0,1000}?>\s*["']?([^\s"';|&]{1,200})/i,
  /\bcurl\b[^|;&\n]{0,500}?(?:\s-\w*O\b|--remote-name)[^|;&\n]{0,300}?\/([\w.+-]{1,200})(?=["'\s;&|]|$)/,
  /\bwget\s+(?:-(?!O)[\w-]+\s+){0,6}["']?https?:\/\/[^\s"'|;&]{1,500}\/([\w.+-]{1,200})(?=["'\s;&|]|$)/,
];

/** Each is looked for in all that follows. */
const mostDownloads = 200;

function downloadHits({ jobs }: Pipeline): readonly Hit[] {
  return jobs.flatMap((job) => {
    if (job.steps.some((step) => hasLine(step, verification))) return [];
    let left = mostDownloads;
    return job.steps.flatMap((step, index) =>
      searchStep(step, (line, script): Found | undefined => {
        if (pinnedAddress.test(line)) return undefined;
        for (const pattern of saved) {
          const match = pattern.exec(line);
          const name = match?.[1] && fileName(match[1]);
          if (!match || !name || name.length < 2 || --left < 0) continue;
          const rest = line.slice(match.index + match[0].length);
          if (!runs(rest, name) && !isRunLater(job, index, name, script.node.text)) continue;
          return {
            start: match.index,
            end: match.index + match[0].length,
            why: `${name} is downloaded and run without a check of what it is`,
          };
        }
        return undefined;
      }),
    );
  });
}

function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

function isRunLater({ steps }: Job, from: number, name: string, first: string): boolean {
  if (runs(first, name)) return true;
  return steps.slice(from + 1).some(({ scripts }) => scripts.some(({ node }) => runs(node.text, name)));
}

/** Made executable, started, installed or given to an interpreter. */
function runs(text: string, name: string): boolean {
  if (!text.includes(name)) return false;
  const quoted = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const before = String.raw`(?:chmod\s+(?:\S+\s+)?\S{0,200}|(?:^|[;&|]\s*|\bsudo\s+)(?:\.\/|&\s*\S{0,100}|\S{0,200}\/)|\b(?:ba|z|da)?sh\s+(?:-\w+\s+)*\S{0,200}|\b(?:python[\d.]*|node|pwsh|powershell)\s+(?:-\w+\s+){0,5}\S{0,200}|\b(?:dpkg|rpm|installer|msiexec|start-process|apt(?:-get)?\s+install|install)\s+(?:\S+\s+){0,5}\S{0,200})`;
  return new RegExp(`${before}${quoted}\\b`, "im").test(text.slice(0, 50_000));
}

const unlocked: readonly (readonly [RegExp, string])[] = [
  [
    /(?:^|[;&|(]\s*|\s)npm\s+(?:install|i|add)\b(?![^;&|\n]*(?:\s-g\b|--global\b|--location=global))/i,
    "npm install may take other versions than the lock file has; npm ci does not",
  ],
  [
    /(?:^|[;&|(]\s*)yarn(?:\s+install)?(?=\s*(?:$|[;&|]|--))(?![^;&|\n]*(?:--frozen-lockfile|--immutable|--version))/i,
    "yarn may change the lock file without --frozen-lockfile or --immutable",
  ],
  [/(?:^|[;&|(]\s*)pnpm\s+(?:install|i)\b(?=[^;&|\n]*--no-frozen-lockfile)/i, "pnpm is told to pass the lock file by"],
  [
    /\bpip[\d.]*\s+install\b(?![^;&|\n]*(?:--require-hashes|--no-deps\s+-e|\s-c\s|\s--constraint))(?=[^;&|\n]*\s)/i,
    "pip takes whatever version is newest without --require-hashes",
  ],
  [/\bdotnet\s+restore\b(?=[^;&|\n]*--force-evaluate)/i, "dotnet restore is told to pass the lock file by"],
  [
    /\bbundle\s+update\b|\bcomposer\s+update\b|\bpoetry\s+update\b|\bcargo\s+update\b/i,
    "the lock file is made anew in the build",
  ],
];
const findUnlocked = anyOf(unlocked);
/** Tools that install themselves or the project, and packages in an exact version. */
const harmless =
  /\bpip[\d.]*\s+install\s+(?:(?:-\w|--[\w-]+)(?:[= ]\S+)?\s+)*(?:pip|setuptools|wheel|build|twine|-e\s+\.|\.(?:\[[\w,-]*\])?)(?:\s+(?:pip|setuptools|wheel|build|twine))*\s*$/i;

function unlockedHits(pipeline: Pipeline): readonly Hit[] {
  const inScripts = searchScripts(pipeline, (line, script, step) =>
    harmless.test(line.trim()) ? undefined : findUnlocked(line, script, step),
  );
  const inTasks = pipeline.steps.flatMap((step) => {
    if (!/^npm$/i.test(step.task?.name ?? "")) return [];
    const command = valueAt(valueAt(step.node, "inputs"), "command");
    const said = textOf(command) ?? "install";
    if (said.toLowerCase() !== "install") return [];
    return [
      hitAt(command ?? step.task?.at ?? step.node, {
        address: step.address,
        why: "npm install may take other versions than the lock file has; command: ci does not",
      }),
    ];
  });
  return [...inScripts, ...inTasks];
}

const extraIndex = anyOf([
  [
    /--extra-index-url\b|\bPIP_EXTRA_INDEX_URL\b/i,
    "pip takes the higher version of both indexes, whoever published it",
  ],
]);

function mixedHits(pipeline: Pipeline, { internalPackages }: PipelineFacts): readonly Hit[] {
  const own = new Set(internalPackages);
  const inScripts = searchScripts(pipeline, (line, script, step) => {
    const found = extraIndex(line, script, step);
    if (!found || !internalPackages) return found;
    if (own.size === 0)
      return { ...found, why: `${found.why}; no feed that is known holds a package of one's own`, severity: "medium" };
    const named = line
      .split(/\s+/)
      .map(packageName)
      .find((name) => own.has(name));
    return named === undefined
      ? found
      : { ...found, why: `${found.why}; ${named} is a package of one's own`, severity: "critical" };
  });
  const inEnvironments = pipeline.steps.flatMap(({ env, address }) =>
    env
      .filter(({ name }) => /^PIP_EXTRA_INDEX_URL$/i.test(name))
      .map(({ value }) => hitAt(value, { address, why: "pip takes the higher version of both indexes" })),
  );
  return [...inScripts, ...inEnvironments];
}

/** As indexes of Python compare names: `Internal_Lib[x]>=2` is `internal-lib`. */
function packageName(word: string): string {
  return word
    .replace(/^["']/, "")
    .replace(/[[=<>!~;"'].*$/, "")
    .replaceAll(/[-_.]+/g, "-")
    .toLowerCase();
}

function artifactHits({ jobs, upstreams }: Pipeline, facts: PipelineFacts): readonly Hit[] {
  return jobs.flatMap((job) => {
    if (job.steps.some((step) => hasLine(step, verification))) return [];
    return job.steps.flatMap((step, index) => {
      const why = untrustedRun(step, upstreams, facts);
      if (why === undefined) return [];
      const isUsed =
        job.is === "deployment" ||
        job.steps.slice(index + 1).some((one) => one.scripts.length > 0 || one.connections.length > 0);
      return isUsed ? [hitAt(step.node, { address: step.address, why })] : [];
    });
  });
}

/** Why nobody vouches for the run that the artifact is of; undefined if somebody does, or it is this run. */
function untrustedRun(step: Step, upstreams: Pipeline["upstreams"], facts: PipelineFacts): string | undefined {
  const alias = textAt(step.node, "download");
  if (alias !== undefined) {
    if (/^(?:none|current)$/i.test(alias)) return undefined;
    const upstream = upstreams.find((one) => one.alias.toLowerCase() === alias.toLowerCase());
    if (upstream && isNarrowed(upstream.node)) return undefined;
    return anyRun(`the run of ${alias}`, textAt(upstream?.node, "source"), facts);
  }
  if (!/^download(?:pipeline|build)artifacts?$/i.test(step.task?.name ?? "")) return undefined;
  const inputs = valueAt(step.node, "inputs");
  const source = textAt(inputs, "buildType") ?? textAt(inputs, "source") ?? textAt(inputs, "sourceType") ?? "current";
  if (!/^specific/i.test(source)) return undefined;
  if (isTrue(valueAt(inputs, "allowFailedBuilds")) || isTrue(valueAt(inputs, "allowPartiallySucceededBuilds")))
    return "runs that failed count, too";
  const version = textAt(inputs, "buildVersionToDownload") ?? textAt(inputs, "runVersion") ?? "latest";
  const branch = textAt(inputs, "branchName") ?? textAt(inputs, "runBranch");
  if (/^latestfrombranch$/i.test(version) && branch !== undefined) return undefined;
  if (/^specific$/i.test(version)) return undefined;
  return anyRun("the latest run", textAt(inputs, "definition") ?? textAt(inputs, "pipeline"), facts);
}

/** Where it is known that the other pipeline runs only what was reviewed, its latest run will do. */
function anyRun(what: string, source: string | undefined, { upstreams }: PipelineFacts): string | undefined {
  const known = source === undefined ? undefined : upstreams?.[source.replace(/^\\/, "").toLowerCase()];
  if (known?.isUnreviewed === false) return undefined;
  return `${what} is of any branch${known ? `: ${source} runs code that nobody reviewed` : ", also of pull requests"}`;
}

function isNarrowed(node: Parameters<typeof valueAt>[0]): boolean {
  return (
    valueAt(node, "branch") !== undefined ||
    valueAt(node, "tags") !== undefined ||
    textAt(node, "version") !== undefined
  );
}

const pushes =
  /\b(?:docker|podman|buildah)\s+(?:image\s+)?(?:push|build)\b|\bdocker\s+buildx\s+build\b|\b(?:npm|yarn|pnpm)\s+publish\b|\btwine\s+upload\b|\b(?:dotnet\s+)?nuget\s+push\b|\bmvn\b[^\n]{0,300}\bdeploy\b|\bhelm\s+push\b|\bcargo\s+publish\b|\bgem\s+push\b|\baz\s+artifacts\s+universal\s+publish\b|\boras\s+push\b|\baz\s+acr\s+build\b/i;
const vouches =
  /\bcosign[\s-]+(?:sign|attest)|\bnotation[\s-]+sign|\bsyft\b|\bcyclonedx|\bspdx\b|\bsbom\b|\bsigntool\s+sign|\bnuget\s+sign\b|\bgpg\b[^\n]{0,200}(?:--sign|--detach-sign|-b\b)|\bslsa\b|\bin-toto\b|\btrivy\b[^\n]{0,200}--format\s+(?:cyclonedx|spdx)|--provenance\b|--sbom\b|\bsigstore\b|gh\s+attestation|\bwitness\s+run\b/i;
const pushTasks = /^(?:docker|nugetcommand|universalpackages|npm(?:publish)?|helmdeploy|twineauthenticate)$/i;
const vouchTasks = /sbom|manifestgenerator|sign|notation|cosign|attest/i;

function provenanceHits({ steps }: Pipeline): readonly Hit[] {
  const vouching = steps.some((step) => hasLine(step, vouches) || vouchTasks.test(step.task?.name ?? ""));
  if (vouching) return [];
  const first = steps.find((step) => hasLine(step, pushes) || isPushTask(step));
  if (!first) return [];
  const script = first.scripts.find((one) => pushes.test(one.node.text));
  const line = script && commandLines(script).find(({ text }) => pushes.test(text));
  const words = {
    address: first.address,
    why: "what it makes goes out without a signature or a list of what is in it",
  };
  return [
    script && line
      ? hitIn(script.node, line.start, line.start + line.text.trimEnd().length, words)
      : hitAt(first.node, words),
  ];
}

function isPushTask({ task, node }: Step): boolean {
  if (!task || !pushTasks.test(task.name)) return false;
  return /push|publish|package/i.test(textAt(valueAt(node, "inputs"), "command") ?? "");
}

const mixed = "steps:\n- script: pip install --extra-index-url https://pkgs.example/simple internal-lib\n";
const taken =
  "resources:\n  pipelines:\n  - pipeline: up\n    source: build\nsteps:\n- download: up\n- script: ./up/install.sh\n";

export const rules: readonly PipelineRule[] = [
  {
    id: "cicd/azure-remote-script-executed",
    aliases: [
      "ado-yaml-remote-script-exec",
      "poutine:unverified_script_exec",
      "pipeline-check:ADO-016",
      "prisma:Missing integrity check for downloaded executable",
    ],
    title: "A downloaded script is run without a look at it",
    severity: "high",
    risks: ["CICD-SEC-9", "CICD-SEC-3"],
    why: "Whoever controls the address, or the way to it, runs commands in the pipeline.",
    abuse: "The host of the script is taken over, and serves another script to build machines.",
    fix: "Download the file, compare it with a checksum that stands in the repository, then run it.",
    links: [integrity],
    check: ({ pipeline }) => remoteHits(pipeline),
    examples: {
      bad: [
        "steps:\n- script: curl https://example.test/install.sh | bash\n",
        "steps:\n- bash: |\n    curl -sSL $(url) \\\n      | sudo -E bash -\n",
        "steps:\n- pwsh: iex (iwr https://example.test/a.ps1).Content\n",
        "steps:\n- bash: bash <(curl -s https://example.test/x)\n",
      ],
      good: [
        "steps:\n- script: curl -o a.json https://example.test/a.json\n",
        `steps:\n- bash: curl https://example.test/raw/${"ab12".repeat(10)}/install.sh | bash\n`,
        "steps:\n- bash: |\n    # curl https://example.test/install.sh | bash\n    make\n",
      ],
    },
  },
  {
    id: "cicd/azure-download-unverified",
    aliases: [
      "ado-yaml-download-unverified",
      "prisma:Missing integrity check for downloaded executable in Azure Pipelines",
    ],
    title: "A downloaded program is run without a check of what it is",
    severity: "medium",
    risks: ["CICD-SEC-9"],
    why: "A changed file at the same address runs with the pipeline's secrets.",
    abuse: "Somebody replaces a release, or the file on its way, by their own program.",
    fix: "Compare the file with a checksum or a signature before it is run.",
    links: [integrity],
    check: ({ pipeline }) => downloadHits(pipeline),
    examples: {
      bad: ["steps:\n- bash: |\n    curl -Lo tool https://example.test/tool\n    chmod +x tool\n    ./tool\n"],
      good: [
        'steps:\n- bash: |\n    curl -Lo tool https://example.test/tool\n    echo "$(sum)  tool" | sha256sum --check\n    chmod +x tool\n',
        "steps:\n- bash: curl -o data.json https://example.test/data.json\n",
      ],
    },
  },
  {
    id: "cicd/azure-install-passes-lock-file-by",
    aliases: [
      "ado-yaml-install-unlocked",
      "pipeline-check:ADO-021",
      "prisma:Packages insecurely installed through npm install",
    ],
    title: "Packages are installed past the lock file",
    severity: "medium",
    risks: ["CICD-SEC-3"],
    why: "The build takes versions that nobody has looked at.",
    abuse: "A malicious release of a package is pulled into the next build within minutes.",
    fix: "Use npm ci, yarn --immutable, pip install --require-hashes -r, dotnet restore --locked-mode.",
    links: ["https://docs.npmjs.com/cli/commands/npm-ci"],
    check: ({ pipeline }) => unlockedHits(pipeline),
    examples: {
      bad: [
        "steps:\n- script: npm install\n",
        "steps:\n- script: pip install requests\n",
        "steps:\n- task: Npm@1\n  inputs:\n    command: install\n",
      ],
      good: [
        "steps:\n- script: npm ci\n- script: pip install --require-hashes -r requirements.txt\n- script: yarn install --frozen-lockfile\n",
      ],
    },
  },
  {
    id: "cicd/azure-install-mixes-indexes",
    readsFacts: true,
    aliases: ["ado-yaml-extra-index-confusion", "prisma:Internal NPM package is not scoped"],
    title: "Packages are installed from a private and a public index at once",
    severity: "high",
    risks: ["CICD-SEC-3"],
    why: "The higher version wins, so a public package may take the place of an internal one.",
    abuse: "Somebody publishes the name of an internal package with version 99, and the next build installs it.",
    fix: "Use one index: a feed with upstream sources, --index-url instead of --extra-index-url.",
    links: ["https://learn.microsoft.com/azure/devops/artifacts/concepts/upstream-sources"],
    check: ({ pipeline }, facts) => mixedHits(pipeline, facts),
    examples: {
      bad: [
        mixed,
        { text: mixed, facts: { internalPackages: ["internal-lib"] } },
        { text: mixed, facts: { internalPackages: [] } },
      ],
      good: ["steps:\n- script: pip install --index-url https://pkgs.example/simple internal-lib\n"],
    },
  },
  {
    id: "cicd/azure-artifact-of-any-run",
    readsFacts: true,
    aliases: ["ado-yaml-artifact-untrusted-run", "pipeline-check:ADO-010"],
    title: "An artifact is taken from a run that nobody vouches for",
    severity: "high",
    risks: ["CICD-SEC-9"],
    why: "The latest run of the other pipeline may be that of a branch or pull request which nobody reviewed.",
    abuse: "Somebody lets the other pipeline build their branch; this pipeline deploys what came out.",
    fix: "Name the branch (branch: main, or latestFromBranch), and check a signature before use.",
    links: [integrity, "https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/resources-pipelines-pipeline"],
    check: ({ pipeline }, facts) => artifactHits(pipeline, facts),
    examples: {
      bad: [taken, { text: taken, facts: { upstreams: { build: { isUnreviewed: true } } } }],
      good: [
        { text: taken, facts: { upstreams: { build: { isUnreviewed: false } } } },
        "resources:\n  pipelines:\n  - pipeline: up\n    source: build\n    branch: main\nsteps:\n- download: up\n- script: ./up/install.sh\n",
        "resources:\n  pipelines:\n  - pipeline: up\n    source: build\nsteps:\n- download: up\n- script: sha256sum -c up/sums && ./up/install.sh\n",
        "steps:\n- download: current\n- script: ./install.sh\n",
      ],
    },
  },
  {
    id: "cicd/azure-publishes-without-provenance",
    aliases: ["ado-yaml-no-provenance", "pipeline-check:ADO-006", "pipeline-check:ADO-007", "pipeline-check:ADO-024"],
    title: "What the pipeline publishes is neither signed nor listed",
    severity: "low",
    risks: ["CICD-SEC-9"],
    why: "Nobody can tell a genuine artifact from one that was pushed with stolen credentials.",
    abuse: "Somebody with the registry's password pushes their own image under the known name.",
    fix: "Add a step that signs (cosign, notation) and one that writes a bill of materials.",
    links: [integrity],
    check: ({ pipeline }) => provenanceHits(pipeline),
    examples: {
      bad: ["steps:\n- script: docker push registry.example/app:v1\n"],
      good: [
        "steps:\n- script: docker push registry.example/app:v1\n- script: cosign sign --yes registry.example/app:v1\n",
      ],
    },
  },
];
