/**
 * The repositories in Composer's settings for all projects (`config.json`), with the logins of its `auth.json`. Repositories that
 * are no servers of Composer's own kind are left out.
 */
import { join } from "node:path";
import { type Loose, looseObject, looseText, parseLoose } from "#knowledge/loose-json.ts";
import type { RegistryFeed } from "#knowledge/package-facts/facts-sources.ts";
import { secretValue } from "#model/secret-value.ts";
import { feedAddress, loginOf } from "./feed-address.ts";
import { readUserFile, type Say, type UserPlace } from "./user-place.ts";

export function readComposerFeeds(place: UserPlace, say: Say): readonly RegistryFeed[] {
  const { environment } = place;
  const read = (name: string): readonly Loose[] =>
    foldersOf(place).flatMap((folder) => {
      const path = join(folder, name);
      const text = readUserFile(path, say);
      const read = text === undefined ? undefined : parseLoose(text);
      if (text !== undefined && !read) say(`${path} is no JSON and was left out`);
      return read ? [read] : [];
    });
  const repositories = read("config.json").flatMap((config) =>
    Object.values(looseObject(config.repositories)).concat(
      Array.isArray(config.repositories) ? config.repositories : [],
    ),
  );
  const logins = [parseLoose(environment.COMPOSER_AUTH ?? "") ?? {}, ...read("auth.json")];
  const found = new Map<string, RegistryFeed>();
  for (const { type, url } of repositories.map(looseObject)) {
    const { address, login } = feedAddress(type === "composer" ? (looseText(url) ?? "") : "") ?? {};
    if (address === undefined || found.has(address)) continue;
    found.set(address, {
      ...{ ecosystem: "Packagist", address, isPublic: false },
      ...(login ? { login } : loginFor(address, logins)),
    });
  }
  return [...found.values()];
}

function loginFor(address: string, logins: readonly Loose[]): Pick<RegistryFeed, "login" | "authorization"> {
  const { host } = new URL(address);
  for (const login of logins) {
    const basic = looseObject(looseObject(login["http-basic"])[host]);
    const [user, password] = [looseText(basic.username), looseText(basic.password)];
    if (user !== undefined) return { login: loginOf(user, password ?? "") };
    const bearer = looseText(looseObject(login.bearer)[host]);
    if (bearer !== undefined) return { authorization: secretValue(`Bearer ${bearer}`) };
  }
  return {};
}

/** Composer looks in one of them; where several are there, all of them are the user's. */
function foldersOf({ home, platform, environment }: UserPlace): readonly string[] {
  if (environment.COMPOSER_HOME) return [environment.COMPOSER_HOME];
  if (platform === "win32") return [join(environment.APPDATA ?? join(home, "AppData", "Roaming"), "Composer")];
  return [join(environment.XDG_CONFIG_HOME || join(home, ".config"), "composer"), join(home, ".composer")];
}
