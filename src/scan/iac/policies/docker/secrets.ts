/** Secrets do not belong into an image: neither into its variables nor into its files. */
import { child, itemsOf, textOf } from "../../../formats/node.ts";
import type { Condition } from "../../condition.ts";
import { isSecretName, isWrittenSecret } from "../../families/secret-names.ts";
import { docker, type Policy } from "../../policy.ts";
import { failAt, passAt } from "../../verdict.ts";

const links = ["https://docs.docker.com/build/building/secrets/"] as const;

/** Build arguments stay in the history of an image, also those that get their value from the command line. */
const noSecret: Condition = (node) => {
  const variables = child(node, "variables");
  const isArgument = textOf(child(node, "instruction")) === "ARG";
  for (const name of variables?.is === "block" ? variables.keys() : []) {
    const value = child(variables, name);
    // What comes from another variable is told of that one.
    if (value?.is !== "scalar" || value.from || !isSecretName(name)) continue;
    if (isArgument && (value.value === null || value.value === "")) {
      return failAt(value, `${name} looks like a secret that is given as an argument`);
    }
    if (isWrittenSecret(String(value.value ?? ""))) return failAt(value, `${name} looks like a secret`);
  }
  return passAt(node.at);
};

const privateFile =
  /(?:^|[/\\])(?:\.env(?:\.(?!example|sample|template|dist|test)[\w.-]+)?|id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|\.pypirc|\.git-credentials|\.htpasswd|\.pgpass|\.dockercfg|[\w.-]+\.(?:pfx|p12|ppk|kdbx|jks|keystore))$|(?:^|[/\\])\.(?:ssh|aws|azure|kube|gnupg)(?:[/\\]|$)|\.docker[/\\]config\.json$/i;

const noPrivateFile: Condition = (node) => {
  // What another stage made is not taken from the repository.
  if (child(child(node, "flags"), "from")) return passAt(node.at);
  for (const source of itemsOf(child(node, "sources"))) {
    if (privateFile.test(textOf(source) ?? "")) return failAt(source, "such a file holds secrets");
  }
  return passAt(node.at);
};

export const policies: readonly Policy[] = [
  {
    id: "iac/docker-secret-in-variable",
    aliases: ["AVD-DS-0031"],
    title: "A secret is kept in a variable of the image",
    severity: "high",
    why: "Variables and build arguments stay in the history and the settings of the image, readable for everybody who can pull it.",
    fix: "Remove the variable, and replace the secret where it is valid. Give it to a build with RUN --mount=type=secret, and to a container when it starts.",
    links,
    controls: "secret-handling",
    on: { "docker:ENV": noSecret, "docker:ARG": noSecret },
    examples: {
      bad: [
        docker("FROM alpine:3.20\nENV DB_PASSWORD=swordfish\n"),
        docker("FROM node:22\nARG NPM_TOKEN\nRUN npm ci\n"),
      ],
      good: [docker("FROM alpine:3.20\nENV DB_HOST=db PASSWORD_FILE=/run/secrets/db\n")],
    },
  },
  {
    id: "iac/docker-copies-secret-file",
    aliases: [],
    title: "A file with secrets is copied into the image",
    severity: "high",
    why: "It stays in its layer even if a later step removes it, and everybody who can pull the image can take it out.",
    fix: "Remove the line, add the file to .dockerignore and replace the secrets in it. Give them with RUN --mount=type=secret, or when the container starts.",
    links,
    controls: "secret-handling",
    on: { "docker:COPY": noPrivateFile, "docker:ADD": noPrivateFile },
    examples: {
      bad: [docker("FROM alpine:3.20\nCOPY .env /app/\n"), docker("FROM alpine:3.20\nCOPY id_rsa /root/.ssh/id_rsa\n")],
      good: [docker("FROM alpine:3.20\nCOPY .env.example /app/\nCOPY --from=build /root/.ssh /x\n")],
    },
  },
];
