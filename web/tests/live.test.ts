import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type GameRules, NO_RULES, type RulesSource } from "$lib/room/rules";
import { Live } from "$lib/state/live.svelte";
import type { ClientMessage, ServerMessage } from "$lib/wire/messages";
import { rules } from "../src/games/quiz/rules";
import { Exchange } from "./line";
import { emptyView, player, Theatre } from "./theatre";

const ME = { id: 1, name: "anna", token: "secret" };

let exchange: Exchange;
let live: Live;
let refused: number[];
let failed: string[];
let loaded: (rules: GameRules) => void;

/** The quiz's rules are there, the chess's when `loaded` is called, others never. */
const GAMES: RulesSource = {
  known: (game) => ({ quiz: rules as unknown as GameRules, chess: undefined })[game as "quiz"],
  load: () => new Promise((resolve) => (loaded = resolve)),
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  exchange = new Exchange();
  refused = [];
  failed = [];
  live = new Live(
    exchange.open,
    {
      refused: (code) => refused.push(code),
      failed: (code) => failed.push(code),
    },
    GAMES,
  );
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function greet(rooms: number[]): void {
  exchange.last.listener.opened();
  exchange.last.say({ action: "connected", id: 1, name: "anna", online: [], online_count: 1, rooms, version: "0.2.0" });
}

/** Signed in, online and in room 7 with the first question open. */
function inRoom(): Theatre {
  const stage = new Theatre();
  stage.join(1);
  stage.join(2);
  stage.next(null);
  live.start(ME);
  greet([7]);
  exchange.last.say({ action: "room", ...stage.view });
  exchange.last.take();
  return stage;
}

function cutAndComeBack(rooms: number[]): void {
  exchange.last.listener.closed(1006, "");
  vi.advanceTimersByTime(1_000);
  greet(rooms);
}

const about = (sent: ClientMessage[]) =>
  sent.filter((one) => !("action" in one) || !["connect", "ping"].includes(one.action));
const error = (code: string, ref: string | null): ServerMessage => ({ action: "error", code, message: "", ref });

test("after a cut each room is asked for what it missed, and answers go again with the same ref", () => {
  const stage = inRoom();
  live.play(7, "answer", { id: 301, answer: "Paris" });
  const first = about(exchange.last.take());
  cutAndComeBack([7]);
  expect(about(exchange.last.take())).toEqual([
    { action: "sync", room_id: 7, v: stage.view.v, mark: null, ref: "sync:7" },
    ...first,
  ]);
});

test("an answer given without a connection is sent when there is one", () => {
  inRoom();
  exchange.last.listener.closed(1006, "");
  live.play(7, "answer", { id: 301, answer: "Paris" });
  vi.advanceTimersByTime(1_000);
  greet([7]);
  const sent = about(exchange.last.take());
  expect(sent.map((one) => "body" in one && one.body)).toEqual([false, { id: 301, answer: "Paris" }]);
});

test("an answer that the room has shown is not sent again", () => {
  const stage = inRoom();
  live.play(7, "answer", { id: 301, answer: "Paris" });
  stage.try(1, "Paris");
  exchange.last.say(stage.events.at(-1));
  cutAndComeBack([7]);
  expect(about(exchange.last.take()).map((one) => "action" in one && one.action)).toEqual(["sync"]);
});

test("a gap asks once for what is missing, and again when nobody answers", () => {
  const stage = inRoom();
  stage.try(2, "Rome");
  stage.try(2, "Oslo");
  stage.try(2, "Bern");
  const known = stage.view.v - 3;
  exchange.last.say(...stage.events.slice(-2));
  expect(about(exchange.last.take())).toEqual([{ action: "sync", room_id: 7, v: known, mark: null, ref: "sync:7" }]);
  vi.advanceTimersByTime(6_000);
  expect(about(exchange.last.take())).toEqual([{ action: "sync", room_id: 7, v: known, mark: null, ref: "sync:7" }]);
  const events = stage.events.slice(-3) as unknown as Record<string, unknown>[];
  exchange.last.say({ action: "synced", room_id: 7, v: stage.view.v, mark: null, events });
  expect(live.rooms[7]?.view).toEqual(stage.view);
  vi.advanceTimersByTime(20_000);
  expect(about(exchange.last.take())).toEqual([]);
});

test("`resync` asks for every room", () => {
  const stage = inRoom();
  exchange.last.say({ action: "room", ...emptyView(), room_id: 8, v: 5 });
  exchange.last.say(error("degraded", null));
  expect(live.degraded).toBe(true);
  exchange.last.say({ action: "resync", reason: "redis" });
  expect(live.degraded).toBe(false);
  expect(about(exchange.last.take())).toEqual([
    { action: "sync", room_id: 7, v: stage.view.v, mark: null, ref: "sync:7" },
    { action: "sync", room_id: 8, v: 5, mark: null, ref: "sync:8" },
  ]);
});

test("a view from REST is completed over the socket", () => {
  live.start(ME);
  greet([]);
  exchange.last.take();
  live.adopt({ ...emptyView(), v: 4 });
  expect(about(exchange.last.take())).toEqual([{ action: "sync", room_id: 7, v: 4, mark: null, ref: "sync:7" }]);
  expect([...live.mine]).toEqual([7]);
});

test("a view from REST older than what is known changes nothing", () => {
  const stage = inRoom();
  live.adopt(stage.views[1] ?? emptyView());
  expect(live.rooms[7]?.view).toEqual(stage.view);
});

test("a room left in another tab, or gone, is forgotten", () => {
  const stage = inRoom();
  stage.leave(1);
  exchange.last.say(stage.events.at(-1));
  expect([live.rooms, [...live.mine]]).toEqual([{}, []]);
});

test("a room that we are no longer in after a reconnect is forgotten, one that is over stays to be read", () => {
  const stage = inRoom();
  exchange.last.say({ action: "room", ...emptyView(), room_id: 8 });
  stage.close();
  exchange.last.say(stage.events.at(-1));
  cutAndComeBack([]);
  expect(Object.keys(live.rooms)).toEqual(["7"]);
});

test("a sync refused for good forgets the room without a word", () => {
  inRoom();
  exchange.last.say(error("not_member", "sync:7"));
  expect([live.rooms, failed]).toEqual([{}, []]);
});

test("a refused answer is told and not sent again", () => {
  inRoom();
  live.play(7, "answer", { id: 301, answer: "Paris" });
  const ref = live.outbox[0]?.ref ?? "";
  exchange.last.say(error("too_fast", ref));
  expect([live.outbox, failed]).toEqual([[], ["too_fast"]]);
});

test("entering a game ends in the room of that name", async () => {
  inRoom();
  const entered = live.enterGame({ game: "quiz", name: "stage", options: { category: 3 } });
  const [sent] = exchange.last.take();
  expect(sent).toEqual({ game: "quiz", name: "stage", options: { category: 3 }, ref: expect.any(String) });
  exchange.last.say({ action: "room", ...emptyView(), room_id: 9, players: [player(1)] });
  expect((await entered).room_id).toBe(9);
});

test("entering a game that can't be entered says why", async () => {
  inRoom();
  const entered = live.enterGame({ game: "quiz", name: "stage" });
  const [sent] = exchange.last.take();
  exchange.last.say(error("wrong_password", sent?.ref ?? null));
  await expect(entered).rejects.toThrow("wrong_password");
});

test.each([4500, 4501, 4503, 4509])("code %i ends it", (code) => {
  inRoom();
  exchange.last.listener.closed(code, "");
  vi.advanceTimersByTime(60_000);
  expect([refused, exchange.lines.length]).toEqual([[code], 1]);
});

test("signing out forgets everything", () => {
  inRoom();
  live.play(7, "answer", { id: 301, answer: "Paris" });
  live.stop();
  expect([live.rooms, live.outbox, exchange.last.closed]).toEqual([{}, [], true]);
});

test("`sync` carries the mark of what is known, wherever it came from", () => {
  const stage = inRoom();
  const known = stage.view.v;
  exchange.last.say({ action: "room", ...stage.view, mark: 11 });
  exchange.last.say({ action: "resync", reason: "redis" });
  stage.try(2, "Rome");
  exchange.last.say({ ...stage.events.at(-1), mark: 12 });
  exchange.last.say({ action: "synced", room_id: 7, v: stage.view.v, mark: 12, events: [] });
  exchange.last.say({ action: "resync", reason: "redis" });
  expect(about(exchange.last.take())).toEqual([
    { action: "sync", room_id: 7, v: known, mark: 11, ref: "sync:7" },
    { action: "sync", room_id: 7, v: known + 1, mark: 12, ref: "sync:7" },
  ]);
});

test("a `sync` refused for now is sent again when the server said", () => {
  const stage = inRoom();
  exchange.last.say({ action: "resync", reason: "redis" });
  exchange.last.take();
  exchange.last.say({ action: "error", code: "too_fast", message: "", ref: "sync:7", retry_ms: 9_000 });
  vi.advanceTimersByTime(8_999);
  expect(about(exchange.last.take())).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(about(exchange.last.take())).toEqual([
    { action: "sync", room_id: 7, v: stage.view.v, mark: null, ref: "sync:7" },
  ]);
});

test("a newer token of the same user goes over the open socket, and is the one that is used after a cut", () => {
  inRoom();
  live.start({ ...ME, token: "newer" });
  expect(about(exchange.last.take())).toEqual([{ action: "refresh", token: "newer", ref: "refresh" }]);
  expect(exchange.lines.length).toBe(1);
  cutAndComeBack([7]);
  expect(exchange.last.take()[0]).toEqual({ action: "connect", ...ME, token: "newer" });
});

test("a newer token that is refused starts the connection anew", () => {
  inRoom();
  live.start({ ...ME, token: "newer" });
  exchange.last.say(error("unauthorized", "refresh"));
  expect([exchange.lines.length, failed]).toEqual([2, []]);
});

test("a socket that ended with its token signs out", () => {
  inRoom();
  exchange.last.listener.closed(4500, "unauthorized");
  expect([refused, live.connection.phase]).toEqual([[4500], "refused"]);
});

test("a page that wakes up asks for the time, and the answer puts the clock right", () => {
  inRoom();
  const told = 1_800_000_000_000;
  exchange.last.say({ action: "pong", time: told, ref: null });
  vi.setSystemTime(Date.now() + 3_600_000);
  expect(live.clock.now()).toBe(told);
  live.nudge();
  expect(exchange.last.take()).toEqual([{ action: "ping" }]);
  exchange.last.say({ action: "pong", time: told + 600_000, ref: null });
  expect(live.clock.now()).toBe(told + 600_000);
});

test("a command that `done` confirms is not sent again, whatever the game", () => {
  inRoom();
  live.manage(7, "pause");
  const [sent] = about(exchange.last.take());
  expect(sent).toEqual({ action: "manage", room_id: 7, kind: "pause", body: {}, ref: expect.any(String) });
  exchange.last.say({ action: "done", ref: sent?.ref ?? null, room_id: 7, v: 4 });
  expect(live.outbox).toEqual([]);
});

test("a room whose game is on its way holds its events, and asks for a gap when the game has come", async () => {
  inRoom();
  exchange.last.say({ action: "room", ...emptyView(), game: "chess", room_id: 8, v: 3 });
  exchange.last.say({ action: "moved", room_id: 8, v: 5, from: "e2" });
  expect(about(exchange.last.take())).toEqual([]);
  loaded(NO_RULES);
  await Promise.resolve();
  expect(about(exchange.last.take())).toEqual([{ action: "sync", room_id: 8, v: 3, mark: null, ref: "sync:8" }]);
  exchange.last.say({ action: "synced", room_id: 8, v: 4, mark: 9, events: [{ action: "moved", room_id: 8, v: 4 }] });
  expect([live.rooms[8]?.view.v, live.rooms[8]?.syncing]).toEqual([5, false]);
});
