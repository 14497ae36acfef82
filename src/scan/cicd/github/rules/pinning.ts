/** What a workflow fetches and runs, and whether somebody else can exchange it. */
import { child, type Node, type Scalar, textOf } from "../../../formats/node.ts";
import type { Hit } from "../../cicd-rule.ts";
import { findExpressions } from "../find-expressions.ts";
import type { GithubRule } from "../github-rule.ts";
import { placeIn } from "../place-in.ts";
import { possibleTexts } from "../possible-texts.ts";
import { findRemoteScripts } from "../remote-script.ts";
import { scriptsOf, withoutExpressions } from "../scripts.ts";
import { isCommit, readUses } from "../uses.ts";
import { type GithubFile, type Job, jobsOf, stepsOf } from "../workflow.ts";

export const unpinnedUses: GithubRule = {
  id: "cicd/github-unpinned-action",
  aliases: ["gha-unpinned-uses", "zizmor:unpinned-uses", "pipeline-check:GHA-001"],
  title: "An action is not pinned to a commit",
  severity: "medium",
  risks: ["CICD-SEC-3"],
  why: "A tag or branch can be moved by whoever owns the action, or has broken in there; the next run then executes other code with your secrets.",
  abuse:
    "Somebody takes over the action's repository and moves all its tags to a commit that prints the secrets of every workflow.",
  fix: "Write the full commit, with the version as a comment: `uses: owner/action@<40 hex digits> # v4.2.2`. Dependabot and Renovate keep both up to date.",
  links: ["https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions"],
  check: (file) => {
    const own = jobsOf(file).map((job) => ({ node: child(job.body, "uses"), address: job.id }));
    const steps = stepsOf(file).map((step) => ({ node: child(step.body, "uses"), address: step.address }));
    return [...own, ...steps].flatMap(({ node, address }) => unpinned(node, address));
  },
  examples: {
    bad: [
      "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n",
      "on: push\njobs:\n  a:\n    uses: owner/repo/.github/workflows/b.yml@main\n",
      "on: push\njobs:\n  a:\n    steps:\n      - uses: docker://alpine:3.20\n",
      "on: push\njobs:\n  a:\n    steps:\n      - uses: |\n          owner/action@v1\n",
    ],
    good: [
      "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n      - uses: ./.github/actions/own\n",
      "on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n",
    ],
  },
};

function unpinned(node: Node | undefined, address: string): readonly Hit[] {
  const text = textOf(node);
  if (!node || text === undefined) return [];
  const uses = readUses(text);
  const at = node.from ?? node.at;
  if (uses.is === "local") return [];
  if (uses.is === "image") {
    if (/@sha256:/i.test(uses.image)) return [];
    return [{ at, address, why: `the image \`${uses.image}\` is not named by its digest` }];
  }
  if (isCommit(uses.version)) return [];
  const why =
    uses.version === undefined ? "it names no version" : `\`${uses.version}\` is a tag or branch that can be moved`;
  return [{ at, address, why }];
}

export const unpinnedImage: GithubRule = {
  id: "cicd/github-unpinned-image",
  aliases: ["gha-unpinned-image", "zizmor:unpinned-images"],
  title: "A container image is not pinned to a digest",
  severity: "medium",
  risks: ["CICD-SEC-3"],
  why: "A tag of an image can be pushed again at any time; the job then runs inside something else, with your code and your secrets.",
  abuse:
    "Somebody with the password of the image's publisher pushes a new `:18` that copies the workspace and the token.",
  fix: "Add the digest: `node:18@sha256:...`; Dependabot and Renovate keep it up to date.",
  links: ["https://docs.docker.com/dhi/core-concepts/digests/"],
  check: (file) => imagesOf(file).flatMap(({ node, address, job }) => unpinnedImages(node, address, job)),
  examples: {
    bad: [
      "on: push\njobs:\n  a:\n    container: node:18\n    steps: []\n",
      "on: push\njobs:\n  a:\n    services:\n      db:\n        image: postgres\n    steps: []\n",
      "on: push\njobs:\n  a:\n    container:\n      image: ${{ matrix.image }}\n    strategy:\n      matrix:\n        image: [node:18, node:20]\n    steps: []\n",
    ],
    good: [
      "on: push\njobs:\n  a:\n    container: node:18@sha256:c36050afdca850f23cef85703f84c7531a5ae155a11b5ee1c60acb09937c4084\n    steps: []\n",
      "on: push\njobs:\n  a:\n    services:\n      db:\n        image: ${{ matrix.db || '' }}\n    strategy:\n      matrix:\n        include:\n          - db: mysql@sha256:c36050afdca850f23cef85703f84c7531a5ae155a11b5ee1c60acb09937c4084\n    steps: []\n",
    ],
  },
};

interface Image {
  readonly node: Node | undefined;
  readonly address: string;
  readonly job: Job | undefined;
}

function imagesOf(file: GithubFile): readonly Image[] {
  if (file.is === "action") {
    const node = child(child(file.body, "runs"), "image");
    return /^docker:\/\//.test(textOf(node) ?? "") ? [{ node, address: "runs", job: undefined }] : [];
  }
  return file.jobs.flatMap((job): readonly Image[] => {
    const services = child(job.body, "services");
    const names = services?.is === "block" ? services.keys() : [];
    return [
      { node: imageIn(child(job.body, "container")), address: `${job.id}/container`, job },
      ...names.map((name) => ({ node: imageIn(child(services, name)), address: `${job.id}/services/${name}`, job })),
    ];
  });
}

function imageIn(node: Node | undefined): Node | undefined {
  return node?.is === "block" ? child(node, "image") : node;
}

function unpinnedImages(node: Node | undefined, address: string, job: Job | undefined): readonly Hit[] {
  if (node?.is !== "scalar" || typeof node.value !== "string") return [];
  const { texts, isOpen } = possibleTexts(node, job);
  const loose = texts.find((text) => text !== "" && !/@(?:sha\d+:|\$\{\{)/i.test(text));
  const at = node.from ?? node.at;
  if (loose !== undefined) {
    const tag = /:([^:/@]+)$/.exec(loose)?.[1];
    const isFloating = tag === undefined || tag === "latest";
    const why = isFloating
      ? `\`${loose.slice(0, 200)}\` is whatever is newest`
      : `\`${loose.slice(0, 200)}\` names a tag that can be moved`;
    return [{ at, address, why }];
  }
  if (!isOpen) return [];
  return [{ at, address, why: "nothing in this file says which image it is", severity: "low" }];
}

export const unverifiedScript: GithubRule = {
  id: "cicd/github-remote-script",
  aliases: ["gha-unverified-script", "poutine:unverified_script_exec", "pipeline-check:GHA-016"],
  title: "A downloaded program is run unseen",
  severity: "medium",
  risks: ["CICD-SEC-9"],
  why: "Whoever controls the address, or the way to it, decides what runs in the job, today and in every later run.",
  abuse: "The host behind the address is taken over and answers with a script that also sends away the job's token.",
  fix: "Download a fixed version to a file, compare its checksum or signature, then run it; or use a pinned action or package.",
  links: [
    "https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-09-Improper-Artifact-Integrity-Validation",
  ],
  check: (file) =>
    stepsOf(file).flatMap((step) => {
      const runs = scriptsOf(step).filter(({ input }) => input !== "script" || step.action !== "actions/github-script");
      return runs.flatMap(({ node, text, input }) => remoteScripts(node, text, `${step.address}/${input}`));
    }),
  examples: {
    bad: [
      "on: push\njobs:\n  a:\n    steps:\n      - run: curl -sSL https://get.example/install.sh | sudo bash -s -- -y\n",
      "on: push\njobs:\n  a:\n    steps:\n      - run: bash <(wget -qO- https://get.example/x)\n",
      "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          curl -o install.sh https://get.example/install.sh\n          chmod +x install.sh\n          ./install.sh\n",
      "on: push\njobs:\n  a:\n    steps:\n      - run: iwr https://get.example/x.ps1 | iex\n        shell: pwsh\n",
    ],
    good: [
      'on: push\njobs:\n  a:\n    steps:\n      - run: |\n          curl -o x.sh https://get.example/x.sh\n          echo "$SUM x.sh" | sha256sum -c -\n          bash x.sh\n',
      "on: push\njobs:\n  a:\n    steps:\n      - run: curl https://api.example/v1 | jq . && bash ./own.sh\n",
    ],
  },
};

function remoteScripts(node: Scalar, text: string, address: string): readonly Hit[] {
  return findRemoteScripts(findExpressions(node).length > 0 ? withoutExpressions(text) : text).map(
    ({ start, end, by }, index) => ({
      at: placeIn(node, start, end),
      address: index === 0 ? address : `${address} (${index + 1})`,
      why: `${by} runs what was just downloaded, and nothing compares it with what is expected`,
    }),
  );
}
