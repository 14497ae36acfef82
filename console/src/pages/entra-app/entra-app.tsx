/** Settings > Microsoft Entra app: how to register the app that people sign in through, and what Sallyport must know of it. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Trail } from "../../ui/trail.tsx";
import { AppForm } from "./app-form.tsx";
import { OtherIdentities } from "./other-identities.tsx";
import { RegisteredApp } from "./registered-app.tsx";
import { RegistrationGuide } from "./registration-guide.tsx";

export function EntraAppPage() {
  const query = useQuery(ask.entraApp());
  return (
    <Page
      title="Microsoft Entra app"
      lead="Sallyport has no app of its own at Microsoft: you register one, and it stays yours. It takes about five minutes, once."
      trail={
        <Trail>
          <span>Settings</span>
          <Link to="/settings/integrations">Data Sources & Integrations</Link>
        </Trail>
      }
    >
      <Listing query={query} isEmpty={() => false} empty={null}>
        {(answer) => (
          <Columns>
            <PanelStack>
              <Panel title="Register the app">
                <RegistrationGuide redirectUri={answer.redirectUri} scopes={answer.scopes} />
              </Panel>
              <Panel title="An identity that does not leave the company">
                <OtherIdentities />
              </Panel>
            </PanelStack>
            <PanelStack>
              {answer.app === null ? null : <RegisteredApp app={answer.app} />}
              <Panel title={answer.app === null ? "Tell Sallyport" : "Change it"}>
                <AppForm key={answer.app?.updatedAt} app={answer.app} />
              </Panel>
            </PanelStack>
          </Columns>
        )}
      </Listing>
    </Page>
  );
}
