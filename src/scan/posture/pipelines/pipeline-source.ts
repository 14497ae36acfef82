/** The code of one pipeline as it was read: its file, the templates of its repository, and those of others. */
import type { RepositoryResource } from "../../formats/azure-pipeline/expansion.ts";

export interface PipelineSource {
  readonly projectId: string;
  readonly definitionId: number;
  readonly repositoryId: string;
  /** Full ref name, and the commit it stood at. */
  readonly ref: string;
  readonly commit: string;
  readonly path: string;
  /** Texts by path, without a leading slash; or why there is none. */
  readonly files: ReadonlyMap<string, string | MissingFile>;
  /** By the alias that the pipeline gives the repository. */
  readonly others: ReadonlyMap<string, OtherRepository>;
  /** As Azure DevOps itself puts it together at this commit; absent if nobody asked, or it did not tell. */
  readonly preview?: string;
  /** Why it did not, where it was asked. */
  readonly previewRefused?: string;
}

export interface MissingFile {
  readonly missing: string;
}

export interface OtherRepository {
  readonly name: string;
  readonly ref: string;
  /** Where the ref stood; absent if it could not be found: then every file is missing. */
  readonly commit?: string;
  readonly files: ReadonlyMap<string, string | MissingFile>;
}

/** A file that a pipeline calls and nobody has read yet. */
export interface WantedFile {
  readonly path: string;
  /** Undefined: of the pipeline's own repository. */
  readonly repository: RepositoryResource | undefined;
}
