/** Why what a rule finds matters, and how to fix it. */
import type { RuleWords } from "#api/rules/contract.ts";
import classes from "./advice.module.css";
import { LinkList } from "./link-list.tsx";
import { Prose } from "./prose.tsx";
import { PanePart } from "./split/pane-content.tsx";

export function Advice({ words: { why, fix, links } }: { readonly words: Pick<RuleWords, "why" | "fix" | "links"> }) {
  return (
    <div className={classes.advice}>
      <PanePart title="Why it matters">
        <p>
          <Prose text={why} />
        </p>
      </PanePart>
      <PanePart title="How to fix it">
        <p className={classes.fix}>
          <Prose text={fix} />
        </p>
        <LinkList links={links} />
      </PanePart>
    </div>
  );
}
