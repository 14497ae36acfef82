/**
 * Private keys that widely used libraries publish with their tests and examples, by SHA-256 of what tells a key from others
 * (`Candidate.normalised`): who copies such a folder reveals nothing.
 */
export const publishedKeys: Readonly<Record<string, string>> = {
  "645bfbdb6936e0f8f8ede0878af9c8d2ea070539469d418437a061d66c726e3e": "key of Go's examples",
  "8d955dd8e57a44db4beefa22725d142ce1d967795a0df37fbff6d3522e8ae502": "key of Go's examples",
  b4d4962ed65cb7c6495d3abfcaac4ca31af28cb7703faccdb54fb2a4b0628f3f: "key of examples of XML Security Library",
  c638d20d98e2a3fdfda7b6f514e3b3fada94dd5e2df8d575f7c2b8f7349aa06c: "key of OpenSSL's demonstrations",
  "2d0e1985293379651660b3f3fffbb9a25e6ea701381e1c872b9571496730a986": "key of OpenSSL's demonstrations",
  "96cbbfeab7478f088ad84dcf417c8ddb5b7229a4197207ed910d8fc9ae109221": "key of OpenSSL's demonstrations",
  "7b71c853dde7178cceda0c39c3f18b5caea9183867d3ab08fc6e001b5dc4b0e9": "key of OpenSSL's demonstrations",
  c48431ce6682ba84cf05d3d26ea4f8cf6328af239fc100e5b8b7cacff5186afd: "key of OpenSSL's demonstrations",
  "07a637c21e7b0190840cee492b2ffe6fa9eb15b78cc67dc5163a56cdc9556089": "key of OpenSSL's demonstrations",
  "306a6a4fe714382c290a4f33255941464cd838ec5b27e78b88cb8f123520eb82": "key of OpenSSL's demonstrations",
  "3c1de4f487dd5a1e9896a2414e2ec717c01c32c79b9136af1d9dbc5484156bf2": "key of OpenSSL's demonstrations",
  "14283379e64762594d3fd3f7b1dbbbcd8541211ac21168b28f2a8725fd4a8e23": "key of OpenSSL's demonstrations",
  ad2aba4f3274d1bc33ab4d43d4ff3d3746d08169c81a8de5cd75b6a325662535: "key of OpenSSL's demonstrations",
  f238a12a0a2ba66342ca9f38c1c210041014f3f2e8883fa90e20b36afd687489: "key of OpenSSL's demonstrations",
  "9cce32cc28bed80cb9f7817461771e81596ae6dff9f8977a58810458a399913c": "key of tests of Requests",
  c82c5ae118e19d0ddbdaf7d00bcdc95a48e18afecd04a079faf5799b694f6621: "key of tests of Requests",
  "7c426e75c6344353e913e020531eb2bd68726386ea9aac40b533a7310df95a01": "key of tests of Requests",
  d7f1701f3c9fcd92be4f7e5d3332c45f527dd8e7f65d30eb169c04613e4417c5: "key of tests of Requests",
  aae0ad3e181bfce4b250f2f82a8f7aa0d82911f2dbf7441b44f6906e32a30045: "key of tests of urllib3",
  "66f6face5a4a15dfd8e1d620d18520f150e04e84b567660b65295ba1bfae5bc0": "key of tests of urllib3",
  "99992612aa8f3d3e87991b8ace294b477ba80e00d8237d7f15760f5294217bfd": "key of tests of google-auth",
  "9f3afe2f538f85bbfe79205b6290435dcfeef2fb9e79a73fb07fb65eb7bbd121": "key of tests of google-auth",
  "4dd8768103c67cc6815c3e28a7eb0887a161fdb243c6f83854dacf8e8203834f": "key of tests of google-auth",
  a5ff375d724d0b4511e64cb1bf08f1caabccce5d990db97e7ca3293f4d365d6c: "key of tests of gsutil",
  "243aa891597748ee5138b5415c1f0be7302cb570bbb939cb6d397193d7f77cac": "key of tests of gsutil",
  bbcdb33bbf4ac67e62c2c0312e965edb8740aa689c6688b748bb5efabdd99985: "key of tests of boto",
  e1592e531e5060c37ffe48fbd3cf026bd3fcac1f7566d647df3845c8a7f9805e: "key of tests of autocannon",
  ea825236eb205d1498dee2802b9dccc3aa16d5d80e5a7c3851e7262a5083789b: "development key of oidc-provider",
};
