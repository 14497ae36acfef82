/** Which secrets a dialog is about: the first of them by name and place. */
import type { SecretRow } from "#api/secrets/contract.ts";
import { sayCount } from "../../ui/amounts.ts";
import { sayPlace } from "../../ui/target.ts";
import classes from "./secrets.module.css";

const mostNamed = 5;

export function ChosenSecrets({ secrets }: { readonly secrets: readonly SecretRow[] }) {
  const left = secrets.length - mostNamed;
  return (
    <ul className={classes.chosen} aria-label="Chosen">
      {secrets.slice(0, mostNamed).map(({ instanceId, fingerprint, title, at, repository }) => (
        <li key={`${instanceId}/${fingerprint}`}>
          {title}
          <span className={classes.second}>
            <span className={classes.repository}>{repository.name}</span>
            <code title={sayPlace(at)}>{sayPlace(at)}</code>
          </span>
        </li>
      ))}
      {left > 0 ? <li className={classes.quiet}>and {sayCount(left)} more</li> : null}
    </ul>
  );
}
