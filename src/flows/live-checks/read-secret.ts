/** A secret's value, read anew from a repository that holds it. It stays in memory, and hides when it is printed. */
import type { InstanceId } from "#model/ids.ts";
import { type AskableSecret, secretValues } from "#scan/secrets/live/secret-values.ts";
import { largestFile } from "#scan/secrets/secrets-scanner.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import { getOrganization } from "#store/instances/organizations.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { listSecretVersions, type SecretVersion } from "#store/secrets/secret-checks.ts";
import type { App } from "../app.ts";
import { mirrorWith } from "../repositories/mirror-with.ts";

export interface ReadSecret extends AskableSecret {
  readonly version: SecretVersion;
}

/** Undefined if no version of a file holds it any more that can be reached, or no provider can be asked about it. */
export async function readSecret(
  app: App,
  { instance, fingerprint }: { readonly instance: InstanceId; readonly fingerprint: string },
): Promise<ReadSecret | undefined> {
  for (const version of await listSecretVersions(app.db, instance, fingerprint)) {
    const secret = await secretIn(app, version, fingerprint);
    if (!secret) continue;
    const { companion = await organizationOf(app, secret, version) } = secret;
    return { ...secret, companion, version };
  }
  return undefined;
}

async function secretIn(
  app: App,
  { repositoryId, commit, path }: SecretVersion,
  fingerprint: string,
): Promise<AskableSecret | undefined> {
  const mirror = await mirrorWith(app, repositoryId, commit);
  if (!mirror) return undefined;
  try {
    const entry = (await mirror.listTree(commit)).find((one) => one.path === path);
    if (!entry) return undefined;
    const context = { fingerprintKey: app.keys.fingerprintKey, wanted: new Set([fingerprint]) };
    for await (const blob of mirror.readBlobs([entry.objectId], { maxSize: largestFile })) {
      if ("bytes" in blob) return secretValues(sourceFileOf(path, blob.objectId, blob.bytes), context)[0];
    }
    return undefined;
  } finally {
    mirror.release();
  }
}

/** Where the file names none, a token of Azure DevOps is most likely of the organization that holds the file. */
async function organizationOf(app: App, { check }: AskableSecret, version: SecretVersion): Promise<string | undefined> {
  if (check.companion?.is !== "organization") return undefined;
  const repository = await getRepository(app.db, version.repositoryId);
  return repository && (await getOrganization(app.db, repository.organizationId))?.name;
}
