/**
 * What the shell asks of a game to keep a room of it. All functions are pure and must take any event: they return what
 * they were given when it says nothing to them. `src/games/module.ts` is the whole of a game.
 */
import type { PendingCommand } from "./outbox";
import type { RoomEvent, RoomView } from "./view";

export interface GameRules<View extends RoomView = RoomView, Memory = unknown> {
  /**
   * The view after `event`. Players who come and go, and the end of the room, are in `view` already; the game does
   * what is its own about them. Old view + events = what a fresh view would say.
   */
  reduce(view: View, event: RoomEvent): View;

  /** What the room's page shows and no view says: how the last round ended, a running commentary. */
  memory?: {
    /** For a room just seen whole; `before` is what was remembered of it, if it was known. */
    begin(view: View, before: Memory | undefined): Memory;
    /** After `event`; `view` is the room before it. Also told of events off the record, which change no view. */
    after(memory: Memory, view: View, event: RoomEvent): Memory;
  };

  /** Commands that the room itself shows to have arrived, or to be too late. Without it, `done` alone confirms them. */
  outbox?: {
    /** What of `sent`, our commands to this room, is still open after `event`; `me` is our user id. */
    afterEvent(sent: readonly PendingCommand[], event: RoomEvent, me: number): readonly PendingCommand[];
    /** The same for a room just seen whole. */
    afterView(sent: readonly PendingCommand[], view: View, me: number): readonly PendingCommand[];
  };
}

/** A game that we have no module for: players come and go, the rest only counts as versions. */
export const NO_RULES: GameRules = { reduce: (view) => view };

/** Where the rules come from: at once, or after their part of the client has been loaded. */
export interface RulesSource {
  /** The rules if they are there; `NO_RULES` for a game that there is no module for. */
  known(game: string): GameRules | undefined;
  /** Never rejects: what can't be loaded has `NO_RULES`. */
  load(game: string): Promise<GameRules>;
}
