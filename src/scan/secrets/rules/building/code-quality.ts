/** Services that judge code: its quality, coverage and weak points. */
import { sample } from "../../examples/example-values.ts";
import { sampleUuid } from "../../examples/example-writings.ts";
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const fix = "Revoke the token in the service's settings, and keep a new one in a secret variable.";
const findings = "It reads the weak points that the service has found in the code, and changes their state.";
const coverage = "It uploads and reads coverage of the repository; with it a report is forged.";
const high = { fix, severity: "high", why: findings } as const;
const low = { fix, severity: "low", why: coverage } as const;
const sonar = "https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/";

export const rules: readonly SecretRule[] = [
  tokenRule({
    ...high,
    id: "secrets/sonar-token",
    aliases: ["sonar-api-token"],
    title: "SonarQube token",
    provider: "Sonar",
    fix: "Revoke the token under My account > Security, and make a project analysis token instead of a user token.",
    links: [sonar],
    token: [["squ_", "sqp_", "sqa_", "sqb_"], some("lowerAlnum", 40)],
    value: (seed) => `squ_${sample("hexLower", 40, seed)}`,
  }),
  namedRule({
    ...high,
    id: "secrets/sonar-token-legacy",
    title: "SonarQube token of the old form",
    provider: "Sonar",
    fix: "Revoke the token under My account > Security, and make a project analysis token instead of a user token.",
    links: [sonar],
    words: ["sonar", "sonarqube", "sonarcloud"],
    token: [some("base64UrlPadded", 40)],
    called: "sonar token",
    value: (seed) => sample("hexLower", 40, seed),
    examples: {
      bad: (seed) => [
        { path: "sonar-project.properties", text: `sonar.login=${sample("hexLower", 40, seed)}\n` },
        `mvn sonar:sonar -Dsonar.login=${sample("hexLower", 40, seed)}`,
      ],
    },
  }),
  namedRule({
    ...low,
    id: "secrets/codecov-token",
    title: "Codecov upload token",
    provider: "Codecov",
    links: ["https://docs.codecov.com/docs/codecov-tokens"],
    words: ["codecov"],
    token: uuidParts,
    called: "codecov token",
    examples: {
      bad: (seed) => [
        { path: "codecov.yml", text: `codecov:\n  token: ${sampleUuid(seed)}\n` },
        `bash <(curl -s https://codecov.io/bash) -t token=${sampleUuid(seed)}`,
      ],
    },
  }),
  namedRule({
    ...low,
    id: "secrets/codecov-access-token",
    aliases: ["codecov-access-token"],
    title: "Codecov access token",
    provider: "Codecov",
    links: ["https://docs.codecov.com/docs/codecov-tokens"],
    words: ["codecov"],
    token: [some("base62", 32)],
    called: "codecov access token",
  }),
  tokenRule({
    ...high,
    id: "secrets/snyk-token",
    aliases: [],
    title: "Snyk personal or service account token",
    provider: "Snyk",
    links: ["https://docs.snyk.io/snyk-api/authentication-for-api"],
    token: [["snyk_uat.", "snyk_sat."], some("dotted", 36, 500)],
    value: (seed) =>
      `snyk_uat.${sample("hexLower", 8, seed)}.${sample("base62", 60, seed)}.${sample("base62", 43, seed)}`,
  }),
  namedRule({
    ...high,
    id: "secrets/snyk-token-legacy",
    aliases: ["snyk-api-token"],
    title: "Snyk API token",
    provider: "Snyk",
    links: ["https://docs.snyk.io/snyk-api/authentication-for-api"],
    words: ["snyk"],
    token: uuidParts,
    called: "snyk token",
    examples: {
      bad: (seed) => [`snyk auth token ${sampleUuid(seed)}`, `Authorization: "snyk token ${sampleUuid(seed)}"`],
    },
  }),
  namedRule({
    ...high,
    id: "secrets/semgrep-token",
    title: "Semgrep token",
    provider: "Semgrep",
    links: ["https://semgrep.dev/docs/semgrep-appsec-platform/api"],
    words: ["semgrep"],
    token: [some("hexLower", 64)],
    called: "semgrep app token",
  }),
  namedRule({
    ...high,
    id: "secrets/gitguardian-token",
    title: "GitGuardian API key",
    provider: "GitGuardian",
    links: ["https://docs.gitguardian.com/api-docs/authentication"],
    words: ["gitguardian"],
    token: [some("base62", 72)],
  }),
  tokenRule({
    ...high,
    id: "secrets/nightfall-key",
    title: "Nightfall API key",
    provider: "Nightfall",
    links: ["https://docs.nightfall.ai/"],
    token: ["NF-", some("base62", 32)],
    score: 75,
  }),
  namedRule({
    ...low,
    id: "secrets/code-climate-token",
    title: "Code Climate token",
    provider: "Code Climate",
    links: ["https://docs.codeclimate.com/docs/configuring-test-coverage"],
    words: ["codeclimate", "code_climate", "code climate"],
    token: [some("hexLower", 40, 64)],
    called: "codeclimate token",
  }),
  namedRule({
    ...low,
    id: "secrets/coveralls-token",
    title: "Coveralls token",
    provider: "Coveralls",
    links: ["https://docs.coveralls.io/"],
    words: ["coveralls"],
    token: [some("base62", 32, 37)],
    called: "coveralls repo token",
    examples: {
      bad: (seed) => [{ path: ".coveralls.yml", text: `# coveralls\nrepo_token: ${sample("base62", 33, seed)}\n` }],
    },
  }),
  namedRule({
    ...low,
    id: "secrets/codacy-token",
    title: "Codacy token",
    provider: "Codacy",
    links: ["https://docs.codacy.com/codacy-api/api-tokens/"],
    words: ["codacy"],
    token: [some("base62", 20, 32)],
    called: "codacy project token",
    value: (seed) => `7${sample("hexLower", 31, seed)}`,
  }),
  namedRule({
    ...low,
    id: "secrets/scrutinizer-token",
    title: "Scrutinizer access token",
    provider: "Scrutinizer",
    links: ["https://scrutinizer-ci.com/docs/"],
    words: ["scrutinizer"],
    token: [some("hexLower", 64)],
    called: "scrutinizer access token",
  }),
  tokenRule({
    ...low,
    id: "secrets/infracost-key",
    aliases: ["infracost-api-token"],
    title: "Infracost API key",
    provider: "Infracost",
    why: "It asks for prices on the account's quota.",
    links: ["https://www.infracost.io/docs/infracost_cloud/key_concepts/"],
    token: ["ico-", some("base62", 32)],
  }),
  tokenRule({
    id: "secrets/endor-labs-key",
    title: "Endor Labs API key",
    provider: "Endor Labs",
    severity: "medium",
    why: "It reads findings of the organization's code.",
    fix: "Delete the key in the account's settings, and make a new one.",
    links: ["https://docs.endorlabs.com/"],
    token: ["endr+", some("base64Url", 16)],
  }),
];
