/** Secrets that reach further than they have to, or are not hidden where they go. */
import { type Block, child, type Node, textOf } from "../../../formats/node.ts";
import type { Hit } from "../../cicd-rule.ts";
import { type Expression, everyPart, pathOf } from "../expression.ts";
import { conditionOf, type FoundExpression, findExpressions, mostInFile, scalarsIn } from "../find-expressions.ts";
import type { GithubRule } from "../github-rule.ts";
import { type GithubFile, jobsOf, stepsOf } from "../workflow.ts";

const syntax = "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax";
const usingSecrets = "https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets";

export const inheritedSecrets: GithubRule = {
  id: "cicd/github-inherited-secrets",
  aliases: ["gha-secrets-inherit", "zizmor:secrets-inherit"],
  title: "All secrets are handed to a called workflow",
  severity: "medium",
  risks: ["CICD-SEC-6"],
  why: "`secrets: inherit` gives the called workflow every secret of the caller, also those that are added later and that it has no use for.",
  abuse:
    "The called workflow, or an action in it, is taken over and sends away secrets that it was never meant to see.",
  fix: "Name the secrets that are needed: `secrets:` with one line for each.",
  links: [`${syntax}#jobsjob_idsecretsinherit`],
  check: (file) =>
    jobsOf(file).flatMap((job): readonly Hit[] => {
      const uses = job.body.get("uses");
      const secrets = job.body.get("secrets");
      if (!uses || !secrets || textOf(secrets.value)?.trim() !== "inherit") return [];
      const at = { ...secrets.whole, start: secrets.key.start };
      const called = textOf(uses.value)?.trim() ?? "the called workflow";
      return [{ at, address: `${job.id}/uses`, why: `${called} receives every secret` }];
    }),
  examples: {
    bad: ["on: push\njobs:\n  a:\n    uses: o/r/.github/workflows/b.yml@main\n    secrets: inherit\n"],
    good: [
      "on: push\njobs:\n  a:\n    uses: o/r/.github/workflows/b.yml@main\n    secrets:\n      token: ${{ secrets.TOKEN }}\n",
    ],
  },
};

export const allSecrets: GithubRule = {
  id: "cicd/github-all-secrets",
  aliases: ["gha-overprovisioned-secrets", "zizmor:overprovisioned-secrets", "poutine:job_all_secrets"],
  title: "A job receives every secret of the repository",
  severity: "medium",
  risks: ["CICD-SEC-6"],
  why: "Where the whole `secrets` context, or a computed member of it, is used, GitHub sends all secrets to the runner, and one leak is a leak of all.",
  abuse:
    "A compromised step reads the runner's memory or environment and finds the production credentials in a job that only lints.",
  fix: "Name each secret: `${{ secrets.DEPLOY_KEY }}`. To choose by environment, use GitHub environments with a secret of the same name in each.",
  links: [usingSecrets],
  check: (file) =>
    everyExpression(file).flatMap(({ found, address }) =>
      wholeSecrets(partsOf(found)).map((part) => ({
        at: found.placeOf(part),
        address,
        why: "it takes all secrets, not one by its name",
      })),
    ),
  examples: {
    bad: [
      "on: push\njobs:\n  a:\n    steps:\n      - run: ./a\n        env:\n          ALL: ${{ toJSON(secrets) }}\n",
      "on: push\njobs:\n  a:\n    steps:\n      - run: ./a\n        env:\n          ONE: ${{ secrets[format('KEY_{0}', matrix.env)] }}\n",
    ],
    good: [
      "on: push\njobs:\n  a:\n    steps:\n      - run: ./a\n        env:\n          ONE: ${{ secrets.ONE }}\n          TWO: ${{ secrets['TWO'] }}\n",
    ],
  },
};

/** Where the name `secrets` stands with no literal name behind it. */
function wholeSecrets(parts: readonly Expression[]): readonly Expression[] {
  const named = new Set(parts.flatMap((one) => (one.is === "index" && isLiteral(one.key) ? [one.of] : [])));
  return parts.filter((part) => part.is === "context" && part.name.toLowerCase() === "secrets" && !named.has(part));
}

function isLiteral(key: Expression | "*"): boolean {
  return key !== "*" && key.is === "literal";
}

export const unredactedSecrets: GithubRule = {
  id: "cicd/github-unredacted-secret",
  aliases: ["gha-unredacted-secrets", "zizmor:unredacted-secrets"],
  title: "A part of a secret is used that logs do not hide",
  severity: "medium",
  risks: ["CICD-SEC-6"],
  why: "GitHub hides a secret in logs only as the whole text that was stored; what `fromJSON` takes out of it is printed as it is.",
  abuse: "A tool echoes its password argument; in the log of a public run it stands in the clear.",
  fix: 'Store each value as a secret of its own; or mask the part first: `echo "::add-mask::$PART"`.',
  links: [usingSecrets],
  check: (file) =>
    everyExpression(file).flatMap(({ found, address }) =>
      partsOf(found)
        .filter((part) => part.is === "call" && part.name === "fromjson" && part.args.some(isSecret))
        .map((part) => ({ at: found.placeOf(part), address, why: "the parts of this secret are not hidden in logs" })),
    ),
  examples: {
    bad: [
      "on: push\njobs:\n  a:\n    steps:\n      - run: ./a\n        env:\n          P: ${{ fromJSON(secrets.LOGIN).password }}\n",
    ],
    good: [
      "on: push\njobs:\n  a:\n    steps:\n      - run: ./a\n        env:\n          P: ${{ secrets.PASSWORD }}\n          Q: ${{ fromJSON(vars.LOGIN).user }}\n",
    ],
  },
};

function isSecret(expression: Expression): boolean {
  return pathOf(expression)?.[0] === "secrets";
}

export const hardcodedCredentials: GithubRule = {
  id: "cicd/github-hardcoded-registry-password",
  aliases: ["gha-hardcoded-container-credentials", "zizmor:hardcoded-container-credentials"],
  title: "The password of a container registry is written in the workflow",
  severity: "high",
  risks: ["CICD-SEC-6"],
  why: "Everybody who can read the repository, or an old clone of it, can pull from, and often push to, that registry.",
  abuse: "Somebody with read access logs in to the registry with the password and replaces the image.",
  fix: "Revoke the password, store the new one as a secret and write `password: ${{ secrets.REGISTRY_PASSWORD }}`.",
  links: [`${syntax}#jobsjob_idcontainercredentials`],
  check: (file) =>
    jobsOf(file).flatMap((job) => {
      const services = child(job.body, "services");
      const names = services?.is === "block" ? services.keys() : [];
      return [
        ...writtenPassword(child(job.body, "container"), `${job.id}/container`),
        ...names.flatMap((name) => writtenPassword(child(services, name), `${job.id}/services/${name}`)),
      ];
    }),
  examples: {
    bad: [
      "on: push\njobs:\n  a:\n    container:\n      image: reg.example/a\n      credentials:\n        username: u\n        password: hunter2\n    steps: []\n",
      "on: push\njobs:\n  a:\n    services:\n      db:\n        image: reg.example/a\n        credentials:\n          username: u\n          password: hunter2\n    steps: []\n",
    ],
    good: [
      "on: push\njobs:\n  a:\n    container:\n      image: reg.example/a\n      credentials:\n        username: u\n        password: ${{ secrets.P }}\n    steps: []\n",
    ],
  },
};

function writtenPassword(container: Node | undefined, address: string): readonly Hit[] {
  const password = child(child(container, "credentials"), "password");
  if (password?.is !== "scalar" || password.value === null || password.value === "") return [];
  const written = findExpressions(password);
  const isLiteral = written.length === 0 || written.every(({ expression }) => expression?.is === "literal");
  return isLiteral ? [{ at: password.from ?? password.at, address, why: "the password is a fixed text" }] : [];
}

interface Placed {
  readonly found: FoundExpression;
  readonly address: string;
}

/** Those of steps with their steps, the others with their job or the file; conditions too. */
function everyExpression(file: GithubFile): readonly Placed[] {
  const out: Placed[] = [];
  const steps = partsByPlace(stepsOf(file));
  const jobs = partsByPlace(jobsOf(file).map(({ body, id }) => ({ body, address: id })));
  const addressAt = (offset: number) => partAt(steps, offset) ?? partAt(jobs, offset) ?? "workflow";
  const seen = new Set<number>();
  for (const scalar of scalarsIn(file.body)) {
    const written = scalar.from ?? scalar.at;
    if (seen.has(written.start)) continue;
    seen.add(written.start);
    for (const found of findExpressions(scalar)) {
      const at = found.placeOf();
      out.push({ found, address: `${addressAt(at.start)}: ${found.text.trim().slice(0, 100)}` });
      if (out.length >= mostInFile) return out;
    }
  }
  for (const step of stepsOf(file)) {
    const condition = child(step.body, "if");
    for (const found of findExpressions(condition).length > 0 ? [] : conditionOf(condition))
      out.push({ found, address: `${step.address}/if` });
  }
  return out;
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly address: string;
}

function partsByPlace(parts: readonly { readonly body: Block; readonly address: string }[]): readonly Part[] {
  const placed = parts.map(({ body, address }) => ({ ...(body.from ?? body.at), address }));
  return placed.sort((a, b) => a.start - b.start);
}

/** The address of the part that holds an offset; none lies in another. */
function partAt(parts: readonly Part[], offset: number): string | undefined {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const last = parts[low - 1];
  return last && offset < last.end ? last.address : undefined;
}

function partsOf({ expression }: FoundExpression): readonly Expression[] {
  return expression ? [...everyPart(expression)] : [];
}
