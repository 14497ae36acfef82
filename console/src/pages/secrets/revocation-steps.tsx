/** What the provider wants done, as a list to tick off; the ticks stay in this browser and decide nothing. */
import { Checkbox } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import type { RuleWords } from "#api/rules/contract.ts";
import type { SecretName } from "../../api.ts";
import { LinkList } from "../../ui/link-list.tsx";
import { Prose } from "../../ui/prose.tsx";
import classes from "./secret.module.css";

interface Properties {
  readonly secret: SecretName;
  readonly words: Pick<RuleWords, "fix" | "links">;
}

export function RevocationSteps({ secret: { instanceId, fingerprint }, words: { fix, links } }: Properties) {
  const [done, setDone] = useLocalStorage<string[]>({
    key: `sallyport-steps-${instanceId}-${fingerprint}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  return (
    <>
      <ol className={classes.steps} aria-label="Steps">
        {stepsOf(fix).map((step) => (
          <li key={step}>
            <Checkbox
              size="sm"
              label={<Prose text={step} />}
              checked={done.includes(step)}
              onChange={(event) =>
                setDone(event.currentTarget.checked ? [...done, step] : done.filter((one) => one !== step))
              }
            />
          </li>
        ))}
      </ol>
      <LinkList links={links} />
    </>
  );
}

const sentences = new Intl.Segmenter("en", { granularity: "sentence" });

/** Each sentence is a step; code in backticks stays whole. */
function stepsOf(fix: string): readonly string[] {
  const steps: string[] = [];
  let step = "";
  for (const { segment } of sentences.segment(fix)) {
    step += segment;
    if (step.split("`").length % 2 === 0) continue;
    if (step.trim() !== "") steps.push(step.trim());
    step = "";
  }
  return step.trim() === "" ? steps : [...steps, step.trim()];
}
