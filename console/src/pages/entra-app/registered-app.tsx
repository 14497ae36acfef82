/** The app that is registered, and the way to forget it. */
import { Button, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { EntraAppSettings } from "#api/entra-app/contract.ts";
import { tell } from "../../api.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Remaining } from "../../ui/remaining.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { Tag } from "../../ui/tag.tsx";

type App = NonNullable<EntraAppSettings["app"]>;

export function RegisteredApp({ app }: { readonly app: App }) {
  const client = useQueryClient();
  const [asking, question] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: () => tell.forgetEntraApp(),
    onSuccess: async () => {
      question.close();
      sayDone("The app is forgotten.");
      await client.invalidateQueries({ queryKey: ["entra-app"] });
    },
    onError: (error) => sayFailed("The app was not forgotten", error),
  });
  return (
    <Panel title="Registered" aside={<Tag tone="good">People can sign in</Tag>}>
      <Facts>
        <Fact name="Client ID">
          <Group gap={6} wrap="nowrap" justify="space-between">
            <code>{app.clientId}</code>
            <CopyText text={app.clientId} label="Copy the client ID" />
          </Group>
        </Fact>
        <Fact name="Directory">{app.tenant ?? "Any (multitenant)"}</Fact>
        <Fact name={app.proof === "certificate" ? "Certificate" : "Secret"}>
          {app.proofExpires === null ? "Expiry not known" : <Remaining until={app.proofExpires} />}
        </Fact>
        <Fact name="Set by">
          {app.updatedBy}, <Moment at={app.updatedAt} />
        </Fact>
      </Facts>
      <Group mt="md" gap={8}>
        <Button component={Link} to="/settings/integrations/new">
          Connect an organization
        </Button>
        <Button variant="default" onClick={question.open}>
          Forget the app
        </Button>
      </Group>
      <Modal
        opened={asking}
        onClose={question.close}
        title="Forget the app"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Text>
          Sign-ins made with it cannot be renewed any more: their instances stop within the hour and say so. The
          registration at Microsoft stays; delete it there.
        </Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={question.close}>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Forget the app
          </Button>
        </Group>
      </Modal>
    </Panel>
  );
}
