/** The words in which a seed tells a repository's history: commits in order, each with the files that it writes. */
import type { PlantedSecrets } from "./planted-secrets.ts";

export interface SeedCommit {
  /** A key of the seed's people. */
  readonly by: string;
  /** Days before the seed is built; decreasing within a branch. */
  readonly daysAgo: number;
  readonly message: string;
  /** Path to content; null deletes. A leading newline of the content is dropped. */
  readonly files: Readonly<Record<string, string | null>>;
}

export interface SeedPullRequest {
  readonly branch: string;
  readonly title: string;
  readonly description: string;
  readonly by: string;
  readonly reviewers: readonly string[];
  readonly commits: readonly SeedCommit[];
}

export interface SeedRepository {
  readonly name: string;
  readonly project: string;
  readonly history: readonly SeedCommit[];
  readonly tags?: Readonly<Record<string, number>>;
  readonly pullRequests?: readonly SeedPullRequest[];
  /** Path of the pipeline that becomes a build definition. */
  readonly pipeline?: string;
  /** Further ones, each called as it is here. */
  readonly morePipelines?: readonly { readonly name: string; readonly path: string }[];
}

export type SeedRepositoryBuilder = (secrets: PlantedSecrets) => SeedRepository;
