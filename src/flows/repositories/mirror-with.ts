/** The mirror of a repository that holds a commit. Mirrors are a cache: what was evicted is fetched again. */
import type { Mirror } from "#git/mirror.ts";
import type { RepositoryId } from "#model/ids.ts";
import { getRepository } from "#store/instances/repositories.ts";
import type { App } from "../app.ts";
import { fetchMirror } from "./fetch-mirror.ts";

/** Undefined if the repository is gone, or has no such commit any more. The caller releases it. */
export async function mirrorWith(app: App, repositoryId: RepositoryId, commit: string): Promise<Mirror | undefined> {
  const existing = app.mirrors.existing(repositoryId);
  if (existing && (await existing.resolve(commit))) return existing;
  existing?.release();
  const repository = await getRepository(app.db, repositoryId);
  if (!repository || repository.isDisabled || repository.goneAt) return undefined;
  const fetched = await fetchMirror(app, repository);
  if (await fetched.resolve(commit)) return fetched;
  fetched.release();
  return undefined;
}
