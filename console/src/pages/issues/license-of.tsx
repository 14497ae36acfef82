/** How the licence of a package was judged: what was declared where, which part of it decided, and by which rule. */
import type { IssueDetail } from "#api/issues/contract.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { licenseCategoryLabels } from "../../ui/words.ts";
import classes from "./issue.module.css";

const sources = {
  manifest: "the manifest",
  registry: "the registry",
  text: "the licence’s text",
  none: "nowhere",
} as const;

export function LicenseOf({ license }: { readonly license: NonNullable<IssueDetail["license"]> }) {
  const { expression, from, decidedBy, category, rule } = license;
  return (
    <PanePart title="The licence">
      <Facts>
        <Fact name="Declared">
          {expression === undefined ? (
            <span className={classes.quiet}>None declared</span>
          ) : (
            <>
              <code>{expression}</code> <span className={classes.quiet}>in {sources[from]}</span>
            </>
          )}
        </Fact>
        {decidedBy === undefined || decidedBy === expression ? null : (
          <Fact name="What decided">
            <code>{decidedBy}</code>
          </Fact>
        )}
        <Fact name="Kind">{licenseCategoryLabels[category] ?? category}</Fact>
        <Fact name="Rule">{rule}</Fact>
      </Facts>
    </PanePart>
  );
}
