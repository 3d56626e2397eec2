/**
 * Answers that the server hasn't shown yet. Each carries a `ref` of its own and is sent again, the same, after a
 * reconnect; the server counts a `ref` once. All functions are pure.
 */
import { type CheckMe, eventsOf, type Received, type ServerMessage } from "./messages";

export type PendingAnswer = CheckMe & { ref: string; id: number };

/** More than this many unconfirmed answers means that nobody listens; the oldest are given up. */
export const OUTBOX_LIMIT = 30;

export function put(outbox: readonly PendingAnswer[], answer: PendingAnswer): PendingAnswer[] {
  return [...outbox, answer].slice(-OUTBOX_LIMIT);
}

/** What is still unconfirmed after `message`; `me` is our own user id. */
export function settle(outbox: readonly PendingAnswer[], message: ServerMessage, me: number): readonly PendingAnswer[] {
  switch (message.action) {
    case "new_answer":
      return message.user.id === me ? withoutShown(outbox, message.room_id, message) : outbox;
    case "next_question":
      return outbox.filter((a) => a.room_id !== message.room_id || a.id === message.question?.id);
    case "close_room":
      return outbox.filter((a) => a.room_id !== message.room_id);
    case "synced":
      return eventsOf(message).reduce((rest, event) => settle(rest, event, me), outbox);
    case "room":
      return settleByView(outbox, message, me);
    case "error":
      // `degraded` is the server's trouble, not the answer's: it is sent again after the resync.
      return message.code === "degraded" ? outbox : outbox.filter((a) => a.ref !== message.ref);
    default:
      return outbox;
  }
}

type Shown = { answer: string; ref?: string | null };

function withoutShown(outbox: readonly PendingAnswer[], room: number, shown: Shown): readonly PendingAnswer[] {
  const index = outbox.findIndex((a) => a.ref === shown.ref || (a.room_id === room && a.answer === shown.answer));
  return index < 0 ? outbox : outbox.toSpliced(index, 1);
}

function settleByView(outbox: readonly PendingAnswer[], view: Received<"room">, me: number): readonly PendingAnswer[] {
  const open = outbox.filter((a) => a.room_id !== view.room_id || a.id === view.question?.id);
  const mine = view.tries.filter((one) => one.user.id === me);
  return mine.reduce<readonly PendingAnswer[]>((rest, one) => withoutShown(rest, view.room_id, one), open);
}

/** A name no other answer has. `crypto.randomUUID` is missing on plain http, where phones in the room play. */
export function newRef(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
