/**
 * Commands that the server hasn't confirmed yet. Each carries a `ref` of its own and is sent again, the same, after a
 * reconnect; the server counts a `ref` once. All functions are pure.
 */
import type { ServerMessage } from "$lib/wire/messages";
import type { GameRules } from "./rules";
import { asRoomEvent, eventsOf, type RoomEvent, viewOf } from "./view";

/** `play` is a command of the room's game, `manage` one of its owner's powers. */
export interface PendingCommand {
  action: "play" | "manage";
  room_id: number;
  kind: string;
  body: Record<string, unknown>;
  ref: string;
}

/** More than this many unconfirmed commands means that nobody listens; the oldest are given up. */
export const OUTBOX_LIMIT = 30;

type Outbox = readonly PendingCommand[];
/** The rules of a room's game, as far as we have them. */
type RulesOf = (room: number) => GameRules | null | undefined;

export function put(outbox: Outbox, command: PendingCommand): PendingCommand[] {
  return [...outbox, command].slice(-OUTBOX_LIMIT);
}

/** What is still unconfirmed after `message`; `me` is our own user id. */
export function settle(outbox: Outbox, message: ServerMessage, me: number, rulesOf: RulesOf): Outbox {
  if (outbox.length === 0) return outbox;
  const event = asRoomEvent(message);
  if (event) return afterEvent(outbox, event, me, rulesOf);
  switch (message.action) {
    case "done":
      return without(outbox, message.ref);
    case "synced":
      return eventsOf(message).reduce((rest, missed) => afterEvent(rest, missed, me, rulesOf), outbox);
    case "room": {
      const view = viewOf(message);
      const rule = rulesOf(view.room_id)?.outbox;
      return rule ? inRoom(outbox, view.room_id, (sent) => rule.afterView(sent, view, me)) : outbox;
    }
    case "error":
      // `degraded` is the server's trouble, not the command's: it is sent again after the resync.
      return message.code === "degraded" ? outbox : without(outbox, message.ref);
    default:
      return outbox;
  }
}

function afterEvent(outbox: Outbox, event: RoomEvent, me: number, rulesOf: RulesOf): Outbox {
  if (event.action === "close_room") return inRoom(outbox, event.room_id, () => []);
  const rule = rulesOf(event.room_id)?.outbox;
  return rule ? inRoom(outbox, event.room_id, (sent) => rule.afterEvent(sent, event, me)) : outbox;
}

/** The outbox with `change` done to the commands to that room; the same outbox when it leaves all of them. */
function inRoom(outbox: Outbox, room: number, change: (sent: Outbox) => Outbox): Outbox {
  const sent = outbox.filter((one) => one.room_id === room);
  const left = new Set(change(sent).map((one) => one.ref));
  return left.size === sent.length ? outbox : outbox.filter((one) => one.room_id !== room || left.has(one.ref));
}

function without(outbox: Outbox, ref: string | null | undefined): Outbox {
  return outbox.some((one) => one.ref === ref) ? outbox.filter((one) => one.ref !== ref) : outbox;
}

/** A name no other command has. `crypto.randomUUID` is missing on plain http, where phones in the room play. */
export function newRef(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
