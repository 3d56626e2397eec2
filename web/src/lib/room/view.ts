/**
 * What every room has, whatever is played in it. A game adds fields to the view and events of its own; here they are
 * only carried along.
 */
import type { PlayerView, Received, ResultRow, ServerMessage } from "$lib/wire/messages";

/** The whole room as one user may see it; REST answers the same. */
export interface RoomView {
  room_id: number;
  game: string;
  name: string;
  state: string;
  v: number;
  mark: number | null;
  players: PlayerView[];
  phase: string;
  phase_ends: number | null;
  time: number;
  owner: number | null;
  capacity: number;
  private: boolean;
  results: ResultRow[] | null;
  /** Six characters by which others find the room. */
  code?: string | null;
  /** What this user may do with the room beside playing. */
  powers?: readonly string[] | null;
  /** Since when the room's clocks stand, ms since the epoch. */
  paused?: number | null;
  /** Nobody new may take a seat. */
  locked?: boolean;
  /** How many watch. */
  spectators?: number;
  options?: Record<string, unknown>;
}

/**
 * Anything that happened in a room: all that has a `room_id` and a version is one, also what we have never heard of.
 * `since`, where present, says that it covers the versions (since, v].
 */
export interface RoomEvent {
  action: string;
  room_id: number;
  v: number;
  since?: number | null;
  mark?: number | null;
}

/** Answers to what we asked: they say at which version, and are no event. */
type Answered = "room" | "synced" | "done" | "error";
const ANSWERS: Record<Answered, true> = { room: true, synced: true, done: true, error: true };

export function asRoomEvent(message: { action?: unknown }): RoomEvent | null {
  const { action, room_id, v } = message as Partial<RoomEvent>;
  const happened = typeof room_id === "number" && typeof v === "number" && typeof action === "string";
  return happened && !(action in ANSWERS) ? (message as RoomEvent) : null;
}

/** The missed room events in a `synced` message, oldest first. */
export function eventsOf(synced: Received<"synced">): RoomEvent[] {
  return synced.events.flatMap((event) => asRoomEvent(event) ?? []);
}

type PlatformEvent = Received<
  | "player_joined"
  | "player_left"
  | "close_room"
  | "paused"
  | "resumed"
  | "locked"
  | "owner_changed"
  | "options_changed"
  | "spectators"
>;
const HANDLED: Record<PlatformEvent["action"], true> = {
  player_joined: true,
  player_left: true,
  close_room: true,
  paused: true,
  resumed: true,
  locked: true,
  owner_changed: true,
  options_changed: true,
  spectators: true,
};

/** The events that every game's room has. */
export function isPlatformEvent(event: { action: string }): event is PlatformEvent & RoomEvent {
  return event.action in HANDLED;
}

/** The view after an event of the platform; after one of the game, the same view. */
export function viewAfter<View extends RoomView>(view: View, event: RoomEvent): View {
  if (!isPlatformEvent(event)) return view;
  switch (event.action) {
    case "player_joined":
      return { ...view, players: [...view.players.filter((p) => p.id !== event.user.id), event.user] };
    case "player_left":
      return { ...view, players: view.players.filter((p) => p.id !== event.user.id) };
    case "close_room":
      return closed(view, event);
    case "paused":
      return { ...view, paused: event.paused };
    case "resumed":
      return { ...view, paused: null, phase_ends: event.phase_ends };
    case "locked":
      return { ...view, locked: event.locked };
    case "owner_changed":
      return { ...view, owner: event.owner };
    case "options_changed":
      return { ...view, ...event.room, options: event.options };
    case "spectators":
      return { ...view, spectators: event.spectators };
  }
}

function closed<View extends RoomView>(view: View, event: Received<"close_room">): View {
  const scores = new Map(event.results.map((row) => [row.id, row.score]));
  const players = view.players.map((p) => ({ ...p, score: scores.get(p.id) ?? p.score }));
  return { ...view, state: "closed", phase: "over", phase_ends: null, players, results: event.results };
}

/** The view in a `room` message. */
export function viewOf(message: Extract<ServerMessage, { action: "room" }>): RoomView {
  const { action: _, ...view } = message;
  return view;
}
