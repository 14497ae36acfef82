/** `npm run chaos -- --rounds N [--pushes 500] [--repositories 20]` */
import { parseArgs } from "node:util";
import { runChaos } from "./chaos.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "50" },
    pushes: { type: "string", default: "500" },
    repositories: { type: "string", default: "20" },
  },
});
const numbers = Object.entries(values).map(([name, text]) => {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} must be a whole number, not "${text}"`);
  return [name, Number(text)] as const;
});
const { rounds = 50, pushes = 500, repositories = 20 } = Object.fromEntries(numbers);

const verdict = await runChaos({
  rounds,
  pushes,
  repositories,
  onRound: (round) => console.log(`round ${round} of ${rounds}: killed and started again`),
});
for (const line of verdict.lost) console.log(`lost: ${line}`);
for (const line of verdict.doubled) console.log(`doubled: ${line}`);
console.log(
  `chaos: ${rounds} rounds, ${verdict.events} events, ${verdict.lost.length} lost, ${verdict.doubled.length} doubled`,
);
process.exitCode = verdict.lost.length + verdict.doubled.length === 0 ? 0 : 1;
