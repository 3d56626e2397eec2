/**
 * A room as its member knows it, kept by pure functions: old state + events = what a fresh view would say.
 *
 * Versions: an event covers (since, v], or just v where it has no `since`; one with `since` equal to `v` is off the
 * record (shown, but not counted). An event that begins after what we know is a gap: it is held, the room is
 * marked `syncing`, and whoever keeps the socket asks for `sync`. What is held is taken up again after the answer.
 * `mark` is the server's name for all that was up to `v`: sent with `sync`, it shows when the room has another past.
 *
 * What an event means is the game's: its `rules` come with the game's module. Until they are there, events are held.
 */
import type { Received } from "$lib/wire/messages";
import type { GameRules } from "./rules";
import { eventsOf, isPlatformEvent, type RoomEvent, type RoomView, viewAfter } from "./view";

export type Closing = Pick<Received<"close_room">, "reason" | "message">;

export interface RoomState<View extends RoomView = RoomView, Memory = unknown> {
  view: View;
  /** Null while the game's module is on its way. */
  rules: GameRules<View, Memory> | null;
  /** What the game remembers of the room beside its view. */
  memory: Memory | undefined;
  /** Why the room closed, as a code, and what an operator had to say about it. */
  closing: Closing | null;
  /** A sync is on its way. */
  syncing: boolean;
  held: readonly RoomEvent[];
}

const HELD_LIMIT = 300;

/** The state of a room just seen whole; `before` keeps what we had held back meanwhile. */
export function enter(view: RoomView, rules: GameRules | null, before?: RoomState): RoomState {
  const memory = rules?.memory?.begin(view, before?.memory);
  const fresh: RoomState = { view, rules, memory, closing: null, syncing: false, held: [] };
  return replay(fresh, before?.held ?? []);
}

/** The game's module has come. */
export function withRules(state: RoomState, rules: GameRules): RoomState {
  const { closing, syncing, held } = state;
  const ready = { ...state, rules, memory: rules.memory?.begin(state.view, state.memory), held: [], syncing: false };
  const after = replay(ready, held);
  return { ...after, closing: after.closing ?? closing, syncing: after.syncing || syncing };
}

/** Takes one event; a duplicate changes nothing, a gap marks the room `syncing`. */
export function take(state: RoomState, event: RoomEvent): RoomState {
  const known = state.view.v;
  const since = event.since ?? event.v - 1;
  if (!state.rules) return event.v < known ? state : hold(state, event);
  if (since > known) return { ...hold(state, event), syncing: true };
  if (since === event.v) return show(state, state.rules, event);
  return event.v <= known ? state : apply(state, state.rules, event);
}

/** What an operator wrote to the players; the message of any other ending is the server's English for its code. */
export function operatorsWords({ reason, message }: Closing): string {
  return reason === "operator" ? message : "";
}

/** Takes the answer to `sync`. */
export function takeSynced(state: RoomState, message: Received<"synced">): RoomState {
  const caughtUp = eventsOf(message).reduce(take, { ...state, syncing: false, held: [] });
  return replay(caughtUp, state.held);
}

/** A sync was asked for by somebody else (a new connection, a `resync`). */
export function markSyncing(state: RoomState): RoomState {
  return { ...state, syncing: true };
}

function replay(state: RoomState, held: readonly RoomEvent[]): RoomState {
  return [...held].sort((a, b) => a.v - b.v).reduce(take, state);
}

function hold(state: RoomState, event: RoomEvent): RoomState {
  return { ...state, held: [...state.held, event].slice(-HELD_LIMIT) };
}

function show(state: RoomState, rules: GameRules, event: RoomEvent): RoomState {
  return rules.memory ? { ...state, memory: rules.memory.after(state.memory, state.view, event) } : state;
}

function apply(state: RoomState, rules: GameRules, event: RoomEvent): RoomState {
  const shown = show(state, rules, event);
  const closing = isPlatformEvent(event) && event.action === "close_room" ? event : state.closing;
  const view = rules.reduce(viewAfter(state.view, event), event);
  return { ...shown, closing, view: { ...view, v: event.v, mark: event.mark ?? null } };
}
