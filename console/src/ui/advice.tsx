/** Why what a rule finds matters, and how to fix it. */
import type { RuleWords } from "#api/rules/contract.ts";
import classes from "./advice.module.css";
import { OutsideLink } from "./outside-link.tsx";
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
        {links.length === 0 ? null : (
          <ul className={classes.links}>
            {links.map((link) => (
              <li key={link}>
                <OutsideLink href={link}>{sayLink(link)}</OutsideLink>
              </li>
            ))}
          </ul>
        )}
      </PanePart>
    </div>
  );
}

function sayLink(link: string): string {
  const url = URL.parse(link);
  return url === null ? link : `${url.hostname.replace(/^www\./, "")}${url.pathname.replace(/\/$/, "")}`;
}
