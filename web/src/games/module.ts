/**
 * What a game brings to the browser client. To add one:
 *
 * 1. `games/<name>/index.ts` with `export default game satisfies GameModule`, where `<name>` is the server's.
 * 2. `games/<name>/title.ts` with `export const title = { en: "...", ... }`: what the lobby calls it.
 * 3. One line in `games/index.ts`. Nothing else of the client changes.
 *
 * The module and all it imports become a file of their own, which is loaded when somebody opens a room of the game, or
 * picks it in the lobby. A smallest game is `room`, `rules` and words:
 *
 *     const game: GameModule<BoardView> = {
 *       room: Board,                                             // a Svelte component: { room, me }
 *       rules: {
 *         reduce: (view, event) => (event.action === "placed" ? { ...view, cells: (event as Placed).cells } : view),
 *       },
 *       words: { en: { "error.taken": "That cell is taken." }, ... },
 *     };
 *
 * In the component, `live.play(view.room_id, "place", { cell: 4 })` sends a command of the game: at once or as soon as
 * there is a connection, and once. `live.outbox` has those that the server hasn't confirmed. Shared parts of a room's
 * page are in `components/room/`: `RoomBar` (name, code, owner's buttons, way out), `Players`, `Results`, `Countdown`.
 */
import type { Component } from "svelte";
import type { JsonSchema } from "$lib/forms/schema";
import type { GameWords } from "$lib/i18n/index.svelte";
import type { RoomState } from "$lib/room/room";
import type { GameRules } from "$lib/room/rules";
import type { RoomView } from "$lib/room/view";
import type { ResultRow } from "$lib/wire/messages";

/** Properties of the component for the room: the room as it is now, and our user id. */
export interface RoomProps<View extends RoomView = RoomView, Memory = unknown> {
  room: RoomState<View, Memory>;
  me: number;
}

/** A column of the final table, after place and name. */
export interface ResultColumn {
  /** Its heading, in the language in use. */
  title: () => string;
  cell: (row: ResultRow) => string;
  /** Stands out: what the table is ordered by. */
  strong?: boolean;
}

/** `View` is the game's `room` message, `Memory` what its rules remember beside it. */
export interface GameModule<View extends RoomView = RoomView, Memory = unknown> {
  /** The room from inside, in all its phases, also when it is over. */
  room: Component<RoomProps<View, Memory>>;

  /** What events of the game do to a room: pure functions, see `$lib/room/rules`. */
  rules: GameRules<View, Memory>;

  /**
   * Words of the game in every language: for its `error.<code>` and `closing.<reason>`, which the shell shows, and for
   * names of its options (`option.<name>`) in the form that is built from `options`.
   */
  words: GameWords;

  /** The lobby's part for a new room. Without it, a form is built from `options`. */
  start?: Component;
  /** JSON Schema of the game's options. Without it and without `start`, a new room has the platform's options alone. */
  options?: JsonSchema;
  /** Options for one more room like this one; without it, or when it says null, nobody is asked to play again. */
  again?(view: View): Record<string, unknown> | null;

  /** Further columns of the final table; without it, points, rating and prize. */
  columns?: readonly ResultColumn[];
  /** What else the lobby's ticket of a room says, from its line in the list, such as the category. */
  ticket?(row: Readonly<Record<string, unknown>>): { text: string; tone?: number } | null;
}

/** A module as the shell keeps it, whatever its view is. */
// biome-ignore lint/suspicious/noExplicitAny: a list of games can't name the view of each
export type AnyGame = GameModule<any, any>;
