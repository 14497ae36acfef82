/** Light, dark, or whatever the system says; each press goes one on. */
import { ActionIcon, Tooltip, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";

const order = ["auto", "light", "dark"] as const;
const looks = {
  auto: { label: "Colours follow the system", icon: IconDeviceDesktop },
  light: { label: "Light colours", icon: IconSun },
  dark: { label: "Dark colours", icon: IconMoon },
};

export function SchemeSwitch() {
  // Without this Mantine adds a <style> against transitions, which the content security policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const { label, icon: Icon } = looks[colorScheme];
  const next = order[(order.indexOf(colorScheme) + 1) % order.length] ?? "auto";
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`${label}. Change to: ${looks[next].label}`}
        onClick={() => setColorScheme(next)}
      >
        <Icon size={18} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
