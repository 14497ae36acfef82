/**
 * The repositories of Maven's `settings.xml`: mirrors, and those of profiles that may be active and that no mirror replaces,
 * with the logins of their servers. Passwords that Maven has encrypted are not read. Central, which no settings need to name,
 * is not among them.
 */
import { join } from "node:path";
import type { RegistryFeed } from "#knowledge/package-facts/facts-sources.ts";
import type { SecretValue } from "#model/secret-value.ts";
import { readXml } from "#scan/formats/xml/read-xml.ts";
import { childOf, childrenOf, type XmlElement } from "#scan/formats/xml/xml-element.ts";
import type { Environment } from "../config.ts";
import { feedAddress, loginOf } from "./feed-address.ts";
import { readUserFile, type Say, type UserPlace } from "./user-place.ts";

interface Repository {
  readonly id: string;
  readonly address: string;
  /** Which others a mirror stands for; empty for a repository. */
  readonly mirrorOf: readonly string[];
  readonly login: SecretValue | undefined;
}

export function readMavenFeeds({ home, environment }: UserPlace, say: Say): readonly RegistryFeed[] {
  const path = join(home, ".m2", "settings.xml");
  const text = readUserFile(path, say);
  if (text === undefined) return [];
  const { root, problems } = readXml({ path, text });
  if (problems[0]) say(`${path} is broken (${problems[0].message}): what follows there does not count`);
  const servers = childrenOf(childOf(root, "servers"), "server");
  const read = (element: XmlElement) => repositoryOf(element, servers, environment, say);
  const mirrors = childrenOf(childOf(root, "mirrors"), "mirror")
    .filter((mirror) => wordIn(mirror, "blocked").toLowerCase() !== "true")
    .flatMap(read);
  const repositories = activeProfiles(root)
    .flatMap((profile) => childrenOf(childOf(profile, "repositories"), "repository"))
    .flatMap(read)
    .filter((repository) => !mirrors.some((mirror) => standsFor(mirror, repository)));
  const byAddress = new Map([...mirrors, ...repositories].toReversed().map((one) => [one.address, one]));
  return [...byAddress.values()]
    .toReversed()
    .map(({ address, login }) => ({ ecosystem: "Maven", address, isPublic: false, ...(login && { login }) }));
}

/** Whether a property, a file or a JDK makes a profile active is not known here: then it counts. */
function activeProfiles(root: XmlElement | undefined): readonly XmlElement[] {
  const named = childrenOf(childOf(root, "activeProfiles"), "activeProfile").map(({ text }) => text);
  return childrenOf(childOf(root, "profiles"), "profile").filter((profile) => {
    if (named.includes(wordIn(profile, "id"))) return true;
    const conditions = childOf(profile, "activation")?.children ?? [];
    return conditions.some(
      ({ name, text }) => name !== "activeByDefault" || (named.length === 0 && text.toLowerCase() === "true"),
    );
  });
}

function repositoryOf(
  element: XmlElement,
  servers: readonly XmlElement[],
  environment: Environment,
  say: Say,
): readonly Repository[] {
  const id = wordIn(element, "id");
  const found = feedAddress(withVariables(wordIn(element, "url"), environment));
  if (!found) return [];
  const server = servers.find((one) => id !== "" && wordIn(one, "id") === id);
  const login = (server && loginOfServer(server, environment, say)) ?? found.login;
  const mirrorOf = wordIn(element, "mirrorOf")
    .split(",")
    .map((pattern) => pattern.trim());
  return [{ id, address: found.address, mirrorOf, login }];
}

function standsFor({ mirrorOf }: Repository, { id, address }: Repository): boolean {
  const { protocol, hostname } = new URL(address);
  const isExternal = hostname !== "localhost" && hostname !== "127.0.0.1";
  if (mirrorOf.includes(`!${id}`)) return false;
  return mirrorOf.some(
    (pattern) =>
      pattern === id ||
      pattern === "*" ||
      (pattern === "external:*" && isExternal) ||
      (pattern === "external:http:*" && isExternal && protocol === "http:"),
  );
}

function loginOfServer(server: XmlElement, environment: Environment, say: Say): SecretValue | undefined {
  const [user, password] = ["username", "password"].map((name) => withVariables(wordIn(server, name), environment));
  if (!user || !password || password.includes("${")) return undefined;
  if (!/^\{.*\}$/s.test(password)) return loginOf(user, password);
  say(
    `The password of the Maven server "${wordIn(server, "id")}" is encrypted for Maven alone, so it is asked without: \${env.VARIABLE} can be read`,
  );
  return undefined;
}

function wordIn(element: XmlElement, name: string): string {
  return childOf(element, name)?.text ?? "";
}

function withVariables(text: string, environment: Environment): string {
  return text.replace(/\$\{env\.([^${}]{1,200})\}/g, (whole, name: string) => environment[name] ?? whole);
}
