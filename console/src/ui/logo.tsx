/** A gate within a gate, its portcullis half raised: what a sally port is. */
export function Logo({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path fill="currentColor" d="M3 29V16a13 13 0 0 1 26 0v13h-5V16.500a8 8 0 0 0-16 0V29Z" />
      <path
        fill="var(--sp-accent)"
        d="M10.700 13h1.900v10.500h-1.900zM15.050 10.500h1.900v13h-1.900zM19.400 13h1.900v10.500h-1.900zM9.500 15.200h13v1.900h-13z"
      />
    </svg>
  );
}
