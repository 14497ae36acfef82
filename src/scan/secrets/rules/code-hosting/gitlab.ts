/** GitLab: tokens of people, projects, runners and agents. */
import { crc32Base36 } from "../../checks/crc32.ts";
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const provider = "GitLab";
const links = ["https://docs.gitlab.com/security/tokens/"];
/** Twenty characters and more; routable tokens end in their length and a checksum. */
const body = [
  some("base64Url", 20, 1000),
  { optional: [{ text: ".01" }] },
  { optional: [{ text: "." }, some("lowerAlnum", 9)] },
] as const;
const checks = [{ is: "crc32-base36" }, { is: "no-words" }] as const;
const family = "secrets/gitlab-token";

const routable = (start: string) => start + crc32Base36(start);

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/gitlab-token",
    aliases: ["gitlab-pat", "gitlab-pat-routable"],
    title: "GitLab access token",
    provider,
    severity: "critical",
    why: "It acts in GitLab as its owner, project or group: reads and changes code, pipelines and their variables.",
    fix: "Revoke the token in GitLab where it was made (user, group or project settings), and use CI job tokens or OpenID Connect.",
    links,
    token: ["glpat-", ...body],
    checks,
    score: 82,
    value: (seed) => `glpat-${sample("base62", 20, seed)}`,
    examples: {
      bad: (seed) => [
        `token: ${routable(`glpat-${sample("base62", 27, seed)}.0k`)}`,
        `token: glpat-${sample("base62", 35, seed)}.01.1a${sample("lowerAlnum", 7, seed)}`,
        `See glpat-${sample("base62", 20, seed)}.`,
      ],
      good: () => ["see the glpat-prefix", "glpat-name-of-an-access-token"],
    },
  }),
  tokenRule({
    id: "secrets/gitlab-deployment-token",
    aliases: [
      "gitlab-deploy-token",
      "gitlab-runner-authentication-token",
      "gitlab-runner-authentication-token-routable",
      "gitlab-ptt",
      "gitlab-kubernetes-agent-token",
      "gitlab-oauth-app-secret",
      "gitlab-scim-token",
    ],
    title: "GitLab token of a deployment, runner, trigger, agent or application",
    provider,
    family,
    severity: "high",
    why: "It does in GitLab what it was made for: reads code and packages, receives jobs with their variables, starts pipelines, reaches clusters.",
    fix: "Revoke the token in GitLab where it was made (project or group settings, CI/CD, Runners, Applications), and make one in a secret variable.",
    links,
    token: [["gldt-", "glrtr-", "glrt-", "glptt-", "glagent-", "gloas-", "glsoat-"], ...body],
    checks,
    score: 82,
    value: (seed) => `gldt-${sample("base62", 20, seed)}`,
    examples: {
      bad: (seed) => [
        `url = https://gitlab-ci:gldt-${sample("base62", 20, seed)}@gitlab.contoso.net/a.git`,
        `token: ${routable(`glrt-${sample("base62", 27, seed)}.0k`)}`,
        `trigger: glptt-${sample("hexLower", 40, seed)}`,
        `agent: glagent-${sample("base62", 50, seed)}`,
        `secret: gloas-${sample("hexLower", 64, seed)}`,
      ],
      good: () => ["glrt-runner-token-name-of-it"],
    },
  }),
  tokenRule({
    id: "secrets/gitlab-limited-token",
    aliases: ["gitlab-cicd-job-token", "gitlab-feed-token", "gitlab-incoming-mail-token"],
    title: "GitLab token of a job, feed or mailbox",
    provider,
    family,
    severity: "medium",
    why: "It reads feeds, makes issues by mail, or, while its job runs, reads code and packages.",
    fix: "Reset the token under Preferences > Access tokens; a job's token ends with its job.",
    links,
    token: [["glcbt-", "glft-", "glimt-", "glwt-"], ...body],
    checks,
    score: 82,
    value: (seed) => `glcbt-a1_${sample("base62", 20, seed)}`,
    examples: { bad: (seed) => [`/feed.atom?feed_token=glft-${sample("base62", 20, seed)}`] },
  }),
  tokenRule({
    id: "secrets/gitlab-feature-flag-token",
    aliases: ["gitlab-feature-flag-client-token"],
    title: "GitLab feature flag client token",
    provider,
    family,
    severity: "low",
    why: "It reads which feature flags are on.",
    fix: "Reset the instance id under Deploy > Feature flags > Configure.",
    links,
    token: ["glffct-", ...body],
    checks,
    score: 82,
    value: (seed) => `glffct-${sample("base62", 20, seed)}`,
  }),
  tokenRule({
    id: "secrets/gitlab-runner-registration-token",
    aliases: ["gitlab-rrt"],
    title: "GitLab runner registration token",
    provider,
    severity: "high",
    why: "With it anyone registers a runner of their own, which then receives the project's jobs, code and variables.",
    fix: "Reset the registration token under CI/CD > Runners, remove runners that you do not know, and register with runner authentication tokens.",
    links,
    token: ["GR1348941", some("base64Url", 20)],
    score: 88,
  }),
  tokenRule({
    id: "secrets/gitlab-session-cookie",
    aliases: ["gitlab-session-cookie"],
    title: "GitLab session cookie",
    provider,
    severity: "medium",
    why: "Until the session ends, whoever has the cookie is signed in as its owner, without password or second factor.",
    fix: "Sign out, or revoke the session under Preferences > Active sessions.",
    links,
    token: ["_gitlab_session=", some("hex", 32)],
    score: 82,
    examples: {
      bad: (seed) => [`Cookie: theme=dark; _gitlab_session=${sample("hexLower", 32, seed)}; path=/`],
      good: (seed) => [`_gitlab_session=${sample("hexLower", 33, seed)}`],
    },
  }),
  namedRule({
    id: "secrets/gitlab-token-legacy",
    title: "GitLab token of the old form",
    provider,
    severity: "high",
    why: "Tokens made before 2021 have no prefix, and many of them never expire; they act as their owner.",
    fix: "Revoke the token under Preferences > Access tokens, and make one with an expiry date and the least scopes.",
    links,
    words: ["gitlab"],
    token: [some("base64Url", 20, 22)],
    called: "gitlab token",
    mixed: true,
    examples: { good: () => ["gitlab token: my-gitlab-token-name"] },
  }),
];
