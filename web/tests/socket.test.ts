import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ServerMessage } from "$lib/wire/messages";
import { decode, Socket } from "$lib/wire/socket";
import { Exchange } from "./line";

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

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("sends nothing of the caller's before it is online", () => {
  const exchange = new Exchange();
  const socket = new Socket(exchange.open, { changed() {}, message() {} });
  socket.start(ME);
  expect(socket.send({ action: "ping" })).toBe(false);
  exchange.last.listener.opened();
  exchange.last.say(CONNECTED);
  expect(socket.send({ action: "leave", room_id: 7 })).toBe(true);
  expect(exchange.last.take()).toEqual([
    { action: "connect", id: 23, name: "bogdan", token: "secret" },
    { action: "ping" },
    { action: "leave", room_id: 7 },
  ]);
});

test("opens again by itself after a cut, and hands on what arrives", () => {
  const exchange = new Exchange();
  const heard: ServerMessage[] = [];
  const socket = new Socket(exchange.open, { changed() {}, message: (message) => heard.push(message) }, () => 0.5);
  socket.start(ME);
  exchange.last.listener.closed(1006, "");
  expect(exchange.lines.length).toBe(1);
  vi.advanceTimersByTime(250);
  expect(exchange.lines.length).toBe(2);
  exchange.last.listener.opened();
  exchange.last.say(CONNECTED);
  exchange.last.listener.text("not json");
  expect(heard).toEqual([CONNECTED]);
});

test("gives up a line that answers nothing, and tries another", () => {
  const exchange = new Exchange();
  const socket = new Socket(exchange.open, { changed() {}, message() {} }, () => 0.5);
  socket.start(ME);
  vi.advanceTimersByTime(10_000 + 250);
  expect(exchange.lines.map((line) => line.closed)).toEqual([true, false]);
});

test.each(["", "[]", "1", "null", '{"action":1}', '{"a":1}'])("%j is no message", (text) => {
  expect(decode(text)).toBeNull();
});

test("a message of a kind unknown to us is passed on", () => {
  expect(decode('{"action":"hi"}')).toEqual({ action: "hi" });
});
