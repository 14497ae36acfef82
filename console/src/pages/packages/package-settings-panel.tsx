/** How an instance judges packages: which licences are allowed, and from which risk on an issue is made, as YAML. */
import { Button, Group } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { InstanceDetail } from "#api/instances/contract.ts";
import type { PackageSettings } from "#api/packages/contract.ts";
import { ask, tell } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { Fold } from "../../ui/fold.tsx";
import { KeptForm } from "../../ui/kept-form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { Listing } from "../../ui/table/listing.tsx";
import { YamlField } from "../../ui/yaml-field.tsx";
import classes from "./package-settings.module.css";

const example = `licenses:
  rules:
    # The first rule that fits decides; those that come with Sallyport stand after yours.
    - match:
        license: MPL-2.0
        scope: production # or development, direct
      action: allow # or review, deny
      reason: Agreed with the lawyers
      until: 2027-12-31
    - match:
        category: weak-copyleft
        package: "@contoso/*"
      action: allow
    - match:
        category: source-available
      action: deny
      severity: high
  # Licences that no rule knows.
  otherwise: review

operationalRisk:
  # Scores from 0 to 100 from which a risk is medium, and high.
  mediumFrom: 30
  highFrom: 55
  # What becomes an issue: high, or medium and high.
  report: high
  # Points at most; 0 leaves the factor out.
  weights:
    single-maintainer: 0
`;

export function PackageSettingsPanel({ instance }: { readonly instance: InstanceDetail }) {
  const query = useQuery(ask.packageSettings(instance.id));
  return (
    <Panel title="How packages are judged">
      <Listing query={query} isEmpty={() => false} empty={null}>
        {(saved) => <KeptForm saved={saved}>{(settings) => <Form instance={instance} settings={settings} />}</KeptForm>}
      </Listing>
    </Panel>
  );
}

interface Properties {
  readonly instance: InstanceDetail;
  readonly settings: PackageSettings;
}

function Form({ instance, settings }: Properties) {
  const client = useQueryClient();
  const [text, setText] = useState(settings.text);
  const save = useMutation({
    mutationFn: () => tell.setPackageSettings(instance.id, { text }),
    onSuccess: (answer) => {
      client.setQueryData(ask.packageSettings(instance.id).queryKey, answer);
      sayDone("The settings are saved. All packages of the instance are judged again; issues follow in a moment.");
    },
    onError: (error) => {
      if (mistakesOf(error).length === 0) sayFailed("The settings were not saved", error);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <p className={classes.words}>
        Which licences are allowed, and from which operational risk on an issue is made. Empty means as Sallyport comes:
        permissive licences are allowed, copyleft ones reviewed or denied, and high risks reported.
      </p>
      <YamlField
        label="Settings as YAML"
        text={text}
        mistakes={mistakesOf(save.error)}
        onChange={(next) => {
          setText(next);
          if (save.error !== null) save.reset();
        }}
      />
      <Group gap={8} mt="md">
        <Button type="submit" loading={save.isPending} disabled={text === settings.text}>
          Save the settings
        </Button>
        {text === "" ? (
          <Button variant="default" onClick={() => setText(example)}>
            Begin with an example
          </Button>
        ) : null}
      </Group>
      {settings.changedBy === null || settings.changedAt === null ? null : (
        <p className={classes.changed}>
          Changed by {settings.changedBy}, <Moment at={settings.changedAt} />
        </p>
      )}
      <Fold summary="What may stand in it">
        <pre className={classes.example}>{example}</pre>
      </Fold>
    </form>
  );
}

function mistakesOf(error: Error | null): readonly string[] {
  return error instanceof RequestError ? error.mistakes : [];
}
