import { expect, test } from "vitest";
import type { ServerMessage } from "$lib/wire/messages";
import { newRef, OUTBOX_LIMIT, type PendingAnswer, put, settle } from "$lib/wire/outbox";
import { emptyView, player, question } from "./theatre";

const ME = 23;

function pending(answer: string, room_id = 7, id = 301): PendingAnswer {
  return { action: "check_me", room_id, id, answer, ref: `ref ${answer}` };
}

function shown(user: number, answer: string): ServerMessage {
  const { score: _, player: __, ...who } = player(user);
  return {
    action: "new_answer",
    room_id: 7,
    v: 9,
    user: who,
    answer,
    is_true: false,
    time: 0,
  };
}

function refusal(code: string, ref: string | null): ServerMessage {
  return { action: "error", code, message: "", ref };
}

const TWO = [pending("Paris"), pending("Lyon")];

test("an answer leaves the outbox when the room shows it, once for each time it was sent", () => {
  const twice = [pending("Paris"), pending("Paris"), pending("Lyon")];
  expect(settle(twice, shown(ME, "Paris"), ME)).toEqual([pending("Paris"), pending("Lyon")]);
});

test("somebody else's same answer confirms nothing", () => {
  expect(settle(TWO, shown(24, "Paris"), ME)).toBe(TWO);
});

test("an answer found among the missed events is confirmed", () => {
  const events = [shown(ME, "Lyon")] as unknown as Record<string, unknown>[];
  expect(settle(TWO, { action: "synced", room_id: 7, v: 9, mark: null, events }, ME)).toEqual([pending("Paris")]);
});

test("a view settles what it shows and what is over", () => {
  const others = [pending("Oslo", 8), pending("Rome", 7, 300)];
  const attempt = { user: player(ME), answer: "Paris", is_true: false, time: 0 };
  const view = { ...emptyView(), question: question(1), tries: [attempt] };
  const left = settle([...TWO, ...others], { action: "room", ...view }, ME);
  expect(left).toEqual([pending("Lyon"), pending("Oslo", 8)]);
});

test("the end of a round or of the room ends its answers", () => {
  const outbox = [...TWO, pending("Oslo", 8)];
  const over: ServerMessage = {
    action: "close_room",
    room_id: 7,
    v: 3,
    message: "",
    reason: "finished",
    results: [],
  };
  expect(settle(outbox, over, ME)).toEqual([pending("Oslo", 8)]);
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
  };
  expect(settle(outbox, next, ME)).toEqual([pending("Oslo", 8)]);
});

test("a refusal ends the answer it names; a recovering server's does not", () => {
  expect(settle(TWO, refusal("too_fast", "ref Paris"), ME)).toEqual([pending("Lyon")]);
  expect(settle(TWO, refusal("degraded", "ref Paris"), ME)).toBe(TWO);
  expect(settle(TWO, refusal("bad_json", null), ME)).toEqual(TWO);
});

test("the outbox is bounded", () => {
  const many = Array.from({ length: OUTBOX_LIMIT + 5 }, (_, i) => pending(String(i)));
  const kept = many.reduce<PendingAnswer[]>(put, []);
  expect(kept.map((one) => one.answer)).toEqual(many.slice(5).map((one) => one.answer));
});

test("each ref is another", () => {
  expect(new Set(Array.from({ length: 200 }, newRef)).size).toBe(200);
});
