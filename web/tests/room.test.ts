import { describe, expect, test } from "vitest";
import {
  enter as enterAny,
  markSyncing,
  operatorsWords,
  type RoomState,
  take,
  takeSynced,
  withRules,
} from "$lib/room/room";
import { type GameRules, NO_RULES } from "$lib/room/rules";
import type { RoomEvent } from "$lib/room/view";
import type { Received } from "$lib/wire/messages";
import { type QuizMemory, rules } from "../src/games/quiz/rules";
import type { QuizView } from "../src/games/quiz/wire";
import { chances, emptyView, player, Theatre } from "./theatre";

function game(): Theatre {
  const stage = new Theatre();
  stage.join(1);
  stage.join(2);
  stage.next(null);
  stage.try(1, "Lyon");
  stage.try(2, "Paris", true);
  stage.next(2);
  stage.hint();
  stage.next(null);
  return stage;
}

type QuizState = RoomState<QuizView, QuizMemory>;
const QUIZ = rules as unknown as GameRules;
const enter = (view: QuizView, before?: RoomState) => enterAny(view, QUIZ, before) as RoomState;
const memory = (room: RoomState) => (room as QuizState).memory as QuizMemory;

function at(stage: Theatre, v: number): RoomState {
  const view = stage.views[v];
  if (!view) throw new Error(`no version ${v}`);
  return enter(view);
}

function closing(reason: string, message: string): Received<"close_room"> {
  return { action: "close_room", room_id: 7, v: 1, reason, message, results: [] };
}

function synced(events: RoomEvent[], v: number): Received<"synced"> {
  return { action: "synced", room_id: 7, v, mark: null, events: events as unknown as Record<string, unknown>[] };
}

describe("old view + events = fresh view", () => {
  test("at every version of a game", () => {
    const stage = game();
    stage.close();
    stage.views.forEach((view, from) => {
      const now = stage.events.slice(from).reduce(take, enter(view));
      expect(now.view).toEqual(stage.view);
      expect(now.syncing).toBe(false);
    });
  });

  test.each(Array.from({ length: 40 }, (_, seed) => seed))(
    "in the random game %i, with losses and duplicates",
    (seed) => {
      const random = chances(seed);
      const stage = new Theatre();
      stage.playAtRandom(120, random);
      let room = enter(stage.views[0] ?? emptyView());
      for (const event of stage.events) {
        if (random() < 0.2) continue;
        room = take(take(room, event), event);
        if (!room.syncing || random() < 0.5) continue;
        room = takeSynced(room, synced(stage.events.slice(room.view.v, event.v), event.v));
        expect(room.view).toEqual(stage.views[room.view.v]);
      }
      room = takeSynced(room, synced(stage.events.slice(room.view.v), stage.view.v));
      expect(room.view).toEqual(stage.view);
      expect([room.syncing, room.held]).toEqual([false, []]);
    },
  );
});

describe("versions", () => {
  test("a gap is not guessed over: the room waits for a sync", () => {
    const stage = game();
    const room = take(at(stage, 3), stage.events[5] as RoomEvent);
    expect(room.view).toEqual(stage.views[3]);
    expect(room.syncing).toBe(true);
  });

  test("what came in during a sync is taken up after it", () => {
    const stage = game();
    const held = take(at(stage, 3), stage.events[5] as RoomEvent);
    const room = takeSynced(held, synced(stage.events.slice(3, 5), 5));
    expect(room.view).toEqual(stage.views[6]);
    expect([room.syncing, room.held]).toEqual([false, []]);
  });

  test("a sync answered too early asks again", () => {
    const stage = game();
    const held = take(at(stage, 3), stage.events[5] as RoomEvent);
    const room = takeSynced(held, synced(stage.events.slice(3, 4), 4));
    expect(room.view).toEqual(stage.views[4]);
    expect(room.syncing).toBe(true);
  });

  test("a full view replaces, and what is newer than it is kept", () => {
    const stage = game();
    const held = take(at(stage, 1), stage.events[6] as RoomEvent);
    const room = enter(stage.views[6] ?? emptyView(), held);
    expect(room.view).toEqual(stage.views[7]);
    expect(room.syncing).toBe(false);
  });

  test("a duplicate changes nothing", () => {
    const stage = game();
    const room = at(stage, 4);
    expect(take(room, stage.events[3] as RoomEvent)).toBe(room);
  });

  test("an event with `since` covers the versions after it", () => {
    const stage = game();
    const covering = { ...(stage.events[4] as RoomEvent), since: 3 };
    expect(take(at(stage, 3), covering).view.v).toBe(5);
    expect(take(at(stage, 2), covering).syncing).toBe(true);
  });

  test("a try off the record is shown and counts for nothing", () => {
    const stage = game();
    const before = at(stage, 4);
    const event: RoomEvent = { ...(stage.events[3] as RoomEvent), v: 4, since: 4 };
    const room = take(before, event);
    expect(room.view).toEqual(before.view);
    expect(memory(room).stream.length).toBe(memory(before).stream.length + 1);
    expect(take(at(stage, 3), event).syncing).toBe(true);
  });

  test("a room marked for a sync keeps taking events in order", () => {
    const stage = game();
    const room = stage.events.slice(3).reduce(take, markSyncing(at(stage, 3)));
    expect(room.view).toEqual(stage.view);
  });
});

describe("what is shown", () => {
  test("the end of a round says the answer and who took the point", () => {
    const stage = game();
    const room = stage.events.slice(0, 6).reduce(take, at(stage, 0));
    expect(memory(room).reveal).toEqual({
      v: 6,
      number: 1,
      answer: "answer 1",
      answers: { en: "answer 1" },
      explanation: null,
      explanations: {},
      winner: { id: 2, name: "player 2" },
    });
  });

  test("the first question reveals nothing", () => {
    const stage = game();
    const room = stage.events.slice(0, 3).reduce(take, at(stage, 0));
    expect(memory(room).reveal).toBeNull();
  });

  test("the stream has every line in order, each with a key of its own", () => {
    const stage = game();
    const room = stage.events.reduce(take, at(stage, 0));
    expect(memory(room).stream.map((line) => line.kind)).toEqual(["came", "came", "try", "try", "round", "round"]);
    expect(new Set(memory(room).stream.map((line) => line.key)).size).toBe(6);
  });

  test("a winner who left is known by the try", () => {
    const stage = game();
    stage.try(1, "Rome", true);
    stage.leave(1);
    stage.next(1);
    const room = stage.events.reduce(take, at(stage, 0));
    expect(memory(room).reveal?.winner).toEqual({ id: 1, name: "player 1" });
  });

  test("the results set the last scores", () => {
    const room = enter({ ...emptyView(), players: [player(1, 2)], state: "running" });
    const results = [{ id: 1, name: "player 1", score: 3, rating: 1510, prize: 20 }];
    const event: Received<"close_room"> = { ...closing("finished", "The quiz is over."), results };
    const over = take(room, event);
    expect([over.view.state, over.view.phase, over.view.players[0]?.score]).toEqual(["closed", "over", 3]);
    expect(over.view.results).toEqual(results);
  });

  test("how it closed is kept as a code; only an operator's words are shown as they are", () => {
    const closed = (reason: string, message: string) => take(enter(emptyView()), closing(reason, message)).closing;
    expect(closed("operator", "Back at nine.")).toMatchObject({ reason: "operator", message: "Back at nine." });
    const words = (["operator", "lost", "finished"] as const).map((reason) => operatorsWords({ reason, message: "…" }));
    expect(words).toEqual(["…", "", ""]);
  });
});

describe("a room before its game is known", () => {
  test("holds what happens until the game's module has come, and is then as if it had been there", () => {
    const stage = game();
    const waiting = stage.events.reduce(take, enterAny(emptyView(), null));
    expect([waiting.view, waiting.held.length, waiting.syncing]).toEqual([emptyView(), stage.events.length, false]);
    const room = withRules(waiting, QUIZ);
    expect(room).toEqual(stage.events.reduce(take, enter(emptyView())));
  });

  test("finds a gap in what it held, and asks for it", () => {
    const stage = game();
    const waiting = stage.events.slice(2).reduce(take, enterAny(emptyView(), null));
    const room = withRules(waiting, QUIZ);
    expect([room.view, room.syncing, room.held.length]).toEqual([emptyView(), true, stage.events.length - 2]);
  });

  test("a sync that is answered meanwhile is held too", () => {
    const stage = game();
    const waiting = takeSynced(markSyncing(enterAny(emptyView(), null)), synced(stage.events, stage.view.v));
    expect(withRules(waiting, QUIZ).view).toEqual(stage.view);
  });

  test("without a module players come and go, the room closes, and every other event is a version", () => {
    const stage = game();
    stage.close();
    const room = stage.events.reduce(take, enterAny(emptyView(), NO_RULES));
    const { players, state, results, v } = room.view;
    expect({ players: players.map((one) => one.id), state, results, v, syncing: room.syncing }).toEqual({
      players: [1, 2],
      state: "closed",
      results: stage.view.results,
      v: stage.view.v,
      syncing: false,
    });
  });

  test("an event nobody has heard of counts as a version in a room of the quiz too", () => {
    const stage = game();
    const known = at(stage, 4);
    const room = take(known, { action: "room_locked", room_id: 7, v: 5 });
    expect(room.view).toEqual({ ...known.view, v: 5 });
    expect(room.syncing).toBe(false);
  });
});
