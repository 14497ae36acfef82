/** Settings of package managers that hold a token or password: .npmrc, Maven. */
import { base64, sample } from "../../examples/example-values.ts";
import { sampleUuid } from "../../examples/example-writings.ts";
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule } from "../../rule-makers/provider-rule.ts";

const publishes = "Whoever has it publishes packages that others install: a way into every build that uses them.";

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/npmrc-auth-token",
    aliases: [],
    title: "Registry token in .npmrc",
    provider: "npm",
    family: "password",
    severity: "high",
    why: publishes,
    fix: `Revoke the token, and write \`_authToken=\${NAME}\` so that the environment supplies it.`,
    links: ["https://docs.npmjs.com/cli/configuring-npm/npmrc"],
    anchors: [{ text: "_authToken" }, { text: "npmAuthToken" }],
    shape: { is: "assigned", length: [16, 400] },
    score: 64,
    minimumEntropy: 3,
    examples: {
      bad: (seed) => [
        { path: ".npmrc", text: `//npm.contoso.net/:_authToken=${sample("base62", 36, seed)}\n` },
        { path: ".npmrc", text: `//npm.contoso.net/:_authToken="${sample("base64", 43, seed)}="\n` },
        {
          path: "Dockerfile",
          text: `RUN echo "//npm.contoso.net/:_authToken=${sample("base62", 40, seed)}" > .npmrc\n`,
        },
        `const rc = "//npm.contoso.net/:_authToken=${sample("base62", 40, seed)}";`,
      ],
      good: () => [
        { path: ".npmrc", text: `//npm.contoso.net/:_authToken=\${TOKEN_OF_THE_REGISTRY}\n` },
        { path: "ci.sh", text: "npm config set //npm.contoso.net/:_authToken $NPM_TOKEN\n" },
        { path: ".npmrc", text: "//npm.contoso.net/:_authToken=your-token-goes-here\n" },
      ],
    },
  },
  namedRule({
    id: "secrets/npm-token-legacy",
    title: "npm token of the old form",
    provider: "npm",
    family: "password",
    severity: "high",
    why: publishes,
    fix: "Revoke it with `npm token revoke` or on the website, and publish through OpenID Connect (trusted publishing).",
    links: ["https://docs.npmjs.com/about-access-tokens", "https://docs.npmjs.com/revoking-access-tokens"],
    words: ["_authToken", "npmAuthToken", "npm_token", "npm"],
    token: uuidParts,
    called: "npm auth token",
    score: 80,
    examples: {
      bad: (seed) => [
        { path: ".npmrc", text: `//npm.contoso.net/:_authToken=${sampleUuid(seed)}\n` },
        { path: "Dockerfile", text: `RUN echo "//npm.contoso.net/:_authToken=${sampleUuid(seed)}" > .npmrc\n` },
        { path: "ci.sh", text: `npm config set //npm.contoso.net/:_authToken ${sampleUuid(seed)}\n` },
        { path: "ci.sh", text: `npm config set '//npm.contoso.net/:_authToken' "${sampleUuid(seed)}"\n` },
        { path: ".yarnrc.yml", text: `npmRegistries:\n  //npm.contoso.net:\n    npmAuthToken: ${sampleUuid(seed)}\n` },
      ],
      good: () => [{ path: "ci.sh", text: "npm config set //npm.contoso.net/:_authToken $NPM_TOKEN\n" }],
    },
  }),
  {
    id: "secrets/npmrc-password",
    aliases: [],
    title: "Registry password in .npmrc",
    provider: "npm",
    family: "password",
    severity: "high",
    why: "Base64 is no protection: whoever reads the file signs in at the registry.",
    fix: `Change the password or revoke the token, and write \`_password=\${NAME}\` so that the environment supplies it.`,
    links: [
      "https://docs.npmjs.com/cli/configuring-npm/npmrc",
      "https://learn.microsoft.com/en-us/azure/devops/artifacts/npm/npmrc",
    ],
    anchors: [{ text: "_password=" }, { text: "_auth=" }],
    shape: { is: "reader", reader: "npm-password" },
    only: ["npmrc", "ini", "code"],
    score: 75,
    loose: true,
    examples: {
      bad: (seed) => [
        { path: ".npmrc", text: `_auth=${base64(`ci:Tr0ub4dor${sample("digits", 3, seed)}`)}\n` },
        { path: ".npmrc", text: `//npm.contoso.net/:_password=${base64(`Tr0ub4dor${sample("digits", 3, seed)}`)}\n` },
      ],
      good: () => [
        { path: ".npmrc", text: `//npm.contoso.net/:_password=\${B64_PASSWORD}\n` },
        { path: ".npmrc", text: "_auth=$NPM_AUTH\n" },
        { path: ".npmrc", text: `_auth=${base64("some-username:some-password")}\n//a/:_auth=${base64("test:test")}\n` },
        { path: ".npmrc", text: `//npm.contoso.net/:_password=${base64("some-password")}\n` },
      ],
    },
  },
  {
    id: "secrets/maven-password",
    aliases: [],
    title: "Server password in Maven settings",
    provider: "Maven",
    family: "password",
    severity: "high",
    why: "Whoever reads the file signs in at the repository server.",
    fix: `Change the password, and write \`\${env.NAME}\` or encrypt it with \`mvn --encrypt-password\`.`,
    links: ["https://maven.apache.org/guides/mini/guide-encryption.html"],
    anchors: [{ text: "password" }, { text: "passphrase" }],
    shape: { is: "reader", reader: "placed" },
    only: ["maven"],
    score: 75,
    loose: true,
    examples: {
      bad: (seed) => [
        {
          path: ".m2/settings.xml",
          text: `<server><id>feed</id><password>${sample("base62", 18, seed)}</password></server>`,
        },
        {
          path: "settings.xml",
          text: `<server>\n  <id>sign</id>\n  <passphrase>${sample("base62", 20, seed)}</passphrase>\n</server>`,
        },
      ],
      good: () => [
        { path: ".m2/settings.xml", text: `<password>\${env.FEED_TOKEN}</password>` },
        { path: ".m2/settings.xml", text: `<password>{${sample("base64", 24)}}</password>` },
        // As Maven comes.
        {
          path: "conf/settings.xml",
          text: "<username>proxyuser</username>\n<password>proxypass</password>\n<password>repopwd</password>\n<passphrase>optional; leave empty if not used.</passphrase>\n",
        },
      ],
    },
  },
];
