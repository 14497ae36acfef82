/** When a problem of a package could have been known and ended: what people look at when they ask how long it stood open. */
import type { Finding } from "#model/finding.ts";
import type { RepositoryId } from "#model/ids.ts";
import { packageKey } from "#model/package-key.ts";
import { packageSince } from "#store/packages/packages.ts";
import type { App } from "../app.ts";

export interface PackageTimes {
  /** The advisory was published. */
  readonly known?: Date;
  /** The package came into the branch in this version. */
  readonly since?: Date;
  /** The version that ends it was published, if a registry told. */
  readonly fixed?: Date;
}

export async function packageTimes(
  { db, knowledge }: Pick<App, "db" | "knowledge">,
  where: { readonly repositoryId: RepositoryId; readonly branch: string },
  { package: about, advisory, upgrade }: Pick<Finding, "package" | "advisory" | "upgrade">,
): Promise<PackageTimes> {
  if (!about) return {};
  const { ecosystem, name, version = "" } = about;
  const key = packageKey(ecosystem, name);
  const since = await packageSince(db, where, { ecosystem, key, version });
  const ending = upgrade?.name === name ? upgrade.to : advisory?.fixedIn.at(0);
  const facts = ending === undefined ? undefined : knowledge.current().factsOf(ecosystem, key);
  return {
    ...optional("known", dateOf(advisory?.published)),
    ...optional("since", since),
    ...optional("fixed", dateOf(facts?.versions.find((one) => one.version === ending)?.published)),
  };
}

function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function optional<Name extends string>(name: Name, value: Date | undefined): { readonly [Key in Name]?: Date } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]?: Date });
}
