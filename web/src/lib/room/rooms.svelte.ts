/**
 * The rooms this user is in, as state for the pages: each kept whole by `room.ts` with the rules of its game, asked for
 * what it missed, and the commands to it sent until they are confirmed. It knows no game and no socket: `send` is
 * given.
 */
import type { ClientMessage, Received, ServerMessage } from "$lib/wire/messages";
import { newRef, type PendingCommand, put, settle } from "./outbox";
import { enter, markSyncing, type RoomState, take, takeSynced, withRules } from "./room";
import type { RulesSource } from "./rules";
import { asRoomEvent, type RoomView } from "./view";

/** A sync that got no answer in this time is asked again. */
const SYNC_WITHIN_MS = 6_000;
const SYNC_REF = "sync:";
/** Refusals of a sync after which there is nothing to sync. */
const GONE: ReadonlySet<string> = new Set(["unknown_room", "not_member", "room_closed"]);

export class Rooms {
  known = $state.raw<Readonly<Record<number, RoomState>>>({});
  /** Ids of the rooms this user is in. */
  mine = $state.raw<ReadonlySet<number>>(new Set());
  outbox = $state.raw<readonly PendingCommand[]>([]);

  #games: RulesSource;
  #send: (message: ClientMessage) => void;
  #syncTimers = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(games: RulesSource, send: (message: ClientMessage) => void) {
    this.#games = games;
    this.#send = send;
  }

  /** Sends a command now or as soon as there is a connection; it counts once. */
  command(action: PendingCommand["action"], room_id: number, kind: string, body: Record<string, unknown>): void {
    const sent: PendingCommand = { action, room_id, kind, body, ref: newRef() };
    this.outbox = put(this.outbox, sent);
    this.#send(sent);
  }

  /** Takes a message, if it is about rooms. */
  take(message: ServerMessage, me: number): void {
    this.outbox = settle(this.outbox, message, me, (id) => this.known[id]?.rules);
    const event = asRoomEvent(message);
    if (event) this.#update(event.room_id, (room) => take(room, event));
    if (message.action === "synced") this.#update(message.room_id, (room) => takeSynced(room, message));
    else if (message.action === "player_left" && message.user.id === me) this.forget(message.room_id);
  }

  /** A room just seen whole on the socket. */
  enter(view: RoomView): void {
    if (view.state !== "closed") this.mine = new Set(this.mine).add(view.room_id);
    this.#keep(view.room_id, enter(view, this.#rulesFor(view), this.known[view.room_id]));
  }

  /** Takes a view that came over REST, if it is newer; what happened since is asked for on the socket. */
  adopt(view: RoomView): boolean {
    const known = this.known[view.room_id];
    if (known && known.view.v >= view.v) return false;
    this.enter(view);
    if (view.state !== "closed") this.#sync(view.room_id);
    return true;
  }

  forget(id: number): void {
    const { [id]: _, ...others } = this.known;
    this.known = others;
    this.mine = new Set([...this.mine].filter((one) => one !== id));
    this.outbox = this.outbox.filter((one) => one.room_id !== id);
    clearTimeout(this.#syncTimers.get(id));
  }

  forgetAll(): void {
    for (const timer of this.#syncTimers.values()) clearTimeout(timer);
    this.known = {};
    this.mine = new Set();
    this.outbox = [];
  }

  /** A new connection, on which the server says which rooms we are in. */
  connected(rooms: readonly number[]): void {
    this.mine = new Set(rooms);
    for (const { view } of Object.values(this.known)) {
      if (!this.mine.has(view.room_id) && view.state !== "closed") this.forget(view.room_id);
    }
    this.resume(this.mine);
  }

  /** Something may have been missed in these rooms, or in all. */
  resume(which: ReadonlySet<number> | null = null): void {
    for (const { view } of Object.values(this.known)) {
      if (which === null || which.has(view.room_id)) this.#resumeRoom(view.room_id);
    }
    for (const command of this.outbox) this.#send(command);
  }

  /** Whether `error` was about a sync of ours, which is nothing to tell a player about. */
  syncFailed({ code, ref, retry_ms }: Received<"error">): boolean {
    if (!ref?.startsWith(SYNC_REF)) return false;
    const id = Number(ref.slice(SYNC_REF.length));
    if (retry_ms) this.#syncAgainIn(id, retry_ms);
    if (GONE.has(code)) this.forget(id);
    return true;
  }

  #rulesFor({ game, room_id }: RoomView): RoomState["rules"] {
    const rules = this.#games.known(game);
    if (rules) return rules;
    void this.#games.load(game).then((loaded) => {
      this.#update(room_id, (room) => (room.rules ? room : withRules(room, loaded)));
    });
    return null;
  }

  #resumeRoom(id: number): void {
    const room = this.known[id];
    if (room?.view.state === "closed") return;
    if (room?.syncing) this.#sync(id);
    else this.#update(id, markSyncing);
  }

  #update(id: number, change: (room: RoomState) => RoomState): void {
    const before = this.known[id];
    if (!before) return;
    const after = change(before);
    if (after === before) return;
    this.#keep(id, after);
    if (after.syncing && !before.syncing) this.#sync(id);
  }

  #keep(id: number, room: RoomState): void {
    this.known = { ...this.known, [id]: room };
    if (!room.syncing) clearTimeout(this.#syncTimers.get(id));
  }

  #sync(id: number): void {
    const room = this.known[id];
    if (!room) return;
    const { v, mark } = room.view;
    this.#send({ action: "sync", room_id: id, v, mark, ref: SYNC_REF + id });
    this.#syncAgainIn(id, SYNC_WITHIN_MS);
  }

  #syncAgainIn(id: number, ms: number): void {
    clearTimeout(this.#syncTimers.get(id));
    this.#syncTimers.set(
      id,
      setTimeout(() => this.known[id]?.syncing && this.#sync(id), ms),
    );
  }
}
