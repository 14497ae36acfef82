/** What a finding says beyond its rule's title: of many secrets that is nothing. */
import classes from "./pull-requests.module.css";

export function FindingMessage({ title, message }: { readonly title: string; readonly message: string }) {
  return message.replace(/\.$/, "") === title ? null : <p className={classes.message}>{message}</p>;
}
