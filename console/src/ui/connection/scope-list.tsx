/** Scopes to mark on Microsoft's pages, each with why and a way to copy its name; or all of them at once. */
import { Button } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { CopyText } from "../copy-text.tsx";
import { copyToClipboard } from "../copy-to-clipboard.ts";
import { sayDone, sayFailed } from "../say.ts";
import { Badge } from "../tag.tsx";
import classes from "./scope-list.module.css";

export interface ShownScope {
  readonly name: string;
  readonly onTokenPage: string | null;
  readonly why: string;
  readonly isOptional: boolean;
}

interface Properties {
  readonly scopes: readonly ShownScope[];
  /** The names of the token page, rather than those of the app registration. */
  readonly asOnTokenPage?: boolean;
}

export function ScopeList({ scopes, asOnTokenPage = false }: Properties) {
  const named = scopes.map((scope) => ({ ...scope, shown: (asOnTokenPage ? scope.onTokenPage : null) ?? scope.name }));
  const copyAll = async () => {
    try {
      await copyToClipboard(named.map((scope) => scope.shown).join("\n"));
      sayDone(`${named.length} names are on the clipboard.`);
    } catch (error) {
      sayFailed("The names were not copied", error);
    }
  };
  return (
    <>
      <ul className={classes.scopes} aria-label="Scopes">
        {named.map((scope) => (
          <li key={scope.name}>
            <div className={classes.head}>
              <span>
                {asOnTokenPage ? scope.shown : <code>{scope.shown}</code>}{" "}
                {scope.isOptional ? <Badge>optional</Badge> : null}
              </span>
              <CopyText text={scope.shown} label={`Copy ${scope.shown}`} />
            </div>
            <p className={classes.why}>{scope.why}</p>
          </li>
        ))}
      </ul>
      <Button
        variant="subtle"
        size="compact-sm"
        mt={8}
        leftSection={<IconCopy size={15} />}
        onClick={() => void copyAll()}
      >
        Copy all {named.length} names
      </Button>
    </>
  );
}
