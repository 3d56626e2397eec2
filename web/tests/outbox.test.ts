import { expect, test } from "vitest";
import { newRef, OUTBOX_LIMIT, type PendingCommand, put, settle } from "$lib/room/outbox";
import { type GameRules, NO_RULES } from "$lib/room/rules";
import type { ServerMessage } from "$lib/wire/messages";
import { rules } from "../src/games/quiz/rules";
import { emptyView, player, question } from "./theatre";

const ME = 23;
/** Room 9 is of a game that has no rule for the outbox. */
const rulesOf = (room: number) => (room === 9 ? NO_RULES : (rules as unknown as GameRules));
const after = (outbox: readonly PendingCommand[], message: object) =>
  settle(outbox, message as ServerMessage, ME, rulesOf);

function pending(answer: string, room_id = 7, id = 301): PendingCommand {
  return { action: "play", room_id, kind: "answer", body: { id, answer }, ref: `ref ${answer}` };
}

const pause: PendingCommand = { action: "manage", room_id: 7, kind: "pause", body: {}, ref: "ref pause" };

function shown(user: number, answer: string): object {
  const { score: _, player: __, ...who } = player(user);
  return { action: "new_answer", room_id: 7, v: 9, user: who, answer, is_true: false, time: 0 };
}

const refusal = (code: string, ref: string | null) => ({ action: "error", code, message: "", ref });

const TWO = [pending("Paris"), pending("Lyon")];

test("`done` confirms the command of its ref, of any game", () => {
  const chess = { ...pending("e4", 9), kind: "move" };
  expect(after([...TWO, chess, pause], { action: "done", ref: "ref e4", room_id: 9, v: 4 })).toEqual([...TWO, pause]);
  expect(after([chess], { action: "moved", room_id: 9, v: 5 })).toEqual([chess]);
});

test("an answer leaves the outbox when the room shows it, once for each time it was sent", () => {
  const twice = [pending("Paris"), { ...pending("Paris"), ref: "again" }, pending("Lyon")];
  expect(after(twice, shown(ME, "Paris"))).toEqual(twice.slice(1));
});

test("somebody else's same answer confirms nothing", () => {
  expect(after(TWO, shown(24, "Paris"))).toBe(TWO);
});

test("an answer found among the missed events is confirmed", () => {
  const events = [shown(ME, "Lyon")];
  expect(after(TWO, { action: "synced", room_id: 7, v: 9, mark: null, events })).toEqual([pending("Paris")]);
});

test("a view settles what it shows and what is over, and leaves what is no answer", () => {
  const others = [pending("Oslo", 8), pause, pending("Rome", 7, 300)];
  const attempt = { user: player(ME), answer: "Paris", is_true: false, time: 0 };
  const view = { ...emptyView(), question: question(1), tries: [attempt] };
  const left = after([...TWO, ...others], { action: "room", ...view });
  expect(left).toEqual([pending("Lyon"), pending("Oslo", 8), pause]);
});

test("the end of a round ends its answers, the end of the room all its commands", () => {
  const outbox = [...TWO, pause, pending("Oslo", 8)];
  const next: ServerMessage = {
    action: "next_question",
    room_id: 7,
    v: 3,
    is_answered: false,
    who_won: null,
    right_answer: "Paris",
    question: question(2),
    phase_ends: null,
    explanation: null,
    answers: { en: "Paris" },
    explanations: {},
  };
  expect(after(outbox, next)).toEqual([pause, pending("Oslo", 8)]);
  const over: ServerMessage = {
    action: "close_room",
    room_id: 7,
    v: 3,
    reason: "finished",
    message: "",
    results: [],
  };
  expect(after(outbox, over)).toEqual([pending("Oslo", 8)]);
});

test("a refusal ends the command it names; a recovering server's does not", () => {
  expect(after(TWO, refusal("too_fast", "ref Paris"))).toEqual([pending("Lyon")]);
  expect(after(TWO, refusal("degraded", "ref Paris"))).toBe(TWO);
  expect(after(TWO, refusal("bad_json", null))).toEqual(TWO);
});

test("the outbox is bounded", () => {
  const many = Array.from({ length: OUTBOX_LIMIT + 5 }, (_, i) => pending(String(i)));
  expect(many.reduce<PendingCommand[]>(put, [])).toEqual(many.slice(5));
});

test("each ref is another", () => {
  expect(new Set(Array.from({ length: 200 }, newRef)).size).toBe(200);
});
