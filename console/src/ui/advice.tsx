/** Why what a rule finds matters, and how to fix it. */
import { Fragment } from "react";
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
                <OutsideLink href={link}>
                  <Address link={link} />
                </OutsideLink>
              </li>
            ))}
          </ul>
        )}
      </PanePart>
    </div>
  );
}

/** Without what says nothing; long ones break where a part ends. */
function Address({ link }: { readonly link: string }) {
  const url = URL.parse(link);
  const text = url === null ? link : `${url.hostname.replace(/^www\./, "")}${url.pathname.replace(/\/$/, "")}`;
  return text.split(/(?<=\/)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one address never move
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}
