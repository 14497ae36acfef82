/** What the provider wants done, as a list to tick off; the ticks stay in this browser and decide nothing. */
import { Checkbox, Stack } from "@mantine/core";
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
      <Checkbox.Group aria-label="Steps" value={done} onChange={setDone}>
        <Stack gap={8} component="ol" className={classes.steps}>
          {stepsOf(fix).map((step) => (
            <li key={step}>
              <Checkbox value={step} label={<Prose text={step} />} size="sm" />
            </li>
          ))}
        </Stack>
      </Checkbox.Group>
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
