/** A repository that may be scanned now; why not otherwise is nothing to repair: the next sync looks again. */
import type { RepositoryId } from "#model/ids.ts";
import type { Repository } from "#model/repository.ts";
import { getRepository } from "#store/instances/repositories.ts";
import type { App } from "../app.ts";

export type ScannableRepository = Repository & { readonly defaultBranch: string };

export async function findScannableRepository(
  app: Pick<App, "db">,
  id: RepositoryId,
): Promise<ScannableRepository | undefined> {
  const repository = await getRepository(app.db, id);
  if (!repository?.chosen || repository.isDisabled || repository.goneAt) return undefined;
  const { defaultBranch } = repository;
  return defaultBranch === undefined ? undefined : { ...repository, defaultBranch };
}
