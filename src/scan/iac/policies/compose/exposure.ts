/** What a compose file gives away: ports, secrets, images that nobody pinned. */
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { Condition } from "../../condition.ts";
import { isSecretName, isWrittenSecret } from "../../families/secret-names.ts";
import { portsOf } from "../../languages/compose/short-forms.ts";
import { isOpen, parseImageName } from "../../languages/dockerfile/image-name.ts";
import { compose, type Policy } from "../../policy.ts";
import { failAt, notApplicable, passAt, unknownAt } from "../../verdict.ts";

const reference = "https://docs.docker.com/reference/compose-file/services/";
const service = (text: string) => compose(`services:\n  db:\n    image: postgres:17\n${text}`);

/** Ports of data stores and of administration, with what listens there. */
const inside: Readonly<Record<number, string>> = {
  22: "SSH",
  23: "Telnet",
  1433: "SQL Server",
  1521: "Oracle",
  2181: "ZooKeeper",
  2375: "Docker without TLS",
  2379: "etcd",
  3306: "MySQL",
  3389: "remote desktop",
  5432: "PostgreSQL",
  5672: "RabbitMQ",
  5900: "VNC",
  5984: "CouchDB",
  6379: "Redis",
  8086: "InfluxDB",
  9042: "Cassandra",
  9092: "Kafka",
  9200: "Elasticsearch",
  11211: "Memcached",
  15672: "the administration of RabbitMQ",
  27017: "MongoDB",
};

const everywhere = /^(?:0\.0\.0\.0|\[?::\]?|\*)$/;

const keepsPortsInside: Condition = (node) => {
  const { items, unknown } = portsOf(node);
  for (const { address, first, last, at } of items) {
    if (address !== undefined && !everywhere.test(address)) continue;
    const found = Object.entries(inside).find(([port]) => first <= Number(port) && Number(port) <= last);
    if (found) return failAt(at, `port ${found[0]} (${found[1]}) is open on every address of the host`);
  }
  return unknown ? unknownAt(unknown.at, unknown.reason) : passAt(node.at);
};

const noSecretIn = (path: readonly string[]): Condition => {
  return (node) => {
    const variables = path.reduce<Node | undefined>((at, key) => child(at, key), node);
    if (variables?.is === "list") return noSecretInList(variables.items, node);
    for (const name of variables?.is === "block" ? variables.keys() : []) {
      const written = child(variables, name);
      const text = written?.is === "scalar" && written.value !== null ? String(written.value) : undefined;
      if (written && text !== undefined && isSecretName(name) && isWrittenSecret(text)) {
        return failAt(written, `${name} looks like a secret`);
      }
    }
    return passAt(node.at);
  };
};

function noSecretInList(items: readonly Node[], node: Node): ReturnType<Condition> {
  for (const item of items) {
    const [, name = "", text = ""] = /^([^=]+)=([\s\S]*)$/.exec(textOf(item) ?? "") ?? [];
    if (isSecretName(name) && isWrittenSecret(text)) return failAt(item, `${name} looks like a secret`);
  }
  return passAt(node.at);
}

const hasVersion: Condition = (node) => {
  const image = child(node, "image");
  // What is built here gets its name here too.
  if (!image || child(node, "build")) return notApplicable;
  const text = (image.is === "unknown" ? image.text : textOf(image)) ?? "";
  const { tag, digest } = parseImageName(text);
  if (digest !== undefined) return passAt(image.at);
  if (image.is === "unknown" && isOpen(text)) return unknownAt(image.at, image.reason);
  if (tag === undefined) return failAt(image, "no version is named, which means latest");
  return tag === "latest" ? failAt(image, "latest is no version") : passAt(image.at);
};

/** Settings by which images give up asking for a password, with the values that do it. */
const openDoors: Readonly<Record<string, RegExp>> = {
  MYSQL_ALLOW_EMPTY_PASSWORD: /^(?!no$|0$|false$|$)/i,
  MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: /^(?!no$|0$|false$|$)/i,
  ALLOW_EMPTY_PASSWORD: /^(?:yes|true|1)$/i,
  ALLOW_ANONYMOUS_LOGIN: /^(?:yes|true|1)$/i,
  POSTGRES_HOST_AUTH_METHOD: /^trust$/i,
  "xpack.security.enabled": /^false$/i,
  plugins_security_disabled: /^true$/i,
  DISABLE_SECURITY_PLUGIN: /^true$/i,
  NEO4J_AUTH: /^none$/i,
  GF_AUTH_ANONYMOUS_ENABLED: /^true$/i,
};

const asksForPassword: Condition = (node) => {
  const environment = child(node, "environment");
  for (const [name, isOpen] of Object.entries(openDoors)) {
    const setting = child(environment, name);
    if (setting?.is === "scalar" && setting.value !== null && isOpen.test(String(setting.value))) {
      return failAt(setting, `with ${name} nobody is asked for a password`);
    }
  }
  return passAt(node.at);
};

const trustsRegistries: Condition = (node) => {
  const words = [...itemsOf(child(node, "command")), ...itemsOf(child(node, "entrypoint"))];
  const found = words.find((one) => /--insecure-registry\b/.test(textOf(one) ?? ""));
  const image = child(node, "image");
  if (found) return failAt(found, "images are taken without TLS");
  return image && /^http:\/\//.test(textOf(image) ?? "")
    ? failAt(image, "the image is taken without TLS")
    : passAt(node.at);
};

export const policies: readonly Policy[] = [
  {
    id: "iac/compose-data-port-open",
    aliases: [],
    title: "A data store or administration port is open to everybody",
    severity: "medium",
    why: "A published port listens on every address of the host, past its firewall, and such services are found within minutes.",
    fix: "Remove the port (containers of one network reach each other without it), or bind it: 127.0.0.1:5432:5432.",
    links: [`${reference}#ports`],
    controls: "network-exposure",
    on: { "compose:service": keepsPortsInside },
    examples: {
      bad: [
        service('    ports:\n      - "5432:5432"\n'),
        service("    ports:\n      - target: 6379\n        published: 6379\n"),
      ],
      good: [service('    ports:\n      - 127.0.0.1:5432:5432\n      - "8080:80"\n')],
    },
  },
  {
    id: "iac/compose-secret-in-environment",
    aliases: [],
    title: "A secret is written into the environment of a container",
    severity: "high",
    why: "Everybody who can read the repository has it, and so has everybody who can look at the container.",
    fix: "Replace the secret where it is valid, and give the new one as a secret of compose or as a variable without a default.",
    links: ["https://docs.docker.com/compose/how-tos/use-secrets/"],
    controls: "secret-handling",
    on: { "compose:service": noSecretIn(["environment"]) },
    examples: {
      bad: [
        service("    environment:\n      POSTGRES_PASSWORD: swordfish\n"),
        service(`    environment:\n      - POSTGRES_PASSWORD=\${DB:-swordfish}\n`),
      ],
      good: [service(`    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/db\n      PGPASSWORD: \${DB}\n`)],
    },
  },
  {
    id: "iac/compose-secret-in-build-argument",
    aliases: [],
    title: "A secret is given to a build as an argument",
    severity: "high",
    why: "It is in the repository, and build arguments stay in the history of the image.",
    fix: "Replace the secret where it is valid, and give the new one under build.secrets.",
    links: ["https://docs.docker.com/build/building/secrets/"],
    controls: "secret-handling",
    on: { "compose:service": noSecretIn(["build", "args"]) },
    examples: {
      bad: [compose("services:\n  web:\n    build:\n      context: .\n      args:\n        NPM_TOKEN: swordfish\n")],
      good: [compose('services:\n  web:\n    build:\n      context: .\n      args:\n        VERSION: "1"\n')],
    },
  },
  {
    id: "iac/compose-image-without-version",
    aliases: [],
    title: "An image without a version",
    severity: "medium",
    why: "latest is whatever was pushed last: what runs can change from one start to the next, and nobody can say what ran before.",
    fix: "Name a version, or better the digest of the image that was tested.",
    links: [`${reference}#image`],
    controls: "supply-chain",
    on: { "compose:service": hasVersion },
    examples: {
      bad: [
        compose("services:\n  web:\n    image: nginx\n"),
        compose(`services:\n  web:\n    image: nginx:\${TAG:-latest}\n`),
      ],
      good: [compose("services:\n  web:\n    image: nginx:1.27\n")],
    },
  },
  {
    id: "iac/compose-service-without-password",
    aliases: [],
    title: "A data store that asks for no password",
    severity: "high",
    why: "Everybody who reaches the port reads and changes the data.",
    fix: "Remove the setting, and give the password as a secret.",
    links: ["https://docs.docker.com/compose/how-tos/use-secrets/"],
    controls: "strong-authentication",
    on: { "compose:service": asksForPassword },
    examples: {
      bad: [service("    environment:\n      POSTGRES_HOST_AUTH_METHOD: trust\n")],
      good: [service("    environment:\n      POSTGRES_HOST_AUTH_METHOD: scram-sha-256\n")],
    },
  },
  {
    id: "iac/compose-registry-without-tls",
    aliases: [],
    title: "Images are taken from a registry without TLS",
    severity: "high",
    why: "Anybody on the way can hand out an image of their own, which then runs.",
    fix: "Give the registry a certificate and remove --insecure-registry.",
    links: ["https://docs.docker.com/reference/cli/dockerd/#insecure-registries"],
    controls: "encryption-in-transit",
    on: { "compose:service": trustsRegistries },
    examples: {
      bad: [
        compose(
          'services:\n  dind:\n    image: docker:27-dind\n    command: ["--insecure-registry=registry.example:5000"]\n',
        ),
      ],
      good: [compose("services:\n  dind:\n    image: docker:27-dind\n")],
    },
  },
];
