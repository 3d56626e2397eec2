/** The games of this client, one line each. What is loaded when, is `$lib/games.svelte.ts`. */
import type { AnyGame } from "./module";

type Load = () => Promise<{ default: AnyGame }>;

/** A game's name on the server -> its module, a file of its own. The first is what the lobby offers first. */
export const GAMES: Readonly<Record<string, Load>> = {
  quiz: () => import("./quiz"),
};

/** What the lobby calls a game, by language. Small, so that no module is loaded for it. */
const titles = import.meta.glob<Readonly<Record<string, string>>>("./*/title.ts", { eager: true, import: "title" });

/** The game's title; a game that we don't know has its name. */
export function titleOf(game: string, language: string): string {
  const title = titles[`./${game}/title.ts`];
  return title?.[language] ?? title?.en ?? game;
}
