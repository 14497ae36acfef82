/** One step of an attack path: who can do what, what stands there and does not hold, and what proves it. */
import type { AttackPathDetail, PathNodeRow } from "#api/attack-paths/contract.ts";
import { Evidence } from "../../ui/evidence.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { certainties } from "../../ui/posture-words.ts";
import { Tag } from "../../ui/tag.tsx";
import classes from "./attack-paths.module.css";
import { ChangeWords } from "./change-words.tsx";
import { NodeIcon } from "./node-icon.tsx";

interface Properties {
  readonly path: AttackPathDetail;
  readonly shown: number;
}

export function PathStep({ path: { edges, changes }, shown }: Properties) {
  const edge = edges[shown];
  if (edge === undefined) return null;
  const { says, guards, certainty, evidence, from, to } = edge;
  const cuts = changes.filter((change) => change.edge === shown);
  return (
    <div className={classes.step}>
      <Panel
        title={`Step ${shown + 1} of ${edges.length}`}
        aside={<Tag tone={certainties[certainty].tone}>{certainties[certainty].label}</Tag>}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: where the window is small it scrolls, also by keyboard */}
        <section className={classes.parts} tabIndex={0} aria-label="The chosen step" aria-live="polite">
          <p className={classes.says}>{says}</p>
          {guards.length === 0 ? null : (
            <div>
              <h3>What stands here and does not hold</h3>
              <ul className={classes.guards}>
                {guards.map((guard) => (
                  <li key={guard}>{guard}</li>
                ))}
              </ul>
            </div>
          )}
          {cuts.map((change) => (
            <div key={change.what} className={classes.cutHere}>
              <h3>Cut here</h3>
              <ChangeWords change={change} />
            </div>
          ))}
          <div>
            <h3>What proves it</h3>
            <Evidence evidence={evidence} />
          </div>
          <Facts>
            <Fact name="From">
              <Node node={from} />
            </Fact>
            <Fact name="To">
              <Node node={to} />
            </Fact>
          </Facts>
        </section>
      </Panel>
    </div>
  );
}

function Node({ node: { kind, name, url } }: { readonly node: PathNodeRow }) {
  return (
    <>
      <NodeIcon kind={kind} size={16} /> {url === null ? name : <OutsideLink href={url}>{name}</OutsideLink>}
    </>
  );
}
