/**
 * All that arrives over the socket, as state for the pages: connection, presence, rooms, answers on their way.
 * It decides nothing about any of them; the pure functions beside it do.
 */
import { comesBack } from "$lib/wire/close-codes";
import { type Connection, type Credentials, IDLE } from "$lib/wire/connection";
import { type EnterGame, isRoomEvent, type Received, type RoomView, type ServerMessage } from "$lib/wire/messages";
import { newRef, type PendingAnswer, put, settle } from "$lib/wire/outbox";
import { Socket } from "$lib/wire/socket";
import type { OpenTransport } from "$lib/wire/transport";
import { ServerClock } from "./clock.svelte";
import { NOBODY, type Presence, presenceAfter } from "./presence";
import { enter, markSyncing, type RoomState, take, takeSynced } from "./room";

/** A sync that got no answer in this time is asked again. */
const SYNC_WITHIN_MS = 6_000;
const ENTER_WITHIN_MS = 10_000;
const SYNC_REF = "sync:";
const REFRESH_REF = "refresh";

export interface LiveEvents {
  /** The connection was closed for good. */
  refused(code: number): void;
  /** Something we sent can't be done. */
  failed(code: string, message: string): void;
}

interface Entering {
  ref: string;
  name: string;
  before: ReadonlySet<number>;
  done(view: RoomView): void;
  failed(error: Error): void;
}

export class Live {
  connection = $state.raw<Connection>(IDLE);
  presence = $state.raw<Presence>(NOBODY);
  rooms = $state.raw<Readonly<Record<number, RoomState>>>({});
  /** Ids of the rooms this user is in. */
  mine = $state.raw<ReadonlySet<number>>(new Set());
  outbox = $state.raw<readonly PendingAnswer[]>([]);
  /** The server said that it is recovering. */
  degraded = $state(false);
  readonly clock = new ServerClock();

  #me: Credentials | null = null;
  #socket: Socket;
  #events: LiveEvents;
  #syncTimers = new Map<number, ReturnType<typeof setTimeout>>();
  #entering: Entering | null = null;

  constructor(open: OpenTransport, events: LiveEvents) {
    this.#events = events;
    this.#socket = new Socket(open, {
      changed: (connection) => this.#connectionChanged(connection),
      message: (message) => this.#take(message),
    });
  }

  start(me: Credentials): void {
    if (this.#me?.token === me.token && this.connection.phase !== "refused") return;
    const renewed = this.#me?.id === me.id && this.#socket.online;
    if (this.#me?.id !== me.id) this.#forgetEverything();
    this.#me = me;
    if (renewed) this.#socket.refresh(me, REFRESH_REF);
    else this.#socket.start(me);
  }

  stop(): void {
    this.#socket.stop();
    this.#me = null;
    this.#forgetEverything();
  }

  /** Try at once, or find out at once whether the line still stands. */
  nudge(): void {
    if (this.connection.phase === "refused" && this.#me) this.#socket.start(this.#me);
    else this.#socket.nudge();
  }

  /** Sends an answer now or as soon as there is a connection; it counts once. */
  answer(room_id: number, question: number, answer: string): void {
    const sent: PendingAnswer = { action: "check_me", room_id, id: question, answer, ref: newRef() };
    this.outbox = put(this.outbox, sent);
    this.#socket.send(sent);
  }

  /** Takes a view that came over REST; what happened since is asked for on the socket. */
  adopt(view: RoomView): void {
    const known = this.rooms[view.room_id];
    if (known && known.view.v >= view.v) return;
    this.clock.hear(view.time);
    this.#keep(view.room_id, enter(view, known));
    if (view.state === "closed") return;
    this.mine = new Set(this.mine).add(view.room_id);
    this.#sync(view.room_id);
  }

  forget(id: number): void {
    const { [id]: _, ...others } = this.rooms;
    this.rooms = others;
    this.mine = new Set([...this.mine].filter((one) => one !== id));
    this.outbox = this.outbox.filter((one) => one.room_id !== id);
    clearTimeout(this.#syncTimers.get(id));
  }

  /** Enters the open room of that game and name, or makes it. Two who ask the same meet in one room. */
  enterGame(game: Omit<EnterGame, "ref"> & { name: string }): Promise<RoomView> {
    const ref = newRef();
    return new Promise((resolve, reject) => {
      const entering: Entering = { ref, name: game.name, before: this.mine, done: resolve, failed: reject };
      if (!this.#socket.send({ ...game, ref })) return reject(new Error("offline"));
      this.#entering = entering;
      setTimeout(() => this.#entering === entering && reject(new Error("offline")), ENTER_WITHIN_MS);
    });
  }

  #connectionChanged(connection: Connection): void {
    this.connection = connection;
    if (connection.phase === "refused" && !comesBack(connection.code)) this.#events.refused(connection.code);
  }

  #take(message: ServerMessage): void {
    if (!this.#me) return;
    this.presence = presenceAfter(this.presence, message);
    this.outbox = settle(this.outbox, message, this.#me.id);
    if (isRoomEvent(message)) this.#update(message.room_id, (room) => take(room, message));
    this.#act(message, this.#me.id);
  }

  #act(message: ServerMessage, me: number): void {
    if (message.action === "connected") this.#connected(message);
    else if (message.action === "room") this.#entered(message);
    else if (message.action === "synced") this.#update(message.room_id, (room) => takeSynced(room, message));
    else if (message.action === "resync") this.#resync();
    else if (message.action === "pong") this.clock.hear(message.time);
    else if (message.action === "error") this.#failed(message);
    else if (message.action === "player_left" && message.user.id === me) this.forget(message.room_id);
  }

  #connected(message: Received<"connected">): void {
    this.degraded = false;
    this.clock.forget();
    this.mine = new Set(message.rooms);
    for (const room of Object.values(this.rooms)) {
      const { room_id, state } = room.view;
      if (this.mine.has(room_id)) this.#resumeRoom(room_id);
      else if (state !== "closed") this.forget(room_id);
    }
    this.#resendAnswers();
  }

  #resync(): void {
    this.degraded = false;
    for (const id of Object.keys(this.rooms)) this.#resumeRoom(Number(id));
    this.#resendAnswers();
  }

  #resumeRoom(id: number): void {
    const room = this.rooms[id];
    if (room?.view.state === "closed") return;
    if (room?.syncing) this.#sync(id);
    else this.#update(id, markSyncing);
  }

  #resendAnswers(): void {
    for (const answer of this.outbox) this.#socket.send(answer);
  }

  #entered(message: Received<"room">): void {
    const { action: _, ...view } = message;
    this.clock.hear(view.time);
    if (view.state !== "closed") this.mine = new Set(this.mine).add(view.room_id);
    this.#keep(view.room_id, enter(view, this.rooms[view.room_id]));
    const entering = this.#entering;
    if (!entering || entering.name !== view.name || entering.before.has(view.room_id)) return;
    this.#entering = null;
    entering.done(view);
  }

  #failed({ code, message, ref, retry_ms }: Received<"error">): void {
    if (code === "degraded") this.degraded = true;
    if (ref?.startsWith(SYNC_REF)) {
      this.#syncFailed(Number(ref.slice(SYNC_REF.length)), code, retry_ms);
      return;
    }
    if (ref === REFRESH_REF) {
      // Said anew from the start: if the token is no good, the server closes with the code that says why.
      if (this.#me) this.#socket.start(this.#me);
      return;
    }
    if (ref && this.#entering?.ref === ref) {
      this.#entering.failed(new Error(code));
      this.#entering = null;
    }
    this.#events.failed(code, message);
  }

  #syncFailed(id: number, code: string, retryMs?: number | null): void {
    if (retryMs) this.#syncAgainIn(id, retryMs);
    if (code === "unknown_room" || code === "not_member" || code === "room_closed") this.forget(id);
  }

  #update(id: number, change: (room: RoomState) => RoomState): void {
    const before = this.rooms[id];
    if (!before) return;
    const after = change(before);
    if (after === before) return;
    this.#keep(id, after);
    if (after.syncing && !before.syncing) this.#sync(id);
  }

  #keep(id: number, room: RoomState): void {
    this.rooms = { ...this.rooms, [id]: room };
    if (!room.syncing) clearTimeout(this.#syncTimers.get(id));
  }

  #sync(id: number): void {
    const room = this.rooms[id];
    if (!room) return;
    const { v, mark } = room.view;
    this.#socket.send({ action: "sync", room_id: id, v, mark, ref: SYNC_REF + id });
    this.#syncAgainIn(id, SYNC_WITHIN_MS);
  }

  #syncAgainIn(id: number, ms: number): void {
    clearTimeout(this.#syncTimers.get(id));
    this.#syncTimers.set(
      id,
      setTimeout(() => this.rooms[id]?.syncing && this.#sync(id), ms),
    );
  }

  #forgetEverything(): void {
    for (const timer of this.#syncTimers.values()) clearTimeout(timer);
    this.rooms = {};
    this.mine = new Set();
    this.outbox = [];
    this.presence = NOBODY;
    this.degraded = false;
  }
}
