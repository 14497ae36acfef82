/** Addresses to read on, each short enough to be told apart and long enough to be trusted. */
import { Fragment } from "react";
import classes from "./link-list.module.css";
import { OutsideLink } from "./outside-link.tsx";

export function LinkList({ links }: { readonly links: readonly string[] }) {
  if (links.length === 0) return null;
  return (
    <ul className={classes.links}>
      {links.map((link) => (
        <li key={link}>
          <OutsideLink href={link}>
            <Address link={link} />
          </OutsideLink>
        </li>
      ))}
    </ul>
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
