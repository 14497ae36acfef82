/** Bills of materials to take away, in the two formats that others read. */
import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconFileDownload } from "@tabler/icons-react";

interface Properties {
  readonly of: "repositories" | "instances";
  readonly id: string;
  /** Nothing was scanned yet. */
  readonly disabled?: boolean;
}

const formats = [
  { format: "cyclonedx", label: "SBOM as CycloneDX 1.6" },
  { format: "spdx", label: "SBOM as SPDX 2.3" },
] as const;

export function SbomItems({ of, id, disabled = false }: Properties) {
  return formats.map(({ format, label }) =>
    disabled ? (
      <Menu.Item key={format} disabled leftSection={<IconFileDownload size={16} />}>
        {label}
      </Menu.Item>
    ) : (
      <Menu.Item
        key={format}
        component="a"
        href={`/api/${of}/${id}/sbom?format=${format}`}
        download
        leftSection={<IconFileDownload size={16} />}
      >
        {label}
      </Menu.Item>
    ),
  );
}

export function SbomMenu(properties: Properties) {
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />}>
          Bill of materials
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <SbomItems {...properties} />
      </Menu.Dropdown>
    </Menu>
  );
}
