/**
 * A room as its member knows it, kept by pure functions: old state + events = what a fresh view would say.
 *
 * Versions: an event covers (since, v], or just v where it has no `since`; one with `since` equal to `v` is off the
 * record (shown, but not counted). An event that begins after what we know is a gap: it is held, the room is
 * marked `syncing`, and whoever keeps the socket asks for `sync`. What is held is taken up again after the answer.
 * `mark` is the server's name for all that was up to `v`: sent with `sync`, it shows when the room has another past.
 */
import { type Attempt, eventsOf, type Received, type RoomEvent, type RoomView } from "$lib/wire/messages";
import { type Reveal, revealOf, type StreamItem, streamAfter, streamOfView, winnerOf } from "./stream";

export type Closing = Pick<Received<"close_room">, "reason" | "message">;

export interface RoomState {
  view: RoomView;
  stream: readonly StreamItem[];
  /** How the last round ended, null before the first one has. */
  reveal: Reveal | null;
  /** Why the room closed, as a code, and what an operator had to say about it. */
  closing: Closing | null;
  /** A sync is on its way. */
  syncing: boolean;
  held: readonly RoomEvent[];
}

/** The server keeps as many tries in its view. */
export const TRIES_LIMIT = 50;
const HELD_LIMIT = 300;

/** The state of a room just seen whole; `before` keeps what we had held back meanwhile. */
export function enter(view: RoomView, before?: RoomState): RoomState {
  const fresh = {
    view,
    stream: streamOfView(view),
    reveal: before?.reveal ?? null,
    closing: null,
    syncing: false,
    held: [],
  };
  return replay(fresh, before?.held ?? []);
}

/** Takes one event; a duplicate changes nothing, a gap marks the room `syncing`. */
export function take(state: RoomState, event: RoomEvent): RoomState {
  const known = state.view.v;
  const since = event.since ?? event.v - 1;
  if (since > known) return hold(state, event);
  if (since === event.v) return show(state, event);
  return event.v <= known ? state : apply(state, event);
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
  return { ...state, syncing: true, held: [...state.held, event].slice(-HELD_LIMIT) };
}

function show(state: RoomState, event: RoomEvent): RoomState {
  return { ...state, stream: streamAfter(state.stream, state.view, event) };
}

function apply(state: RoomState, event: RoomEvent): RoomState {
  const shown = show(state, event);
  const reveal = revealOf(state.view, event, state.stream) ?? state.reveal;
  const closing = event.action === "close_room" ? event : state.closing;
  return { ...shown, reveal, closing, view: { ...changed(state, event), v: event.v, mark: event.mark ?? null } };
}

function changed({ view, stream }: RoomState, event: RoomEvent): RoomView {
  switch (event.action) {
    case "player_joined":
      return { ...view, players: [...view.players.filter((p) => p.id !== event.user.id), event.user] };
    case "player_left":
      return { ...view, players: view.players.filter((p) => p.id !== event.user.id) };
    case "new_answer":
      return { ...view, tries: [...view.tries, attemptOf(event)].slice(-TRIES_LIMIT) };
    case "hint":
      return { ...view, hint: event.hint, phase: "hint", phase_ends: event.phase_ends ?? null };
    case "next_question":
      return nextRound(view, event, winnerOf(view, event, stream)?.id ?? null);
    case "close_room":
      return closed(view, event);
  }
}

function attemptOf({ user, answer, is_true, time }: Received<"new_answer">): Attempt {
  return { user, answer, is_true, time };
}

function nextRound(view: RoomView, event: Received<"next_question">, winner: number | null): RoomView {
  const players = view.players.map((p) => (p.id === winner ? { ...p, score: p.score + 1 } : p));
  const asked = event.question ? { state: "running", phase: "question" } : {};
  return { ...view, ...asked, players, question: event.question, phase_ends: event.phase_ends ?? null, hint: null };
}

function closed(view: RoomView, event: Received<"close_room">): RoomView {
  const scores = new Map(event.results.map((row) => [row.id, row.score]));
  const players = view.players.map((p) => ({ ...p, score: scores.get(p.id) ?? p.score }));
  const over = { state: "closed", phase: "over", question: null, phase_ends: null, hint: null };
  return { ...view, ...over, players, results: event.results };
}
