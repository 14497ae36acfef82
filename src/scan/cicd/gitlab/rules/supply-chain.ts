/** What a pipeline fetches and runs, and whether somebody else can exchange it. */
import { type Block, child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { Hit } from "../../cicd-rule.ts";
import { placeIn } from "../../github/place-in.ts";
import { findRemoteScripts } from "../../github/remote-script.ts";
import type { GitlabPart } from "../gitlab-pipeline.ts";
import type { GitlabRule } from "../gitlab-rule.ts";

export const unpinnedImage: GitlabRule = {
  id: "cicd/gitlab-unpinned-image",
  aliases: ["gl-unpinned-image", "pipeline-check:GL-001"],
  title: "A job's image is whatever its tag names today",
  severity: "medium",
  risks: ["CICD-SEC-3"],
  why: "Tags such as `latest` or `3` are moved to every new image; the job then runs inside something nobody looked at.",
  abuse: "Somebody with the password of the image's publisher pushes a new `latest` that copies the job's variables.",
  fix: "Name a full version, or better the digest: `python:3.12.1-slim@sha256:...`; Renovate keeps both up to date.",
  links: ["https://docs.gitlab.com/ci/yaml/#image"],
  check: ({ parts, body }) => parts.flatMap((part) => imagesOf(part).flatMap((image) => looseImage(image, part, body))),
  examples: {
    bad: [
      "image: python\na:\n  script: [pytest]\n",
      'a:\n  image: { name: "node:latest" }\n  script: [npm test]\n',
      'a:\n  services: ["postgres:16"]\n  script: [pytest]\n',
      "a:\n  image: ${CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX}/node\n  script: [npm test]\n",
      'variables: { IMAGE: "python:latest" }\na:\n  image: $IMAGE\n  script: [pytest]\n',
    ],
    good: [
      "image: python:3.12.1-slim\na:\n  script: [pytest]\n",
      "image: python@sha256:c36050afdca850f23cef85703f84c7531a5ae155a11b5ee1c60acb09937c4084\na:\n  script: [pytest]\n",
      "a:\n  image: registry.example/$IMAGE\n  script: [pytest]\n",
      "a:\n  image: $CI_REGISTRY_IMAGE/build:$CI_COMMIT_SHA\n  script: [pytest]\n",
    ],
  },
};

function imagesOf({ body }: GitlabPart): readonly Node[] {
  const nodes = [child(body, "image"), ...itemsOf(child(body, "services"))];
  return nodes.flatMap((node) => {
    const name = node?.is === "block" ? child(node, "name") : node;
    return name ? [name] : [];
  });
}

function looseImage(node: Node, part: GitlabPart, body: Block): readonly Hit[] {
  const written = textOf(node)?.trim();
  if (!written) return [];
  const image = resolved(written, part.body, body);
  if (image === undefined || image.includes("@")) return [];
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  if (tag !== undefined && (/\$/.test(tag) || isExact(tag))) return [];
  // A variable at the end may hold a tag; a registry before the name does not.
  if (tag === undefined && image.slice(image.lastIndexOf("/") + 1).includes("$")) return [];
  const isNewest = tag === undefined || tag === "latest";
  const why = isNewest
    ? `\`${image.slice(0, 200)}\` is whatever is newest`
    : `the tag \`${tag.slice(0, 100)}\` moves on with new versions`;
  const at = node.from ?? node.at;
  return [
    { at, address: `${part.address}: ${image.slice(0, 200)}`, why, ...(!isNewest && { severity: "low" as const }) },
  ];
}

/** The text of a variable that the file itself sets; undefined for an image that only a variable from elsewhere names. */
function resolved(image: string, job: Block, body: Block): string | undefined {
  const name = /^\$(?:\{(\w+)\}|(\w+))$/.exec(image);
  if (!name) return image;
  const key = name[1] ?? name[2] ?? "";
  const found = child(child(job, "variables"), key) ?? child(child(body, "variables"), key);
  return textOf(found) ?? textOf(child(found, "value"));
}

/** A version of three numbers, a date or a commit. */
function isExact(tag: string): boolean {
  return /\d+\.\d+\.\d+|\d{8}|^\d{4}[.-]\d{2}|(?:^|[-_.])[\da-f]{7,64}(?:$|[-_.])/.test(tag);
}

export const remoteInclude: GitlabRule = {
  id: "cicd/gitlab-floating-include",
  aliases: ["gl-remote-include", "pipeline-check:GL-005", "poutine:inventory"],
  title: "Pipeline code comes from a place that others can change",
  severity: "high",
  risks: ["CICD-SEC-3"],
  why: "What is included runs as if it stood here, with all variables of the pipeline; a branch or an address can hold something else tomorrow.",
  abuse:
    "Somebody who may push to the included project's branch adds a job that prints the deployment credentials of every project that includes it.",
  fix: "Include from a project with `ref:` set to a tag or commit, a component with a full version, or add `integrity:` to a remote file.",
  links: ["https://docs.gitlab.com/ci/yaml/#include"],
  check: ({ body, parts }) => {
    const own = itemsOf(child(body, "include")).flatMap((item) => looseInclude(item, "include"));
    const called = parts.flatMap(({ body: job, address }) =>
      itemsOf(child(child(job, "trigger"), "include")).flatMap((item) => looseInclude(item, `${address}/trigger`)),
    );
    return [...own, ...called];
  },
  examples: {
    bad: [
      "include: https://ci.example/all.yml\n",
      "include:\n  - remote: https://ci.example/all.yml\na:\n  script: [make]\n",
      "include:\n  - project: shared/ci\n    file: /all.yml\n",
      "include:\n  - project: shared/ci\n    file: /all.yml\n    ref: main\n",
      "include:\n  - component: ci.example/a/b@~latest\n",
      "include:\n  - component: ci.example/a/b@1.4\n",
    ],
    good: [
      "include:\n  - project: shared/ci\n    file: /all.yml\n    ref: v1.4.2\n  - local: /own.yml\n  - template: Auto-DevOps.gitlab-ci.yml\n",
      "include:\n  - component: ci.example/a/b@1.4.2\n  - remote: https://ci.example/all.yml\n    integrity: sha256-L3/GAoKaw0Arw6hDCKeKQlV1QPEgHYxGBHsH4zG1IY8=\n",
    ],
  },
};

function looseInclude(item: Node, address: string): readonly Hit[] {
  const at = item.from ?? item.at;
  const written = textOf(item);
  if (written !== undefined) {
    if (!/^https?:/i.test(written)) return [];
    return [
      {
        at,
        address: `${address}: ${written.slice(0, 200)}`,
        why: "the file is fetched from an address anew for every pipeline",
      },
    ];
  }
  const remote = child(item, "remote");
  if (remote) {
    if (child(item, "integrity")) return [];
    const from = String(textOf(remote) ?? "").slice(0, 200);
    return [
      {
        at,
        address: `${address}: ${from}`,
        why: "the file is fetched anew for every pipeline, and no `integrity` says what it must be",
      },
    ];
  }
  const component = textOf(child(item, "component"));
  if (component !== undefined) {
    const version = component.slice(component.lastIndexOf("@") + 1);
    if (component.includes("@") && isFixed(version) && !isPartial(version)) return [];
    return [{ at, address: `${address}: ${component.slice(0, 200)}`, why: "its version is not a fixed one" }];
  }
  const project = textOf(child(item, "project"));
  if (project === undefined) return [];
  const ref = textOf(child(item, "ref"));
  if (ref !== undefined && isFixed(ref)) return [];
  const why =
    ref === undefined
      ? "no `ref` is given, so that it follows the project's default branch"
      : `\`${ref.slice(0, 100)}\` is a branch`;
  return [{ at, address: `${address}: ${project.slice(0, 200)}`, why, severity: "medium" }];
}

/** A commit, or a tag with a number in it; a variable is decided elsewhere. */
function isFixed(ref: string): boolean {
  if (/^\$/.test(ref)) return true;
  return (
    /^[\da-f]{40}$|^[\da-f]{64}$/i.test(ref) ||
    /^(?:refs\/tags\/.+|v?\d+(?:\.\d+)+(?:[-+.]\S*)?|v\d+)$/i.test(ref.trim())
  );
}

/** Of a component `1` and `1.2` stand for the newest version that begins so. */
function isPartial(version: string): boolean {
  return /^\d+(?:\.\d+)?$/.test(version);
}

export const remoteScript: GitlabRule = {
  id: "cicd/gitlab-remote-script",
  aliases: ["gl-unverified-script", "poutine:unverified_script_exec", "pipeline-check:GL-016"],
  title: "A downloaded program is run unseen",
  severity: "medium",
  risks: ["CICD-SEC-9"],
  why: "Whoever controls the address, or the way to it, decides what runs in the job, today and in every later pipeline.",
  abuse:
    "The host behind the address is taken over and answers with a script that also sends away the job's variables.",
  fix: "Download a fixed version to a file, compare its checksum or signature, then run it; or build an image that has the program.",
  links: [
    "https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-09-Improper-Artifact-Integrity-Validation",
  ],
  check: ({ parts }) => parts.flatMap(({ scripts }) => remoteScripts(scripts)),
  examples: {
    bad: [
      "a:\n  script:\n    - curl https://get.example/setup.sh | bash\n",
      "before_script:\n  - bash <(curl -s https://get.example/x)\na:\n  script: [make]\n",
      "a:\n  script:\n    - wget https://get.example/setup.sh\n    - sh setup.sh\n",
    ],
    good: [
      'a:\n  script:\n    - curl -o x https://get.example/x\n    - echo "$SUM x" | sha256sum -c -\n    - sh x\n',
      "a:\n  script:\n    - curl https://api.example/ | jq .\n",
    ],
  },
};

/** A file may be downloaded in one line and run in the next: the lines of a job are one script. */
function remoteScripts(scripts: GitlabPart["scripts"]): readonly Hit[] {
  const starts: number[] = [];
  let whole = "";
  for (const { text } of scripts) {
    starts.push(whole.length);
    whole += `${text}\n`;
  }
  const hits = new Map<string, Hit>();
  let index = 0;
  for (const { start, end, by } of findRemoteScripts(whole)) {
    while ((starts[index + 1] ?? Infinity) <= start) index++;
    const script = scripts[index];
    const from = starts[index] ?? 0;
    if (!script) continue;
    const address = hits.has(script.address) ? `${script.address} (${hits.size})` : script.address;
    const at = placeIn(script.node, start - from, Math.min(script.text.length, end - from));
    const why = `${by} runs what was just downloaded, and nothing compares it with what is expected`;
    hits.set(address, { at, address, why });
  }
  return [...hits.values()];
}
