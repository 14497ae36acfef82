/** Settings that end ways: each an instruction with exact names, its page, how much it asks of people, and which runs it would have met. */
import type { RunFact } from "#model/posture/pipeline-facts.ts";

export interface MetRun {
  readonly pipeline: string;
  readonly run: RunFact;
}

export interface CutSetting {
  /** The same for the same setting, whoever is kept out by it. */
  readonly id: string;
  readonly what: string;
  readonly url?: string;
  /** Before side effects: 1 for a switch that nobody notices. */
  readonly price: number;
  /** Runs that it would have stopped or held up. */
  readonly meets: () => readonly MetRun[];
}

export interface SettingWords {
  readonly what: string;
  readonly url?: string | undefined;
  readonly price: number;
  readonly meets?: () => readonly MetRun[];
}

/** One object for each setting, so that ways of all classes of people speak of the same. */
export interface SettingsKept {
  readonly get: (id: string, words: () => SettingWords) => CutSetting;
}

export function keepSettings(): SettingsKept {
  const kept = new Map<string, CutSetting>();
  return {
    get(id, words) {
      const known = kept.get(id);
      if (known) return known;
      const { url, meets = () => [], ...rest } = words();
      const made: CutSetting = { id, ...rest, ...(url === undefined ? {} : { url }), meets };
      kept.set(id, made);
      return made;
    },
  };
}
