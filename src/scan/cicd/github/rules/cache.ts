/** Caches that reach what is published. */
import { child, textOf } from "../../../formats/node.ts";
import type { Hit } from "../../cicd-rule.ts";
import { restoresCache } from "../cache-actions.ts";
import type { GithubRule } from "../github-rule.ts";
import { isNever } from "../is-never.ts";
import { releaseMoments } from "../triggers.ts";
import { jobsOf, type Step } from "../workflow.ts";

export const cachePoisoning: GithubRule = {
  id: "cicd/github-cache-in-release",
  aliases: ["gha-cache-poisoning", "zizmor:cache-poisoning"],
  title: "A release is built with a cache",
  severity: "medium",
  risks: ["CICD-SEC-9"],
  why: "A cache that another run of the default branch has filled becomes part of what is published, without a trace in the code.",
  abuse:
    "Code that ran once in a test job puts a changed dependency into the cache; the next release takes it from there and ships it.",
  fix: "Build releases without a cache: leave the cache step out of this workflow, or switch it off (`cache: false`, `enable-cache: false`, `package-manager-cache: false`).",
  links: [
    "https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching#restrictions-for-accessing-a-cache",
  ],
  check: (file) =>
    jobsOf(file).flatMap((job) => {
      const moments = releaseMoments(job.workflow);
      const publishing = job.steps.find(publishes);
      if (moments.length === 0 && !publishing) return [];
      const cause =
        moments.length > 0 ? "the workflow's events start it for releases" : `${publishing?.address} publishes`;
      if (isNever(child(job.body, "if"), moments)) return [];
      return job.steps.flatMap((step): readonly Hit[] => {
        if (!restoresCache(step, moments)) return [];
        const uses = child(step.body, "uses");
        const at = uses?.from ?? uses?.at ?? step.at;
        return [{ at, address: step.address, why: `${step.action} restores a cache, and ${cause}` }];
      });
    }),
  examples: {
    bad: [
      "on: release\njobs:\n  a:\n    steps:\n      - uses: actions/cache@v4\n        with: { path: a, key: b }\n",
      "on:\n  push:\n    tags: ['v*']\njobs:\n  a:\n    steps:\n      - uses: actions/setup-go@v5\n",
      "on: release\njobs:\n  a:\n    steps:\n      - uses: actions/cache@v4\n        if: ${{ github.event_name == 'push' }} x\n        with: { path: a, key: b }\n",
      "on:\n  push:\n    branches: [main]\njobs:\n  a:\n    steps:\n      - uses: Swatinem/rust-cache@v2\n      - run: cargo publish\n",
      "on: release\njobs:\n  a:\n    steps:\n      - uses: astral-sh/setup-uv@v5\n        with:\n          enable-cache: ${{ github.ref == 'refs/heads/main' }}\n",
    ],
    good: [
      "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/cache@v4\n        with: { path: a, key: b }\n",
      "on: release\njobs:\n  a:\n    steps:\n      - uses: actions/setup-go@v5\n        with: { cache: false }\n      - uses: actions/setup-java@v4\n",
      "on: [pull_request, release]\njobs:\n  a:\n    steps:\n      - uses: actions/cache@v4\n        if: github.event_name == 'pull_request'\n        with: { path: a, key: b }\n",
      "on: [pull_request, release]\njobs:\n  a:\n    if: github.event_name != 'release'\n    steps:\n      - uses: actions/cache@v4\n        with: { path: a, key: b }\n",
      "on:\n  push:\n    tags: ['*']\njobs:\n  a:\n    steps:\n      - uses: PyO3/maturin-action@v1\n        with:\n          sccache: ${{ !startsWith(github.ref, 'refs/tags/') }}\n",
    ],
  },
};

/** Actions that publish, whatever they are given. */
const publishers = new Set(
  `softprops/action-gh-release ncipollo/release-action actions/create-release actions/upload-release-asset
   pypa/gh-action-pypi-publish js-devtools/npm-publish cycjimmy/semantic-release-action changesets/action
   rubygems/release-gem svenstaro/upload-release-action taiki-e/upload-rust-binary-action katyo/publish-crates
   marvinpinto/action-automatic-releases release-plz/action googleapis/release-please-action
   casperdcl/deploy-pypi`.split(/\s+/),
);
const commands =
  /\b(?:npm|pnpm|yarn(?: npm)?|bun|cargo|uv|poetry|flit|hatch|pdm|lerna|dart pub|flutter pub) publish\b|\btwine upload\b|\bgem push\b|\bdotnet nuget push\b|\bnuget push\b|\bmvnw?\b[^\n]{0,200}\bdeploy\b|\bgradlew?\b[^\n]{0,200}\bpublish|\bgoreleaser release\b|\bgh release (?:create|upload)\b|\bsemantic-release\b|\bdocker push\b|\bvsce publish\b|\bhelm push\b/;

function publishes(step: Step): boolean {
  const { action } = step;
  const given = child(step.body, "with");
  if (action !== undefined && publishers.has(action)) return true;
  if (action === "docker/build-push-action") {
    const push = child(given, "push");
    return push?.is === "scalar" && !/^(?:false)?$/i.test(String(push.value).trim());
  }
  if (action === "goreleaser/goreleaser-action") return /\brelease\b/.test(textOf(child(given, "args")) ?? "");
  const text = step.run && String(step.run.value);
  return text !== undefined && commands.test(text) && !/--dry-run\b/.test(text);
}
