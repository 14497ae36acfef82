/**
 * The local copy of what the world knows, as flows use it: opened when it is first asked, opened again when a newer one
 * stands in the folder, whoever put it there. Where nothing was ever fetched, the sample that comes with the program answers.
 */
import { hostname } from "node:os";
import { knowledgeVersion, listBuilt } from "#knowledge/knowledge-folder.ts";
import type { KnowledgeStatus } from "#knowledge/knowledge-status.ts";
import { type Knowledge, openKnowledge } from "#knowledge/open-knowledge.ts";
import { openPackageFacts } from "#knowledge/package-facts/open-package-facts.ts";
import { openSample } from "#knowledge/sample/open-sample.ts";
import type { AdvisoryKnowledge } from "#model/advisory.ts";
import type { PackageKnowledge } from "#model/package-facts.ts";

export interface KnowledgeCopy {
  readonly folder: string;
  /** Names the copy among those of other machines. */
  readonly place: string;
  /** Holds for one judgement: ask again for the next. */
  current(): AdvisoryKnowledge & PackageKnowledge;
  status(): KnowledgeStatus & { readonly isSample: boolean };
  close(): void;
}

/** Looking whether there is a newer one costs a listing of a folder. */
const lookMilliseconds = 2_000;

export function openKnowledgeCopy(folder: string): KnowledgeCopy {
  let opened: { readonly version: string; readonly knowledge: Knowledge; readonly isSample: boolean } | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const facts = openPackageFacts(folder);

  function newest(): NonNullable<typeof opened> {
    const now = performance.now();
    if (opened && now - lookedAt < lookMilliseconds) return opened;
    lookedAt = now;
    const built = listBuilt(folder);
    const version = knowledgeVersion(built);
    if (opened?.version === version) return opened;
    opened?.knowledge.close();
    const isSample = built.size === 0;
    opened = { version, isSample, knowledge: isSample ? openSample() : openKnowledge(folder) };
    return opened;
  }

  return {
    folder,
    place: `${hostname()}:${folder}`,
    current() {
      const { knowledge } = newest();
      return {
        advisoriesOf: (ecosystem, name) => knowledge.advisoriesOf(ecosystem, name),
        exploitLikelihood: (cve) => knowledge.exploitLikelihood(cve),
        knownExploited: (cve) => knowledge.knownExploited(cve),
        get runtimes() {
          return knowledge.runtimes;
        },
        factsOf: (ecosystem, name) => facts.factsOf(ecosystem, name),
      };
    },
    status() {
      const { knowledge, isSample } = newest();
      return { ...knowledge.status(), isSample };
    },
    close() {
      opened?.knowledge.close();
      opened = undefined;
    },
  };
}
