/** Registries of images: Docker Hub, Quay, and what Docker keeps of them. */
import { base64, sample } from "../../examples/example-values.ts";
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefNamed } from "../../rule-makers/brief-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/docker-hub-token",
    aliases: ["docker-hub-token"],
    title: "Docker Hub access token",
    provider: "Docker",
    severity: "critical",
    why: "It pushes and pulls images in its owner's or organization's name.",
    fix: "Delete the token in Docker's account settings, and make a new one with the least scope.",
    links: [
      "https://docs.docker.com/security/for-developers/access-tokens/",
      "https://docs.docker.com/enterprise/security/access-tokens/",
    ],
    token: [["dckr_pat_", "dckr_oat_"], some("base64Url", 27, 32)],
    score: 90,
    examples: {
      bad: (seed) => [
        `docker login -u ci -p dckr_pat_${sample("base62", 27, seed)}`,
        `DOCKER_TOKEN=dckr_oat_${sample("base62", 32, seed)}`,
      ],
    },
  }),
  {
    id: "secrets/docker-config-auth",
    aliases: [],
    title: "Registry login in a Docker configuration",
    provider: "Docker",
    family: "password",
    severity: "high",
    why: "Base64 is no protection: whoever reads the file signs in at the registry.",
    fix: "Change the password, and use a credential helper or a short-lived login.",
    links: ["https://docs.docker.com/reference/cli/docker/login/"],
    anchors: [{ text: '"auth"' }],
    shape: { is: "reader", reader: "encoded-login" },
    score: 78,
    loose: true,
    examples: {
      bad: (seed) => [
        {
          path: "config.json",
          text: `{"auths":{"contoso.azurecr.io":{"auth":"${base64(`ci:${sample("base62", 20, seed)}`)}"}}}`,
        },
        {
          path: "home/.dockerconfigjson",
          text: `{\n  "auths": {\n    "registry.contoso.net": {\n      "auth": "${base64(`robot$ci:${sample("base62", 32, seed)}`)}"\n    }\n  }\n}`,
        },
      ],
      good: (seed) => [
        { path: "config.json", text: `{"auths":{"contoso.azurecr.io":{"auth":"\${DOCKER_AUTH}"}}}` },
        { path: "config.json", text: `{"auth": "basic", "depth": "${sample("digits", 3, seed)}"}` },
      ],
    },
  },
  tokenRule({
    id: "secrets/docker-swarm-token",
    title: "Docker Swarm join token or unlock key",
    provider: "Docker",
    severity: "high",
    why: "With it a foreign machine joins the swarm as worker or manager, or the managers' encrypted state is opened.",
    fix: "Run `docker swarm join-token --rotate worker` (and manager), or `docker swarm unlock-key --rotate`.",
    links: [
      "https://docs.docker.com/engine/swarm/join-nodes/",
      "https://docs.docker.com/engine/swarm/swarm_manager_locking/",
    ],
    token: [["SWMTKN-1-", "SWMKEY-1-"], some("base64", 43, 50), { optional: [{ text: "-" }, some("lowerAlnum", 25)] }],
    value: (seed) => `SWMTKN-1-${sample("lowerAlnum", 50, seed)}-${sample("lowerAlnum", 25, `${seed}b`)}`,
    examples: { bad: (seed) => [`docker swarm unlock <<< SWMKEY-1-${sample("base64", 42, seed)}k`] },
  }),
  ...briefNamed([
    [
      "Docker",
      "docs.docker.com/security/access-tokens/",
      [...uuidParts],
      ["dockerhub", "docker hub", "docker_password"],
      "older access token",
    ],
  ]),
  namedRule({
    id: "secrets/quay-robot-token",
    title: "Quay robot token",
    provider: "Quay",
    severity: "high",
    why: "It pulls, and with write permission replaces, the images that clusters run.",
    fix: "Regenerate the robot account's token in the organization's settings.",
    links: ["https://docs.quay.io/glossary/robot-accounts.html"],
    words: ["quay"],
    token: [some("upperAlnum", 64)],
    called: "quay robot token",
  }),
];
