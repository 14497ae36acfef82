/** What published catalogues of controls call the concern that a rule serves. */
import type { RuleWords } from "#api/rules/contract.ts";
import { Badges } from "./badges.tsx";
import { Fact, Facts } from "./facts.tsx";

const catalogues = [
  { key: "cis", label: "CIS Controls 8" },
  { key: "nist", label: "NIST SP 800-53" },
  { key: "pci", label: "PCI DSS 4.0" },
  { key: "mcsb", label: "Microsoft MCSB" },
] as const;

export function ControlsOf({ controls }: { readonly controls: NonNullable<RuleWords["controls"]> }) {
  return (
    <Facts>
      <Fact name="Concern">{controls.title}</Fact>
      {catalogues.map(({ key, label }) =>
        controls[key].length === 0 ? null : (
          <Fact key={key} name={label}>
            <Badges words={controls[key]} />
          </Fact>
        ),
      )}
    </Facts>
  );
}
