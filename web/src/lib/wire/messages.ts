/** Names for the generated message types, told apart by `action`. Nothing else in src imports the generated file. */
import type { ServerMessage } from "$generated/socket";

export type {
  Attempt,
  Category,
  CheckMe,
  ClientMessage,
  EnterGame,
  PlayerRef,
  PlayerView,
  Question,
  ResultRow,
  ServerMessage,
  UserRef,
} from "$generated/socket";

export type Received<Action extends ServerMessage["action"]> = Extract<ServerMessage, { action: Action }>;

/** The whole room as one user may see it; REST answers the same without `action`. */
export type RoomView = Omit<Received<"room">, "action">;

/** What happens in a room. `since`, where present, says that the event covers versions (since, v]. */
export type RoomEvent = Received<
  "player_joined" | "player_left" | "new_answer" | "hint" | "next_question" | "close_room"
> & { since?: number | null };

const ROOM_EVENTS: ReadonlySet<string> = new Set([
  "player_joined",
  "player_left",
  "new_answer",
  "hint",
  "next_question",
  "close_room",
] satisfies RoomEvent["action"][]);

export function isRoomEvent(message: { action?: unknown }): message is RoomEvent {
  return ROOM_EVENTS.has(String(message.action));
}

/** The missed room events in a `synced` message, oldest first. */
export function eventsOf(synced: Received<"synced">): RoomEvent[] {
  return (synced.events as { action?: unknown }[]).filter(isRoomEvent);
}
