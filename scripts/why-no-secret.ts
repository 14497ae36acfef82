/** Says what keeps a value beside a name from being a secret: `node scripts/why-no-secret.ts db_password changeme`. */
import { nameKind, nameWords } from "../src/scan/secrets/assignments/name-words.ts";
import { refusalOf } from "../src/scan/secrets/judgement/literal-refusals.ts";

const [name, value] = process.argv.slice(2);
if (name === undefined || value === undefined) throw new Error("usage: node scripts/why-no-secret.ts NAME VALUE");
const words = nameWords(name);
const kind = nameKind(words);
const assignment = { name, start: 0, end: value.length, quoted: true, lexical: "plain", syntax: "assignment" } as const;
const refusal = kind === undefined ? undefined : refusalOf({ assignment, words, kind, value });
if (kind === undefined) console.log("Nothing is asked of the value: such a name holds no secret.");
else
  console.log(
    refusal === undefined ? `No refusal: the model judges it as ${kind}.` : `${refusal.name}: ${refusal.why}`,
  );
