/** The images that a Dockerfile names, with the defaults of its build arguments. */
import { splitWords } from "../../../formats/dockerfile/docker-words.ts";
import { type Dockerfile, type Instruction, readDockerfile } from "../../../formats/dockerfile/read-dockerfile.ts";
import { expandVariables } from "../../../formats/shell-words/expand-variables.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import type { ImageFound } from "./image-use.ts";

interface Stage {
  readonly name: string;
  readonly parent: Stage | undefined;
  readonly image: ImageFound | undefined;
  readonly at: Place;
  /** Stages and images that files are copied from. */
  readonly copies: Place[];
  readonly copied: string[];
}

/** More stages than these nobody has. */
const mostStages = 500;

export function dockerfileImages(file: TextFile): readonly ImageFound[] {
  const read = readDockerfile(file);
  const stages = stagesOf(read);
  const byName = new Map(stages.map((stage) => [stage.name, stage]));
  const last = stages.at(-1);
  const production = new Set(last ? lineage(last) : []);
  const building = builtFrom(stages, byName, production);
  const bases = stages.flatMap((stage): readonly ImageFound[] => {
    if (!stage.image) return [];
    return building.has(stage) ? [{ ...stage.image, groups: ["build"], isDevelopment: true }] : [stage.image];
  });
  const copied = stages.flatMap(({ copies, copied: names }) =>
    names.flatMap((name, index): readonly ImageFound[] => {
      const at = copies[index];
      const isStage = byName.has(name.toLowerCase()) || /^\d+$/.test(name);
      return isStage || !at ? [] : [{ text: name, writtenAt: at, at }];
    }),
  );
  return [...bases, ...copied];
}

function stagesOf({ instructions, escape: mark }: Dockerfile): readonly Stage[] {
  const values = new Map<string, { readonly value: string | undefined; readonly from?: Place }>();
  const expand = (text: string) =>
    expandVariables(text, { lookup: (name) => values.get(name), escape: mark, quotes: true });
  const stages: Stage[] = [];
  const byName = new Map<string, Stage>();
  for (const instruction of instructions) {
    const stage = stages.at(-1);
    if (instruction.name === "FROM" && stages.length < mostStages) {
      const next = stageOf(instruction, mark, expand, byName);
      stages.push(next);
      byName.set(next.name, next);
      byName.set(String(stages.length - 1), next);
    } else if (instruction.name === "ARG" && !stage) declare(instruction, mark, values);
    else if (stage) addCopies(instruction.trigger ?? instruction, stage);
  }
  return stages;
}

type Expand = (text: string) => { readonly text: string; readonly from?: Place | undefined };

function stageOf(instruction: Instruction, mark: string, expand: Expand, byName: ReadonlyMap<string, Stage>): Stage {
  const [image, as, alias] = splitWords(instruction.rest, mark);
  const { text = "", from } = image ? expand(image.text) : {};
  const parent = byName.get(text.toLowerCase());
  const isNamed = as?.text.toLowerCase() === "as" && alias !== undefined;
  const found: ImageFound | undefined =
    image && !parent
      ? { text, writtenAt: image.place, at: instruction.at, ...(from && { alsoAt: [from] }) }
      : undefined;
  return {
    name: isNamed ? alias.text.toLowerCase() : ` ${byName.size}`,
    parent,
    image: found,
    at: instruction.at,
    copies: [],
    copied: [],
  };
}

/** An argument before the first FROM holds in all of them, as far as it has a default. */
function declare(
  instruction: Instruction,
  mark: string,
  values: Map<string, { readonly value: string | undefined; readonly from?: Place }>,
): void {
  for (const { text, place } of splitWords(instruction.rest, mark)) {
    const equals = text.indexOf("=");
    if (equals < 0) continue;
    const lookup = (name: string) => values.get(name);
    const { text: value } = expandVariables(text.slice(equals + 1), { lookup, escape: mark, quotes: true });
    values.set(text.slice(0, equals), { value, from: place });
  }
}

function addCopies({ name, flags }: Instruction, stage: Stage): void {
  if (name !== "COPY" && name !== "RUN") return;
  for (const flag of flags) {
    const from = flag.name === "from" ? flag.value : /(?:^|,)from=([^,]+)/.exec(flag.value)?.[1];
    if (from === undefined || (flag.name !== "from" && flag.name !== "mount")) continue;
    stage.copies.push(flag.place);
    stage.copied.push(from);
  }
}

function lineage(stage: Stage): readonly Stage[] {
  const out: Stage[] = [];
  for (let one: Stage | undefined = stage; one; one = one.parent) out.push(one);
  return out;
}

/** Stages that only give files to what is built in the end. What nothing leads to may be built for itself. */
function builtFrom(
  stages: readonly Stage[],
  byName: ReadonlyMap<string, Stage>,
  production: ReadonlySet<Stage>,
): ReadonlySet<Stage> {
  const reached = new Set(production);
  for (const stage of reached) {
    for (const name of stage.copied) {
      const from = byName.get(name.toLowerCase());
      if (from) for (const one of lineage(from)) reached.add(one);
    }
  }
  return new Set(stages.filter((stage) => reached.has(stage) && !production.has(stage)));
}
