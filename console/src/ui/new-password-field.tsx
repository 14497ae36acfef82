/** Where a password is chosen. */
import { PasswordInput } from "@mantine/core";

const shortest = 12;

export function isLongEnough(password: string): boolean {
  return password.length >= shortest;
}

interface Properties {
  readonly label: string;
  /** What to do with it. */
  readonly advice?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function NewPasswordField({ label, advice, value, onChange }: Properties) {
  const rule = `At least ${shortest} characters`;
  return (
    <PasswordInput
      label={label}
      description={advice === undefined ? rule : `${rule}; ${advice}`}
      autoComplete="new-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
