/** One place that is asked about packages. */
import type { PublishedVersion } from "#model/fix-plan.ts";
import type { PoliteClient } from "./polite-client.ts";
import type { AskedPackage, PackageName, SourcePart } from "./source-part.ts";

export interface AskSource {
  /** Its address, without what is secret. */
  readonly place: string;
  /** Anybody's: names that are private are kept from it. */
  readonly isPublic: boolean;
  /** Whether it is to be asked about the package at all. */
  answers(about: PackageName): boolean;
  /** Whether the name is private, and this place the one that has it. */
  owns(about: PackageName): boolean;
  /** Undefined if it could not be asked; `known` is what it said before. Never throws on what it answers. */
  ask(about: AskedPackage, client: PoliteClient, now: string, known?: SourcePart): Promise<SourcePart | undefined>;
  /** What a lock file must write down of versions, by version; absent: this source does not tell that. */
  published?(
    about: PackageName,
    versions: readonly string[],
    client: PoliteClient,
  ): Promise<ReadonlyMap<string, PublishedVersion>>;
  /** Every version that it has and that was not taken back; undefined if it could not be asked. */
  versions?(about: PackageName, client: PoliteClient): Promise<readonly string[] | undefined>;
  /** npm: the checksums that Yarn 4 writes of versions, by version, from their archives. */
  yarnChecksums?(
    about: PackageName,
    versions: readonly string[],
    client: PoliteClient,
  ): Promise<ReadonlyMap<string, string>>;
}
