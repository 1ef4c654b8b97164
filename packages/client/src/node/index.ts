/** The host of Node for the SDK: native Ed25519 and hashes, and files with mode 0600. */
export { assertionOf, nobody } from "./authorize.ts";
export { useNodeEngines } from "./engines.ts";
export { newKey, nodeHost, nodeSigner, nodeVerify } from "./host.ts";
export { keepFiles } from "./keep-files.ts";
