import type { Command } from "./command.ts";

const EXITS = "exit: 0 done, 1 refused, 2 usage, 3 unpinned policy, 4 disputed key, 5 the server did not answer";

export const helpOf = (command: Command): string =>
  `usage: quasarix ${[command.words, command.usage].filter(Boolean).join(" ")}
  ${command.says}
example: ${command.example}
with any command: --as IDENTITY, --api URL, --json, --help; \`-\` is standard input
`;

/** All commands, or those of one noun. */
export function overview(commands: readonly Command[], noun?: string): string {
  const shown = commands.filter(({ words }) => noun === undefined || words.split(" ")[0] === noun);
  const width = Math.max(...shown.map(({ words }) => words.length));
  const lines = shown.map(({ words, says }) => `  ${words.padEnd(width)}  ${says}`);
  return `usage: quasarix COMMAND [ARGUMENT...]\n${lines.join("\n")}\nquasarix COMMAND --help shows an example. ${EXITS}\n`;
}
