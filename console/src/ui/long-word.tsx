/** A word without blanks (a kind of event, a setting) that may go on in the next line behind its signs. */
import { Fragment } from "react";

export function LongWord({ children }: { readonly children: string }) {
  return children.split(/(?<=[._/])/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    <Fragment key={at}>
      {at === 0 ? null : <wbr />}
      {part}
    </Fragment>
  ));
}
