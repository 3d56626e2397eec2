import { describe, expect, test } from "vitest";
import { backoffMs } from "$lib/wire/backoff";
import { ANSWER_WITHIN_MS, type Connection, IDLE, type Input, PING_AFTER_MS, step } from "$lib/wire/connection";
import type { ServerMessage } from "$lib/wire/messages";

const ME = { id: 23, name: "bogdan", token: "secret" };
const CONNECTED: ServerMessage = {
  action: "connected",
  id: 23,
  name: "bogdan",
  online: [],
  online_count: 1,
  rooms: [],
  version: "0.2.0",
};
const PONG: ServerMessage = { action: "pong", time: 1, ref: null };
const HALF = 0.5;

/** The state after `inputs`, and what the last of them asks for. */
function run(inputs: Input[], from: Connection = IDLE) {
  return inputs.reduce(([state], input) => step(state, input, HALF), step(from, { kind: "stop" }, HALF));
}

const ONLINE: Input[] = [
  { kind: "start", credentials: ME },
  { kind: "opened" },
  { kind: "message", message: CONNECTED },
];
const CUT: Input = { kind: "closed", code: 1006, reason: "" };

describe("connection", () => {
  test("says who it is as soon as the transport is open, and never before", () => {
    const [opening, first] = run(ONLINE.slice(0, 1));
    expect(opening.phase).toBe("opening");
    expect(first.filter((effect) => effect.do === "send")).toEqual([]);
    const [, effects] = run(ONLINE.slice(0, 2));
    expect(effects[0]).toEqual({ do: "send", message: { action: "connect", ...ME } });
  });

  test("is online after `connected`, and asks for the time", () => {
    const [state, effects] = run(ONLINE);
    expect(state.phase).toBe("online");
    expect(effects).toContainEqual({ do: "send", message: { action: "ping" } });
  });

  test("comes back after a cut, each time later, until it has lived for a while", () => {
    const waits: number[] = [];
    let [state] = run(ONLINE);
    for (let round = 0; round < 4; round++) {
      [state] = step(state, CUT, HALF);
      waits.push(state.waitMs);
      [state] = step(state, { kind: "timer", timer: "retry" }, HALF);
      expect(state.phase).toBe("opening");
      [state] = step(state, { kind: "message", message: CONNECTED }, HALF);
    }
    expect(waits).toEqual([0, 1, 2, 3].map((attempt) => backoffMs(attempt, HALF)));
    [state] = step(state, { kind: "timer", timer: "settled" }, HALF);
    [state] = step(state, CUT, HALF);
    expect(state.waitMs).toBe(backoffMs(0, HALF));
  });

  test("waits as long as a draining server asked", () => {
    const [state, effects] = run([...ONLINE, { kind: "closed", code: 3001, reason: '{"delay": 4200}' }]);
    expect(state.waitMs).toBe(4200);
    expect(effects).toContainEqual({ do: "set_timer", timer: "retry", ms: 4200 });
  });

  test("stays away after a code that says so, whatever rings later", () => {
    const [refused, effects] = run([...ONLINE, { kind: "closed", code: 4503, reason: "banned" }]);
    expect([refused.phase, refused.code]).toEqual(["refused", 4503]);
    expect(effects.filter((effect) => effect.do !== "clear_timer")).toEqual([]);
    const [still] = step(refused, { kind: "timer", timer: "retry" }, HALF);
    expect(still).toBe(refused);
  });

  test("asks after silence, and gives a mute line up", () => {
    const [online] = run(ONLINE);
    const [asked, effects] = step(online, { kind: "timer", timer: "quiet" }, HALF);
    expect(effects).toEqual([
      { do: "send", message: { action: "ping" } },
      { do: "set_timer", timer: "answer", ms: ANSWER_WITHIN_MS },
    ]);
    const [waiting, given] = step(asked, { kind: "timer", timer: "answer" }, HALF);
    expect(waiting.phase).toBe("waiting");
    expect(given[0]).toEqual({ do: "close" });
  });

  test("any message ends the wait for an answer", () => {
    const [, effects] = run([...ONLINE, { kind: "timer", timer: "quiet" }, { kind: "message", message: PONG }]);
    expect(effects).toEqual([
      { do: "clear_timer", timer: "answer" },
      { do: "set_timer", timer: "quiet", ms: PING_AFTER_MS },
    ]);
  });

  test("a nudge cuts a wait short", () => {
    const [state, effects] = run([...ONLINE, CUT, { kind: "nudge" }]);
    expect(state.phase).toBe("opening");
    expect(effects).toContainEqual({ do: "open" });
  });

  test("a stop forgets the token", () => {
    const [state, effects] = run([...ONLINE, { kind: "stop" }]);
    expect(state).toEqual(IDLE);
    expect(effects).toContainEqual({ do: "close" });
  });
});
