/**
 * The folder of this program. All addresses of its files are told from here: code of deeper folders may lie in a bundle, where
 * an address relative to it would mean another place (scripts/bundle.js).
 */
export const ownFolder = new URL("../../", import.meta.url);
