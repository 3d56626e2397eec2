import { expect, test } from "vitest";
import { NOBODY, PEOPLE_LIMIT, presenceAfter } from "$lib/state/presence";
import type { ServerMessage, UserRef } from "$lib/wire/messages";

const ANNA = { id: 1, name: "Anna" };
const ZED = { id: 2, name: "zed" };

function connected(online: UserRef[], online_count: number): ServerMessage {
  return { action: "connected", id: 1, name: "Anna", online, online_count, rooms: [], version: "0.2.0" };
}

const come = (one: UserRef): ServerMessage => ({ action: "someone_connected", ...one });
const gone = (one: UserRef): ServerMessage => ({ action: "someone_disconnected", ...one });

test("a connect starts over", () => {
  expect(presenceAfter({ people: [ZED], count: 9 }, connected([ANNA], 1))).toEqual({ people: [ANNA], count: 1 });
});

test("those who come and go are counted once", () => {
  const seen = [connected([ANNA], 1), come(ZED), come(ZED)].reduce(presenceAfter, NOBODY);
  expect(seen).toEqual({ people: [ZED, ANNA], count: 2 });
  expect(presenceAfter(seen, gone(ZED))).toEqual({ people: [ANNA], count: 1 });
});

test("somebody beyond the listed hundred goes and only the count changes", () => {
  expect(presenceAfter({ people: [ANNA], count: 214 }, gone(ZED))).toEqual({ people: [ANNA], count: 213 });
});

test("a crowd does not grow the list without end", () => {
  const crowd = Array.from({ length: PEOPLE_LIMIT + 50 }, (_, id) => come({ id, name: `p${id}` }));
  const seen = crowd.reduce(presenceAfter, NOBODY);
  expect([seen.people.length, seen.count]).toEqual([PEOPLE_LIMIT, PEOPLE_LIMIT + 50]);
});
