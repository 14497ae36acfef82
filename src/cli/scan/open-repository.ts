/** A person's repository, for commands that read its objects; git is loaded when it is needed. */
import type { NewBlobsOptions } from "#git/new-blobs.ts";
import type { LocalRepository, RepositoryNames } from "#git/open-local-repository.ts";
import { UsageError } from "../usage-error.ts";

export interface OpenedRepository {
  readonly repository: LocalRepository;
  /** What further questions to git need. */
  readonly reading: NewBlobsOptions;
}

export async function openRepository(folder: string, names: RepositoryNames = {}): Promise<OpenedRepository> {
  const [{ openLocalRepository }, { createLog }, { environmentWith }] = await Promise.all([
    import("#git/open-local-repository.ts"),
    import("../serve/create-log.ts"),
    import("../config.ts"),
  ]);
  const log = createLog({ logLevel: "silent" });
  const surrounding = environmentWith({});
  const repository = await openLocalRepository(folder, { log, surrounding, names });
  if (repository === undefined) throw new UsageError(`${folder} is in no git repository`);
  return { repository, reading: { gitDir: repository.gitDir, log, surrounding } };
}
