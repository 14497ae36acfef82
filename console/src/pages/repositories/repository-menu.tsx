/** What can be done with a repository. */
import { Menu } from "@mantine/core";
import {
  IconExternalLink,
  IconFileImport,
  IconPackages,
  IconRadar2,
  IconRefresh,
  IconShieldExclamation,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { RepositoryRow } from "#api/repositories/contract.ts";
import { tell } from "../../api.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { SbomItems } from "../../ui/sbom-items.tsx";

export function useRepositoryMenu() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const scan = async (row: RepositoryRow) => {
    try {
      await tell.scanRepository(row.id);
      sayDone(`A scan of ${row.name} is on its way.`);
      await client.invalidateQueries({ queryKey: ["scans"] });
    } catch (error) {
      sayFailed(`${row.name} was not scanned`, error);
    }
  };
  return (row: RepositoryRow) => (
    <>
      <Menu.Item
        leftSection={<IconRefresh size={16} />}
        disabled={!row.chosen || row.isDisabled || row.isEmpty || row.goneAt !== null}
        onClick={() => void scan(row)}
      >
        Scan again
      </Menu.Item>
      <Menu.Item
        leftSection={<IconShieldExclamation size={16} />}
        onClick={() => void navigate({ to: "/issues", search: { repositoryId: row.id } })}
      >
        Open issues
      </Menu.Item>
      <Menu.Item
        leftSection={<IconRadar2 size={16} />}
        onClick={() => void navigate({ to: "/scans", search: { repositoryId: row.id } })}
      >
        Scans
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPackages size={16} />}
        onClick={() => void navigate({ to: "/packages", search: { repositoryId: row.id } })}
      >
        Packages
      </Menu.Item>
      <Menu.Item
        leftSection={<IconFileImport size={16} />}
        onClick={() => void navigate({ to: "/repositories/$repositoryId/imports", params: { repositoryId: row.id } })}
      >
        Results of other scanners
      </Menu.Item>
      <SbomItems of="repositories" id={row.id} disabled={row.lastScan === null} />
      <Menu.Item
        component="a"
        href={row.webUrl}
        target="_blank"
        rel="noreferrer"
        leftSection={<IconExternalLink size={16} />}
      >
        Open in Azure DevOps
      </Menu.Item>
    </>
  );
}
