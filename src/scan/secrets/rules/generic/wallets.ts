/** Keys and phrases of wallets. */
import { mnemonicOf } from "../../checks/bip39.ts";
import { sample, sampleBytes } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some } from "../../rule-makers/provider-rule.ts";

const ofWallet = {
  provider: "Ethereum",
  family: "ethereum-private-key",
  severity: "critical",
  why: "Whoever has the key owns what lies at its address, and signs contracts in its name.",
  fix: "Move the funds and the rights of the address to a new key at once; a key cannot be revoked.",
  links: ["https://ethereum.org/en/developers/docs/accounts/"],
} as const;

const walletWords = [
  "private_key",
  "privatekey",
  "private-key",
  "priv_key",
  "privkey",
  "wallet",
  "deployer",
  "ethereum",
  "signer",
];

/** Words of those who work with chains. */
const chainWords = [
  ...["ethereum", "ethers", "eth_", "_eth", "wallet", "deployer", "signer", "web3", "hardhat", "infura", "alchemy"],
  ...[
    "metamask",
    "mainnet",
    "sepolia",
    "goerli",
    "solidity",
    "rpc_url",
    "rpcurl",
    "blockchain",
    "etherscan",
    "mnemonic",
  ],
];

export const rules: readonly SecretRule[] = [
  namedRule({
    ...ofWallet,
    id: "secrets/ethereum-private-key",
    title: "Private key of a wallet",
    words: walletWords,
    called: "wallet private key",
    token: ["0x", some("hex", 64)],
    examples: {
      bad: (seed) => [{ path: ".env", text: `PRIVATE_KEY=0x${sample("hexLower", 64, seed)}\n` }],
      good: (seed) => [`const walletTxHash = "0x${sample("hexLower", 64, seed)}";`],
    },
  }),
  namedRule({
    ...ofWallet,
    id: "secrets/wallet-private-key",
    title: "Private key of a wallet, without its prefix",
    words: walletWords,
    called: "wallet private key",
    token: [some("hex", 64)],
    // Keys of many other things are 32 bytes, too.
    context: { words: chainWords, before: 300, after: 200, required: true },
    examples: {
      bad: (seed) => [
        { path: ".env", text: `SEPOLIA_RPC_URL=https://rpc.example\nPRIVATE_KEY=${sample("hexLower", 64, seed)}\n` },
        `const deployerKey = "${sample("hexLower", 64, seed)}";`,
      ],
      good: (seed) => [`const walletTxHash = "${sample("hexLower", 64, seed)}";`],
    },
  }),
  {
    id: "secrets/bip39-mnemonic",
    aliases: [],
    title: "Seed phrase of a wallet",
    provider: "Wallets",
    severity: "critical",
    why: "All keys of the wallet follow from it: whoever reads it owns everything in it.",
    fix: "Make a new wallet and move everything to it at once; a seed phrase cannot be revoked.",
    links: ["https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki"],
    anchors: [
      "mnemonic",
      "seed phrase",
      "seedphrase",
      "seed_phrase",
      "recovery phrase",
      "recovery_phrase",
      "wallet_seed",
      "secret phrase",
    ].map((text) => ({ text, foldCase: true })),
    shape: { is: "reader", reader: "mnemonic" },
    score: 95,
    loose: true,
    examples: {
      bad: (seed) => [
        `const MNEMONIC = "${phrase(seed, 16)}";`,
        { path: ".env", text: `WALLET_MNEMONIC=${phrase(seed, 32)}\n` },
        { path: "config.yaml", text: `seed_phrase: '${phrase(seed, 16)}'\n` },
        `// recovery phrase: ${phrase(seed, 24)}`,
        `const MNEMONIC = "${sample("hexLower", 32, seed)}";`,
        { path: ".env", text: `MNEMONIC=${sample("hexLower", 64, seed)}\n` },
        // Drawn from the list by somebody who left the checksum out.
        `const mnemonic = "${phrase(seed, 16).split(" ").toReversed().join(" ")}";`,
        // Of a list that another wallet has.
        'const mnemonic = "puerta lobo ramo tinta queso barco nieve fuego silla campo verde gato";',
      ],
      good: () => [
        'const MNEMONIC = "twelve words that belong to somebody who wrote them down on paper today";',
        'mnemonic: "test test test test test test test test test test test junk"',
        `mnemonic = "\${MNEMONIC}"`,
        'mnemonic = "abandon ability able about above absent absorb abstract absurd abuse access accident"',
        'mnemonic: "candy maple cake sugar pudding cream honey rich smooth crumble sweet treat"',
        'mnemonic: "kleiner hund läuft heute durch unseren garten und findet einen alten ball"',
        'mnemonic: "harbors from seven distant oceans carried lanterns where sailors once waited quietly"',
        'mnemonic: "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong"',
        { path: "rules.bzl", text: 'mnemonic = "GoCompilePkg",\nmnemonic = "add less equal"\n' },
        `mnemonicHash = "${sample("hexLower", 32, "mnemonic")}"; MNEMONIC = "${"0".repeat(32)}"`,
      ],
    },
  },
];

/** Full words are longer than what tells them apart; letters behind the fourth do not matter. */
function phrase(seed: string, bytes: number): string {
  return mnemonicOf(sampleBytes(bytes, seed)).join(" ");
}
