import { expect, test } from "vitest";
import { mayManage, POWERS, powersNow } from "$lib/room/powers";
import type { RoomView } from "$lib/room/view";
import { emptyView } from "./theatre";

const ALL = [...POWERS, "kick"];
const room = (change: Partial<RoomView>): RoomView => ({ ...emptyView(), powers: ALL, ...change });

test.each([
  ["waiting", room({}), ["start", "lock", "close"]],
  ["running", room({ state: "running", phase: "question" }), ["pause", "skip", "lock", "close"]],
  ["paused", room({ state: "running", paused: 5 }), ["resume", "lock", "close"]],
  ["closed", room({ state: "closed", phase: "over" }), []],
])("a %s room has the buttons that mean something in it", (_, view, buttons) => {
  expect(powersNow(view, 1)).toEqual(buttons);
});

test("only what the server says, and only to the owner", () => {
  expect(powersNow(room({ powers: ["close"] }), 1)).toEqual(["close"]);
  expect(powersNow(room({}), 2)).toEqual([]);
  expect(powersNow(emptyView(), 1)).toEqual([]);
  expect([mayManage(room({}), 1, "kick"), mayManage(room({}), 2, "kick")]).toEqual([true, false]);
});
