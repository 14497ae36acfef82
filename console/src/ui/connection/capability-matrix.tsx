/** What a sign-in may do: features first, with what is missing by name; scopes and roles folded away. Hides nothing. */
import { type ReactNode, useId } from "react";
import type { PreflightOnWire } from "#api/shapes/preflight.ts";
import { Fold } from "../fold.tsx";
import { Tag } from "../tag.tsx";
import classes from "./capability-matrix.module.css";
import { featureLabels, featureWorks, roleLabels, verdicts } from "./words-of-rights.ts";

interface Properties {
  readonly preflight: PreflightOnWire;
  /** Whose rights, for those who hear it. */
  readonly label: string;
}

export function CapabilityMatrix({ preflight, label }: Properties) {
  const { features, scopes, roles } = preflight;
  const missing = scopes.filter((scope) => scope.verdict === "missing").length;
  return (
    <>
      <table className={classes.matrix} aria-label={`What works with ${label}`}>
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <th scope="col">Works</th>
            <th scope="col">What that means</th>
          </tr>
        </thead>
        <tbody>
          {features.map((feature) => (
            <tr key={feature.feature} data-works={feature.works}>
              <th scope="row">{featureLabels[feature.feature]}</th>
              <td className={classes.works}>
                <Tag tone={featureWorks[feature.works].tone}>{featureWorks[feature.works].label}</Tag>
              </td>
              <td>
                {feature.reason}
                {feature.missing.length === 0 ? null : (
                  <span className={classes.missing}>
                    Missing:{" "}
                    {feature.missing.map((name) => (
                      <span key={name} className={classes.name}>
                        {name}
                      </span>
                    ))}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Fold
        summary={`Scopes and roles, one by one: ${scopes.length} scopes${missing === 0 ? "" : `, ${missing} missing`}`}
      >
        <Lines title="Scopes">
          {scopes.map((scope) => (
            <Line key={scope.scope} name={<code>{scope.scope}</code>} verdict={scope.verdict} reason={scope.reason} />
          ))}
        </Lines>
        <Lines title="Roles">
          {roles.map((role) => (
            <Line
              key={`${role.role} ${role.project?.id}`}
              name={role.project === null ? roleLabels[role.role] : `${roleLabels[role.role]} of ${role.project.name}`}
              verdict={role.verdict}
              reason={role.reason}
            />
          ))}
        </Lines>
      </Fold>
    </>
  );
}

function Lines({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <>
      <p className={classes.linesTitle} id={id}>
        {title}
      </p>
      <ul className={classes.lines} aria-labelledby={id}>
        {children}
      </ul>
    </>
  );
}

interface LineProperties {
  readonly name: ReactNode;
  readonly verdict: keyof typeof verdicts;
  readonly reason: string;
}

function Line({ name, verdict, reason }: LineProperties) {
  return (
    <li>
      <span className={classes.lineName}>{name}</span>
      <Tag tone={verdicts[verdict].tone}>{verdicts[verdict].label}</Tag>
      <span className={classes.reason}>{reason}</span>
    </li>
  );
}
