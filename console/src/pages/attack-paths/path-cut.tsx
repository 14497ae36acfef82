/** The settings that end an attack path, the one that ends most first; each leads to its step. */
import { Anchor } from "@mantine/core";
import type { AttackPathDetail } from "#api/attack-paths/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Panel } from "../../ui/panel.tsx";
import { Prose } from "../../ui/prose.tsx";
import classes from "./attack-paths.module.css";
import { ChangeWords } from "./change-words.tsx";

interface Properties {
  readonly path: AttackPathDetail;
  readonly onShow: (edge: number) => void;
}

export function PathCut({ path: { changes, cut, alternatives, fix }, onShow }: Properties) {
  return (
    <Panel title="What ends it">
      <p className={classes.lead}>{sayCut(changes.length, cut.isComplete, alternatives)}</p>
      {changes.length === 0 && fix !== null ? (
        <p className={classes.lead}>
          <Prose text={fix} />
        </p>
      ) : null}
      <ol className={classes.changes}>
        {changes.map((change) => (
          <li key={change.what}>
            <ChangeWords change={change} />
            {change.edge < 0 ? (
              <p className={classes.quiet}>It cuts another way between the same two, not the one that is drawn.</p>
            ) : (
              <Anchor component="button" type="button" fz="inherit" onClick={() => onShow(change.edge)}>
                Show step {change.edge + 1}
              </Anchor>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function sayCut(changes: number, isComplete: boolean, alternatives: number): string {
  if (changes === 0) return "No setting is known that ends it without ending what the pipeline is for.";
  const ways = alternatives === 0 ? "it" : `it and the ${countOf(alternatives, "other way")} between the two`;
  const settings = changes === 1 ? "One setting" : `These ${changes} settings together`;
  return isComplete
    ? `${settings} ${changes === 1 ? "ends" : "end"} ${ways}.`
    : `${settings} ${changes === 1 ? "ends" : "end"} the way that is drawn; others stay open.`;
}
