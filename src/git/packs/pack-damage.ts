/** A pack, or an entry of one, that is not as the format says. Whoever reads packs catches it and asks git instead. */
export class PackDamage extends Error {
  override readonly name = "PackDamage";
}
